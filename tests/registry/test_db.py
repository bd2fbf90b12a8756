"""Transactions: one per request, fair turns for writers, snapshots that hold, failed commits seen."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from registry.changes import feed
from registry.changes.feed import Draft
from registry.kit import db
from registry.kit.db import FifoLock, ReadDep, read_session, write_session
from registry.kit.errors import Conflict, DomainError, Unavailable
from registry.parties.service import PLANT
from tests import databases, factories


def write_plant(session: Session, n: int) -> int:
    fact = factories.plant(n)
    return factories.record(session, [Draft(PLANT, fact.id, factories.START, fact)])[0].header.seq


@contextmanager
def client(engine: Engine) -> Iterator[TestClient]:
    """A small app that writes and reads as ours does."""
    app = FastAPI()
    app.state.engine = engine

    @app.exception_handler(DomainError)
    def refused(_request: Request, error: DomainError) -> JSONResponse:
        return JSONResponse({"code": error.key}, status_code=error.status)

    @app.post("/plants/{n}")
    def write(n: int) -> int:
        with write_session(engine) as session:
            seq = write_plant(session, n)
            time.sleep(0.002)
        return seq

    @app.get("/head")
    def head(session: ReadDep) -> int:
        seq = feed.head(session).seq
        time.sleep(0.15)
        return seq

    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


def test_a_thread_pool_full_of_writers_does_not_deadlock(engine: Engine) -> None:
    with client(engine) as app, ThreadPoolExecutor(100) as pool:
        began = time.monotonic()
        writes = [pool.submit(app.post, f"/plants/{n}") for n in range(60)]
        reads = [pool.submit(app.get, "/head") for _ in range(40)]
        answers = [write.result(timeout=60) for write in writes]
        assert {read.result(timeout=60).status_code for read in reads} == {200}
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(answer.json() for answer in answers) == list(range(1, 61))
    assert time.monotonic() - began < 20, "a pool that ran dry gives up after 30 seconds"


def test_many_readers_at_once_do_not_run_the_pool_dry(engine: Engine) -> None:
    with client(engine) as app, ThreadPoolExecutor(120) as pool:
        began = time.monotonic()
        answers = list(pool.map(lambda _: app.get("/head").status_code, range(120)))
    assert set(answers) == {200}
    assert time.monotonic() - began < 20, "a pool that ran dry gives up after 30 seconds"


def test_a_commit_that_is_refused_answers_conflict_and_writes_nothing(engine: Engine) -> None:
    def refuse(_session: Session) -> None:
        raise Conflict

    event.listen(Session, "before_commit", refuse)
    try:
        with client(engine) as app:
            answer = app.post("/plants/1")
    finally:
        event.remove(Session, "before_commit", refuse)
    assert (answer.status_code, answer.json()) == (409, {"code": "conflict"})
    with read_session(engine) as session:
        assert feed.head(session).seq == 0


def test_a_commit_that_fails_in_the_database_is_never_answered_200(engine: Engine) -> None:
    """The check is put off to the commit, as with a full disk: the handler itself ends well."""
    with databases.owners(engine) as owner, owner.begin() as connection:
        connection.execute(text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
        connection.execute(
            text("CREATE TABLE child (id INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)")
        )
    app = FastAPI()
    app.state.engine = engine

    @app.post("/orphan")
    def orphan() -> str:
        with write_session(engine) as session:
            session.execute(text("INSERT INTO child VALUES (1)"))
            return "written"

    with TestClient(app, raise_server_exceptions=False) as opened:
        assert opened.post("/orphan").status_code == 500
    with read_session(engine) as session:
        assert session.scalar(text("SELECT count(*) FROM child")) == 0


def test_a_reader_sees_one_snapshot_while_others_write(engine: Engine) -> None:
    with read_session(engine) as session:
        before = feed.head(session).seq
        with write_session(engine) as writer:
            write_plant(writer, 1)
        assert feed.head(session).seq == before == 0
    with read_session(engine) as session:
        assert feed.head(session).seq == 1


def test_a_writer_that_reads_first_is_not_overtaken(engine: Engine) -> None:
    """SQLite refuses to write on a snapshot that another process has overtaken; we never hold such a one."""
    other = databases.second_engine(engine)
    started = threading.Event()

    def write_from_another_process() -> None:
        started.set()
        with write_session(other) as session:
            write_plant(session, 2)

    overtaking = threading.Thread(target=write_from_another_process)
    with write_session(engine) as session:
        before = feed.head(session).seq
        overtaking.start()
        started.wait(10)
        time.sleep(0.2)
        written = write_plant(session, 1)
    overtaking.join(30)
    other.dispose()
    with read_session(engine) as session:
        assert feed.verify(feed.every(session)) == 2
    if engine.dialect.name == "sqlite":
        assert (before, written) == (0, 1)


def test_an_error_in_the_block_rolls_everything_back(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), write_session(engine) as session:
        write_plant(session, 1 + 0 // (write_plant(session, 1) - 1))
    with read_session(engine) as session:
        assert feed.head(session).seq == 0


def test_the_fifo_lock_serves_in_the_order_of_asking() -> None:
    lock, served = FifoLock(), list[int]()

    def take(number: int) -> None:
        lock.acquire()
        served.append(number)
        lock.release()

    lock.acquire()
    waiting = []
    for number in range(12):
        thread = threading.Thread(target=take, args=(number,))
        thread.start()
        waiting.append(thread)
        while len(lock._waiting) <= number:
            time.sleep(0.0005)
    lock.release()
    for thread in waiting:
        thread.join(10)
    assert served == list(range(12))
    lock.acquire()  # free again, or this would wait for ever
    lock.release()


def test_a_writer_whose_turn_does_not_come_leaves_the_queue() -> None:
    lock = FifoLock(patience=0.02)
    lock.acquire()
    with pytest.raises(Unavailable):
        lock.acquire()
    assert not lock._waiting
    lock.release()
    lock.acquire()  # free for who comes next
    lock.release()


def test_a_writer_that_gives_up_gives_its_turn_back(tmp_path: Path) -> None:
    """Another process holds SQLite's write lock: our turn must not stay taken after the failure."""
    engine = db.sqlite_engine(str(tmp_path / "busy.db"))
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=20"))
    other = sqlite.connect(str(tmp_path / "busy.db"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for _ in range(3):
        with pytest.raises(OperationalError, match="locked"), write_session(engine) as session:
            session.execute(text("SELECT 1"))
    other.execute("ROLLBACK")
    other.close()
    with write_session(engine) as session:
        session.execute(text("CREATE TABLE after_all (id INTEGER)"))
    engine.dispose()


def test_sqlite_is_durable_and_checks_references(tmp_path: Path) -> None:
    engine = db.sqlite_engine(str(tmp_path / "pragmas.db"))
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    engine.dispose()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_an_sqlite_with_the_wal_bug_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sqlite, "sqlite_version_info", (3, 51, 2))
    with pytest.raises(RuntimeError, match=r"older than 3\.51\.3"):
        db.sqlite_engine(str(tmp_path / "old.db"))
