"""What recorded documents state of their figures, read without the rest of them.

A document is about thirty times as long as its record; a figure needs its unit, its ties and one row.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

import orjson
from sqlmodel import Session

from registry.changes.reading import Point, payloads
from registry.declarations.dataset import Dataset, Value
from registry.declarations.documents.content import DECLARATION_CONTENT
from registry.declarations.figures.stated import Cells, Stated, by_module, of_parts

# Everything of a document that a figure rests on, but for its rows.
_PARTS = (
    "uuid", "number", "document", "declared", "properties", "generation", "generation_by", "scenarios",
    "footprint",
)  # fmt: skip


def stated_of(session: Session, declaration_ids: Iterable[UUID], at: Point) -> dict[UUID, Stated]:
    """What the documents of many declarations state at a point; those without one are left out."""
    found = payloads(session, DECLARATION_CONTENT, declaration_ids, at)
    return {key: of_payload(payload) for key, payload in found.items()}


def of_payload(payload: str | bytes) -> Stated:
    """A content as recorded, the same as `of_dataset` of all of it."""
    said = orjson.loads(payload)["dataset"]
    parts = {name: said[name] for name in _PARTS if name in said}
    return of_parts(Dataset.model_validate({**parts, "names": {}}), _Rows(said.get("indicators", ())))


class _Rows(Mapping[str, Cells]):
    """The rows of indicators by code, each read when it is asked for."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._rows = {row["code"]: row["values"] for row in rows if row["code"] is not None}
        self._read: dict[str, Cells] = {}

    def __getitem__(self, code: str) -> Cells:
        found = self._read.get(code)
        if found is None:
            found = by_module([Value.model_validate(one) for one in self._rows[code]])
            self._read[code] = found
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
