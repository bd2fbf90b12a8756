"""Reading and writing the harvest tables: where a run stands is what they say, so a killed one goes on."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlmodel import Session, SQLModel, col

from registry.declarations.harvest.models import HarvestItemRow, HarvestRunRow, HarvestSourceRow
from registry.declarations.harvest.nodes import Listed, Stock
from registry.kit.db import add_once, add_or_renew
from registry.kit.ids import derived, new
from registry.kit.messages import as_text


class Fate(StrEnum):
    """What became of a listed document."""

    WAITING = "waiting"
    KEPT = "kept"
    REFUSED = "refused"
    MISSING = "missing"  # listed, but the node does not give it out
    ELSEWHERE = "elsewhere"  # the node only names it; another one holds it
    CHANGED = "changed"  # the same version with other content: ours stays as it is


@dataclass(frozen=True, slots=True)
class Place:
    """What is harvested: a stock of a node, or all of it."""

    protocol: str
    address: str
    stock: Stock
    licence: str = ""

    @property
    def id(self) -> UUID:
        return derived("harvest", self.protocol, self.address, self.stock.id)


def begin(session: Session, place: Place, *, now: datetime) -> HarvestRunRow:
    """The run that was broken off, or a new one; what is known of the source is renewed."""
    source = HarvestSourceRow(
        id=place.id,
        protocol=place.protocol,
        address=place.address,
        stock=place.stock.id,
        name=place.stock.name,
        terms=place.stock.terms,
        licence=place.licence,
    )
    renewed = ("name", "terms", *(("licence",) if place.licence else ()))
    add_or_renew(session, source, *renewed)
    open_run = session.scalars(
        select(HarvestRunRow)
        .where(col(HarvestRunRow.source_id) == place.id, col(HarvestRunRow.ended_at).is_(None))
        .order_by(col(HarvestRunRow.started_at).desc())
        .limit(1)
    ).one_or_none()
    if open_run is not None:
        return open_run
    run = HarvestRunRow(id=new(), source_id=place.id, started_at=now)
    session.add(run)
    session.flush()
    return run


def list_items(session: Session, run: HarvestRunRow, items: Iterable[Listed]) -> int:
    """Note what a page lists; returns how many this source had never listed before."""
    fresh = 0
    for one in items:
        fate = Fate.ELSEWHERE if one.elsewhere else Fate.WAITING
        row = HarvestItemRow(
            source_id=run.source_id,
            item=one.id,
            version=one.version,
            name=one.name,
            elsewhere=one.elsewhere,
            listed_in=run.id,
            fate=fate,
        )
        if add_once(session, row):
            fresh += 1
            continue
        session.execute(
            update(HarvestItemRow)
            .where(*_one(run.source_id, one.id, one.version))
            .values(listed_in=run.id, not_listed_since=None)
        )
    return fresh


def close_listing(session: Session, run: HarvestRunRow, *, total: int, now: datetime) -> bool:
    """The listing is at its end; whether it was whole: as many documents as the node counted."""
    listed = session.scalar(_count(run.source_id).where(col(HarvestItemRow.listed_in) == run.id)) or 0
    is_whole = listed >= total
    _renew(session, run, listed_at=now, total=total, is_whole=is_whole)
    return is_whole


def to_do(session: Session, run: HarvestRunRow, limit: int) -> Sequence[HarvestItemRow]:
    """The next documents this run has not looked at."""
    not_seen = col(HarvestItemRow.seen_in).is_(None) | (col(HarvestItemRow.seen_in) != run.id)
    return session.scalars(
        select(HarvestItemRow)
        .where(
            col(HarvestItemRow.source_id) == run.source_id,
            col(HarvestItemRow.listed_in) == run.id,
            col(HarvestItemRow.fate) != Fate.ELSEWHERE,
            not_seen,
        )
        .order_by(col(HarvestItemRow.item), col(HarvestItemRow.version))
        .limit(limit)
    ).all()


def settle(session: Session, run: HarvestRunRow, row: HarvestItemRow, changes: Mapping[str, Any]) -> None:
    """This run is done with a document."""
    session.execute(
        update(HarvestItemRow)
        .where(*_one(row.source_id, row.item, row.version))
        .values(seen_in=run.id, **changes)
    )


def refusal(key: str, facts: Mapping[str, object]) -> dict[str, Any]:
    told = {name: as_text(value) for name, value in facts.items()}
    return {"key": key, "facts": json.dumps(told, ensure_ascii=False, sort_keys=True)}


def finish(session: Session, run: HarvestRunRow, *, now: datetime, today: date) -> int:
    """Close the run; after a whole listing, what it no longer shows is marked, never deleted.

    A version that a newer one has replaced in the listing is not gone. Returns how many were marked.
    """
    _renew(session, run, ended_at=now)
    if not run.is_whole:
        return 0
    listed = select(col(HarvestItemRow.item)).where(
        col(HarvestItemRow.source_id) == run.source_id, col(HarvestItemRow.listed_in) == run.id
    )
    gone = session.execute(
        update(HarvestItemRow)
        .where(
            col(HarvestItemRow.source_id) == run.source_id,
            col(HarvestItemRow.listed_in) != run.id,
            col(HarvestItemRow.not_listed_since).is_(None),
            col(HarvestItemRow.item).not_in(listed),
        )
        .values(not_listed_since=today)
        .execution_options(synchronize_session=False)
        .returning(col(HarvestItemRow.item))
    )
    return len(gone.all())


def fates(session: Session, run: HarvestRunRow) -> dict[str, int]:
    """How many documents of a run's listing met which fate."""
    rows = session.execute(
        select(col(HarvestItemRow.fate), func.count())
        .where(col(HarvestItemRow.source_id) == run.source_id, col(HarvestItemRow.listed_in) == run.id)
        .group_by(col(HarvestItemRow.fate))
    )
    return {fate: number for fate, number in rows}  # noqa: C416 - rows are not pairs to the type checker


def known(session: Session, source_id: UUID) -> set[tuple[str, str]]:
    """Every document that a source has listed so far, by id and version."""
    rows = session.execute(
        select(col(HarvestItemRow.item), col(HarvestItemRow.version)).where(
            col(HarvestItemRow.source_id) == source_id
        )
    )
    return {(item, version) for item, version in rows}


def _renew(session: Session, run: HarvestRunRow, **values: object) -> None:
    table = SQLModel.metadata.tables["harvest_runs"]
    session.execute(table.update().where(table.c.id == run.id).values(**values))
    for name, value in values.items():
        setattr(run, name, value)


def _one(source_id: UUID, item: str, version: str) -> tuple[Any, ...]:
    return (
        col(HarvestItemRow.source_id) == source_id,
        col(HarvestItemRow.item) == item,
        col(HarvestItemRow.version) == version,
    )


def _count(source_id: UUID) -> Any:
    return select(func.count()).select_from(HarvestItemRow).where(col(HarvestItemRow.source_id) == source_id)
