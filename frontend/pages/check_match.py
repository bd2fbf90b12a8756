"""The third step: what each line is, saved page by page, and from here the report."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue.checks import service, store
from catalogue.checks.choosing import reopened
from catalogue.checks.state import CheckState, LineState
from catalogue.checks.store import Kept
from frontend.forms import tidy
from frontend.pages import check_decisions, check_match_view
from frontend.pages.check_bench import Found
from frontend.pages.check_decisions import Said
from frontend.pages.check_desk import Standpoint, TypedDep, Visit, VisitDep, kept_check, standpoint, text
from frontend.pages.check_match_view import Scene
from frontend.pages.check_needs import shape
from frontend.pages.check_offers import offered
from frontend.pages.check_paging import LONGEST_QUERY, Wanted, figure, of_form, of_query, on_page
from frontend.views.parts import FieldError
from registry.dossiers.dossier import Dossier
from registry.dossiers.load import load
from registry.kit.clock import now
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict, Invalid
from search.engine.ports import SearchRequest

router = APIRouter()

SEARCHED = 8
SEARCH = "search:"


@dataclass(frozen=True, slots=True)
class Reply:
    """A form that was not saved: what was typed, what was wrong with it, and whether it came too late."""

    typed: FormData
    faults: tuple[FieldError, ...] = ()
    stale: bool = field(default=False, kw_only=True)

    @property
    def status(self) -> int:
        return 409 if self.stale else 422


@router.get("/{token}/match")
def match(visit: VisitDep, token: str) -> Response:
    """Twenty-five lines of the list, those that need something unless all are asked for."""
    with read_session(visit.site.engine) as session:
        kept = kept_check(session, token)
        if not kept.state.columns_confirmed:
            return visit.go(token, "columns")
        return _page(visit, session, token, kept=kept, wanted=of_query(visit.request.query_params))


@router.post("/{token}/match")
def decide(visit: VisitDep, token: str, typed: TypedDep) -> Response:
    """All of the page is saved or nothing; then the page again, a search for one line, or the report."""
    wanted, engine = of_form(typed), visit.site.engine
    with read_session(engine) as session:
        kept = kept_check(session, token)
        stand = standpoint(visit, session, kept.state)
        reply, state = _settled(visit, session, kept, stand=stand, typed=typed)
        if reply is not None:
            return _page(visit, session, token, kept=kept, wanted=wanted, reply=reply)
    then = text(typed, "then")
    try:
        with write_session(engine) as session:
            if state != kept.state:
                kept = store.save(session, kept, state)
            if then == "report":
                return visit.go(token, f"report/{service.make_report(session, kept, now=now())[1]}")
    except Conflict:  # somebody saved between our reading and our writing: read again, which is too late
        return decide(visit, token, typed)
    return RedirectResponse(_next(visit.to(token, "match"), typed, wanted, state.lines), status_code=303)


def _next(here: str, typed: FormData, wanted: Wanted, lines: Sequence[LineState]) -> str:
    """The same page, or the line whose search was asked for, with the words to search by."""
    place = _searching(typed, wanted)
    if place is None or place >= len(lines):
        return wanted.closed().href(here, saved=True)
    query = text(typed, f"q-{place}") if f"q-{place}" in typed else _words_of(lines[place])
    return f"{wanted.at_line(place, query).href(here)}#l-{place}"


def _searching(typed: FormData, wanted: Wanted) -> int | None:
    """The line of the search button; the Enter key presses none, but leaves new words in the field."""
    then, open_line = text(typed, "then"), wanted.line
    if then.startswith(SEARCH):
        return figure(then.removeprefix(SEARCH))
    if open_line is not None and tidy(text(typed, f"q-{open_line}")) != wanted.query:
        return open_line
    return None


def _settled(
    visit: Visit, session: Session, kept: Kept, *, stand: Standpoint, typed: FormData
) -> tuple[Reply | None, CheckState]:
    """The state that the form makes, or why it makes none."""
    state = kept.state
    if text(typed, "revision") != str(kept.revision):
        return Reply(typed, stale=True), state
    known = load(
        session, check_decisions.chosen(session, typed, state.lines), stand.at, kinds=stand.terms.known.kinds
    )
    said = check_decisions.read(typed, state, known, visit.words)
    if said.faults:
        return Reply(typed, said.faults), state
    try:
        return None, _applied(visit, session, state, stand=stand, said=said)
    except Invalid as refused:
        fault = FieldError("lines", visit.words.say(refused.key, **refused.facts))
        return Reply(typed, (fault,)), state


def _applied(
    visit: Visit, session: Session, state: CheckState, *, stand: Standpoint, said: Said
) -> CheckState:
    """Lines put back to open first, since a line may be reopened and mended at once."""
    if said.reopen:
        lines = tuple(reopened(line) if line.line_id in said.reopen else line for line in state.lines)
        state = state.model_copy(update={"lines": lines})
    if not said.decisions:
        return state
    return service.decide(session, visit.desk.search, state, said.decisions, at=stand.at)


def _page(  # noqa: PLR0913 - the page needs its check, its place in the list and an unsaved form
    visit: Visit,
    session: Session,
    token: str,
    *,
    kept: Kept,
    wanted: Wanted,
    reply: Reply | None = None,
) -> Response:
    """The page as kept, or with what was typed where the lines are still the same ones."""
    same_lines = reply is None or text(reply.typed, "shape") == shape(kept.state.lines)
    typed = reply.typed if reply is not None and same_lines else None
    places = on_page(kept.state.lines, wanted, typed)
    stand = standpoint(visit, session, kept.state)
    found = _found(visit, wanted, kept.state)
    shown = [kept.state.lines[place] for place in places.lines]
    ids = {line.product_id for line in shown if line.product_id}
    ids |= {UUID(one.match.product_id) for line in shown for one in offered(line)}
    ids |= set(found.ids if found else ())
    ids |= check_decisions.chosen(session, typed, kept.state.lines) if typed else set()
    dossiers: dict[UUID, Dossier] = load(session, ids, stand.at, kinds=stand.terms.known.kinds)
    scene = Scene(
        kept=kept,
        terms=stand.terms,
        base=visit.to(token),
        wanted=wanted,
        places=places,
        dossiers=dossiers,
        found=found,
        typed=typed,
        faults=reply.faults if reply else (),
        stale=reply is not None and reply.stale,
    )
    view = check_match_view.view(scene)
    return visit.page("check/match.html", status=reply.status if reply else 200, view=view)


def _found(visit: Visit, wanted: Wanted, state: CheckState) -> Found | None:
    """What the search finds for the one line that asked; without words of its own, by those of the bill."""
    if wanted.line is None or wanted.line >= len(state.lines):
        return None
    query = wanted.query or _words_of(state.lines[wanted.line])
    if not query:
        return Found(wanted.line, "", 0, ())
    answer = visit.desk.search.search(SearchRequest(text=query, limit=SEARCHED))
    return Found(wanted.line, query, answer.total, tuple(UUID(hit.id) for hit in answer.hits))


def _words_of(line: LineState) -> str:
    """What a search for this line begins with, as long as a search may be."""
    return tidy(f"{line.line.name} {line.line.spec}")[:LONGEST_QUERY]
