"""The feed under many writers: no hole, nothing skipped, every follower sees 1 to N in order."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from registry.changes import feed
from registry.changes.feed import Draft
from registry.changes.models import ChangeActor
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict
from registry.parties.service import PLANT
from tests import databases, factories

ROOT = Path(__file__).parents[2]
PATIENCE = 240  # seconds for what takes two on a quiet machine: tests run beside each other


class Follower(threading.Thread):
    """Polls the feed by its own cursor and notes every position it is given."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(daemon=True)
        self.engine, self.seen, self.stopping = engine, list[int](), threading.Event()

    def run(self) -> None:
        while True:
            last_look = self.stopping.is_set()
            cursor = self.seen[-1] if self.seen else 0
            with read_session(self.engine) as session:
                self.seen += [change.header.seq for change in feed.after(session, cursor, limit=7)]
            if len(self.seen) and self.seen[-1] != cursor:
                continue
            if last_look:
                return
            time.sleep(0.002)


@contextmanager
def following(engine: Engine, count: int) -> Iterator[list[Follower]]:
    followers = [Follower(engine) for _ in range(count)]
    for follower in followers:
        follower.start()
    try:
        yield followers
    finally:
        for follower in followers:
            follower.stopping.set()
        for follower in followers:
            follower.join(30)


@contextmanager
def started(engine: Engine, name: str, *, threads: int, transactions: int) -> Iterator[subprocess.Popen[str]]:
    """A process that writes; however the test ends, it does too."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.registry.feed_writer", name, str(threads), str(transactions)],
        cwd=ROOT,
        env=databases.environment_of(databases.settings_of(engine)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        try:
            yield writer
        finally:
            writer.kill()


def test_followers_see_every_position_once_and_in_order(engine: Engine) -> None:
    with (
        following(engine, 3) as followers,
        started(engine, "writer-0", threads=4, transactions=12) as first,
        started(engine, "writer-1", threads=4, transactions=12) as second,
    ):
        _begin(first, second)
        committed = sum(int(writer.communicate(timeout=PATIENCE)[0]) for writer in (first, second))
        assert [first.returncode, second.returncode] == [0, 0]
    assert committed > 60
    for follower in followers:
        assert follower.seen == list(range(1, committed + 1))
    with read_session(engine) as session:
        assert feed.verify(feed.every(session)) == committed
        assert feed.head(session).seq == committed


def test_a_killed_writer_leaves_the_feed_whole_and_usable(engine: Engine) -> None:
    for attempt in range(2):
        with read_session(engine) as session:
            before = feed.head(session).seq
        with started(engine, f"killed-{attempt}", threads=3, transactions=100_000) as writer:
            _begin(writer)
            _wait_until_the_head_passes(engine, before + 20)
        with read_session(engine) as session:
            last = feed.verify(feed.every(session))
            assert last == feed.head(session).seq > before
        fact = factories.plant(5_000 + attempt)
        with write_session(engine) as session:
            (change,) = factories.record(session, [Draft(PLANT, fact.id, factories.START, fact)])
        # The server may still have been committing for the dead client, so later is right and a hole is not.
        assert change.header.seq > last
        with read_session(engine) as session:
            assert feed.verify(feed.every(session)) == change.header.seq


def _begin(*writers: subprocess.Popen[str]) -> None:
    """Wait until all are ready, then let all begin."""
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()


def _wait_until_the_head_passes(engine: Engine, seq: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with read_session(engine) as session:
            if feed.head(session).seq >= seq:
                return
        time.sleep(0.01)
    pytest.fail(f"no writer passed position {seq}")


def test_two_acts_made_from_the_same_version_do_not_both_stand(engine: Engine) -> None:
    fact = factories.plant()
    with write_session(engine) as session:
        factories.record(session, [Draft(PLANT, fact.id, factories.START, fact)])
    stale = Draft(PLANT, fact.id, factories.START, fact, after_version=1)
    with write_session(engine) as session:
        factories.record(session, [stale])
    with pytest.raises(Conflict, match="fact-changed-meanwhile"), write_session(engine) as session:
        factories.record(session, [stale])
    with read_session(engine) as session:
        assert feed.head(session).seq == 2


def test_a_rollback_gives_its_numbers_back(engine: Engine) -> None:
    fact = factories.plant()
    with Session(engine.execution_options(greenmat_writes=True)) as session:
        factories.record(session, [Draft(PLANT, fact.id, factories.START, fact)])
        session.rollback()
    with write_session(engine) as session:
        (change,) = factories.record(session, [Draft(PLANT, fact.id, factories.START, fact)])
        assert (change.header.seq, change.header.version) == (1, 1)
        assert session.get_one(ChangeActor, 1).actor == "loader:test"
