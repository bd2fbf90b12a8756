"""Fixtures of every suite: databases of the kind the run has chosen, and sockets closed but for loopback."""

import ipaddress
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as examples
from sqlalchemy import Engine
from sqlmodel import Session

import registry.rebuild  # noqa: F401 - defines every fact kind
from registry.changes import feed
from registry.kit.db import open_engine, write_session
from registry.kit.settings import Settings
from tests import browsers, databases
from tests.seeded import Seeded, loaded

# Speed is measured in benchmarks/, never in a test; the gate draws the same examples on every machine.
examples.register_profile("gate", deadline=None, derandomize=True)
examples.load_profile("gate")


@pytest.fixture(scope="session", autouse=True)
def _sockets_closed() -> Iterator[None]:
    """A test that reaches for the network fails; loopback and local sockets stay open."""
    opened = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not _is_loopback(str(address[0])):
            raise RuntimeError(f"a test tried to reach {address[0]}")
        opened(self, address)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(socket.socket, "connect", connect)
        yield


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One for the whole run: two drivers in one thread disturb each other."""
    with browsers.chromium() as found:
        yield found


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A migrated database without records, to copy from; every database of the suites descends from it."""
    with databases.migrated(tmp_path_factory.mktemp("empty")) as engine:
        yield engine


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what needs a database: `make test-postgres` runs that, but for what only looks at pages."""
    if "empty_database" in getattr(item, "fixturenames", ()):
        item.add_marker("database")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs the browser comes last: its driver leaves a loop running in the thread of the tests."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def seeded(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """The demonstration register once per process, for reading and copying."""
    with loaded(empty_database, tmp_path_factory.mktemp("seeded")) as found:
        yield found


@pytest.fixture
def new_database(empty_database: Engine, tmp_path: Path) -> Iterator[Callable[[], Settings]]:
    """Makes settings of a fresh migrated database, as often as called."""
    with ExitStack() as open_ones:
        yield lambda: open_ones.enter_context(databases.copy_of(empty_database, tmp_path))


@pytest.fixture
def new_engine(new_database: Callable[[], Settings]) -> Iterator[Callable[[], Engine]]:
    """Makes engines on fresh migrated databases, as often as called."""
    with ExitStack() as open_ones:
        yield lambda: open_ones.enter_context(open_engine(new_database()))


@pytest.fixture
def engine(new_engine: Callable[[], Engine]) -> Engine:
    """A fresh migrated database whose demonstration feed is started and empty."""
    made = new_engine()
    with write_session(made) as session:
        feed.start(session, "demonstration")
    return made


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A writing session on a fresh database; it commits at the end of the test."""
    with write_session(engine) as opened:
        yield opened
