"""The two time axes as query parameters of every read: `on=` a civil day, `as_of=` a feed position."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Query

from registry.changes import reading
from registry.changes.reading import Point
from registry.kit.clock import TodayDep
from registry.kit.db import ReadDep

OnQuery = Annotated[date | None, Query(description="Civil day the law looks at; today when left out")]
AsOfQuery = Annotated[
    str | None,
    Query(max_length=40, description="Feed position or ISO instant; everything known when left out"),
]


def _point(session: ReadDep, today: TodayDep, on: OnQuery = None, as_of: AsOfQuery = None) -> Point:
    return Point(on or today, reading.resolve_as_of(session, as_of))


PointDep = Annotated[Point, Depends(_point)]
