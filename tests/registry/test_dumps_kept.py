"""The dumps a site keeps: one making for all who ask, whole downloads, and nothing of another database."""

import hashlib
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from registry.changes import feed
from registry.changes.feed import Draft
from registry.dump import keep, manifest
from registry.dump.keep import DumpInMaking, Dumps
from registry.dump.make import make
from registry.dump.manifest import Manifest
from registry.kit.db import write_session
from registry.products.service import PRODUCT
from tests import factories
from tests.factories import NOW, START
from tests.interface import interface


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> Iterator[TestClient]:
    with write_session(engine) as session:
        factories.record(session, factories.world())
    with interface(engine, tmp_path) as opened:
        yield opened


@pytest.fixture
def dumps(engine: Engine, tmp_path: Path) -> Iterator[Callable[..., Dumps]]:
    """Makes the keeper of one folder, as often as a site starts."""
    made: list[Dumps] = []
    with write_session(engine) as session:
        factories.record(session, factories.world())

    def start(minutes: int = 0) -> Dumps:
        made.append(Dumps(engine, tmp_path / "dumps", minutes=minutes))
        return made[-1]

    yield start
    for one in made:
        one.close()


def move_on(engine: Engine, name: str) -> None:
    fact = factories.product(name_zh=name)
    with write_session(engine) as session:
        factories.record(session, [Draft(PRODUCT, fact.id, START, fact)])


def counted(monkeypatch: pytest.MonkeyPatch, gate: threading.Event | None = None) -> list[int]:
    """Counts how often a dump is made; each making waits for the gate."""
    makings: list[int] = []

    def counting(*given: Any, **named: Any) -> Any:
        makings.append(named["upto"])
        if gate is not None:
            gate.wait(20)
        return make(*given, **named)

    monkeypatch.setattr(keep, "make", counting)
    return makings


def test_the_manifest_leads_to_every_file(client: TestClient) -> None:
    manifest = client.get("/api/v1/dump").json()
    assert manifest["position"] == 10
    for one in manifest["files"]:
        answer = client.get(f"/api/v1/dump/{one['name']}", headers={"Accept-Encoding": "gzip"})
        assert hashlib.sha256(answer.content).hexdigest() == one["sha256"], one["name"]
        assert answer.headers["ETag"] == f'"{one["sha256"]}"'
        assert "Content-Encoding" not in answer.headers


def test_a_file_comes_in_parts_and_not_twice(client: TestClient) -> None:
    name = client.get("/api/v1/dump").json()["files"][0]["name"]
    whole = client.get(f"/api/v1/dump/{name}")
    part = client.get(f"/api/v1/dump/{name}", headers={"Range": "bytes=5-9"})
    assert (part.status_code, part.content) == (206, whole.content[5:10])
    again = client.get(f"/api/v1/dump/{name}", headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_all_who_ask_meanwhile_get_the_one_in_making(
    dumps: Callable[..., Dumps], engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the feed moves on: a making is shared, not queued behind."""
    gate = threading.Event()
    makings = counted(monkeypatch, gate)
    keeper = dumps(minutes=60)
    with ThreadPoolExecutor(3) as askers:
        asked = [askers.submit(keeper.current, NOW)]
        while not makings:
            time.sleep(0.01)
        move_on(engine, "示例水泥 一（虚构）")
        asked += [askers.submit(keeper.current, NOW) for _ in range(2)]
        while keeper._waiting._value > keep.MOST_WAITING - 3:
            time.sleep(0.01)
        gate.set()
        answers = [one.result() for one in asked]
    assert makings == [10]
    assert all(one == answers[0] for one in answers)
    assert keeper.current(NOW) == answers[0]
    assert makings == [10]


def test_who_would_wait_too_long_is_told_to_come_back(
    dumps: Callable[..., Dumps], engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keep, "PATIENCE", 0.05)
    gate = threading.Event()
    counted(monkeypatch, gate)
    keeper = dumps()
    with pytest.raises(DumpInMaking):
        keeper.current(NOW)
    gate.set()
    monkeypatch.setattr(keep, "PATIENCE", 20.0)
    first = keeper.current(NOW)
    gate.clear()
    monkeypatch.setattr(keep, "PATIENCE", 0.05)
    move_on(engine, "示例水泥 一（虚构）")
    assert keeper.current(NOW) == first, "an older dump is better than none"
    gate.set()


def test_coming_back_is_said_in_the_answer(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise DumpInMaking

    monkeypatch.setattr(Dumps, "current", busy)
    answer = client.get("/api/v1/dump")
    assert (answer.status_code, answer.json()["code"]) == (503, "dump-in-making")
    assert answer.headers["Retry-After"] == "5"


def test_a_recent_dump_is_served_although_the_feed_moved_on(
    dumps: Callable[..., Dumps], engine: Engine
) -> None:
    keeper = dumps(minutes=60)
    first = keeper.current(NOW)
    move_on(engine, "示例水泥 一（虚构）")
    assert keeper.current(NOW + timedelta(minutes=59)) == first
    assert keeper.current(NOW + timedelta(minutes=60)).position == first.position + 1


def test_the_newest_three_are_kept_and_older_files_are_gone(client: TestClient, engine: Engine) -> None:
    names = []
    for n in range(4):
        names.append(client.get("/api/v1/dump").json()["files"][0]["name"])
        move_on(engine, f"示例水泥 {n}（虚构）")
    statuses = [client.get(f"/api/v1/dump/{name}").status_code for name in names]
    assert statuses == [410, 200, 200, 200]
    for name in ("999-product.parquet", "13-product.txt", "13-nothing.parquet", "..%2Fgreenmat.db"):
        assert client.get(f"/api/v1/dump/{name}").status_code == 404, name


def test_a_dump_of_another_database_is_never_served(
    dumps: Callable[..., Dumps], new_engine: Callable[[], Engine], engine: Engine, tmp_path: Path
) -> None:
    other = new_engine()
    with write_session(other) as session:
        feed.start(session, "demonstration")
        factories.record(session, [*factories.world()[:-1], factories.world()[0]])
    foreign = make(other, tmp_path / "dumps" / "10", now=NOW)
    assert dumps().current(NOW).position_hash != foreign.position_hash


def test_what_a_killed_making_left_is_removed_in_time(
    dumps: Callable[..., Dumps], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / "dumps" / ".making-left"
    left.mkdir(parents=True)
    keeper = dumps()
    keeper.current(NOW)
    assert left.is_dir(), "another process may be at work in it"
    monkeypatch.setattr(keep, "FORGOTTEN", timedelta(0))
    keeper._tidy()
    assert not left.exists()


def test_a_foreign_dump_that_another_process_removes_first_stops_no_start(
    dumps: Callable[..., Dumps],
    new_engine: Callable[[], Engine],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dumps().current(NOW)
    other, read = new_engine(), manifest.read
    with write_session(other) as session:
        feed.start(session, "demonstration")

    def too_late(folder: Path) -> Manifest:
        shutil.rmtree(folder)
        return read(folder)

    monkeypatch.setattr(manifest, "read", too_late)
    Dumps(other, tmp_path / "dumps", minutes=0).close()
    assert not list((tmp_path / "dumps").glob("*/manifest.json"))
