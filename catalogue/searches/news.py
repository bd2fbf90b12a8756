"""What a kept search would find differently now: who has come, who is gone, since when, and how each stands.

Only what differs is read: a feed reader asks every hour, and most lists stay as they are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain
from typing import TypeVar
from uuid import UUID

from sqlalchemy import or_, select
from sqlmodel import Session, col

from catalogue.archive.sealed import Said
from catalogue.archive.store import Archived
from catalogue.naming import Reference
from catalogue.searches.kept import KeptSearch
from catalogue.searches.rows import ListedRow, listed
from registry.changes.models import ChangeRow, PublicCode
from registry.changes.reading import Point
from registry.dossiers.dossier import Dossier
from registry.dossiers.load import load
from registry.kit.clock import SHANGHAI
from search.engine.ports import Hit
from search.feeding.concerned import records_of

K = TypeVar("K", UUID, str)

MOST_TOLD = 100  # the latest of them; the comparison on the page counts all
BATCH = 400


@dataclass(frozen=True, slots=True)
class Item:
    """`since` is the first change after keeping that concerns it; None where only the search has changed."""

    number: str
    name: Said
    maker: Said
    is_new: bool
    now: Said
    since: datetime | None


@dataclass(frozen=True, slots=True)
class News:
    """`untold` counts what goes beyond the latest."""

    items: tuple[Item, ...]
    untold: int


def news(
    session: Session,
    kept: tuple[Archived, KeptSearch],
    hits: Sequence[Hit],
    *,
    at: Point,
    known: Reference,
) -> News:
    """The latest first, equals by number."""
    archived, search = kept
    then = Point(date.fromisoformat(archived.sealed.on), archived.sealed.as_of)
    rows, now = _by_id(session, search.rows), {UUID(hit.id) for hit in hits}
    differing = now ^ rows.keys()
    records = {key: found for part in _parts(differing) for key, found in records_of(session, part).items()}
    first = _first(session, records, then=then, at=at)
    latest = sorted(differing, key=lambda key: (first.get(key, archived.created_at), key.hex), reverse=True)
    dossiers = load(session, latest[:MOST_TOLD], at, kinds=known.kinds)
    items = [
        _item(rows.get(key), dossiers.get(key), known, since=_since(first.get(key), dossiers.get(key), then))
        for key in latest[:MOST_TOLD]
    ]
    told = [one for one in items if one is not None]
    told.sort(key=lambda one: one.number)
    told.sort(key=lambda one: one.since or archived.created_at, reverse=True)
    return News(tuple(told), len(latest) - len(latest[:MOST_TOLD]))


def _item(
    row: ListedRow | None, dossier: Dossier | None, known: Reference, *, since: datetime | None
) -> Item | None:
    """A hit that the register no longer shows is none: the index is about to follow."""
    if dossier is None or dossier.product.fact.removed:
        if row is None:
            return None
        gone = Said.of("kept.feed.removed")
        return Item(row.number, row.name, row.maker, is_new=False, now=gone, since=since)
    shown = listed(dossier, known)
    return Item(shown.number, shown.name, shown.maker, row is None, shown.state.said, since)


def _by_id(session: Session, rows: Sequence[ListedRow]) -> dict[UUID, ListedRow]:
    found: dict[UUID, ListedRow] = {}
    by_number = {row.number: row for row in rows}
    for part in _parts(by_number):
        named = select(col(PublicCode.key), col(PublicCode.code)).where(col(PublicCode.code).in_(part))
        found |= {key: by_number[code] for key, code in session.execute(named)}
    return found


def _first(
    session: Session, records: Mapping[UUID, set[UUID]], *, then: Point, at: Point
) -> dict[UUID, datetime]:
    """For each product the first version of its records that counted after keeping and counts by now."""
    change = ChangeRow
    moments: dict[UUID, datetime] = {}
    for part in _parts(set(chain.from_iterable(records.values()))):
        asked = select(col(change.key), col(change.recorded_at), col(change.effective_on)).where(
            col(change.key).in_(part),
            col(change.seq) <= at.as_of,
            col(change.effective_on) <= at.on,
            or_(col(change.seq) > then.as_of, col(change.effective_on) > then.on),
        )
        for key, recorded, effective in session.execute(asked):
            moment = max(recorded, _begins(effective))
            moments[key] = min(moment, moments.get(key, moment))
    found = {key: [moments[one] for one in keys if one in moments] for key, keys in records.items()}
    return {key: min(ones) for key, ones in found.items() if ones}


def _since(recorded: datetime | None, dossier: Dossier | None, then: Point) -> datetime | None:
    """Also a day on which something began or ended by itself."""
    days = [] if dossier is None else [d for d in dossier.boundary_days() if then.on < d <= dossier.at.on]
    moments = [*([recorded] if recorded else []), *map(_begins, days)]
    return min(moments, default=None)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _parts(keys: Iterable[K]) -> Iterator[list[K]]:
    """Few enough at a time for one statement, in an order of their own."""
    ordered = sorted(keys, key=str)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
