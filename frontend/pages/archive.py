"""Keeping a search as evidence, and the page of a kept one: whoever has its address may open it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue.archive import store
from catalogue.archive.api import as_json
from catalogue.archive.limits import admit, peek
from catalogue.archive.numbers import Kind
from catalogue.archive.store import Archived
from catalogue.naming import Reference
from catalogue.searches import atom, interface
from catalogue.searches.http import ShelfDep
from catalogue.searches.kept import MOST_ROWS, Found, KeptSearch, Via, compose
from catalogue.searches.news import news
from catalogue.searches.since import since
from catalogue.tables import Form
from catalogue.thresholds.kept import KeptThreshold
from catalogue.thresholds.kept_api import as_file
from frontend.csrf import refuse_cross_site_writes
from frontend.frame import LangPath
from frontend.pages import archive_view, keeping, limit_kept
from frontend.pages.check_desk import fits, writable
from frontend.pages.gathering import gather, seek
from frontend.pages.words import Words
from frontend.site import Site, SiteDep
from frontend.templating import respond
from frontend.views import formats
from frontend.views.archive import TodayView
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.reading import Point, point
from registry.kit.atom import AtomResponse
from registry.kit.clock import NowDep, TodayDep
from registry.kit.db import read_session, write_session
from registry.kit.errors import TooLarge
from registry.kit.etags import unchanged_or
from registry.kit.senders import sender
from search.engine.ports import SearchResult

router = APIRouter(
    prefix="/{lang}/archive", dependencies=[Depends(May(Act.READ)), Depends(refuse_cross_site_writes)]
)

FORM_BYTES = 64_000  # far longer than any address that a browser sends
MOST_FIELDS = 500
PRIVATE = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}


async def _typed(request: Request) -> FormData:
    """The query as hidden fields; its size is known before anything of it is read."""
    if not fits(request, FORM_BYTES):
        raise TooLarge
    return await request.form(max_files=0, max_fields=MOST_FIELDS)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request, with everything its handler reaches for."""

    request: Request
    words: Words
    site: Site
    now: datetime
    today: date

    def opened(self, token: str) -> Archived:
        with read_session(self.site.engine) as session:
            return store.get(session, token, now=self.now)


def _visit(request: Request, lang: LangPath, site: SiteDep, now: NowDep, today: TodayDep) -> Visit:
    return Visit(request, Words(lang), site, now, today)


VisitDep = Annotated[Visit, Depends(_visit)]


@router.post("", dependencies=[Depends(May(Act.KEEP_SEARCH))])
def keep(visit: VisitDep, shelf: ShelfDep, typed: Annotated[FormData, Depends(_typed)]) -> Response:
    """Search once more, as the page does, and keep everything found; the search holds no writer's turn."""
    query = [
        (writable(name), writable(value)) for name, value in typed.multi_items() if isinstance(value, str)
    ]
    engine, now = visit.site.engine, visit.now
    with read_session(engine) as session:
        peek(session, sender(visit.request), now=now, per_day=shelf.per_day)
        gathered = gather(visit.site, session, query, visit.today)
        content = compose(session, keeping.asked(gathered), gathered.found)
    with write_session(engine) as session:
        admit(session, sender(visit.request), now=now, per_day=shelf.per_day)
        token, _ = store.keep(session, Kind.SEARCH, content, now=now, at=gathered.found.at)
    return RedirectResponse(f"/{visit.words.lang}/archive/{token}", status_code=303)


@router.get("")
def opened_anew(lang: LangPath) -> Response:
    """The address that the form was sent to, opened by itself: where a search can be made and kept."""
    return RedirectResponse(f"/{lang}/products", status_code=303)


@router.get("/{token}.json")
def sealed(visit: VisitDep, token: str) -> Response:
    """The sealed document, byte for byte: its SHA-256 is the digest on the page."""
    return as_json(visit.opened(token))


@router.get("/{token}.atom")
def feed(visit: VisitDep, token: str) -> Response:
    """What the search finds differently now, for a feed reader; nothing of what stayed is read."""
    archived = visit.opened(token)
    kept = archived.content(Kind.SEARCH, KeptSearch)
    path, lang = f"/{visit.words.lang}/archive/{token}", visit.words.lang
    with read_session(visit.site.engine) as session:
        found, known, at = _sought(visit, session, kept)
        if found.total > MOST_ROWS:
            written = atom.too_many(archived, found.total, lang, path=path, most=MOST_ROWS)
        else:
            told = news(session, (archived, kept), found.hits, at=at, known=known)
            written = atom.document(archived, told, lang, path=path)
    return unchanged_or(AtomResponse(written, headers=PRIVATE), visit.request.headers.get("if-none-match"))


@router.get("/{token}.{form}")
def rows(visit: VisitDep, token: str, form: Form) -> Response:
    """The list for a spreadsheet, from the sealed document alone."""
    return as_file(form, visit.opened(token), visit.words.lang)


@router.get("/{token}")
def show(
    visit: VisitDep,
    token: str,
    page: str = "",
    on_paper: Annotated[str, Query(alias="print")] = "",
    compared: Annotated[str, Query(alias="today")] = "",
) -> Response:
    """What was kept, fifty rows a page or all of them for paper; on demand, what has changed since."""
    archived = visit.opened(token)
    path = f"/{visit.words.lang}/archive/{token}"
    if archived.sealed.kind is Kind.THRESHOLD:
        return _threshold(visit, archived, path)
    kept = archived.content(Kind.SEARCH, KeptSearch)
    view = archive_view.view(archived, kept, visit.words, path=path, page=None if on_paper else page)
    if compared:
        view = replace(view, today=_today(visit, kept))
    _stand_at(visit, archived)
    return respond(visit.request, visit.words.lang, "archive.html", view=view)


def _threshold(visit: Visit, archived: Archived, path: str) -> Response:
    """A kept calculation; it is short enough for one page."""
    kept = archived.content(Kind.THRESHOLD, KeptThreshold)
    _stand_at(visit, archived)
    view = limit_kept.view(archived, kept, visit.words, path=path)
    return respond(visit.request, visit.words.lang, "thresholds/kept.html", view=view)


def _stand_at(visit: Visit, archived: Archived) -> None:
    """The frame of the page speaks for the day and the position of what was kept, not for today."""
    day = formats.day(date.fromisoformat(archived.sealed.on), visit.words.lang)
    position = str(archived.sealed.as_of)
    state = visit.request.state
    state.frame = replace(state.frame, data_as_of=day, feed_position=position)


def _today(visit: Visit, kept: KeptSearch) -> TodayView:
    """The same search now; where it finds more than can be listed, only that is said."""
    with read_session(visit.site.engine) as session:
        found = _found(visit, session, kept)
        total = found.result.total
        if total > MOST_ROWS:
            return TodayView(visit.words.say("archive.today-too-many", count=total, most=MOST_ROWS), ())
        return archive_view.today(since(kept.rows, found.rows()), visit.words, total=total)


def _sought(visit: Visit, session: Session, kept: KeptSearch) -> tuple[SearchResult, Reference, Point]:
    """Asked again the way it was asked, without reading what was found."""
    if kept.via is Via.PAGE:
        sought = seek(visit.site, session, parse_qsl(kept.query), visit.today)
        return sought.outcome.found, sought.known, sought.at
    at = point(session, visit.today)
    given = interface.parameters_of(kept.query)
    _, answered = interface.seek(session, visit.site.search, given, at)
    return answered.found, interface.reference(session, at), at


def _found(visit: Visit, session: Session, kept: KeptSearch) -> Found:
    """Read again the way it was asked: the page and the interface take some names differently."""
    if kept.via is Via.PAGE:
        return gather(visit.site, session, parse_qsl(kept.query), visit.today).found
    given = interface.parameters_of(kept.query)
    return interface.find(session, visit.site.search, given, point(session, visit.today))[0]
