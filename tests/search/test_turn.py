"""One process at a time writes an index; whoever does not keeps quiet and takes over."""

import logging
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from registry.changes import feed
from registry.kit.db import write_session
from search.engine.embedded import EmbeddedEngine
from search.engine.writer import EmbeddedWriter
from search.feeding import follow
from search.feeding.turn import FILE, FolderTurn, among_machines
from tests import databases, factories

TODAY = date(2026, 6, 1)
PATIENCE = 30.0


def test_a_turn_is_one_processs_until_it_is_given_back(tmp_path: Path) -> None:
    first, second = FolderTurn(tmp_path / "new"), FolderTurn(tmp_path / "new")
    assert [first.take(), first.take(), second.take()] == [True, True, False]
    first.give_back()
    assert [second.take(), first.take()] == [True, False]
    assert (tmp_path / "new" / FILE).read_text("ascii").strip().isdigit()
    second.give_back()


def test_machines_of_one_database_take_turns_and_a_lost_connection_ends_one(
    new_engine: Callable[[], Engine], tmp_path: Path
) -> None:
    engine, here = new_engine(), FolderTurn(tmp_path)
    first, second = among_machines(engine, here), among_machines(engine, here)
    if engine.dialect.name == "sqlite":  # one machine, so the folder's turn is everybody's
        assert first is second is here
        return
    assert [first.take(), first.take(), second.take()] == [True, True, False]
    with databases.owners(engine) as owner, owner.connect() as connection:
        lost = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = "
        own = "(SELECT oid FROM pg_database WHERE datname = current_database())"
        connection.execute(text(lost + own))
    ends = time.monotonic() + PATIENCE
    while not second.take() and time.monotonic() < ends:
        time.sleep(0.02)
    assert [second.take(), first.take()] == [True, False]
    second.give_back()
    assert first.take()
    first.give_back()


def test_a_follower_without_the_turn_writes_nothing_and_complains_of_nothing(
    new_engine: Callable[[], Engine], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = new_engine()
    with write_session(engine) as session:
        feed.start(session, "demonstration")
        factories.record(session, factories.world())
    anothers, turn, writer = FolderTurn(tmp_path), FolderTurn(tmp_path), EmbeddedWriter(tmp_path)
    assert anothers.take()
    parts = (EmbeddedEngine(tmp_path), writer)
    waiting = follow.Follower(engine, parts, lambda: TODAY, turn=turn, every=0.01, another=0.05)
    with caplog.at_level(logging.INFO):
        waiting.start()
        time.sleep(0.3)
        assert writer.needs_rebuild(), "it has built an index out of turn"
        anothers.give_back()
        ends = time.monotonic() + PATIENCE
        while writer.needs_rebuild() and time.monotonic() < ends:
            time.sleep(0.02)
        waiting.stop()
    writer.close()
    turn.give_back()
    assert EmbeddedEngine(tmp_path).count() == 1
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
