"""A real Meilisearch killed while the feed flows: the other index answers, and it ends as the register is."""

import os
import random
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import httpx
import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from registry.changes import feed
from registry.changes.reading import Point
from registry.kit.db import read_session
from registry.products.models import ProductRow
from search.documents.fields import Field
from search.engine import chosen
from search.engine.chosen import Index
from search.engine.ports import SearchRequest, SearchUnavailable
from search.feeding import away as following_away
from search.feeding import follow
from tests.search.contract import PROGRAM
from tests.search.test_follower_killed import PATIENCE, PRODUCTS, SAMPLE, TODAY, Register

SECRET = "a-key-of-sixteen-or-more"
KILLS = 5
ROUNDS = 8  # transactions of ten changes while the server may die at any moment
LONGEST_LIFE = 0.8  # seconds
WHOLE = SearchRequest(facets=tuple(Field))


class Killable:
    """A server of its own on a port of its own, whose data outlives it."""

    def __init__(self, program: str, place: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        self.url, self._place = f"http://{address}", place
        self._command = [program, "--no-analytics", "--master-key", SECRET, "--http-addr", address]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._place.mkdir(exist_ok=True)
        with (self._place / "log").open("ab") as log:
            self._process = subprocess.Popen(self._command, cwd=self._place, stdout=log, stderr=log)
        until(self._is_well)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _is_well(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health").is_success
        except httpx.TransportError:
            return False


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Killable]:
    program = os.environ.get(PROGRAM, "")
    if not program:
        pytest.skip(f"no Meilisearch to start and kill: {PROGRAM} names no program")
    one = Killable(program, tmp_path / "server")
    yield one
    one.kill()


def until(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < ends, "it took too long"
        time.sleep(0.02)


@contextmanager
def followed(engine: Engine, own: Index, away: Index) -> Iterator[None]:
    """Both indexes, as a site follows them."""
    followers = (
        follow.Follower(engine, (own.engine, own.writer), lambda: TODAY, every=0.01),
        following_away.AwayFollower(engine, (away.engine, away.writer), lambda: TODAY, every=0.01),
    )
    for one in followers:
        one.start()
    yield
    for one in followers:
        one.stop()


def head(engine: Engine) -> int:
    with read_session(engine) as session:
        return feed.head(session).seq


def has_come(index: Index, position: int) -> bool:
    try:
        return index.writer.position() == position
    except SearchUnavailable:
        return False


def same(engine: Engine, away: Index, own: Index) -> None:
    """With the register, product by product, and with the index kept beside."""
    versions, at = away.engine.ids_and_versions(), Point(TODAY, head(engine))
    with read_session(engine) as session:
        ids = session.scalars(select(col(ProductRow.id)).distinct())
        wanted = {one.id: one for one in follow.documents(session, ids, at)}
    assert versions.keys() == wanted.keys()
    assert away.engine.count() == len(wanted), "a product stands there twice"
    found, beside = away.engine.search(WHOLE), own.engine.search(WHOLE)
    assert (found.total, found.facets, found.stood_in) == (beside.total, beside.facets, False)
    for document in random.Random(1).sample(sorted(wanted.values(), key=lambda one: one.id), SAMPLE):
        named = SearchRequest(text=document.name_zh, limit=PRODUCTS, relax=False)
        here, there = ([hit.id for hit in one.engine.search(named).hits] for one in (own, away))
        assert there[0] == document.id
        assert set(there) == set(here)


def test_a_server_killed_again_and_again_in_the_middle_of_the_feed_loses_nothing(
    new_engine: Callable[[], Engine], tmp_path: Path, server: Killable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following_away, "AGAIN", 0.2)
    register, now = Register(new_engine(), random.Random(6)), [0.0]
    register.begin()
    own, away = chosen.embedded(tmp_path / "index"), chosen.meilisearch(server.url, SECRET, "killed")
    answering = chosen.StandingIn(away.engine, own.engine, clock=lambda: now[0])
    with followed(register.engine, own, away):
        for n in range(KILLS):
            server.start()
            if n % 2:  # it dies while it follows; at the others while its index is built, or soon after
                until(lambda: has_come(away, head(register.engine)))
            end = Timer(register.rng.uniform(0, LONGEST_LIFE), server.kill)
            end.start()
            for _ in range(ROUNDS):
                register.move_on()
                time.sleep(register.rng.uniform(0, 0.1))
            end.join()
            now[0] += 60
            until(lambda: has_come(own, head(register.engine)))
            found = answering.search(WHOLE)
            assert (found.stood_in, found.total) == (True, own.engine.count())
        server.start()
        until(lambda: has_come(away, head(register.engine)))
        now[0] += 60
        same(register.engine, away, own)
        assert not answering.search(WHOLE).stood_in
    own.writer.close()
