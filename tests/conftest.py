"""Fixtures of every suite: migrated databases of both kinds, and sockets closed but for loopback."""

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
from registry.kit.db import make_engine, write_session
from registry.kit.settings import Settings
from tests import browsers, databases

# Speed is measured in benchmarks/, never in a test; the gate draws the same examples on every machine.
examples.register_profile("gate", deadline=None, derandomize=True)
examples.load_profile("gate")
BACKENDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


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


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """The kind of database under test; PostgreSQL skips by name where no server is given."""
    name: str = request.param
    if name == "postgresql" and databases.postgres_address() is None:
        pytest.skip(f"PostgreSQL: {databases.POSTGRES_VARIABLE} is not set")
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return databases.sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    server = databases.postgres_address()
    assert server is not None
    with databases.postgres_template(server) as name:
        yield name


@pytest.fixture
def new_database(
    backend: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[], Settings]]:
    """Makes settings of a fresh migrated database, as often as called."""
    with ExitStack() as opened:

        def make() -> Settings:
            if backend == "sqlite":
                return databases.sqlite_copy(request.getfixturevalue("sqlite_template"), tmp_path)
            server = databases.postgres_address()
            assert server is not None
            template: str = request.getfixturevalue("postgres_template")
            return opened.enter_context(databases.postgres_database(server, template=template))

        yield make


@pytest.fixture
def new_engine(new_database: Callable[[], Settings]) -> Iterator[Callable[[], Engine]]:
    """Makes engines on fresh migrated databases, as often as called."""
    engines: list[Engine] = []

    def make() -> Engine:
        engines.append(make_engine(new_database()))
        return engines[-1]

    yield make
    for engine in engines:
        engine.dispose()


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
