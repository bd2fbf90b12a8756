"""One surveillance round at work: drawn, outcomes recorded, closed or annulled."""

from collections.abc import Callable, Mapping
from urllib.parse import quote

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from frontend.forms import Unreadable, read_day
from frontend.pages.account.body.side import Clerk, ClerkDep
from frontend.pages.account.supervision.parts import Again, Inputs, by, home, page, refused
from frontend.pages.check_desk import TypedDep, text
from frontend.pages.supervision import public, told
from frontend.views.parts import Field, FieldError, Link, Notice, Tone
from frontend.views.supervision import Form, SheetView
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.codes import by_code
from registry.changes.kinds import Known
from registry.changes.reading import Point, point
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict, DomainError, Invalid, NotAllowed
from registry.supervision import reading, rounds
from registry.supervision.facts import OutcomeFact, Result, RoundFact, RoundState
from registry.supervision.kinds import ROUND
from registry.supervision.rounds import Found

router = APIRouter(prefix="/{lang}/account/surveillance", dependencies=[Depends(May(Act.RUN_SURVEILLANCE))])
DONE = ("announce", "draw", "outcome", "close", "annul")


@router.get("/{code}")
def one_round(clerk: ClerkDep, code: str, done: str = "") -> Response:
    words = clerk.visit.words
    notices = (Notice(Tone.GOOD, words.say(f"round.done.{done}")),) if done in DONE else ()
    return _show(clerk, code, Again(notices=notices))


@router.post("/{code}/draw")
def draw(clerk: ClerkDep, code: str, typed: TypedDep) -> Response:
    seed, where = text(typed, "seed"), text(typed, "reference")
    return _do(
        clerk, code, typed, "draw",
        lambda session: rounds.draw_lots(session, code, by(clerk), seed=seed, reference=where),
    )  # fmt: skip


@router.post("/{code}/outcome", dependencies=[Depends(May(Act.RECORD_OUTCOME))])
def outcome(clerk: ClerkDep, code: str, typed: TypedDep) -> Response:
    words, result = clerk.visit.words, text(typed, "result")
    try:
        day = read_day(text(typed, "found_on"))
    except Unreadable:
        day = None
    if day is None or result not in tuple(Result):
        place, key = ("result", "round.result-missing") if day else ("found_on", "check.day-missing")
        return _show(clerk, code, Again(_values(typed), (FieldError(place, words.say(key)),), status=422))
    found = Found(
        text(typed, "product"),
        Result(result),
        day,
        text(typed, "report").strip(),
        text(typed, "laboratory").strip(),
    )
    return _do(clerk, code, typed, "outcome", lambda session: rounds.find(session, code, found, by(clerk)))


@router.post("/{code}/close")
def close(clerk: ClerkDep, code: str, typed: TypedDep) -> Response:
    return _do(clerk, code, typed, "close", lambda session: rounds.close(session, code, by(clerk)))


@router.post("/{code}/annul")
def annul(clerk: ClerkDep, code: str, typed: TypedDep) -> Response:
    reason = text(typed, "reason")
    return _do(
        clerk, code, typed, "annul", lambda session: rounds.annul(session, code, by(clerk), reason=reason)
    )


def _do(clerk: Clerk, code: str, typed: FormData, act: str, doing: Callable[[Session], object]) -> Response:
    places = {"draw": "seed", "outcome": "found_on", "annul": "reason"}
    try:
        with write_session(clerk.visit.site.engine) as session:
            doing(session)
    except (Conflict, Invalid, NotAllowed) as error:
        place = "report" if error.key == "round-outcome-unfit" else places.get(act, "")
        return _show(clerk, code, refused(clerk, _values(typed), _plainly(error), place))
    return to_round(clerk, code, act)


def _plainly(error: DomainError) -> DomainError:
    """A refusal over several fields, where the form has one that asks for words."""
    return Invalid("complaint-words-needed") if error.key == "round-unfit" else error


def to_round(clerk: Clerk, code: str, done: str) -> Response:
    return RedirectResponse(clerk.visit.path(f"surveillance/{quote(code)}?done={done}"), status_code=303)


def _values(typed: FormData) -> dict[str, str]:
    return {name: text(typed, name) for name in typed}


def _show(clerk: Clerk, code: str, again: Again) -> Response:
    words = clerk.visit.words
    with read_session(clerk.visit.site.engine) as session:
        at = point(session, clerk.today)
        fact = by_code(session, code, ROUND, at).fact
        view = SheetView(
            title=words.name(fact),
            code=fact.code,
            state=told.round_badge(fact.state, words),
            crumbs=(home(clerk), Link(words.say("round.work"), clerk.visit.path("surveillance"))),
            notices=again.notices,
            errors=again.errors,
            facts=public.facts(session, fact, at, words),
            links=(Link(words.say("round.public-page"), told.round_href(fact.code, words)),),
            forms=_forms(session, clerk, fact, at, again),
            tables=(public.drawn(session, fact, at, words),),
            private=True,
        )
    return page(clerk, view, again.status)


def _forms(session: Session, clerk: Clerk, fact: RoundFact, at: Point, again: Again) -> tuple[Form, ...]:
    """The acts that are open in this state."""
    words = clerk.visit.words
    inputs = Inputs(words, "round", again)

    def form(act: str, *fields: Field, danger: bool = False) -> Form:
        return Form(
            f"form-{act}",
            words.say(f"round.act.{act}"),
            clerk.visit.path(f"surveillance/{quote(fact.code)}/{act}"),
            words.say(f"round.button.{act}"),
            fields=fields,
            consequence=words.say(f"round.consequence.{act}"),
            danger=danger,
        )

    annul = form("annul", inputs.one("reason"), danger=True)
    if fact.state is RoundState.ANNOUNCED and clerk.today >= fact.seed_day:
        return (form("draw", inputs.one("seed"), inputs.one("reference")), annul)
    if fact.state is RoundState.ANNOUNCED:
        return (annul,)
    if fact.state is not RoundState.DRAWN:
        return ()
    found = reading.outcomes_of_round(session, fact.id, at)
    outcome_form = _outcome_form(form, inputs, fact, found)
    return (outcome_form, *([form("close")] if len(found) == len(fact.drawn) else []), annul)


def _outcome_form(
    form: Callable[..., Form], inputs: Inputs, fact: RoundFact, found: Mapping[str, Known[OutcomeFact]]
) -> Form:
    """The outcome of one drawn product; what is recorded already may be corrected."""
    words = inputs.words

    def state(code: str) -> str:
        return words.say(f"round.result.{found[code].fact.result}" if code in found else "round.pending")

    results = [("", words.say("complaint.choose"))]
    results += [(str(one), words.say(f"round.result.{one}")) for one in Result]
    return form(
        "outcome",
        inputs.one("product", kind="select", options=[(one, f"{one} · {state(one)}") for one in fact.drawn]),
        inputs.one("result", kind="select", options=results),
        inputs.one("found_on"),
        inputs.one("report", required=False),
        inputs.one("laboratory", required=False),
    )
