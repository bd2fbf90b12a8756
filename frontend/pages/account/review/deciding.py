"""What an officer does on a case; a refusal shows the case again with everything that was typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from frontend.pages.account.parts import Visit, VisitDep
from frontend.pages.account.review import typed as forms
from frontend.pages.account.review.case import page
from frontend.pages.account.review.desk import Officer, OfficerDep, case_path
from frontend.pages.account.review.typed import Again, Typed
from frontend.pages.check_desk import TypedDep
from frontend.views.parts import FieldError
from registry.access.http import May
from registry.access.permissions import Act
from registry.applications import reviewing
from registry.applications.states import Step
from registry.applications.store import By
from registry.kit.db import write_session
from registry.kit.errors import Conflict, DomainError, Faulty, Invalid, NotAllowed

router = APIRouter(
    prefix="/{lang}/account/review/cases/{number}", dependencies=[Depends(May(Act.REVIEW_APPLICATION))]
)
removing = APIRouter(prefix="/{lang}/account/review/cases/{number}")
# Where on the page each refusal belongs.
PLACES = {
    "application-reason-needed": "reason",
    "application-receiver-needed": "to",
    "application-receiver-unfit": "to",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One sent form of one case."""

    visit: Visit
    officer: Officer
    number: str
    typed: Typed

    @property
    def by(self) -> By:
        return self.officer.by(self.typed.revision)


def _turn(visit: VisitDep, officer: OfficerDep, number: str, typed: TypedDep) -> Turn:
    return Turn(visit, officer, number, forms.read(typed))


TurnDep = Annotated[Turn, Depends(_turn)]


@router.post("/take")
def take(turn: TurnDep) -> Response:
    return _do(turn, Step.TAKE, lambda session: reviewing.take(session, turn.number, turn.by))


@router.post("/remarks")
def remark(turn: TurnDep) -> Response:
    """Keep the notes beside the fields and nothing else."""

    def act(session: Session) -> None:
        if _remarks(session, turn) == turn.typed.revision:
            raise Invalid("application-remark-empty")

    return _do(turn, Step.REMARK, act)


@router.post("/remarks/{remark_id}/settle")
def settle(turn: TurnDep, remark_id: UUID) -> Response:
    return _do(
        turn,
        Step.SETTLE,
        lambda session: reviewing.settle(session, turn.number, turn.by, remark_id=remark_id),
    )


@router.post("/return")
def send_back(turn: TurnDep) -> Response:
    """Open exactly the ticked fields, with a note beside each that has one."""
    asked = turn.typed

    def act(session: Session) -> None:
        by = turn.officer.by(_remarks(session, turn))
        reviewing.return_for(session, turn.number, by, paths=asked.fields(), reason=asked.reason)

    return _do(turn, Step.RETURN, act)


@router.post("/approve")
def approve(turn: TurnDep) -> Response:
    return _approved(turn, Step.APPROVE)


@router.post("/publish")
def publish(turn: TurnDep) -> Response:
    """The second person's approval: from here on everybody sees it."""
    return _approved(turn, Step.PUBLISH)


@router.post("/hand-over")
def hand_over(turn: TurnDep) -> Response:
    """Give it to another officer of the office."""
    try:
        receiver = UUID(turn.typed.to)
    except ValueError:
        fault = FieldError("to", turn.visit.words.say("application-receiver-needed"))
        return page(turn.visit, turn.officer, turn.number, Again(turn.typed, (fault,), 422))
    reason = turn.typed.reason
    return _do(
        turn,
        Step.HAND_OVER,
        lambda session: reviewing.hand_over(session, turn.number, turn.by, to=receiver, reason=reason),
    )


@router.post("/put-back")
def put_back(turn: TurnDep) -> Response:
    reason = turn.typed.reason
    return _do(
        turn,
        Step.PUT_BACK,
        lambda session: reviewing.put_back(session, turn.number, turn.by, reason=reason),
    )


@removing.post("/remove", dependencies=[Depends(May(Act.REMOVE_RECORD))])
def remove(turn: TurnDep) -> Response:
    """移出: what was published counts no longer from today on."""
    reason = turn.typed.reason
    return _do(
        turn, Step.REMOVE, lambda session: reviewing.remove(session, turn.number, turn.by, reason=reason)
    )


def _approved(turn: Turn, step: Step) -> Response:
    looks, faults = forms.looks(turn.typed, turn.visit.words)
    if faults:
        return page(turn.visit, turn.officer, turn.number, Again(turn.typed, faults, 422))
    act = reviewing.approve_first if step is Step.APPROVE else reviewing.publish
    return _do(turn, step, lambda session: act(session, turn.number, turn.by, looks=looks))


def _remarks(session: Session, turn: Turn) -> int:
    """Each note as a remark of its own; the revision that they lead to."""
    revision = turn.typed.revision
    for path, text in sorted(turn.typed.notes.items()):
        reviewing.remark(session, turn.number, turn.officer.by(revision), path=path, text=text)
        revision += 1
    return revision


def _do(turn: Turn, step: Step, act: Callable[[Session], object]) -> Response:
    visit = turn.visit
    try:
        with write_session(visit.site.engine) as session:
            act(session)
    except (Conflict, Invalid, NotAllowed) as refused:
        again = Again(turn.typed, _faults(visit, refused), refused.status)
        return page(visit, turn.officer, turn.number, again)
    return RedirectResponse(f"{case_path(visit, turn.number)}?done={step}", status_code=303)


def _faults(visit: Visit, refused: DomainError) -> Sequence[FieldError]:
    words = visit.words
    if isinstance(refused, Faulty) and refused.faults:
        return [FieldError(one.where, words.say(one.key, **one.facts)) for one in refused.faults]
    return [FieldError(PLACES.get(refused.key, "decide"), words.say(refused.key, **_shown(visit, refused)))]


def _shown(visit: Visit, refused: DomainError) -> dict[str, object]:
    """Facts of a refusal in words: steps, states, parts and results are codes."""
    sorts = {"act": "review.step", "state": "review.state", "part": "review.part", "result": "look"}
    shown: dict[str, object] = {}
    for name, value in refused.facts.items():
        if name == "parts" and isinstance(value, list):
            shown[name] = [visit.words.say(f"review.part.{one}") for one in value]
        elif name in sorts and refused.key.startswith("application-"):
            shown[name] = visit.words.say(f"{sorts[name]}.{value}")
        else:
            shown[name] = value
    return shown
