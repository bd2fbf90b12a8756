"""A complaint's own states, the one table of what may follow what, and who may take each step.

已收到 → 已受理 → 已答复 → 已决定, or 不予受理, or 已撤回. Nothing here touches the state of a certificate.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from registry.kit.errors import Conflict, Invalid, NotAllowed


class State(StrEnum):
    RECEIVED = "received"
    ADMITTED = "admitted"
    REPLIED = "replied"
    DECIDED = "decided"
    INADMISSIBLE = "inadmissible"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """Every act on a complaint; each becomes an event."""

    ADMIT = "admit"
    DISMISS = "dismiss"
    FORWARD = "forward"
    REPLY = "reply"
    DECIDE = "decide"
    REVISE = "revise"
    WITHDRAW = "withdraw"


_S = State
# step: {state it may start from: state it leads to}
TRANSITIONS: Mapping[Step, Mapping[State, State]] = {
    Step.ADMIT: {_S.RECEIVED: _S.ADMITTED},
    Step.DISMISS: {_S.RECEIVED: _S.INADMISSIBLE},
    Step.FORWARD: {one: one for one in (_S.ADMITTED, _S.REPLIED, _S.DECIDED)},
    Step.REPLY: {_S.ADMITTED: _S.REPLIED},
    Step.DECIDE: {_S.ADMITTED: _S.DECIDED, _S.REPLIED: _S.DECIDED},
    Step.REVISE: {_S.DECIDED: _S.DECIDED},
    Step.WITHDRAW: dict.fromkeys((_S.RECEIVED, _S.ADMITTED, _S.REPLIED), _S.WITHDRAWN),
}
OF_THE_COMPLAINANT = frozenset({Step.WITHDRAW})
OF_THE_PARTY = frozenset({Step.REPLY})
NEEDS_WORDS = frozenset({Step.DISMISS, Step.REPLY, Step.DECIDE, Step.REVISE})
ENDED = frozenset({_S.DECIDED, _S.INADMISSIBLE, _S.WITHDRAWN})
OPEN = frozenset(State) - ENDED
ADMITTED = frozenset({_S.ADMITTED, _S.REPLIED, _S.DECIDED})  # what the party sees


@dataclass(frozen=True, slots=True)
class Person:
    """An account, the organisation it acts for, and every organisation it belongs to."""

    account_id: UUID
    organisation_id: UUID
    organisations: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Case:
    """What the steps look at; `parties` are all whose interests it touches, the respondent among them."""

    respondent: UUID
    parties: frozenset[UUID] = frozenset()
    body: UUID | None = None
    submitter: UUID | None = None
    state: State = State.RECEIVED
    reply_due: date | None = None
    forwarded: bool = False
    deciders: tuple[UUID, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Doing:
    """A step about to be taken, with its words; `due` is the last day to reply, which admitting sets."""

    act: Step
    today: date
    words: str = ""
    due: date | None = None


def step(case: Case, by: Person | None, doing: Doing) -> Case:
    """The case after a step; `by` is None for whoever knows the complaint's secret address."""
    act = doing.act
    target = TRANSITIONS[act].get(case.state)
    if target is None:
        raise Conflict("complaint-step-refused", act=str(act), state=str(case.state))
    if act in NEEDS_WORDS and not doing.words.strip():
        raise Invalid("complaint-words-needed", act=str(act))
    after = replace(case, state=target)
    if act in OF_THE_COMPLAINANT:
        if by is not None:
            raise NotAllowed("complaint-of-another")
        return after
    if by is None:
        raise NotAllowed("complaint-of-the-office")
    if act in OF_THE_PARTY:
        if by.organisation_id != case.respondent:
            raise NotAllowed("complaint-of-another")
        return after
    _is_free(case, by)
    if act is Step.DECIDE and case.state is _S.ADMITTED:
        _time_to_reply_is_over(case, doing.today)
    return _by_office(after, by, doing)


def open_steps(case: Case, by: Person | None, *, today: date) -> frozenset[Step]:
    """What may be done now; pages show these and nothing else."""

    def may(act: Step) -> bool:
        try:
            step(case, by, Doing(act, today, words="-", due=today))
        except (Conflict, NotAllowed, Invalid):
            return False
        return True

    return frozenset(act for act in Step if may(act))


def obstacle(case: Case, by: Person) -> NotAllowed | None:
    """Why this officer may take no step in a case at all."""
    try:
        _is_free(case, by)
    except NotAllowed as found:
        return found
    return None


def _by_office(case: Case, by: Person, doing: Doing) -> Case:
    match doing.act:
        case Step.ADMIT:
            if doing.due is None or doing.due < doing.today:
                raise Invalid("complaint-due-needed")
            return replace(case, reply_due=doing.due, deciders=(by.account_id,))
        case Step.FORWARD:
            if case.body is None or case.forwarded:
                raise Conflict("complaint-nothing-to-forward")
            return replace(case, forwarded=True)
        case Step.DECIDE | Step.REVISE:
            if by.account_id in case.deciders:
                raise NotAllowed("complaint-same-person")
            return replace(case, deciders=(*case.deciders, by.account_id))
        case _:
            return case


def _time_to_reply_is_over(case: Case, today: date) -> None:
    """Nobody is judged unheard: without a reply the last day to give one has passed."""
    if case.reply_due is None or today <= case.reply_due:
        raise Conflict("complaint-reply-time-runs", day=case.reply_due)


def _is_free(case: Case, by: Person) -> None:
    """No conflict of interest: neither who complained nor anybody of the organisations it touches."""
    if (case.parties | {case.respondent}) & (by.organisations | {by.organisation_id}):
        raise NotAllowed("complaint-own-organisation")
    if case.submitter is not None and case.submitter == by.account_id:
        raise NotAllowed("complaint-same-person")
