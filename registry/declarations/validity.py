"""What a declaration's stated period says of a day."""

from datetime import date
from enum import StrEnum

from registry.declarations.facts import DeclarationFact, DeclarationState, PartialDay


class Validity(StrEnum):
    """Whether a declaration counts on a day; `uncertain` where the document states only a month or year."""

    NOT_YET = "not_yet"
    UNCERTAIN = "uncertain"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


def validity(fact: DeclarationFact, day: date) -> Validity:
    """What a declaration's stated period says of a day; a year-only date is never read as 1 January."""
    if fact.state is DeclarationState.WITHDRAWN:
        return Validity.WITHDRAWN
    return between(fact.valid_from, fact.valid_to, day)


def between(first: PartialDay, last: PartialDay | None, day: date) -> Validity:
    """What a period says of a day, both its ends as precise as stated; without a last day it goes on."""
    if day < first.day:
        return Validity.NOT_YET
    if last is not None and day > last.last_day():
        return Validity.EXPIRED
    surely_begun = day >= first.last_day()
    surely_not_over = last is None or day <= last.day
    return Validity.IN_FORCE if surely_begun and surely_not_over else Validity.UNCERTAIN
