"""What the documentation shows, tried on the seeded site: commands answer as printed, addresses open."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from frontend.app import create_app
from registry.kit import clock
from registry.kit.clock import asked_today
from tests.seeded import TODAY, Seeded

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGE = (DOCS / "how-to" / "developer.md").read_text("utf-8")
FULL = (DOCS / "api.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PROMISE = re.compile(r"`\?on=(?P<on>[\d-]+)(?:&as_of=(?P<as_of>\d+))?` (?:says )?(?P<state>active|suspended)")
ADDRESS = re.compile(r"http://127\.0\.0\.1:8000(/[^\s)'`;]*)")
TOURS = ("README.md", "README.en.md", "docs/how-to/buyer.md", "docs/how-to/contractor.md")
ELIDED = "…"


@dataclass(frozen=True, slots=True)
class Example:
    """One command as the page shows it, and the answer printed under it."""

    command: str
    printed: str


def examples() -> list[Example]:
    """Each block of `curl` with the block of JSON that follows it; `B=…` and other languages are skipped."""
    blocks = BLOCK.findall(PAGE) + BLOCK.findall(FULL)
    return [
        Example(text, blocks[place + 1][1] if blocks[place + 1][0] == "json" else "")
        for place, (language, text) in enumerate(blocks[:-1])
        if language == "sh" and text.startswith("curl")
    ]


@dataclass(slots=True)
class Sent:
    """What `curl` sends."""

    method: str = ""
    path: str = ""
    query: list[str] = field(default_factory=list)
    form: dict[str, str] = field(default_factory=dict)
    body: str = ""

    @property
    def address(self) -> str:
        return "?".join((self.path, "&".join(self.query))) if self.query else self.path

    def answered_by(self, site: TestClient) -> Any:
        file = self.form.pop("file", "")
        files = {"file": (Path(file).name, (ROOT / file.removeprefix("@")).read_bytes())} if file else None
        sends = "POST" if self.body or files else "GET"
        kind = {"content-type": "application/json"} if self.body else {}
        content = self.body.encode() or None
        answer = site.request(
            self.method or sends, self.address, data=self.form, files=files, content=content, headers=kind
        )
        return answer.json()


def sent(command: str, names: Mapping[str, str]) -> Sent:
    """A command read as the shell and `curl` read it; an option we do not know is refused."""
    words = shlex.split(command.replace("\\\n", " "))
    assert words.pop(0) == "curl"
    found = Sent()
    while words:
        word = words.pop(0)
        if word == "-d":
            found.query.append(words.pop(0))
        elif word == "--data-urlencode":
            name, _, value = words.pop(0).partition("=")
            found.query.append(f"{name}={quote(value)}")
        elif word == "-F":
            name, _, value = words.pop(0).partition("=")
            found.form[name] = value
        elif word == "--json":
            found.body = words.pop(0)
        elif word == "-X":
            found.method = words.pop(0)
        elif word.startswith("$"):
            found.path = re.sub(r"\$(\w)", lambda name: names[name[1]], word)
        else:
            assert word in ("-s", "-sG"), f"an option this test does not know: {word}"
    return found


def alone(example: Example) -> bool:
    """Whether a command stands for itself; those of a check build on each other."""
    return "$C" not in example.command and "-F" not in example.command


def differences(printed: object, answer: object, place: str = "") -> Iterator[str]:
    """Where the answer is not as printed; `…` as a value, a last item or a key leaves the rest out."""
    if printed == ELIDED:
        return
    if isinstance(printed, dict) and isinstance(answer, dict):
        open_ended = ELIDED in printed
        wanted = {name: value for name, value in printed.items() if name != ELIDED}
        if unprinted := sorted(answer.keys() - wanted.keys()):
            yield from [] if open_ended else [f"{place}: not printed: {unprinted}"]
        for name, value in wanted.items():
            if name in answer:
                yield from differences(value, answer[name], f"{place}.{name}")
            else:
                yield f"{place}: no {name}"
    elif isinstance(printed, list) and isinstance(answer, list):
        shown = printed[:-1] if printed and printed[-1] == ELIDED else printed
        if len(shown) > len(answer) or (shown is printed and len(shown) != len(answer)):
            yield f"{place}: {len(answer)} items"
        for index, (one, other) in enumerate(zip(shown, answer, strict=False)):
            yield from differences(one, other, f"{place}[{index}]")
    elif printed != answer:
        yield f"{place}: {answer!r}, printed {printed!r}"


@pytest.fixture(scope="module")
def site(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The running application on a copy of the seeded register, on the day the page was printed."""
    with (
        seeded.copy(tmp_path_factory.mktemp("developer")) as settings,
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setattr(clock, "today", lambda: TODAY)
        app = create_app(settings)
        app.dependency_overrides[asked_today] = lambda: TODAY
        with TestClient(app) as client:
            yield client


@pytest.mark.parametrize(
    "example",
    [one for one in examples() if alone(one)],
    ids=lambda one: sent(one.command, {"B": ""}).address[8:60],
)
def test_the_command_answers_as_printed(site: TestClient, example: Example) -> None:
    assert example.printed, "no answer is printed under the command"
    answer = sent(example.command, {"B": ""}).answered_by(site)
    assert list(differences(json.loads(example.printed), answer)) == []


def test_a_check_goes_from_upload_to_deletion_as_printed(site: TestClient) -> None:
    names, steps = {"B": ""}, [example for example in examples() if not alone(example)]
    assert len(steps) > 5, "the scan sees the steps"
    for step in steps:
        answer = sent(step.command, names).answered_by(site)
        assert list(differences(json.loads(step.printed), answer)) == [], step.command
        names = {**names, **_learned(answer, names)}


def _learned(answer: dict[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """The upload names the check, the report its number."""
    if "C" not in names:
        return {"C": answer["href"]}
    return {"R": answer["number"]} if "R" not in names and "number" in answer else {}


def test_the_page_has_commands_for_every_group_of_the_interface(site: TestClient) -> None:
    described = site.get("/api/v1/openapi.json").json()["paths"]
    groups = {path.split("/")[3] for path in described if path.startswith("/api/v1/")}
    unnamed = [group for group in sorted(groups) if f"/api/v1/{group}" not in PAGE + FULL]
    assert len(examples()) > 10, "the scan sees the commands"
    assert unnamed == []


def test_a_page_that_prints_something_else_is_noticed() -> None:
    answer = {"total": 23, "items": [{"code": "a"}, {"code": "b"}]}
    assert list(differences({"total": 23, "items": [{"code": "a"}, ELIDED]}, answer)) == []
    assert list(differences({"total": 23, ELIDED: ELIDED}, answer)) == []
    for wrong in ({"total": 22, ELIDED: ELIDED}, {"total": 23}, {"sum": 23, ELIDED: ELIDED}):
        assert list(differences(wrong, answer)) != []
    for wrong_items in ([], [{"code": "a"}], [{"code": "b"}, ELIDED], [ELIDED, ELIDED, ELIDED, ELIDED]):
        assert list(differences({"items": wrong_items, ELIDED: ELIDED}, answer)) != []


def test_the_ten_lines_accept_the_feed_and_refuse_an_altered_record(site: TestClient) -> None:
    program = dict(BLOCK.findall(PAGE))["python"]
    page = site.get("/api/v1/changes?after=3000&limit=500").json()
    assert _run(program, page) == (0, "")
    page["items"][7]["payload"] = page["items"][7]["payload"].replace("虚构", "真实", 1)
    assert _run(program, page) == (1, "record 3008 was altered\n")


def test_the_copy_of_the_whole_catalogue_prints_what_the_page_says(live: str) -> None:
    blocks = dict(BLOCK.findall(FULL))
    command = [sys.executable, "-c", blocks["python"], live]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, blocks["text"], "")


def _run(program: str, page: object) -> tuple[int, str]:
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, input=json.dumps(page), capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_the_example_of_the_two_time_axes_holds(site: TestClient) -> None:
    """docs/architecture.md promises a state for each pair of day and position."""
    text = (DOCS / "architecture.md").read_text("utf-8")
    promised = [found.groupdict() for found in PROMISE.finditer(text)]
    assert len(promised) == 5, "the scan sees the promises"
    for one in promised:
        query = {name: one[name] for name in ("on", "as_of") if one[name]}
        answer = site.get("/api/v1/certificates/YS-CJVFB2-W1ZNH-H", params=query).json()
        assert answer["state_on_day"] == one["state"], one


@pytest.mark.parametrize("page", TOURS)
def test_every_address_of_a_tour_opens(site: TestClient, page: str) -> None:
    addresses = ADDRESS.findall((ROOT / page).read_text("utf-8"))
    assert addresses, "the scan sees the addresses"
    assert [address for address in addresses if site.get(address).status_code != 200] == []


def test_the_tour_of_the_readme_shows_what_it_promises(site: TestClient) -> None:
    """Suspended on the day, refused across calculation rules, the lowest value first."""
    addresses = ADDRESS.findall((ROOT / "README.md").read_text("utf-8"))
    shown = {address: site.get(address).text for address in addresses}
    lowest, like, unlike, _, suspended, *_ = [text for address, text in shown.items() if len(address) > 1]
    assert lowest.index("185.1") < lowest.index("191.4") < lowest.index("196.8")
    assert "+11.7" in like
    assert "EN 15804+A1" in unlike
    assert "比最低" not in unlike
    assert "暂停" in suspended
