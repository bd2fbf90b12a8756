"""The calendar of certificates, a month or a maker at a time, and the same days as files to take along."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlmodel import Session

from frontend.exports import ical
from frontend.frame import LangPath
from frontend.pages import event_words
from frontend.pages.kept import Kept
from frontend.pages.paging import cut, pager
from frontend.pages.standpoint import Moment, stand
from frontend.pages.words import Words
from frontend.site import Site, SiteDep
from frontend.templating import respond
from frontend.views import formats
from frontend.views.calendar import CalendarView
from frontend.views.parts import Empty, Field, Link, Option
from registry.access.http import May
from registry.access.permissions import Act
from registry.certificates.kind import CERTIFICATE
from registry.changes.reading import Point, find_code
from registry.deadlines.agenda import Agenda, Wanted, agenda, choose
from registry.deadlines.events import EventKind
from registry.kit.clock import NowDep, TodayDep
from registry.kit.db import read_session
from registry.kit.errors import NotFound
from registry.kit.ids import parse_code
from registry.parties.service import ORGANISATION

router = APIRouter(dependencies=[Depends(May(Act.READ))])

POINTS = 2  # today, and what was known before the last change
MONTHS_BACK, MONTHS_AHEAD = 6, 18
EVERY_MONTH = "all"
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")

_agendas: Kept[Agenda] = Kept(POINTS)


@dataclass(frozen=True, slots=True)
class Asked:
    """The address as given."""

    month: str
    kind: str
    maker: str
    page: str


def _asked(
    month: Annotated[str, Query(max_length=9)] = "",
    kind: Annotated[str, Query(max_length=30)] = "",
    maker: Annotated[str, Query(max_length=120)] = "",
    page: Annotated[str, Query(max_length=9)] = "",
) -> Asked:
    return Asked(month, kind, maker.strip(), page)


def _stamped(today: TodayDep, now: NowDep) -> tuple[date, datetime]:
    return today, now


AskedDep = Annotated[Asked, Depends(_asked)]
StampedDep = Annotated[tuple[date, datetime], Depends(_stamped)]


@router.get("/{lang}/calendar")
def calendar(request: Request, lang: LangPath, site: SiteDep, today: TodayDep, asked: AskedDep) -> Response:
    """One month, this one unless another or all are asked for; what cannot be read asks for nothing."""
    words, here = Words(lang), f"/{lang}/calendar"
    with read_session(site.engine) as session:
        found = kept(site, session, stand(session, Moment(today)))
    readable = asked.month == EVERY_MONTH or first_day(asked.month) is not None
    month = asked.month if readable else today.isoformat()[:7]
    kind, maker = asked.kind if asked.kind in tuple(EventKind) else "", asked.maker
    listed = choose(found, wanted(month, kind, maker))
    part = cut(listed, asked.page)

    def href(**changes: str) -> str:
        kept_ones = {"month": month, "kind": kind, "maker": maker, **changes}
        query = urlencode([(name, value) for name, value in kept_ones.items() if value])
        return f"{here}?{query}" if query else here

    view = CalendarView(
        count=words.say("calendar.count", count=formats.number(len(listed))),
        fields=_fields(month, kind, maker, words=words, today=today),
        lines=tuple(event_words.line(event, found, words) for event in part.items),
        pager=pager(part.page, part.pages, lambda number: href(page=str(number) if number > 1 else "")),
        steps=_steps(month, href(month=EVERY_MONTH), href, words),
        taken=_taken(found, maker, words),
        empty=None if listed else _empty(href(month=EVERY_MONTH), here, words),
    )
    return respond(request, lang, "calendar.html", view=view)


@router.get("/{lang}/calendar/{code}.ics")
def taken_along(request: Request, lang: LangPath, code: str, site: SiteDep, stamped: StampedDep) -> Response:
    """Every day of one maker or one certificate, past ones too, as a calendar file."""
    words, (today, now) = Words(lang), stamped
    with read_session(site.engine) as session:
        record = find_code(session, parse_code(code) or "")
        found = kept(site, session, stand(session, Moment(today)))
    if record is None or record.kind not in (ORGANISATION.name, CERTIFICATE.name):
        raise NotFound("code-not-found", code=code[:40])
    mine = found.of_maker if record.kind == ORGANISATION.name else found.of_certificate
    base = (site.settings.public_url or str(request.base_url)).rstrip("/")
    name = words.say("calendar.file", code=record.code)
    if site.demonstration:
        name = f"{words.say('calendar.demonstration')} {name}"
    entries = [
        event_words.entry(event, found, words, base=base, demonstration=site.demonstration)
        for event in mine(record.key)
    ]
    headers = {
        "Content-Disposition": f'attachment; filename="greenmat-{record.code}.ics"',
        "Cache-Control": "no-cache",
    }
    return Response(ical.calendar(name, entries, stamp=now), media_type=ical.MEDIA_TYPE, headers=headers)


def kept(site: Site, session: Session, at: Point) -> Agenda:
    return _agendas.at(site.engine, at, lambda: agenda(session, at))


def first_day(month: str) -> date | None:
    """The first day of a month written as 2026-11; None where it is none."""
    try:
        return date.fromisoformat(f"{month}-01") if _MONTH.fullmatch(month) else None
    except ValueError:
        return None


def next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def wanted(month: str, kind: str, maker: str) -> Wanted:
    first = first_day(month)
    last = next_month(first) - timedelta(days=1) if first and first.year < date.max.year else None
    kinds = frozenset({EventKind(kind)} if kind else ())
    return Wanted(first=first, last=last, kinds=kinds, maker=maker)


def _fields(month: str, kind: str, maker: str, *, words: Words, today: date) -> tuple[Field, ...]:
    months = [EVERY_MONTH, *_months(today)]
    if month not in months:
        months.append(month)
    return (
        Field(
            "month",
            words.say("calendar.month"),
            kind="select",
            options=tuple(Option(one, _month_name(one, words), one == month) for one in months),
            required=True,
        ),
        Field(
            "kind",
            words.say("calendar.kind"),
            kind="select",
            options=(
                Option("", words.say("calendar.every-kind"), not kind),
                *(Option(one, words.say(f"event.{one}"), one == kind) for one in EventKind),
            ),
            required=True,
        ),
        Field("maker", words.say("calendar.maker"), maker, words.say("calendar.maker-hint")),
    )


def _months(today: date) -> list[str]:
    first = today.replace(day=1)
    for _ in range(MONTHS_BACK):
        first = (first - timedelta(days=1)).replace(day=1)
    found = []
    for _ in range(MONTHS_BACK + MONTHS_AHEAD + 1):
        found.append(first.isoformat()[:7])
        first = next_month(first)
    return found


def _month_name(month: str, words: Words) -> str:
    first = first_day(month)
    if first is None:
        return words.say("calendar.every-month")
    name = formats.MONTHS[first.month - 1] if words.lang == "en" else str(first.month)
    return words.say("day.month", year=str(first.year), month=name)


def _steps(month: str, every: str, href: Callable[..., str], words: Words) -> tuple[Link, ...]:
    """The month before and after; from all months there is nowhere to step."""
    first = first_day(month)
    if first is None:
        return ()
    before = (first - timedelta(days=1)).replace(day=1) if first > date.min else first
    around = [before, next_month(first)] if first.year < date.max.year else [before]
    links = [Link(_month_name(one.isoformat()[:7], words), href(month=one.isoformat()[:7])) for one in around]
    return (*links, Link(words.say("calendar.every-month"), every))


def _taken(found: Agenda, maker: str, words: Words) -> tuple[Link, ...]:
    """The file of the one maker that the words name; several makers have several files."""
    named = found.makers(maker) if maker else set()
    if len(named) != 1:
        return ()
    firm = found.organisations[named.pop()]
    text = words.say("calendar.take", name=words.name(firm))
    return (Link(text, f"/{words.lang}/calendar/{quote(firm.code)}.ics"),)


def _empty(every: str, here: str, words: Words) -> Empty:
    steps = (
        Link(words.say("calendar.every-month"), every),
        Link(words.say("calendar.start-again"), here),
    )
    return Empty(words.say("calendar.nothing"), words.say("calendar.nothing-text"), steps)
