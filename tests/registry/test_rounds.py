"""Surveillance rounds: frozen before the seed can be known, drawn once, every outcome told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine

from docs.draw import sample
from registry.changes import feed
from registry.changes.feed import Draft
from registry.changes.reading import Point
from registry.changes.record import canonical, seal
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict, Invalid, NotAllowed
from registry.supervision import draw, reading, rounds
from registry.supervision.facts import Result, RoundFact, RoundState
from registry.supervision.kinds import ROUND
from registry.supervision.rounds import Found, Planned, Scope
from tests.factories import CEMENT, NOW, key, product
from tests.supervised import FIRST, INSIDER, MAKER, SECOND, TODAY, another_maker, by, registered

PLANNED = Planned(
    name_zh="示例抽查（虚构）", name_en="Example round (invented)", scope=Scope(TODAY, CEMENT), size=3,
    seed_source="演示彩票 2026-06-05 开奖号码（虚构）", seed_day=TODAY + timedelta(days=4),
)  # fmt: skip
SEED, REFERENCE = "03 09 17 22 31", "演示彩票公告（虚构）"


@pytest.fixture
def register(engine: Engine) -> Engine:
    registered(engine, more_products=9)
    return engine


def announced(engine: Engine, planned: Planned = PLANNED) -> RoundFact:
    with write_session(engine) as session:
        return rounds.announce(session, planned, by(FIRST))


def drawn(engine: Engine) -> RoundFact:
    code = announced(engine).code
    with write_session(engine) as session:
        return rounds.draw_lots(session, code, by(SECOND, days=4), seed=SEED, reference=REFERENCE)


def test_the_list_is_frozen_and_nothing_that_comes_later_enters_it(register: Engine) -> None:
    fact = announced(register)
    assert fact.candidates == tuple(sorted(product(n).code for n in range(1, 11)))
    assert fact.candidates_sha256 == draw.digest(fact.candidates)
    with write_session(register) as session:
        another_maker(session)
        after = rounds.draw_lots(session, fact.code, by(SECOND, days=4), seed=SEED, reference=REFERENCE)
    assert after.candidates == fact.candidates
    assert after.drawn == draw.drawn(SEED, fact.candidates, 3)


def test_the_scope_is_a_kind_and_a_place(register: Engine) -> None:
    with write_session(register) as session:
        code = another_maker(session)
        seq = feed.head(session).seq
        assert rounds.candidates(session, Scope(TODAY, None, "330000"), as_of=seq) == (code,)
        assert rounds.candidates(session, Scope(TODAY, CEMENT, "330100"), as_of=seq) == (code,)
        assert rounds.candidates(session, Scope(TODAY, None, "330200"), as_of=seq) == ()
        assert len(rounds.candidates(session, Scope(TODAY), as_of=seq)) == 11
        assert rounds.candidates(session, Scope(TODAY, "glass"), as_of=seq) == ()
        assert rounds.candidates(session, Scope(date(2025, 1, 1)), as_of=seq) == ()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"seed_day": TODAY}, "round-seed-known"),
        ({"size": 11}, "round-size"),
        ({"size": 0}, "round-size"),
        ({"scope": Scope(TODAY + timedelta(days=1))}, "round-scope-ahead"),
        ({"scope": Scope(TODAY, "glass")}, "round-size"),
        ({"seed_source": "  "}, "round-unfit"),
        ({"name_zh": "x" * 201}, "round-unfit"),
    ],
)
def test_a_round_that_could_be_steered_or_not_carried_out_is_refused(
    register: Engine, changes: dict[str, object], refusal: str
) -> None:
    with pytest.raises(Invalid, match=refusal):
        announced(register, replace(PLANNED, **changes))  # type: ignore[arg-type]


def test_the_seed_comes_on_its_day_once_and_for_all(register: Engine) -> None:
    code = announced(register).code
    with write_session(register) as session:
        with pytest.raises(Conflict, match="round-seed-too-early"):
            rounds.draw_lots(session, code, by(FIRST, days=3), seed=SEED, reference=REFERENCE)
        rounds.draw_lots(session, code, by(FIRST, days=4), seed=f" {SEED}\n", reference=REFERENCE)
        with pytest.raises(Conflict, match="round-step-refused"):
            rounds.draw_lots(session, code, by(FIRST, days=5), seed="99", reference=REFERENCE)


def test_no_feed_holds_a_sample_that_the_seed_does_not_draw(register: Engine) -> None:
    """The right one is drawn once more by the published script, which has none of this code."""
    fact = drawn(register)
    right = tuple(sample(draw.listed(fact.candidates).encode(), SEED, fact.size))
    assert fact.drawn == right
    others = tuple(one for one in fact.candidates if one not in right)
    for wrong in (
        {"drawn": right[::-1]},
        {"drawn": (*right[:2], others[0])},
        {"seed": "99"},
        {"candidates": fact.candidates[1:]},
        {"candidates": fact.candidates[::-1]},
        {"candidates_sha256": "0" * 64},
    ):
        draft = Draft(ROUND, fact.id, TODAY + timedelta(days=5), fact.model_copy(update=wrong))
        with pytest.raises(Conflict, match="round-draw-wrong"), write_session(register) as session:
            feed.append(session, [draft], actor="test", now=NOW)
    with read_session(register) as session:
        at = Point(TODAY + timedelta(days=5), feed.head(session).seq)
        assert [one.fact for one in reading.rounds(session, at)] == [fact]


def test_a_wrong_draw_is_not_copied_from_another_feed(
    register: Engine, new_engine: Callable[[], Engine]
) -> None:
    fact = drawn(register)
    copy = new_engine()
    with read_session(register) as session:
        name, changes = feed.head(session).feed, list(feed.every(session))
    last = changes[-1]
    wrong = fact.model_copy(update={"drawn": fact.drawn[::-1]})
    forged = [*changes[:-1], seal(last.header, canonical(wrong))]
    with write_session(copy) as session:
        feed.start(session, name)
    with pytest.raises(Conflict, match="round-draw-wrong"), write_session(copy) as session:
        feed.replay(session, forged)
    with write_session(copy) as session:
        assert feed.replay(session, changes) == len(changes)


def test_reading_a_recorded_round_draws_nothing(register: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    fact = drawn(register)
    asked: list[object] = []
    for name in ("drawn", "digest"):
        monkeypatch.setattr(draw, name, lambda *given: asked.append(given))
    with read_session(register) as session:
        at = Point(TODAY + timedelta(days=5), feed.head(session).seq)
        assert [one.fact for one in reading.rounds(session, at)] == [fact]
    assert asked == []


def test_no_fact_contradicts_itself(register: Engine) -> None:
    fact = drawn(register)
    told = fact.model_dump()
    for wrong in (
        {"drawn": fact.drawn[:2]},
        {"drawn": ()},
        {"seed": None, "seed_reference": None},
        {"candidates": fact.candidates[:2]},
        {"seed_reference": None},
        {"state": RoundState.ANNOUNCED},
        {"reason": "无"},
    ):
        with pytest.raises(ValidationError):
            RoundFact(**{**told, **wrong})


def test_outcomes_are_told_corrected_and_complete_before_the_round_closes(register: Engine) -> None:
    fact = drawn(register)
    day = TODAY + timedelta(days=6)
    tested = Found(fact.drawn[0], Result.FAIL, day, "演示抽检-1", "示例检测机构（虚构）")
    with write_session(register) as session:
        rounds.find(session, fact.code, tested, by(FIRST, days=6))
        right = replace(tested, result=Result.PASS)
        rounds.find(session, fact.code, right, by(FIRST, days=7))
        with pytest.raises(Conflict, match="round-outcomes-missing"):
            rounds.close(session, fact.code, by(FIRST, days=7))
        for drawn_code, result in zip(fact.drawn[1:], (Result.NOT_FOUND, Result.REFUSED), strict=True):
            rounds.find(session, fact.code, Found(drawn_code, result, day), by(FIRST, days=7))
        assert rounds.close(session, fact.code, by(FIRST, days=8)).state is RoundState.CLOSED
        with pytest.raises(Conflict, match="round-step-refused"):
            rounds.find(session, fact.code, tested, by(FIRST, days=8))
    with read_session(register) as session:
        at = Point(TODAY + timedelta(days=9), feed.head(session).seq)
        told = reading.outcomes_of_round(session, fact.id, at)
        assert [told[one].fact.result for one in fact.drawn] == [
            Result.PASS,
            Result.NOT_FOUND,
            Result.REFUSED,
        ]
        first = told[fact.drawn[0]].fact.product_id
        assert [one.fact.result for one in reading.of_product(session, first, (), at).outcomes] == [
            Result.PASS
        ]
        earlier = Point(TODAY + timedelta(days=6), at.as_of)
        assert reading.of_product(session, first, (), earlier).outcomes[0].fact.result is Result.FAIL


def test_an_outcome_that_was_not_drawn_or_not_tested_as_it_says_is_refused(register: Engine) -> None:
    fact = drawn(register)
    other = next(one for one in fact.candidates if one not in fact.drawn)
    day, late = TODAY + timedelta(days=5), TODAY + timedelta(days=6)
    wrong = [
        (Found(other, Result.REFUSED, day), "round-not-drawn"),
        (Found(fact.drawn[0], Result.PASS, day), "round-outcome-unfit"),
        (Found(fact.drawn[0], Result.PASS, day, "1"), "round-outcome-unfit"),
        (Found(fact.drawn[0], Result.REFUSED, day, "1", "甲"), "round-outcome-unfit"),
        (Found(fact.drawn[0], Result.REFUSED, late), "round-outcome-day"),
        (Found(fact.drawn[0], Result.REFUSED, TODAY), "round-outcome-day"),
    ]
    for told, refusal in wrong:
        with write_session(register) as session, pytest.raises(Invalid, match=refusal):
            rounds.find(session, fact.code, told, by(FIRST, days=5))


def test_who_runs_rounds_and_whose_products_an_officer_leaves_alone(register: Engine) -> None:
    with write_session(register) as session, pytest.raises(NotAllowed):
        rounds.announce(session, PLANNED, by(MAKER))
    fact = drawn(register)
    refused = Found(fact.drawn[0], Result.REFUSED, TODAY + timedelta(days=5))
    with write_session(register) as session, pytest.raises(NotAllowed):
        rounds.find(session, fact.code, refused, by(INSIDER, days=5))


def test_a_round_is_annulled_with_a_public_reason_and_stays_to_be_read(register: Engine) -> None:
    fact = drawn(register)
    with write_session(register) as session:
        with pytest.raises(Invalid, match="round-unfit"):
            rounds.annul(session, fact.code, by(FIRST, days=5), reason=" ")
        over = rounds.annul(session, fact.code, by(FIRST, days=5), reason="种子录入有误（虚构）")
        assert (over.state, over.drawn) == (RoundState.ANNULLED, fact.drawn)
        with pytest.raises(Conflict, match="round-step-refused"):
            rounds.annul(session, fact.code, by(FIRST, days=5), reason="再次")
        at = Point(TODAY + timedelta(days=5), feed.head(session).seq)
        assert [one.fact.state for one in reading.rounds(session, at)] == [RoundState.ANNULLED]
    assert key("organisation", 800) == over.organisation_id
