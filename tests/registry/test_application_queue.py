"""The queue and the service clock: against a slow second answer, and with the clock standing still."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from registry.applications import clock, reviewing, service
from registry.applications.parts import Subject
from registry.applications.queue import Order, Waiting, Wanted, place, queue
from registry.applications.states import State
from registry.kit.errors import NotAllowed
from tests import applicants
from tests.applicants import FIRST, INSIDER, MAKER, SECOND, TODAY, by
from tests.oracles import application_oracle as oracle

DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 31))
STEPS = st.lists(
    st.tuples(st.sampled_from(["submit", "return", "take", "approve", "publish"]), DAYS), max_size=8
)


@given(STEPS, DAYS)
def test_the_clock_counts_what_a_walk_through_every_day_counts(
    steps: list[tuple[str, date]], today: date
) -> None:
    ordered = sorted(steps, key=lambda one: one[1])
    past = [one for one in ordered if one[1] <= today]
    assert clock.elapsed(clock.spans(past), today) == oracle.days_on_the_clock(past, today)


@given(DAYS, st.integers(1, 40))
def test_a_case_is_overdue_from_the_day_after_it_is_due(start: date, limit: int) -> None:
    running = clock.spans([("submit", start)])
    due = clock.due_on(running, limit)
    assert due is not None
    assert clock.elapsed(running, due) == limit
    later = due + timedelta(days=3)  # a weekend at most lies between
    assert clock.elapsed(running, later) > limit


def test_the_clock_stands_while_the_applicant_has_it() -> None:
    steps = [("submit", date(2026, 6, 1)), ("return", date(2026, 6, 3)), ("submit", date(2026, 6, 20))]
    assert clock.elapsed(clock.spans(steps[:2]), date(2026, 6, 19)) == 2
    assert clock.due_on(clock.spans(steps[:2]), 10) is None
    assert clock.elapsed(clock.spans(steps), date(2026, 6, 23)) == 4


LINES = st.lists(
    st.builds(
        oracle.Line,
        number=st.text("ABC", min_size=1, max_size=3),
        warnings=st.integers(0, 2),
        days=st.integers(0, 3),
        submitted=st.dates(date(2026, 1, 1), date(2026, 1, 3)),
    ),
    max_size=9,
    unique_by=lambda line: line.number,
)


@given(LINES, st.sampled_from(Order))
def test_the_order_is_the_one_a_patient_clerk_would_find(lines: list[oracle.Line], order: Order) -> None:
    waiting = [
        Waiting(one.number, Subject.CARBON, State.SUBMITTED, None, "", 1, one.warnings, one.days, None,
                overdue=False, assignee_id=None, submitted_on=one.submitted)
        for one in lines
    ]  # fmt: skip
    found = [line.number for line in sorted(waiting, key=lambda line: place(line, order))]
    assert found == oracle.in_order(lines, by_risk=order is Order.RISK)


@pytest.fixture
def _register(session: Session) -> None:
    applicants.registered(session)


@pytest.mark.usefixtures("_register")
def test_the_queue_shows_what_waits_and_counts_what_is_late(session: Session) -> None:
    doubtful = {**applicants.PRODUCT_TYPED, **applicants.CARBON_TYPED, "carbon.modules.A1-A3": "612000"}
    plain = applicants.submitted(session, applicants.PRODUCT_TYPED)
    odd = applicants.submitted(session, doubtful)
    mine = reviewing.take(session, plain.number, by(FIRST, plain))
    today = TODAY + timedelta(days=21)

    def ask(wanted: Wanted) -> list[str]:
        found = queue(session, wanted, actor=FIRST, today=today, limit_days=10)
        assert (found.total, found.mine, found.overdue) == (2, 1, 2)
        return [line.number for line in found.lines]

    assert ask(Wanted(order=Order.RISK)) == [odd.number, plain.number]
    assert sorted(ask(Wanted())) == sorted([plain.number, odd.number])
    assert ask(Wanted(mine=True)) == [mine.number]
    assert ask(Wanted(state=State.SUBMITTED)) == [odd.number]
    assert ask(Wanted(subject=Subject.CARBON)) == []
    assert ask(Wanted(words=odd.number[-6:].lower())) == [odd.number]
    assert len(ask(Wanted(overdue=True))) == 2
    fresh = queue(session, Wanted(overdue=True), actor=SECOND, today=TODAY, limit_days=10)
    assert (fresh.lines, fresh.overdue) == ((), 0)


@pytest.mark.usefixtures("_register")
def test_nobody_sees_the_cases_of_the_own_organisation_and_makers_see_no_queue(session: Session) -> None:
    applicants.submitted(session, applicants.PRODUCT_TYPED)
    assert queue(session, Wanted(), actor=INSIDER, today=TODAY, limit_days=10).total == 0
    with pytest.raises(NotAllowed):
        queue(session, Wanted(), actor=MAKER, today=TODAY, limit_days=10)


@pytest.mark.usefixtures("_register")
def test_a_draft_and_a_returned_case_do_not_wait(session: Session) -> None:
    service.start(session, Subject.PLANT, by(MAKER))
    handed_in = applicants.submitted(session, applicants.PRODUCT_TYPED)
    taken = reviewing.take(session, handed_in.number, by(FIRST, handed_in))
    reviewing.return_for(session, taken.number, by(FIRST, taken), paths=["product"], reason="演示")
    assert queue(session, Wanted(), actor=FIRST, today=TODAY, limit_days=10).lines == ()
