"""Invented supervision: lots that the register's own code draws again, complaints once, nothing real."""

import re
from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import col

from registry.changes import feed
from registry.changes.reading import Point
from registry.kit.db import read_session, write_session
from registry.supervision import draw, reading, rounds
from registry.supervision.facts import Outcome, RecognitionState, Result, RoundState
from registry.supervision.models import ComplaintRow
from registry.supervision.rounds import Scope
from seeds.demo import supervision
from tests.seeded import NOW, TODAY, Seeded
from tests.seeds.demo_fixtures import register
from tests.seeds.test_demo_never import PERSONAL, REAL_NAMES, REAL_PATTERNS


def test_the_lists_are_what_the_register_held_and_the_lots_what_the_seed_draws(seeded: Seeded) -> None:
    with read_session(seeded.engine) as session:
        at = Point(TODAY, feed.head(session).seq)
        following, first = (known.fact for known in reading.rounds(session, at))
        for one in (first, following):
            scope = Scope(one.scope_on, one.kind, one.region)
            assert one.candidates == rounds.candidates(session, scope, as_of=at.as_of)
            assert "虚构" in one.name_zh
        outcomes = reading.outcomes_of_round(session, first.id, at)
    assert (first.state, following.state) == (RoundState.CLOSED, RoundState.ANNOUNCED)
    assert first.drawn == draw.drawn(supervision.SEED, first.candidates, supervision.DRAWN)
    assert [outcomes[lot].fact.result for lot in first.drawn] == list(supervision.RESULTS)
    assert {known.fact.result for known in outcomes.values()} == set(Result)


def test_findings_and_recognition_show_every_kind_of_end(seeded: Seeded) -> None:
    with read_session(seeded.engine) as session:
        at = Point(TODAY, feed.head(session).seq)
        found = {known.fact.outcome for known in reading.findings(session, at)}
        states = {known.fact.state for known in reading.recognitions(session, at)}
    assert found == {Outcome.UPHELD, Outcome.NOT_UPHELD}
    assert states == {RecognitionState.NOTICE, RecognitionState.REMOVED}


def test_complaints_are_written_once_and_name_nobody(seeded: Seeded) -> None:
    with read_session(seeded.engine) as session:
        kept = session.execute(select(col(ComplaintRow.state), col(ComplaintRow.words))).all()
    assert sorted(state for state, _ in kept) == ["admitted", "received", "replied"]
    assert all("虚构" in words for _, words in kept)


def test_a_second_load_writes_no_complaint_again(seeded: Seeded) -> None:
    with write_session(seeded.engine) as session:
        assert supervision.write(session, now=NOW + timedelta(days=1)) == 0
        assert session.scalar(select(func.count()).select_from(ComplaintRow)) == 3


def test_nothing_of_it_is_real_and_every_build_is_the_same() -> None:
    first, second = (list(supervision.drafts(register())) for _ in range(2))
    assert first == second
    text = "".join(draft.fact.model_dump_json() for draft in first)
    assert not [name for name in REAL_NAMES if name in text]
    assert not [one for one in (*REAL_PATTERNS, *PERSONAL) if re.search(one, text)]
