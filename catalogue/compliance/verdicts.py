"""A three-way answer with the reason and the figures a reader needs to check it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

FactValue = str | int | Decimal | date | tuple[str, ...]


class Outcome(StrEnum):
    PASS = "pass"  # noqa: S105 - an answer, not a password
    FAIL = "fail"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is a message key; `facts` fill its placeholders, in name order."""

    outcome: Outcome
    reason: str
    facts: tuple[tuple[str, FactValue], ...] = ()
    clause: str | None = None

    def named_facts(self) -> dict[str, FactValue]:
        return dict(self.facts)


def passed(reason: str, clause: str | None = None, **facts: FactValue) -> Verdict:
    return Verdict(Outcome.PASS, reason, tuple(sorted(facts.items())), clause)


def failed(reason: str, clause: str | None = None, **facts: FactValue) -> Verdict:
    return Verdict(Outcome.FAIL, reason, tuple(sorted(facts.items())), clause)


def undecided(reason: str, clause: str | None = None, **facts: FactValue) -> Verdict:
    return Verdict(Outcome.UNDECIDED, reason, tuple(sorted(facts.items())), clause)


def all_of(outcomes: Iterable[Outcome]) -> Outcome:
    """Every condition must hold: one fail fails, otherwise one doubt leaves it undecided."""
    found = set(outcomes)
    if Outcome.FAIL in found:
        return Outcome.FAIL
    return Outcome.UNDECIDED if Outcome.UNDECIDED in found else Outcome.PASS


def any_of(outcomes: Iterable[Outcome]) -> Outcome:
    """One proof is enough: one pass passes, otherwise one doubt leaves it undecided; nothing is a fail."""
    found = set(outcomes)
    if Outcome.PASS in found:
        return Outcome.PASS
    return Outcome.UNDECIDED if Outcome.UNDECIDED in found else Outcome.FAIL
