"""Reading on two time axes, against a slow oracle, and corrections that reach what came after them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from registry.changes import reading
from registry.changes.feed import Draft
from registry.changes.reading import Point
from registry.kit.errors import Invalid
from registry.standards.facts import StandardFact
from registry.standards.service import STANDARD
from tests import factories
from tests.oracles.bitemporal_oracle import Said, fact_on

DAY_ONE = date(2026, 1, 1)
DAYS = st.integers(0, 9)
KEYS = ("a", "b", "c")
# Every example rolls back what it wrote, so one database serves them all.
ON_ONE_DATABASE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
STORIES = st.lists(st.tuples(st.sampled_from(KEYS), DAYS), max_size=14)


@contextmanager
def undone(session: Session) -> Iterator[None]:
    try:
        yield
    finally:
        session.rollback()


def day(number: int) -> date:
    return DAY_ONE + timedelta(days=number)


def standard(name: str, text: str) -> StandardFact:
    return StandardFact(
        id=factories.key(name), number=text, title_zh=f"标准 {text}", source="演示", confidence="high"
    )


def mended(fact: StandardFact) -> StandardFact:
    return fact.model_copy(update={"title_zh": "更正"})


def tell(session: Session, story: list[tuple[str, int]]) -> list[Said]:
    """Record a story, one standard version each, and return it in the oracle's words."""
    said = [Said(seq, name, day(number), f"text-{seq}") for seq, (name, number) in enumerate(story, 1)]
    for each in said:
        fact = standard(each.key, each.text)
        factories.record(session, [Draft(STANDARD, fact.id, each.effective_on, fact)])
    return said


@ON_ONE_DATABASE
@given(STORIES, DAYS, st.integers(0, 15))
def test_a_fact_at_a_point_is_what_the_oracle_says(
    session: Session, story: list[tuple[str, int]], on: int, as_of: int
) -> None:
    keys = [factories.key(name) for name in KEYS]
    at = Point(day(on), as_of)
    with undone(session):
        said = tell(session, story)
        one_by_one = {key: known for key in keys if (known := reading.get(session, STANDARD, key, at))}
        together = reading.many(session, STANDARD, [*keys, *keys], at)
        all_of_them = list(reading.every(session, STANDARD, at))
    expected = {
        factories.key(name): found.text
        for name in KEYS
        if (found := fact_on(said, name, on=at.on, as_of=as_of, earliest=DAY_ONE))
    }
    assert {key: known.fact.number for key, known in one_by_one.items()} == expected
    assert together == one_by_one
    assert all_of_them == [one_by_one[key] for key in sorted(expected)]


@ON_ONE_DATABASE
@given(STORIES, DAYS)
def test_what_was_known_stays_what_was_known(session: Session, story: list[tuple[str, int]], on: int) -> None:
    """Recording more never changes a read at an earlier position."""
    half = len(story) // 2
    at = Point(day(on), half)
    with undone(session):
        tell(session, story[:half])
        before = list(reading.every(session, STANDARD, at))
        tell(session, story[half:])
        after = list(reading.every(session, STANDARD, at))
    assert before == after


@ON_ONE_DATABASE
@given(st.lists(DAYS, min_size=1, max_size=8), DAYS)
def test_a_correction_reaches_every_later_version_and_nothing_else(
    session: Session, numbers: list[int], from_day: int
) -> None:
    key = factories.key("a")
    with undone(session):
        tell(session, [("a", number) for number in numbers])
        drafts = reading.amendments(session, STANDARD, key, from_day=day(from_day), patch=mended)
        factories.record(session, drafts)
        points = [Point(day(number), len(numbers)) for number in range(10)]
        before = [reading.get(session, STANDARD, key, at) for at in points]
        now = [reading.get(session, STANDARD, key, reading.point(session, at.on)) for at in points]
    for number, (then, corrected) in enumerate(zip(before, now, strict=True)):
        assert (then is None) == (corrected is None)
        if then is not None and corrected is not None:
            assert corrected.fact == (mended(then.fact) if number >= from_day else then.fact)


def test_a_correction_of_nothing_is_nothing(session: Session) -> None:
    drafts = reading.amendments(
        session, STANDARD, factories.key("a"), from_day=DAY_ONE, patch=lambda fact: fact
    )
    assert drafts == []


def test_history_is_every_version_known_at_a_position(session: Session) -> None:
    tell(session, [("a", 5), ("b", 0), ("a", 1), ("a", 5)])
    numbers = [
        [known.fact.number for known in reading.history(session, STANDARD, factories.key("a"), as_of=as_of)]
        for as_of in (0, 2, 4)
    ]
    assert numbers == [[], ["text-1"], ["text-1", "text-3", "text-4"]]


def test_a_point_without_a_position_stands_at_everything_known(session: Session) -> None:
    tell(session, [("a", 0), ("b", 0)])
    assert reading.point(session, DAY_ONE) == Point(DAY_ONE, 2)
    assert reading.point(session, DAY_ONE, 1) == Point(DAY_ONE, 1)


def test_the_next_recorded_change_is_the_first_later_day(session: Session) -> None:
    tell(session, [("a", 7), ("a", 4), ("b", 2), ("a", 5)])
    keys = [factories.key("a"), factories.key("b")]
    assert reading.next_effective(session, keys, Point(day(2), 4)) == {keys[0]: day(4)}
    assert reading.next_effective(session, keys, Point(day(1), 1)) == {keys[0]: day(7)}
    assert reading.next_effective(session, keys, Point(day(7), 4)) == {}


@pytest.mark.parametrize(
    ("text", "position"),
    [
        (None, 3), ("", 3), ("0", 0), ("2", 2), ("3", 3),
        ("2026-06-01T12:00:00+08:00", 2), ("2026-06-01T04:00:00Z", 2), ("2026-06-01T12:00:00", 2),
        ("2026-06-01T11:59:59", 0), ("2026-05-31", 0), ("2026-06-01", 3),
        ("2026-06-01T11:59:59.999999+08:00", 0), ("2026-06-02", 3),
        # Years below 1000 once sorted after 2026 and answered with everything.
        ("0999-12-31T00:00:00Z", 0), ("9999-12-31T00:00:00Z", 3),
    ],
)  # fmt: skip
def test_as_of_is_a_position_or_an_instant(session: Session, text: str | None, position: int) -> None:
    assert datetime(2026, 6, 1, 4, tzinfo=UTC) == factories.NOW
    tell(session, [("a", 0), ("b", 0)])
    factories.record(
        session,
        [Draft(STANDARD, factories.key("c"), DAY_ONE, standard("c", "later"))],
        now=factories.NOW + timedelta(hours=1),
    )
    assert reading.resolve_as_of(session, text) == position


@pytest.mark.parametrize(
    "text",
    [
        "yesterday", "-1", "1.5", "２", "9" * 19, "2026-13-01", "\x00", " ",
        "0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00",
    ],
)  # fmt: skip
def test_an_unreadable_as_of_is_refused(session: Session, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        reading.resolve_as_of(session, text)
    assert refused.value.key == "as-of-unreadable"


@pytest.mark.parametrize("text", ["1", "20260601", "9" * 18])
def test_a_position_still_to_come_is_refused_and_not_taken_for_everything(
    session: Session, text: str
) -> None:
    with pytest.raises(Invalid) as refused:
        reading.resolve_as_of(session, text)
    assert (refused.value.key, refused.value.facts["last"]) == ("as-of-ahead", 0)
