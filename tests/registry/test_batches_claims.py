"""Claims to names: every sequence as a slow oracle says, and of two at the same moment one alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Barrier, Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from registry.batches import finding
from registry.batches.facts import BatchFact
from registry.batches.identifiers import same
from registry.batches.kind import BATCH
from registry.changes import feed
from registry.changes.reading import point
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict
from tests import databases, factories
from tests.oracles.identifier_oracle import Claim, refused
from tests.registry.batches import (
    FREE_GTIN,
    GTIN,
    MAKER,
    OTHER_GTIN,
    STRANGER,
    TODAY,
    register,
    stated,
    withdrawn,
)

FOURTEEN = GTIN.zfill(14)


@pytest.fixture
def registered(engine: Engine) -> Engine:
    with write_session(engine) as session:
        register(session)
    return engine


@contextmanager
def rolled_back(engine: Engine) -> Iterator[Session]:
    """A session whose writes are gone at the end, one for each drawn example."""
    with Session(engine.execution_options(greenmat_writes=True)) as session:
        yield session
        session.rollback()


def race(engine: Engine, *asked: dict[str, Any]) -> list[BatchFact | Conflict]:
    """What each of several gets who state a batch at the same moment, each as another process would."""
    gate, answers = Barrier(len(asked)), list[BatchFact | Conflict]()

    def state(fields: dict[str, Any]) -> None:
        own = databases.second_engine(engine)
        gate.wait(10)
        try:
            with write_session(own) as session:
                answer = stated(session, **fields)
            answers.append(answer)
        except Conflict as refusal:
            answers.append(refusal)
        finally:
            own.dispose()

    racing = [Thread(target=state, args=(fields,)) for fields in asked]
    for one in racing:
        one.start()
    for one in racing:
        one.join(60)
    assert len(answers) == len(asked)
    return answers


few = st.sampled_from(["A", "a", "B", "Ｂ"])
statements = st.lists(
    st.fixed_dictionaries(
        {
            "product": st.sampled_from([1, 2]),
            "second_plant": st.booleans(),
            "number": few,
            "gtin": st.none() | st.sampled_from([GTIN, OTHER_GTIN, FREE_GTIN]),
            "handles": st.sets(st.sampled_from(["88.1/A", "88.1/a", "88.1/B"]), max_size=1),
            "serials": st.sets(few, max_size=2),
            "withdraw": st.booleans(),
        }
    ),
    max_size=7,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@drawn(statements)
def test_a_claim_is_taken_or_refused_as_the_oracle_says(
    registered: Engine, wanted: list[dict[str, Any]]
) -> None:
    with rolled_back(registered) as session:
        standing, registered_items = list[Claim](), {"1": FOURTEEN}
        for place, one in enumerate(wanted):
            plants = {(1, False): 1, (1, True): 2, (2, False): 3, (2, True): 3}
            plant = plants[one["product"], one["second_plant"]]
            claim = Claim(
                str(one["product"]), str(plant), same(one["number"]), one["gtin"] and one["gtin"].zfill(14),
                tuple(map(same, one["handles"])), tuple(map(same, one["serials"])),
            )  # fmt: skip
            asked: dict[str, Any] = {
                "by": MAKER if one["product"] == 1 else STRANGER, "product_n": one["product"],
                "plant": factories.plant(plant).code, "number": one["number"], "gtin": one["gtin"],
                "industrial_ids": tuple(one["handles"]), "serials": tuple(one["serials"]),
            }  # fmt: skip
            if refused(claim, standing, registered_items):
                with pytest.raises(Conflict):
                    stated(session, f"key-{place:08d}", **asked)
                continue
            fact = stated(session, f"key-{place:08d}", **asked)
            if one["withdraw"]:
                withdrawn(session, fact.code, by=asked["by"])
            else:
                standing.append(claim)


@pytest.mark.parametrize("turn", range(5))
def test_of_two_who_claim_one_identifier_at_once_one_wins_and_the_other_is_told_who(
    registered: Engine, turn: int
) -> None:
    handle = f"88.101.5/RACE-{turn}"
    asked = [{"client_key": f"racing-{n}", "number": f"R-{n}", "industrial_ids": (handle,)} for n in range(2)]
    answers = race(registered, *asked)
    [won] = [one for one in answers if isinstance(one, BatchFact)]
    [told] = [one for one in answers if isinstance(one, Conflict)]
    assert (told.key, told.facts["first"]) == ("batch-identifier-taken", won.code)
    with read_session(registered) as session:
        there = finding.find(session, handle, point(session, TODAY))
    assert [one.code for one in there] == [won.code]


def test_the_same_key_sent_twice_at_once_records_one(registered: Engine) -> None:
    sent = {"client_key": "one-key-for-both"}
    answers = race(registered, sent, sent)
    assert answers[0] == answers[1]
    with read_session(registered) as session:
        assert [one.header.kind for one in feed.every(session)].count(BATCH.name) == 1
