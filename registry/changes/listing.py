"""Lists of facts in pages: the first page fixes the point, so that nothing is lost or doubled after it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic
from uuid import UUID

from sqlalchemy import Select, select
from sqlmodel import Session, col

from registry.changes.kinds import F, FactKind, Known
from registry.changes.models import ChangeRow
from registry.changes.reading import Point, many

# Work of one request is bounded: a filter that few facts pass gives short pages, not long waits.
MOST_LOOKED_AT = 5_000
SMALLEST_BATCH = 200


def every(_known: Known[Any], _at: Point) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Wanted(Generic[F]):
    """What a list is narrowed to: `keeps` decides, and `among` spares it facts that can never pass.

    `among` holds queries of keys over the tables that follow the feed; they know every version, so they may
    name too much and never too little.
    """

    kind: FactKind[F]
    keeps: Callable[[Known[F], Point], bool] = every
    among: Sequence[Select[Any]] = ()


@dataclass(frozen=True, slots=True)
class Part(Generic[F]):
    """Some facts in key order and the key after which the list goes on; None where it ends."""

    items: tuple[Known[F], ...]
    last: UUID | None


def part(session: Session, wanted: Wanted[F], at: Point, *, after: UUID | None, limit: int) -> Part[F]:
    """The next facts of a list after a key."""
    items: list[Known[F]] = []
    last, looked_at = after, 0
    batch = max(limit + 1, SMALLEST_BATCH)
    while looked_at < MOST_LOOKED_AT:
        keys = list(session.scalars(_keys(wanted, at, last, batch)))
        known = many(session, wanted.kind, keys, at)
        for key in keys:
            if len(items) == limit:
                return Part(tuple(items), last)
            last = key
            if wanted.keeps(known[key], at):
                items.append(known[key])
        if len(keys) < batch:
            return Part(tuple(items), None)
        looked_at += len(keys)
    return Part(tuple(items), last)


def changed_after(kind: FactKind[F], since: int, at: Point) -> Wanted[F]:
    """Facts whose version in force was recorded after a position."""
    keys = select(col(ChangeRow.key)).where(
        col(ChangeRow.kind) == kind.name, col(ChangeRow.seq) > since, col(ChangeRow.seq) <= at.as_of
    )
    return Wanted(kind, lambda known, _at: known.header.seq > since, (keys,))


def both(one: Wanted[F], other: Wanted[F]) -> Wanted[F]:
    """The facts that two lists share."""

    def keeps(known: Known[F], at: Point) -> bool:
        return one.keeps(known, at) and other.keeps(known, at)

    return Wanted(one.kind, keeps, (*one.among, *other.among))


def _keys(wanted: Wanted[Any], at: Point, after: UUID | None, count: int) -> Select[Any]:
    key = col(ChangeRow.key)
    found = select(key).where(
        col(ChangeRow.kind) == wanted.kind.name,
        col(ChangeRow.effective_on) <= at.on,
        col(ChangeRow.seq) <= at.as_of,
        *(key.in_(keys) for keys in wanted.among),
    )
    if after is not None:
        found = found.where(key > after)
    return found.distinct().order_by(key).limit(count)
