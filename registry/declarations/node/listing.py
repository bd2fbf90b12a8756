"""The lines that a query finds, as they stand at a point."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, func, select
from sqlmodel import Session, col

from registry.changes.reading import Point
from registry.declarations.node.asked import ListingQuery, conditions, ordered
from registry.declarations.node.entries import Entry
from registry.declarations.node.models import DeclarationEntryRow as Row
from registry.declarations.node.models import DeclarationStateRow as State
from registry.declarations.node.stocks import Stock


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of a listing, and how many there are in all."""

    total: int
    start: int
    size: int
    lines: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a data set is recorded: its declaration, and the version of its content."""

    declaration_id: UUID
    seq: int


def listing(session: Session, asked: ListingQuery, stock: Stock, *, at: Point) -> Part:
    """What a query finds in a stock."""
    wanted = (*standing(at, every=asked.all_versions), stock.condition, *conditions(asked))
    total = session.scalar(select(func.count()).select_from(Row).where(*wanted)) or 0
    if asked.count_only:
        return Part(total, asked.start_index, asked.size, ())
    lines = session.scalars(
        select(col(Row.line))
        .where(*wanted)
        .order_by(*ordered(asked))
        .offset(asked.start_index)
        .limit(asked.size)
    )
    found = tuple(Entry.model_validate_json(one) for one in lines)
    return Part(total, asked.start_index, asked.size, found)


def place_of(session: Session, uuid: UUID, version: str | None, *, at: Point) -> Place | None:
    """The newest recorded content under a UUID, or its one of a version."""
    same = () if version is None else (col(Row.version) == version,)
    return _first(session, (*standing(at, every=version is not None), col(Row.uuid) == uuid, *same))


def _first(session: Session, wanted: Sequence[ColumnElement[bool]]) -> Place | None:
    asked = (
        select(col(Row.declaration_id), col(Row.seq)).where(*wanted).order_by(col(Row.seq).desc()).limit(1)
    )
    found = session.execute(asked).one_or_none()
    return None if found is None else Place(*found)


def standing(at: Point, *, every: bool = False) -> tuple[ColumnElement[bool], ...]:
    """An EPD that counts on the day, not withdrawn; of each declaration, or of each version, the newest.

    Footprint reports and labels stay apart: in these interfaces they would pass for EPDs.
    """
    known = (col(Row.effective_on) <= at.on, col(Row.seq) <= at.as_of)
    same = (Row.declaration_id, Row.version) if every else (Row.declaration_id,)
    ranked = select(col(Row.seq), _place(same, Row)).where(*known).subquery()
    newest = select(ranked.c.seq).where(ranked.c.place == 1)
    return (
        col(Row.is_epd).is_(other=True),
        col(Row.seq).in_(newest),
        col(Row.declaration_id).not_in(_withdrawn(at)),
    )


def _withdrawn(at: Point) -> Any:
    known = (col(State.effective_on) <= at.on, col(State.seq) <= at.as_of)
    ranked: Subquery = (
        select(col(State.declaration_id), col(State.withdrawn), _place((State.declaration_id,), State))
        .where(*known)
        .subquery()
    )
    return select(ranked.c.declaration_id).where(ranked.c.place == 1, ranked.c.withdrawn)


def _place(same: Sequence[Any], row: Any) -> Any:
    """1 for the version in force: the latest day, then the latest knowledge of that day."""
    order = (col(row.effective_on).desc(), col(row.seq).desc())
    return func.row_number().over(partition_by=list(same), order_by=order).label("place")
