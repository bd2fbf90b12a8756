"""The engines every contract test runs on; an adapter joins by adding its factory here.

Meilisearch is a server of its own: its part runs where GREENMAT_TEST_MEILISEARCH names one (its key in
GREENMAT_TEST_MEILISEARCH_KEY), and is skipped by name where not. The test that kills a server starts its own:
GREENMAT_TEST_MEILISEARCH_PROGRAM is the path of the program.
"""

import os
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from search.engine.embedded import EmbeddedEngine
from search.engine.meilisearch import MeilisearchEngine
from search.engine.meilisearch_server import Server
from search.engine.meilisearch_writer import MeilisearchWriter
from search.engine.ports import SearchEngine, Writer
from search.engine.writer import EmbeddedWriter

ADDRESS = "GREENMAT_TEST_MEILISEARCH"
KEY = "GREENMAT_TEST_MEILISEARCH_KEY"
PROGRAM = "GREENMAT_TEST_MEILISEARCH_PROGRAM"


@dataclass(frozen=True, slots=True)
class Installed:
    """One engine's two sides over the same place; `reader` opens another, as a second process would."""

    writer: Writer
    engine: SearchEngine
    reader: Callable[[], SearchEngine]


@contextmanager
def _embedded(place: Path) -> Iterator[Installed]:
    writer = EmbeddedWriter(place)
    yield Installed(writer, EmbeddedEngine(place), lambda: EmbeddedEngine(place))
    writer.close()


@contextmanager
def _meilisearch(_: Path) -> Iterator[Installed]:
    with meilisearch_index() as opened:
        server = opened()
        yield Installed(
            MeilisearchWriter(server), MeilisearchEngine(server), lambda: MeilisearchEngine(opened())
        )


@contextmanager
def meilisearch_index() -> Iterator[Callable[[], Server]]:
    """Opens an index of its own on the server named, again and again; it is taken away at the end."""
    address = os.environ.get(ADDRESS, "")
    if not address:
        pytest.skip(f"no Meilisearch server: {ADDRESS} names none")
    prefix = f"contract-{uuid.uuid4().hex[:12]}"
    server = Server(address, os.environ.get(KEY, ""), prefix)
    yield lambda: Server(address, os.environ.get(KEY, ""), prefix)
    for index in (server.index, server.beside):
        server.drop(index)


ENGINES: Mapping[str, Callable[[Path], AbstractContextManager[Installed]]] = {
    "embedded": _embedded,
    "meilisearch": _meilisearch,
}
