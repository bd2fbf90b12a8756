"""The calendar of a certificate: every day that counts, reminders for what nobody renewed, hints as hints."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from registry.certificates.facts import CertificateFact, State
from registry.certificates.kind import CERTIFICATE
from registry.changes.feed import Draft
from registry.changes.kinds import Known
from registry.changes.reading import point
from registry.changes.record import Header
from registry.deadlines.agenda import Wanted, agenda, choose
from registry.deadlines.events import Event, EventKind, events, renewal_open
from registry.kit.ids import derived
from registry.parties.service import ORGANISATION
from registry.standards.facts import StandardFact
from registry.standards.service import STANDARD
from tests.factories import NOW, START, certificate, key, organisation, record

DAY = date(2026, 6, 1)
LAST = date(2027, 3, 31)
OLD = StandardFact(
    id=derived("standard", "old"),
    number="演示标准 1-2017",
    replaced_by="演示标准 1-2026",
    replaced_on=date(2026, 9, 1),
    source="示例",
    confidence="high",
)
NUMBERS = {OLD.number: OLD}


def known(fact: CertificateFact, day: date = START) -> Known[CertificateFact]:
    return Known(Header(1, "certificate", fact.id, 1, day, NOW), fact)


def of(day: date = DAY, effective_on: date = START, **fields: Any) -> list[Event]:
    fact = certificate(**{"valid_to": LAST, **fields})
    return events([known(fact, effective_on)], NUMBERS, day)


def days(found: list[Event], kind: EventKind) -> list[date]:
    return [event.day for event in found if event.kind is kind]


def test_a_certificate_ends_on_its_last_day_and_is_reminded_of_180_90_and_30_days_before() -> None:
    found = of()
    assert days(found, EventKind.EXPIRY) == [LAST]
    assert days(found, EventKind.RENEWAL) == [date(2026, 10, 2), date(2026, 12, 31), date(2027, 3, 1)]
    assert [event.days_left for event in found if event.kind is EventKind.RENEWAL] == [180, 90, 30]


def test_the_renewal_window_is_the_last_90_days_with_the_last_day() -> None:
    fact = certificate(valid_to=LAST)
    inside = [LAST - timedelta(days=n) for n in (90, 1, 0)]
    outside = [LAST - timedelta(days=91), LAST + timedelta(days=1)]
    assert [renewal_open(fact, day) for day in inside] == [True] * 3
    assert [renewal_open(fact, day) for day in outside] == [False] * 2


def test_what_has_been_renewed_still_ends_but_is_not_reminded() -> None:
    old, new = certificate(1, valid_to=LAST), certificate(2, renews_id=key("certificate", 1))
    found = events([known(old), known(new)], {}, DAY)
    mine = [event for event in found if event.certificate.id == old.id]
    assert [event.kind for event in mine] == [EventKind.EXPIRY]


def test_an_overdue_visit_is_a_hint_on_a_living_certificate_only() -> None:
    due = date(2026, 5, 31)
    (visit,) = [e for e in of(next_surveillance_on=due) if e.kind is EventKind.SURVEILLANCE_DUE]
    assert visit.overdue
    (same_day,) = [e for e in of(due, next_surveillance_on=due) if e.kind is EventKind.SURVEILLANCE_DUE]
    assert not same_day.overdue
    paused = of(next_surveillance_on=due, state=State.SUSPENDED)
    assert [e.overdue for e in paused if e.kind is EventKind.SURVEILLANCE_DUE] == [False]


def test_a_visit_made_is_shown_and_one_it_settles_is_not_due() -> None:
    found = of(last_surveillance_on=date(2026, 5, 1), next_surveillance_on=date(2026, 4, 30))
    assert days(found, EventKind.SURVEILLANCE_DONE) == [date(2026, 5, 1)]
    assert days(found, EventKind.SURVEILLANCE_DUE) == []


def test_a_visit_that_is_still_to_come_is_not_done() -> None:
    assert days(of(last_surveillance_on=DAY), EventKind.SURVEILLANCE_DONE) == [DAY]
    assert days(of(last_surveillance_on=DAY + timedelta(days=1)), EventKind.SURVEILLANCE_DONE) == []


def test_no_visit_is_due_after_the_last_day() -> None:
    assert days(of(next_surveillance_on=LAST + timedelta(days=1)), EventKind.SURVEILLANCE_DUE) == []
    assert days(of(next_surveillance_on=LAST), EventKind.SURVEILLANCE_DUE) == [LAST]


def test_a_replaced_edition_has_its_day_where_the_certificate_names_it() -> None:
    found = of(standards=(OLD.number, "演示标准 2-2026"))
    (replaced,) = [event for event in found if event.kind is EventKind.STANDARD_REPLACED]
    assert (replaced.day, replaced.standard, replaced.replaced_by) == (
        date(2026, 9, 1),
        "演示标准 1-2017",
        "演示标准 1-2026",
    )
    assert days(of(), EventKind.STANDARD_REPLACED) == []


def test_nothing_is_due_from_the_day_a_certificate_was_withdrawn() -> None:
    done, ended = date(2026, 2, 1), date(2026, 5, 1)
    found = of(effective_on=ended, state=State.WITHDRAWN, last_surveillance_on=done)
    assert [(event.day, event.kind) for event in found] == [(done, EventKind.SURVEILLANCE_DONE)]


@given(
    st.dates(date(2026, 1, 1), date(2031, 1, 1)),
    st.none() | st.dates(date(2026, 1, 1), date(2031, 1, 1)),
    st.none() | st.dates(date(2026, 1, 1), date(2031, 1, 1)),
    st.dates(date(2026, 1, 1), date(2031, 1, 1)),
)
def test_events_come_in_order_and_overdue_ones_lie_before_the_day(
    last_day: date, done: date | None, due: date | None, day: date
) -> None:
    found = of(day, valid_to=last_day, last_surveillance_on=done, next_surveillance_on=due)
    assert [event.day for event in found] == sorted(event.day for event in found)
    assert all(
        event.day < day and event.kind is EventKind.SURVEILLANCE_DUE for event in found if event.overdue
    )
    assert days(found, EventKind.EXPIRY) == [last_day]


def test_a_choice_by_maker_month_and_kind_equals_a_scan(session: Session) -> None:
    parties = [organisation(), organisation(2)]
    certificates = [
        certificate(1, valid_to=date(2026, 7, 31)),
        certificate(2, valid_to=date(2026, 7, 1), holder_id=key("organisation", 2)),
        certificate(3, valid_to=date(2026, 8, 1), manufacturer_id=key("organisation", 2)),
    ]
    record(session, [Draft(ORGANISATION, one.id, START, one) for one in parties])
    record(session, [Draft(STANDARD, OLD.id, START, OLD)])
    record(session, [Draft(CERTIFICATE, one.id, START, one) for one in certificates])
    found = agenda(session, point(session, DAY))
    ends = frozenset({EventKind.EXPIRY})
    chosen = choose(found, Wanted(first=date(2026, 7, 1), last=date(2026, 7, 31), kinds=ends))
    assert [event.certificate.id for event in chosen] == [key("certificate", 2), key("certificate", 1)]
    second = choose(found, Wanted(kinds=ends, maker="企业002"))
    assert [event.certificate.id for event in second] == [key("certificate", 2), key("certificate", 3)]
    assert second == [e for e in found.of_maker(key("organisation", 2)) if e.kind in ends]
    assert choose(found, Wanted(maker=parties[1].code.lower(), kinds=ends)) == second
    assert choose(found, Wanted(maker="没有这家")) == []
    assert choose(found, Wanted()) == list(found.events)
    assert {event.certificate.id for event in found.of_certificate(key("certificate", 3))} == {
        key("certificate", 3)
    }
