"""A file looked at before anything is recorded: whole or not at all, by its address, gone when deleted."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from sqlalchemy import Engine, func, select

from registry.changes import feed
from registry.declarations.documents import uploads
from registry.declarations.formats import confined, openepd
from registry.declarations.formats.confined import Limits
from registry.declarations.formats.packing import pack, unpack
from registry.declarations.formats.reading import Person, Reading, Source, Unreadable
from registry.declarations.models import DeclarationCheckRow
from registry.kit.confined import Bounds
from registry.kit.db import read_session, write_session
from registry.kit.errors import NotFound
from tests import declared, factories
from tests.declaration_strategies import datasets
from tests.factories import NOW
from tests.interface import interface

CHECK = "/api/v1/declarations/check"
FILE = openepd.write(declared.dataset()).content


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> Iterator[TestClient]:
    with interface(engine, tmp_path) as opened:
        yield opened


def sent(client: TestClient, data: bytes = FILE, name: str = "示例.json") -> Any:
    return client.post(CHECK, files={"file": (name, data)})


def rows(engine: Engine) -> int:
    with read_session(engine) as session:
        return session.scalar(select(func.count()).select_from(DeclarationCheckRow)) or 0


@settings(max_examples=25)
@given(datasets())
def test_a_reading_packed_and_unpacked_is_the_same(dataset: Any) -> None:
    person = Person(role="verifier", name="示例（虚构）", place="/x")
    reading = Reading(dataset, Source("x", None, "m"), declared.reading().remarks, {"a": "/b"}, (person,))
    assert unpack(pack(reading)) == reading


def test_a_file_is_read_shown_with_its_findings_and_deleted(client: TestClient, engine: Engine) -> None:
    answer = sent(client)
    assert answer.status_code == 201, answer.text
    found = answer.json()
    assert found["file_name"] == "示例.json"
    (one,) = found["declarations"]
    assert one["dataset"]["number"] == "演示-EPD-9001"
    assert one["dataset"]["declared"]["unit"] == "m3"
    amounts = {cell["module"]: cell["amount"] for cell in one["dataset"]["indicators"][0]["values"]}
    assert (amounts["A1-A3"], amounts["B1"]) == ("243.5", None)
    assert {note["severity"] for note in one["notes"]} >= {"warning", "note"}
    assert all(note["says"] for note in one["notes"])
    assert client.get(found["href"]).json() == found
    with read_session(engine) as session:
        assert feed.head(session).seq == 0, "nothing was recorded"
    assert client.delete(found["href"]).json() == {"declarations": 1}
    assert client.get(found["href"]).status_code == 404
    assert rows(engine) == 0


def test_a_kind_asked_for_is_checked_by_and_kept_in_the_addresses(client: TestClient, engine: Engine) -> None:
    with write_session(engine) as session:
        factories.record(session, factories.world())
    heavy = declared.values(A1_A3="1880000", A4="8.25", B1="MND", C1="0", C4="0.9", D="-6.125")
    file = openepd.write(declared.dataset(indicators=(declared.row("GWP-total", heavy),))).content
    slip = "preflight.slip-thousand-too-much.says"

    def keys(answer: Any) -> set[str]:
        return {note["key"] for one in answer["declarations"] for note in one["notes"]}

    plain = sent(client, file).json()
    assert plain["declarations"][0]["material"] is None
    assert slip not in keys(plain)
    answer = client.post(f"{CHECK}?kind=cement", files={"file": ("示例.json", file)}).json()
    assert answer["declarations"][0]["material"] == {
        "kind": "cement",
        "name_zh": "水泥",
        "name_en": "Cement",
        "said_by": "given",
        "proposed": False,
    }
    assert slip in keys(answer)
    assert answer["href"].endswith("?kind=cement")
    assert answer["page"].endswith("?kind=cement")
    assert client.get(answer["href"]).json() == answer
    assert slip in keys(client.get(f"{plain['href']}?kind=cement").json())
    before = rows(engine)
    refused = client.post(f"{CHECK}?kind=no-such-kind", files={"file": ("示例.json", file)})
    assert (refused.status_code, refused.json()["code"]) == (422, "declaration-kind-unknown")
    assert rows(engine) == before, "nothing is kept of a call that is refused"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_broken_file_and_an_unknown_kind_are_told_at_once(
    client: TestClient, engine: Engine, lang: str
) -> None:
    files = {"file": ("示例.json", b'{"a": 1}')}
    alone = client.post(CHECK, params={"lang": lang}, files=files).json()
    assert alone["errors"] == []
    found = client.post(CHECK, params={"lang": lang, "kind": "no-such-kind"}, files=files)
    told = found.json()
    assert (found.status_code, told["code"], told["title"]) == (422, alone["code"], alone["title"])
    assert [(one["where"], one["kind"]) for one in told["errors"]] == [
        (["file"], alone["code"]),
        (["kind"], "declaration-kind-unknown"),
    ]
    assert "no-such-kind" in told["errors"][1]["message"]
    assert rows(engine) == 0


@pytest.mark.parametrize("data", [b"", b"not a declaration", b'{"a": 1}', FILE[: len(FILE) // 2]])
def test_what_cannot_be_read_leaves_nothing_behind(client: TestClient, engine: Engine, data: bytes) -> None:
    answer = sent(client, data)
    assert answer.status_code == 422
    assert answer.json()["code"].startswith("declaration-")
    assert answer.json()["title"]
    assert rows(engine) == 0


def test_a_form_without_a_file_is_refused_in_words(client: TestClient) -> None:
    answer = client.post(CHECK, data={"x": "1"}, files={})
    assert (answer.status_code, answer.json()["code"]) == (422, "declaration-file-missing")
    assert client.post(CHECK, content=b"x", headers={"Content-Length": "99999999"}).status_code == 413


LITTLE = Bounds(memory_bytes=40 * 1024 * 1024)
SHORT = Bounds(wall_seconds=0)
REFUSED = [
    (Limits(largest=10), "declaration-too-large"),
    (Limits(most=0), "declaration-too-many"),
    (Limits(bounds=SHORT), "declaration-too-slow"),
]


@pytest.mark.parametrize(("limits", "code"), REFUSED)
def test_the_childs_limits_are_told_apart(limits: Limits, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        confined.read(FILE, "x.json", limits)
    assert refused.value.key == code


def test_a_child_without_memory_is_a_refusal_and_no_crash() -> None:
    with pytest.raises(Unreadable):
        confined.read(FILE, "x.json", Limits(bounds=LITTLE))


def test_nobody_finds_it_after_its_days(engine: Engine) -> None:
    looked = uploads.Looked("x.json", "a" * 64, (declared.reading(),))
    with write_session(engine) as session:
        token = uploads.create(session, looked, now=NOW, days=30)
    with read_session(engine) as session:
        last = NOW + timedelta(days=30)
        assert uploads.get(session, token, now=last - timedelta(seconds=1)).readings == looked.readings
        for address, moment in ((token, last), (token[:-1], NOW), ("", NOW)):
            with pytest.raises(NotFound):
                uploads.get(session, address, now=moment)
    with write_session(engine) as session:
        assert uploads.purge(session, now=last) == 1
