"""Reported problems: kept for their days, limited by sender and day, never in the feed."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from registry.changes import feed
from registry.feedback import service
from registry.feedback.service import Limits, Problem, ProblemKind, TooManyProblems
from registry.kit.db import read_session, write_session

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
LIMITS = Limits(days=30, per_day=2)
HOME, ELSEWHERE = "192.0.2.7", "2001:db8::7"


def take(engine: Engine, words: str = "型号不符", *, address: str = HOME, now: datetime = NOW) -> str:
    problem = Problem(ProblemKind.NOT_AS_DELIVERED, "YS-P", words, "a@example.invalid")
    with write_session(engine) as session:
        return service.take(session, problem, address=address, now=now, limits=LIMITS)


def kept(engine: Engine, now: datetime = NOW) -> list[str]:
    with read_session(engine) as session:
        return [row.text for row in service.kept(session, now=now)]


def test_what_was_typed_is_kept_under_a_number_of_its_own(engine: Engine) -> None:
    numbers = {take(engine, "一"), take(engine, "二")}
    assert len(numbers) == 2
    with read_session(engine) as session:
        rows = {row.number: row for row in service.kept(session, now=NOW)}
    assert set(rows) == numbers
    assert {(row.kind, row.about, row.contact) for row in rows.values()} == {
        ("not-as-delivered", "YS-P", "a@example.invalid")
    }


def test_a_sender_has_so_many_a_day_and_others_have_their_own(engine: Engine) -> None:
    take(engine)
    take(engine)
    with pytest.raises(TooManyProblems) as refused:
        take(engine)
    assert (refused.value.status, refused.value.facts) == (429, {"limit": 2})
    take(engine, address=ELSEWHERE)
    assert len(kept(engine)) == 3


def test_the_day_is_the_civil_day_in_china(engine: Engine) -> None:
    last = datetime(2026, 6, 1, 15, 59, tzinfo=UTC)  # one minute before midnight in Shanghai
    take(engine, now=last)
    take(engine, now=last)
    with pytest.raises(TooManyProblems):
        take(engine, now=last)
    take(engine, now=last + timedelta(minutes=1))


def test_a_problem_is_gone_when_its_days_are_over(engine: Engine) -> None:
    take(engine, "旧")
    end = NOW + timedelta(days=LIMITS.days)
    assert kept(engine, end - timedelta(seconds=1)) == ["旧"]
    assert kept(engine, end) == []
    take(engine, "新", now=end)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT text FROM problems")).scalars().all() == ["新"]


def test_no_address_is_stored_and_its_key_goes_with_the_day(engine: Engine) -> None:
    take(engine)
    with engine.connect() as connection:
        first = connection.execute(text("SELECT sender FROM problems")).scalar_one()
        assert connection.execute(text("SELECT count(*) FROM problem_sender_keys")).scalar_one() == 1
    take(engine, now=NOW + timedelta(days=1))
    with engine.connect() as connection:
        senders = connection.execute(text("SELECT sender FROM problems")).scalars().all()
        days = connection.execute(text("SELECT day FROM problem_sender_keys")).scalars().all()
        assert len(days) == 1
    assert first in senders
    assert len(set(senders)) == 2, "the same address is another sender tomorrow"
    assert not any(HOME in sender for sender in senders)


def test_nothing_of_it_enters_the_feed(engine: Engine) -> None:
    with write_session(engine) as session:
        feed.start(session, "demonstration")
        before = feed.head(session).seq
    take(engine)
    with read_session(engine) as session:
        assert feed.head(session).seq == before
