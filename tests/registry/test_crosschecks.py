"""Look-ups: each a fact of its own, the last that saw the platform speaks, what is due is found by a scan."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlmodel import Session

from registry.access.actors import ANONYMOUS, OPERATOR, Actor, ActorRole
from registry.certificates.facts import CertificateFact, State
from registry.certificates.kind import CERTIFICATE
from registry.changes.feed import Draft
from registry.changes.kinds import Known
from registry.changes.reading import get, point
from registry.crosschecks import service
from registry.crosschecks.facts import CrossCheckFact, Result
from registry.crosschecks.looks import Attention, Checked, checked, line
from registry.kit.errors import Invalid, NotAllowed
from registry.kit.known_by import CrossCheck, KnownBy, Source
from tests.factories import START, TRANSCRIBED, certificate, key, record
from tests.statements import look

DAY = date(2026, 6, 1)
COPIED = KnownBy(source=Source.TRANSCRIBED)


def kept(session: Session, *facts: CrossCheckFact) -> None:
    record(session, [service.record(fact, today=DAY + timedelta(days=900), actor=OPERATOR) for fact in facts])


def issued(session: Session, *facts: CertificateFact) -> None:
    record(session, [Draft(CERTIFICATE, fact.id, START, fact) for fact in facts])


def known(session: Session, n: int = 1, day: date = DAY) -> Known[CertificateFact]:
    found = get(session, CERTIFICATE, key("certificate", n), point(session, day))
    assert found is not None
    return found


def test_the_look_inside_the_record_is_the_first_of_the_line(session: Session) -> None:
    issued(session, certificate())
    kept(session, look(2, date(2026, 5, 20)), look(1, date(2026, 5, 10)))
    looks = service.looks_at(session, [known(session)], point(session, DAY))[key("certificate")]
    assert [one.checked_on.day for one in looks] == [1, 10, 20]
    assert (looks[0].said, looks[0].result) == ("一致", None)


def test_a_look_counts_from_its_day_and_as_it_was_known(session: Session) -> None:
    issued(session, certificate(known_by=COPIED))
    before = point(session, DAY)
    kept(session, look(1, DAY))
    assert service.looks_at(session, [known(session)], before)[key("certificate")] == ()
    yesterday = point(session, DAY - timedelta(days=1))
    assert service.looks_at(session, [known(session)], yesterday)[key("certificate")] == ()
    assert len(service.looks_at(session, [known(session)], point(session, DAY))[key("certificate")]) == 1


def standing(known_by: KnownBy, day: date, *facts: CrossCheckFact) -> Checked:
    return checked(known_by, line(known_by, facts, day), day)


def test_a_platform_that_could_not_be_reached_says_nothing_of_the_certificate() -> None:
    down = look(2, DAY, result=Result.UNREACHABLE, recheck_due=None)
    found = standing(COPIED, DAY, look(1, date(2026, 5, 1)), down)
    assert found.last is not None
    assert found.last.checked_on == date(2026, 5, 1)
    assert found.tried is not None
    assert found.tried.checked_on == DAY
    assert found.attention is None
    assert standing(COPIED, DAY, down).attention is Attention.NEVER


def test_the_due_day_itself_is_not_overdue() -> None:
    due = look().recheck_due
    assert due is not None
    assert standing(COPIED, due, look()).attention is None
    assert standing(COPIED, due + timedelta(days=1), look()).attention is Attention.OVERDUE


@pytest.mark.parametrize(
    ("result", "attention"),
    [(Result.DIFFERS, Attention.DIFFERS), (Result.NOT_FOUND, Attention.NOT_FOUND), (Result.AGREES, None)],
)
def test_what_the_platform_shows_otherwise_asks_for_attention_until_it_agrees(
    result: Result, attention: Attention | None
) -> None:
    assert standing(COPIED, DAY, look(1, date(2026, 5, 1), result=result)).attention is attention
    later = look(2, DAY)
    assert standing(COPIED, DAY, look(1, date(2026, 5, 1), result=result), later).attention is None


@pytest.mark.parametrize("source", Source)
def test_only_what_was_copied_by_hand_must_be_looked_at(source: Source) -> None:
    wanted = Attention.NEVER if source is Source.TRANSCRIBED else None
    assert standing(KnownBy(source=source), DAY).attention is wanted


def test_an_old_look_without_a_due_day_never_becomes_overdue_by_itself() -> None:
    assert standing(TRANSCRIBED, date(2030, 1, 1)).attention is None


def test_the_due_day_inside_the_record_counts_too() -> None:
    check = CrossCheck(platform="演示", checked_on=START, result="一致", recheck_due=date(2026, 3, 1))
    inside = KnownBy(source=Source.TRANSCRIBED, cross_check=check)
    assert standing(inside, date(2026, 3, 2)).attention is Attention.OVERDUE
    assert standing(inside, date(2026, 3, 2), look(1, date(2026, 2, 1))).attention is None


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.sampled_from(Result), st.none() | st.integers(0, 90)), max_size=8
    ),
    st.integers(0, 120),
)
def test_what_stands_on_a_day_is_what_a_slow_reading_of_all_looks_says(
    rows: list[tuple[int, Result, int | None]], today: int
) -> None:
    facts = [
        look(n, START + timedelta(days=ago), result=result,
             recheck_due=None if due is None else START + timedelta(days=ago + due))
        for n, (ago, result, due) in enumerate(rows)
    ]  # fmt: skip
    day = START + timedelta(days=today)
    found = standing(COPIED, day, *facts)
    last: CrossCheckFact | None = None
    for fact in facts:  # as recorded: of two on one day the later stands
        if fact.checked_on > day or fact.result is Result.UNREACHABLE:
            continue
        if last is None or fact.checked_on >= last.checked_on:
            last = fact
    if last is None:
        expected: str | None = "never"
    elif last.result in (Result.DIFFERS, Result.NOT_FOUND):
        expected = last.result.value
    else:
        expected = "overdue" if last.recheck_due and last.recheck_due < day else None
    assert found.attention == expected
    assert (found.last.checked_on if found.last else None) == (last.checked_on if last else None)


def test_doubts_come_first_then_what_nobody_looked_at_then_the_longest_overdue_and_nothing_ended(
    session: Session,
) -> None:
    fine = look(9, date(2026, 5, 1), certificate_n=4)
    issued(
        session,
        *(certificate(n, known_by=COPIED) for n in (1, 2, 3, 4, 7, 8)),
        certificate(5, known_by=COPIED, valid_to=date(2026, 5, 31)),
        certificate(6, known_by=COPIED, state=State.WITHDRAWN),
    )
    kept(
        session,
        fine,
        look(7, DAY, certificate_n=7, result=Result.NOT_FOUND),
        look(8, DAY, certificate_n=8, result=Result.DIFFERS),
        look(1, date(2026, 3, 1), recheck_due=date(2026, 5, 1), certificate_n=1),
        look(2, date(2026, 3, 1), recheck_due=date(2026, 4, 1), certificate_n=2),
    )
    found = service.living(session, point(session, DAY))
    numbers = {key("certificate", n): n for n in range(1, 9)}
    assert [numbers[one.certificate.header.key] for one in found] == [8, 7, 3, 2, 1, 4]
    assert [one.checked.attention for one in found] == [
        "differs",
        "not_found",
        "never",
        "overdue",
        "overdue",
        None,
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"result": Result.DIFFERS, "differences": None},
        {"differences": "对不上"},
        {"recheck_due": date(2026, 5, 31)},
        {"screenshot_sha256": "xyz"},
        {"looker": "张三"},
        {"platform": ""},
    ],
)
def test_a_look_that_contradicts_itself_or_names_a_person_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        look(**wrong)


def test_nobody_has_looked_tomorrow_and_visitors_record_nothing() -> None:
    with pytest.raises(Invalid, match="cross-check-ahead"):
        service.record(look(), today=DAY - timedelta(days=1), actor=OPERATOR)
    for actor in (ANONYMOUS, Actor(ActorRole.MANUFACTURER), Actor(ActorRole.CERTIFICATION_BODY)):
        with pytest.raises(NotAllowed):
            service.record(look(), today=DAY, actor=actor)
