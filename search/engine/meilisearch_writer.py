"""The one writer of a Meilisearch index: a batch and its feed position are one task, a rebuild is a swap."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from search.documents.product import ProductDocument
from search.engine import meilisearch_records as definition
from search.engine.meilisearch_filters import PRODUCTS
from search.engine.meilisearch_server import Server
from search.engine.ports import SearchUnavailable

_BATCH = 2000  # records of one task; a greater change becomes several, the position with the last
_POSITION = f'{definition.ENTRY} = "{definition.POSITION}"'


class MeilisearchWriter:
    """Sends records and waits until they are found; a repeated batch changes nothing."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def apply(self, upserts: Sequence[ProductDocument], deletes: Sequence[str], position: int) -> None:
        records = {one: definition.gone(one) for one in deletes}
        records |= {document.id: definition.record(document) for document in upserts}
        moved = _position(max(position, self.position()))
        self._write(self._server.index, [*records.values(), moved])
        if deletes:
            self._server.purge(self._server.index)

    def position(self) -> int:
        for row in self._server.fetch(_POSITION, ("position",)):
            return int(row["position"])
        raise SearchUnavailable(reason="there is no search index yet")

    def due(self, day: date) -> tuple[str, ...]:
        until = f"{PRODUCTS} AND next_change_on <= {day.toordinal()}"
        return tuple(sorted(row["id"] for row in self._server.fetch(until, ("id",))))

    def needs_rebuild(self) -> bool:
        """True without an index of this definition, or where its building was broken off."""
        if not self._server.exists(self._server.index):
            return True
        return not list(self._server.fetch(_POSITION, ("position",)))

    def rebuild(self, documents: Iterable[ProductDocument], position: int) -> None:
        beside = self._server.beside
        self._server.create(beside)
        try:
            self._write(beside, map(definition.record, documents))
            self._write(beside, [_position(position)])
        except BaseException:
            self._server.drop(beside)
            raise
        if not self._server.exists(self._server.index):
            self._server.create(self._server.index)
        self._server.swap()
        for index in (beside, *self._server.outdated()):
            self._server.drop(index)

    def close(self) -> None:
        """Nothing is held: Meilisearch itself puts the tasks of several writers in order."""

    def _write(self, index: str, records: Iterable[dict[str, Any]]) -> None:
        for several in _chunks(records):
            self._server.done(self._server.send(index, several))


def _chunks(records: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    rest = iter(records)
    while several := list(islice(rest, _BATCH)):
        yield several


def _position(position: int) -> dict[str, Any]:
    """The record that says how far the index has come; `commit` differs after every write."""
    return {
        definition.KEY: definition.POSITION,
        definition.ENTRY: definition.POSITION,
        "position": position,
        "commit": uuid.uuid4().hex,
    }
