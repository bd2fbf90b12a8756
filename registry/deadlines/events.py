"""The dated events of a certificate; pure.

Renewal 延续 belongs into the last 90 days of validity; reminders stand 180, 90 and 30 days before its end
(practice of the trade, conventions of this tool). A visit 获证后监督 that is overdue stays a hint: only the
body changes a state. A replaced edition counts from the first day on which the old one no longer does.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from registry.certificates.facts import CertificateFact, State
from registry.certificates.states import StateOnDay, on_day
from registry.changes.kinds import Known
from registry.standards.facts import StandardFact

REMINDERS = (180, 90, 30)
_ENDED = (State.WITHDRAWN, State.CANCELLED)


class EventKind(StrEnum):
    """What the day is about."""

    EXPIRY = "expiry"
    SURVEILLANCE_DONE = "surveillance_done"
    SURVEILLANCE_DUE = "surveillance_due"
    RENEWAL = "renewal"
    STANDARD_REPLACED = "standard_replaced"


@dataclass(frozen=True, slots=True)
class Event:
    """One day of one certificate; `days_left` belongs to renewals, the standards to replaced editions."""

    day: date
    kind: EventKind
    certificate: CertificateFact
    overdue: bool = False
    days_left: int | None = None
    standard: str | None = None
    replaced_by: str | None = None

    @property
    def order(self) -> tuple[date, EventKind, str]:
        return self.day, self.kind, self.certificate.code


def events(
    certificates: Iterable[Known[CertificateFact]], standards: Mapping[str, StandardFact], day: date
) -> list[Event]:
    """The events of certificates as known on a day, first to last; what has been renewed is not reminded."""
    known = list(certificates)
    renewed = frozenset(one.fact.renews_id for one in known if one.fact.renews_id is not None)
    found = [event for one in known for event in _living(one, standards, day=day, renewed=renewed)]
    return sorted(found, key=lambda event: event.order)


def _living(
    one: Known[CertificateFact],
    standards: Mapping[str, StandardFact],
    *,
    day: date,
    renewed: frozenset[UUID],
) -> Iterator[Event]:
    """Nothing is due any more from the day on which a certificate was withdrawn or cancelled."""
    ended_on = one.header.effective_on if one.fact.state in _ENDED else None
    for event in _of(one.fact, standards, day):
        superseded = event.kind is EventKind.RENEWAL and one.fact.id in renewed
        if not superseded and (ended_on is None or event.day < ended_on):
            yield event


def _of(fact: CertificateFact, standards: Mapping[str, StandardFact], day: date) -> Iterator[Event]:
    yield Event(fact.valid_to, EventKind.EXPIRY, fact)
    for left in REMINDERS:
        yield Event(fact.valid_to - timedelta(days=left), EventKind.RENEWAL, fact, days_left=left)
    yield from _visits(fact, day)
    for number in fact.standards:
        standard = standards.get(number)
        if standard is not None and standard.replaced_on is not None:
            yield Event(
                standard.replaced_on,
                EventKind.STANDARD_REPLACED,
                fact,
                standard=number,
                replaced_by=standard.replaced_by,
            )


def _visits(fact: CertificateFact, day: date) -> Iterator[Event]:
    """The last visit and the next; the next is overdue where it has passed and none is on record since."""
    last, due = fact.last_surveillance_on, fact.next_surveillance_on
    if last is not None and last <= day:  # nobody has done tomorrow's visit, whatever a record says
        yield Event(last, EventKind.SURVEILLANCE_DONE, fact)
    if due is None or (last is not None and last >= due) or due > fact.valid_to:
        return
    late = due < day and on_day(fact, day) is StateOnDay.ACTIVE
    yield Event(due, EventKind.SURVEILLANCE_DUE, fact, overdue=late)


def renewal_open(fact: CertificateFact, day: date) -> bool:
    """Whether a day lies in the last 90 days of validity, the last day included."""
    return fact.valid_to - timedelta(days=REMINDERS[1]) <= day <= fact.valid_to
