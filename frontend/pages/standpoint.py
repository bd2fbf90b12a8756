"""Where a page stands: its point on both time axes, and the distributions of that point."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends
from sqlmodel import Session

from catalogue.comparison.base import Bases
from frontend.site import Site
from registry.changes import reading
from registry.changes.http import AsOfQuery, OnQuery
from registry.changes.reading import Point
from registry.kit.clock import TodayDep


@dataclass(frozen=True, slots=True)
class Moment:
    """Today, and what a reader asks to look back at instead."""

    today: date
    on: date | None = None
    as_of: str | None = None


async def _moment(today: TodayDep, on: OnQuery = None, as_of: AsOfQuery = None) -> Moment:
    return Moment(today, on, as_of)


MomentDep = Annotated[Moment, Depends(_moment)]


def stand(session: Session, moment: Moment) -> Point:
    return reading.point(session, moment.on or moment.today, reading.resolve_as_of(session, moment.as_of))


def is_current(session: Session, at: Point, today: date) -> bool:
    return at == reading.point(session, today)


def bases_at(site: Site, session: Session, at: Point, today: date) -> Bases:
    """The site's own distributions speak for today; a look back gets its own, so it cannot push them out."""
    return site.bases if is_current(session, at, today) else Bases()
