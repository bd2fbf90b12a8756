"""Steps on a complaint as they are sent: a refusal shows the page again with everything that was typed."""

from collections.abc import Callable
from urllib.parse import quote

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from frontend.forms import Unreadable, read_day
from frontend.pages.account.body.side import Clerk, ClerkDep
from frontend.pages.account.supervision.complaints import show
from frontend.pages.account.supervision.forms import MEASURES
from frontend.pages.account.supervision.parts import Again, by, desk, refused, revision
from frontend.pages.check_desk import TypedDep, text
from frontend.views.parts import FieldError
from registry.access.http import May
from registry.access.permissions import Act
from registry.kit.db import write_session
from registry.kit.errors import Conflict, Invalid, NotAllowed
from registry.supervision import handling
from registry.supervision.facts import Measure, Outcome
from registry.supervision.handling import Decision
from registry.supervision.states import Step
from registry.supervision.store import By

HERE = "/{lang}/account/complaints/{number}"
router = APIRouter(prefix=HERE, dependencies=[Depends(May(Act.HANDLE_COMPLAINT))])
party = APIRouter(prefix=HERE, dependencies=[Depends(May(Act.REPLY_TO_COMPLAINT))])
Doing = Callable[[Session, By], object]


@router.post("/admit")
def admit(clerk: ClerkDep, number: str, typed: TypedDep) -> Response:
    days = desk(clerk).terms.reply_days
    return _do(
        clerk, number, typed, Step.ADMIT,
        lambda session, who: handling.admit(session, number, who, reply_days=days),
    )  # fmt: skip


@router.post("/dismiss")
def dismiss(clerk: ClerkDep, number: str, typed: TypedDep) -> Response:
    words = text(typed, "dismiss-words")
    return _do(
        clerk, number, typed, Step.DISMISS,
        lambda session, who: handling.dismiss(session, number, who, words=words),
    )  # fmt: skip


@router.post("/forward")
def forward(clerk: ClerkDep, number: str, typed: TypedDep) -> Response:
    """Tell the body; the certificate stays as it is."""
    return _do(
        clerk, number, typed, Step.FORWARD, lambda session, who: handling.forward(session, number, who)
    )


@party.post("/reply")
def reply(clerk: ClerkDep, number: str, typed: TypedDep) -> Response:
    words = text(typed, "reply-words")
    return _do(
        clerk, number, typed, Step.REPLY,
        lambda session, who: handling.reply(session, number, who, words=words),
    )  # fmt: skip


@router.post("/decide")
def decide(clerk: ClerkDep, number: str, typed: TypedDep) -> Response:
    """The second person's decision; from here on everybody sees the finding."""
    return _decided(clerk, number, typed, Step.DECIDE)


@router.post("/revise")
def revise(clerk: ClerkDep, number: str, typed: TypedDep) -> Response:
    return _decided(clerk, number, typed, Step.REVISE)


def _decided(clerk: Clerk, number: str, typed: FormData, step: Step) -> Response:
    faults, decision = _read(clerk, typed, step)
    if decision is None:
        return show(clerk, number, Again(_values(typed), faults, status=422))
    act = handling.decide if step is Step.DECIDE else handling.revise
    return _do(clerk, number, typed, step, lambda session, who: act(session, number, who, decision))


def _read(clerk: Clerk, typed: FormData, step: Step) -> tuple[tuple[FieldError, ...], Decision | None]:
    """The decision as typed, or everything that cannot be read of it."""
    words, faults, until = clerk.visit.words, [], None
    stated = text(typed, "outcome")
    if stated not in tuple(Outcome):
        faults.append(FieldError("outcome", words.say("complaint.outcome-missing")))
    try:
        until = read_day(text(typed, "appeal"))
    except Unreadable as wrong:
        faults.append(FieldError("appeal", words.say("check.day-unreadable", value=str(wrong)[:40])))
    if faults:
        return tuple(faults), None
    ticked = [Measure(one) for one in typed.getlist(MEASURES) if one in tuple(Measure)]
    return (), Decision(Outcome(stated), ticked, text(typed, f"{step}-words"), until)


def _do(clerk: Clerk, number: str, typed: FormData, step: Step, act: Doing) -> Response:
    try:
        with write_session(clerk.visit.site.engine) as session:
            act(session, by(clerk, revision(text(typed, "revision"))))
    except (Conflict, Invalid, NotAllowed) as error:
        place = "appeal" if error.key == "complaint-appeal-over-before" else f"{step}-words"
        with_field = isinstance(error, Invalid) and step not in (Step.ADMIT, Step.FORWARD)
        return show(clerk, number, refused(clerk, _values(typed), error, place if with_field else ""))
    return RedirectResponse(clerk.visit.path(f"complaints/{quote(number)}?done={step}"), status_code=303)


def _values(typed: FormData) -> dict[str, str]:
    values = {name: text(typed, name) for name in typed}
    return values | {MEASURES: " ".join(one for one in typed.getlist(MEASURES) if isinstance(one, str))}
