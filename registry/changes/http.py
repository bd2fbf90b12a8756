"""Reads over HTTP: the two time axes, one record, and one page of a list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from registry.changes import cursor, feed, listing, reading
from registry.changes.answers import PageOut, PointOut, T
from registry.changes.cursor import Cursor
from registry.changes.kinds import F, Known
from registry.changes.listing import Wanted, both, changed_after
from registry.changes.reading import Point
from registry.kit.clock import TodayDep
from registry.kit.db import ReadDep
from registry.kit.errors import Invalid
from registry.kit.etags import http_date

MOST = 500
USUAL = 100

ON = "Civil day the law looks at; today when left out"
AS_OF = "Feed position or ISO instant; everything known when left out"
MOMENTS = ["3325", "2026-06-01T00:00:00+08:00"]

OnQuery = Annotated[date | None, Query(description=ON, examples=["2026-06-01"])]
AsOfQuery = Annotated[str | None, Query(max_length=40, description=AS_OF, examples=MOMENTS)]
CodePath = Annotated[
    str,
    Path(description="Our 登记号; case, spaces and dashes do not matter", examples=["YS-CJVFB2-W1ZNH-H"]),
]


def _point(
    session: ReadDep, today: TodayDep, response: Response, on: OnQuery = None, as_of: AsOfQuery = None
) -> Point:
    at = Point(on or today, reading.resolve_as_of(session, as_of))
    state_position(session, at.as_of, response)
    return at


PointDep = Annotated[Point, Depends(_point)]


def state_position(session: Session, position: int, response: Response) -> None:
    """Headers that say which feed position an answer speaks for, and when it was recorded."""
    response.headers["X-Feed-Position"] = str(position)
    known = feed.instant_of(session, position)
    if known is not None:
        response.headers["Last-Modified"] = http_date(known)


def state_version(known: Known[F], response: Response) -> Known[F]:
    """`Last-Modified` of an answer that shows one version of one fact and nothing else."""
    response.headers["Last-Modified"] = http_date(known.header.recorded_at)
    return known


class ListQuery(BaseModel):
    """What every list may be asked; each list adds its filters, and an unknown name is refused."""

    model_config = ConfigDict(extra="forbid")

    on: date | None = Field(None, description=ON, examples=["2026-06-01"])
    as_of: str | None = Field(None, max_length=40, description=AS_OF, examples=MOMENTS)
    changed_since: str | None = Field(
        None,
        max_length=40,
        examples=MOMENTS,
        description="Feed position or ISO instant: only facts whose version in force was recorded later",
    )
    limit: int = Field(USUAL, ge=1, le=MOST, description="Most items on a page")
    cursor: str | None = Field(
        None,
        max_length=cursor.LONGEST,
        description="From `next`; it carries the day and position of page one",
    )
    lang: Literal["zh", "en"] | None = Field(None, description="Language of sentences in refusals")


def agrees(asked: BaseModel, fact: BaseModel, *names: str) -> bool:
    """Whether every named filter that was given has the value of the fact's field of that name."""
    return all(getattr(asked, name) in (None, getattr(fact, name)) for name in names)


NOT_FILTERS = frozenset({"on", "as_of", "limit", "cursor", "lang"})


@dataclass(frozen=True, slots=True)
class Call:
    """What reading a page needs of the request."""

    request: Request
    response: Response
    session: Session
    today: date


def _call(request: Request, response: Response, session: ReadDep, today: TodayDep) -> Call:
    return Call(request, response, session, today)


CallDep = Annotated[Call, Depends(_call)]


def page(
    call: Call, asked: ListQuery, wanted: Wanted[F], *, out: Callable[[Known[F], Point], T]
) -> PageOut[T]:
    """One page of a list of facts."""
    return flat_page(call, asked, wanted, out=lambda known, at: [out(known, at)])


def flat_page(
    call: Call, asked: ListQuery, wanted: Wanted[F], *, out: Callable[[Known[F], Point], list[T]]
) -> PageOut[T]:
    """One page where a fact may give several items; they are never split over two pages."""
    name = cursor.list_id(call.request.url.path, asked.model_dump(exclude=set(NOT_FILTERS), mode="json"))
    at, after = _start(call, asked, name)
    state_position(call.session, at.as_of, call.response)
    if asked.changed_since is not None:
        since = reading.resolve_as_of(call.session, asked.changed_since)
        wanted = both(wanted, changed_after(wanted.kind, since, at))
    found = listing.part(call.session, wanted, at, after=after, limit=asked.limit)
    following = (
        _following(call, Cursor(as_of=at.as_of, on=at.on, last=found.last, list=name)) if found.last else None
    )
    call.response.headers["X-Limit"] = str(asked.limit)
    call.response.headers["X-Limit-Most"] = str(MOST)
    if following is not None:
        call.response.headers["Link"] = f'<{following}>; rel="next"'
    items = [item for known in found.items for item in out(known, at)]
    return PageOut(point=PointOut.of(at), items=items, next=following)


def _start(call: Call, asked: ListQuery, name: str) -> tuple[Point, UUID | None]:
    """The point of the list and the key to go on after: from the cursor, or fixed now."""
    if asked.cursor is None:
        return Point(asked.on or call.today, reading.resolve_as_of(call.session, asked.as_of)), None
    if asked.on is not None or asked.as_of is not None:
        raise Invalid("cursor-carries-its-point")
    found = cursor.read(asked.cursor, of_list=name, head=feed.head(call.session).seq)
    return found.at, found.last


def _following(call: Call, start: Cursor) -> str:
    """The same address with the cursor in place of the point it carries."""
    kept = [
        (name, value)
        for name, value in call.request.query_params.multi_items()
        if name not in ("cursor", "on", "as_of")
    ]
    return f"{call.request.url.path}?{urlencode([*kept, ('cursor', start.text())])}"
