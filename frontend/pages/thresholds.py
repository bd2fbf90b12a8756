"""Setting a limit: what it leaves of one class, said before it is written into a tender file."""

from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from catalogue.archive import store
from catalogue.archive.limits import admit, peek
from catalogue.archive.numbers import Kind
from catalogue.searches.http import ShelfDep
from catalogue.thresholds.api import NAMED
from catalogue.thresholds.kept import compose
from catalogue.thresholds.limits import measure
from frontend.csrf import refuse_cross_site_writes
from frontend.forms import Unreadable, read_day
from frontend.frame import LangPath
from frontend.pages import limit_view
from frontend.pages.archive import VisitDep
from frontend.pages.check_desk import TypedDep, text
from frontend.pages.finding import universe
from frontend.pages.limit_asked import read
from frontend.pages.reference import reference
from frontend.pages.standpoint import Moment, MomentDep, stand
from frontend.pages.words import Words
from frontend.site import SiteDep
from frontend.templating import respond, wants_partial
from frontend.views import formats
from frontend.views.thresholds import KindLine, ThresholdKindsView
from registry.access.http import May
from registry.access.permissions import Act
from registry.kit.clock import TodayDep
from registry.kit.db import read_session, write_session
from registry.kit.errors import Invalid, NotFound
from registry.kit.senders import sender
from search.documents.fields import Field

router = APIRouter(prefix="/{lang}/thresholds", dependencies=[Depends(May(Act.READ))])


@router.get("")
def kinds(request: Request, lang: LangPath, site: SiteDep, today: TodayDep) -> Response:
    """Every kind with products; those with the most first."""
    words = Words(lang)
    with read_session(site.engine) as session:
        known = reference(session, stand(session, Moment(today)))
    lines = tuple(
        KindLine(known.kind(kind, words), limit_view.address(kind, words), formats.number(count))
        for kind, count in universe(site)[Field.KIND]
        if count and kind in known.kinds
    )
    return respond(request, lang, "thresholds/index.html", view=ThresholdKindsView(lines))


@router.get("/{kind}")
def threshold(request: Request, lang: LangPath, kind: str, site: SiteDep, moment: MomentDep) -> Response:
    """The page, or its changing part where a script asks for that."""
    asked, words = read(request.query_params.multi_items()), Words(lang)
    with read_session(site.engine) as session:
        at = stand(session, moment)
        known = reference(session, at)
        if kind not in known.kinds:
            raise NotFound
        found = site.markets.of_kind(session, kind, at)
    base = limit_view.market_of(found, asked.basis)
    if base is None:
        return respond(request, lang, "thresholds/none.html", view=limit_view.none(kind, known, words))
    view = limit_view.Page(base, asked, at, known=known, words=words).view(found, moment)
    template = "thresholds/part.html" if wants_partial(request) else "thresholds/page.html"
    return respond(request, lang, template, also_partial=True, view=view)


@router.post("/{kind}", dependencies=[Depends(May(Act.KEEP_SEARCH)), Depends(refuse_cross_site_writes)])
def keep(visit: VisitDep, kind: str, shelf: ShelfDep, typed: TypedDep) -> Response:
    """Count once more at the very point that was shown, and keep it; without a limit the page says why."""
    lang, engine, now = visit.words.lang, visit.site.engine, visit.now
    given = [(name, text(typed, name)) for name in ("basis", "max", "on", "as_of")]
    asked, (_, _, (_, on), (_, as_of)) = read(given), given
    if asked.limit is None:
        query = urlencode([pair for pair in given if pair[1]])
        return RedirectResponse(f"{limit_view.address(kind, visit.words)}?{query}", status_code=303)
    with read_session(engine) as session:
        peek(session, sender(visit.request), now=now, per_day=shelf.per_day)
        at = stand(session, Moment(visit.today, _day(on), as_of))
        known = reference(session, at)
        if kind not in known.kinds:
            raise NotFound
        base = visit.site.markets.of_kind(session, kind, at).get(asked.basis)
    if base is None:
        raise NotFound("threshold.no-basis", kind=kind[:NAMED], basis=asked.basis[:NAMED] or "—")
    content = compose(base, measure(base, asked.limit), known)
    with write_session(engine) as session:
        admit(session, sender(visit.request), now=now, per_day=shelf.per_day)
        token, _ = store.keep(session, Kind.THRESHOLD, content, now=now, at=at)
    return RedirectResponse(f"/{lang}/archive/{token}", status_code=303)


def _day(typed: str) -> date | None:
    try:
        return read_day(typed)
    except Unreadable as error:
        raise Invalid("not-understood") from error
