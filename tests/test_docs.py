"""What the documentation says of the tree is true: links, commands, files, settings, codes, dependencies."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer

from catalogue.compliance.rules import VERSIONS
from catalogue.ratios.methods import METHODS
from docs import generate
from frontend.cli import app as greenmat
from frontend.pages.error_codes import codes
from registry.kit.settings import PREFIX, Settings
from seeds.__main__ import app as seeds
from tests.databases import POSTGRES_VARIABLE
from tests.search.contract import ADDRESS as MEILISEARCH_ADDRESS
from tests.search.contract import KEY as MEILISEARCH_KEY
from tests.search.contract import PROGRAM as MEILISEARCH_PROGRAM

ROOT = Path(__file__).parents[1]
LAYERS = ("registry", "search", "catalogue", "frontend", "seeds")
FOLDERS = (*LAYERS, "benchmarks", "docs", "tests")
SECTIONS = ["Context", "Decision", "Consequences", "Alternatives", "How it is checked"]
LARGEST_IMAGE = 200_000
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
LINK = re.compile(r"(?<!`)!?\[[^]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^ *```\w*\n(.*?)^ *```|`([^`\n]+)`", re.DOTALL | re.MULTILINE)
FILE = re.compile(r"[\w.*/-]*[\w*]\.(?:py|toml|csv|po|md|xlsx|yaml|txt)(?![\w-])")
NAME_IN_FILE = re.compile(r"`(?P<name>[\w.]+)(?:\([^`]*\))?` in `(?P<file>[\w/]+\.py)`")


@cache
def pages() -> dict[str, str]:
    """Every page of ours by its path."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in sorted(found)}


def code(text: str) -> Iterator[str]:
    """What stands in blocks and between backticks: commands and names, never prose."""
    for block, span in CODE.findall(text):
        yield block or span


def named(pattern: str) -> set[str]:
    """Everything that the pages' code names by a pattern with one group."""
    return {found for text in pages().values() for part in code(text) for found in re.findall(pattern, part)}


def links(page: str) -> Iterator[tuple[Path, str]]:
    """Where a page's links into the tree lead: the file and the heading, if one is named."""
    for target in LINK.findall(pages()[page]):
        if "://" not in target:
            path, _, heading = target.partition("#")
            yield (ROOT / page).parent / path if path else ROOT / page, heading


def headings(path: Path) -> set[str]:
    """The headings of a page as the hosting sites name them in addresses."""
    found = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in found}


def commands(app: typer.Typer) -> set[str]:
    return set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_every_link_into_the_tree_resolves() -> None:
    found = [(page, path, heading) for page in pages() for path, heading in links(page)]
    assert len(found) > 50, "the scan sees the links"
    assert [f"{page}: {path}" for page, path, _ in found if not path.exists()] == []
    lost = [
        f"{page}: {heading}" for page, path, heading in found if heading and heading not in headings(path)
    ]
    assert lost == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set[str](), ["README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        targets = {str(path.resolve().relative_to(ROOT)) for path, _ in links(page)}
        waiting += (targets & pages().keys()) - reached
    assert set(pages()) - reached == set()


def test_every_target_of_make_is_one() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    wanted = named(r"\bmake ([a-z-]+)")
    assert {"run", "test"} <= wanted, "the scan sees the commands"
    assert wanted - targets - {"help"} == set()


@pytest.mark.parametrize(
    ("pattern", "app"),
    [(r"(?:^greenmat|-m frontend\.cli) ([a-z-]+)", greenmat), (r"-m seeds ([a-z-]+)", seeds)],
    ids=["greenmat", "seeds"],
)
def test_every_command_exists(pattern: str, app: typer.Typer) -> None:
    wanted = named(pattern)
    assert wanted, "the scan sees the commands"
    assert wanted - commands(app) == set()


def test_the_operators_page_names_every_command() -> None:
    page = pages()["docs/how-to/operator.md"]
    assert [command for command in commands(greenmat) if f"greenmat {command}" not in page] == []


def test_every_file_that_is_named_exists() -> None:
    """By its path from the root or from a layer, or by its bare name anywhere; `*` stands for anything."""
    files = {str(path.relative_to(ROOT)) for layer in FOLDERS for path in _files(layer)}
    files |= {path.name for path in ROOT.iterdir()} | {Path(name).name for name in files}
    unknown = [
        f"{page}: {name}"
        for page, text in pages().items()
        for part in code(text)
        for name in FILE.findall(part)
        if not any(_matches(name, files, base) for base in ("", *(f"{layer}/" for layer in LAYERS)))
    ]
    assert unknown == []


def _files(layer: str) -> list[Path]:
    return [path for path in (ROOT / layer).rglob("*") if path.is_file()]


def _matches(name: str, files: set[str], base: str) -> bool:
    pattern = re.compile(re.escape(base + name.removeprefix("./")).replace(r"\*", "[^/]*"))
    return any(pattern.fullmatch(file) for file in files)


def test_every_name_stands_in_the_file_that_is_given_for_it() -> None:
    found = [(page, one) for page, text in pages().items() for one in NAME_IN_FILE.finditer(text)]
    assert len(found) > 10, "the scan sees the names"
    missing = [
        f"{page}: {one['name']} in {one['file']}"
        for page, one in found
        if not re.search(rf"\b{one['name'].split('.')[-1]}\b", (ROOT / one["file"]).read_text("utf-8"))
    ]
    assert missing == []


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_says_why_what_follows_and_how_it_is_checked(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text.startswith(f"# {page.stem[:4]} ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS


def test_decisions_are_numbered_without_holes() -> None:
    numbers = [int(path.stem[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))


def test_settings_and_error_codes_are_what_the_code_says() -> None:
    """`python -m docs.generate` writes both again."""
    assert [path.name for path, text in generate.pages().items() if path.read_text("utf-8") != text] == []


def test_every_setting_that_is_named_exists() -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    known |= {POSTGRES_VARIABLE, MEILISEARCH_ADDRESS, MEILISEARCH_KEY, MEILISEARCH_PROGRAM}
    wanted = named(r"\b(GREENMAT_[A-Z_]*[A-Z])\b")
    assert wanted, "the scan sees the settings"
    assert wanted - known == set()


def test_every_refusal_has_its_help_page() -> None:
    found = {one.code: one.status for one in generate.refusals()}
    assert len(found) > 40, "the scan sees the refusals"
    assert {code: status for code, status in found.items() if codes().get(code) != status} == {}


def test_decision_0011_names_every_dependency_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        lines += extra
    wanted = {re.split(r"[\[<>=]", line)[0] for line in lines}
    rows = re.findall(r"^\| (`.+?) \|", pages()["docs/decisions/0011-dependencies.md"], re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([\w-]+)`", row)} == wanted


def test_a_rule_page_and_the_changelog_name_the_version_in_force() -> None:
    methods = dict(sorted(METHODS))  # the highest version of each
    titles = {text.partition("\n")[0] for page, text in pages().items() if page.startswith("docs/rules/")}
    named_versions = [re.match(r"# ([\w-]+), version (\d+)", title) for title in titles]
    assert {one[1]: int(one[2]) for one in named_versions if one} == {**VERSIONS, **methods}
    changelog = pages()["CHANGELOG.md"]
    assert [name for name, version in methods.items() if f"`{name}` version {version}" not in changelog] == []


def test_the_changelog_has_a_heading_for_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    changelog = pages()["CHANGELOG.md"]
    assert "\n## [Unreleased]\n" in changelog
    assert f"Version {version}, not yet released." in changelog or f"\n## [{version}] - " in changelog


def test_images_are_small_and_shown() -> None:
    images = sorted((ROOT / "docs" / "images").iterdir())
    assert images, "the scan sees the images"
    assert [image.name for image in images if image.stat().st_size > LARGEST_IMAGE] == []
    shown = {path.resolve() for path, _ in links("README.md")}
    assert [image.name for image in images if image not in shown] == []
