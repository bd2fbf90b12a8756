"""What may follow what, and what a stored state means on a day."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from registry.certificates.facts import ActKind, CertificateFact, State


class StateOnDay(StrEnum):
    """The state the law sees on a day: the stored one, or what the dates make of it."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"


_LIVING = frozenset({State.ACTIVE, State.SUSPENDED})

# act: (states it may start from, state it leads to; None keeps the state)
TRANSITIONS: Mapping[ActKind, tuple[frozenset[State], State | None]] = {
    ActKind.SUSPEND: (frozenset({State.ACTIVE}), State.SUSPENDED),
    ActKind.REINSTATE: (frozenset({State.SUSPENDED}), State.ACTIVE),
    ActKind.WITHDRAW: (_LIVING, State.WITHDRAWN),
    ActKind.CANCEL: (_LIVING, State.CANCELLED),
    # 变更换证 keeps number, validity and state; it does not lift a suspension.
    ActKind.REISSUE: (_LIVING, None),
    # 异议 is a flag; neither raising nor settling it moves the state.
    ActKind.OBJECT: (frozenset(State), None),
    ActKind.SETTLE: (frozenset(State), None),
    ActKind.CORRECT: (frozenset(State), None),
}
_OF_THE_LIVING = frozenset({ActKind.SUSPEND, ActKind.REINSTATE, ActKind.REISSUE})


def allows(act: ActKind, state: State) -> bool:
    return act in TRANSITIONS and state in TRANSITIONS[act][0]


def lives(act: ActKind, state: StateOnDay) -> bool:
    """Whether an act makes sense of what has run out: an end for cause and an objection do."""
    return state is not StateOnDay.EXPIRED or act not in _OF_THE_LIVING


class Refusal(StrEnum):
    """Why an act cannot start from where a certificate stands."""

    NO_ACT = "no_act"
    ENDED = "ended"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    NOT_SUSPENDED = "not_suspended"
    UNDISPUTED = "undisputed"


def refusal(act: ActKind, fact: CertificateFact, day: date) -> Refusal | None:
    """What stands in the way of an act on the version in force that day; None where it may be taken."""
    if act not in TRANSITIONS:
        return Refusal.NO_ACT
    if not allows(act, fact.state):
        if fact.state not in _LIVING:
            return Refusal.ENDED
        return Refusal.SUSPENDED if fact.state is State.SUSPENDED else Refusal.NOT_SUSPENDED
    if not lives(act, on_day(fact, day)):
        return Refusal.EXPIRED
    if act is ActKind.SETTLE and not fact.disputed:
        return Refusal.UNDISPUTED
    return None


def may_become(state: State, target: State) -> bool:
    """Whether some act leads from one state to the other, or they are the same."""
    return state is target or any(end is target and state in start for start, end in TRANSITIONS.values())


def after(act: ActKind, state: State) -> State:
    """The state an allowed act leads to."""
    start, target = TRANSITIONS[act]
    if state not in start:
        raise ValueError(f"{act} does not start from {state}")
    return state if target is None else target


def on_day(fact: CertificateFact, day: date) -> StateOnDay:
    """The state on a day of the version in force that day; last days are inclusive."""
    if fact.state in (State.WITHDRAWN, State.CANCELLED):
        return StateOnDay(fact.state)
    if day > fact.valid_to:
        return StateOnDay.EXPIRED
    if day < fact.valid_from:
        return StateOnDay.NOT_YET_VALID
    return StateOnDay(fact.state)
