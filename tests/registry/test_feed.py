"""Writing the feed: numbers, versions, projections, instants, and what a reader refuses."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlmodel import Session

from registry.changes import feed
from registry.changes.feed import Draft, FeedMissing
from registry.changes.models import PublicCode
from registry.changes.reading import find_code
from registry.changes.record import Change
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict
from registry.parties.models import PlantRow
from registry.parties.service import PLANT
from registry.products.models import ProductRow
from tests import factories, racing


def plant_draft(n: int = 1, **fields: Any) -> Draft:
    fact = factories.plant(n, **fields)
    return Draft(PLANT, fact.id, factories.START, fact)


def test_numbers_follow_each_other_and_versions_count_per_fact(session: Session) -> None:
    first = factories.record(session, [plant_draft(1), plant_draft(2), plant_draft(1)])
    second = factories.record(session, [plant_draft(2)])
    headers = [change.header for change in (*first, *second)]
    assert [h.seq for h in headers] == [1, 2, 3, 4]
    assert [h.version for h in headers] == [1, 1, 2, 2]
    assert feed.after(session, 0) == [*first, *second]
    assert feed.verify(feed.every(session)) == 4


def test_recording_nothing_takes_no_number(session: Session) -> None:
    assert factories.record(session, []) == []
    assert feed.head(session).seq == 0


def test_versions_are_counted_for_many_facts_at_once(session: Session) -> None:
    drafts = [plant_draft(n) for n in range(feed.BATCH + 1)]
    factories.record(session, drafts)
    again = factories.record(session, drafts)
    assert {change.header.version for change in again} == {2}


def test_a_record_writes_its_own_tables_in_the_same_transaction(session: Session) -> None:
    factories.record(session, factories.world())
    products = session.scalars(select(ProductRow)).all()
    assert [(row.id, row.kind) for row in products] == [(factories.key("product"), factories.CEMENT)]
    found = find_code(session, factories.product().code)
    assert found is not None
    assert (found.kind, found.key) == ("product", factories.key("product"))


def test_a_printed_number_is_registered_once_and_not_again_for_later_versions(session: Session) -> None:
    factories.record(session, [plant_draft(1), plant_draft(1)])
    assert len(session.scalars(select(PublicCode)).all()) == 1
    assert len(session.scalars(select(PlantRow)).all()) == 2


def test_a_printed_number_in_use_is_refused_and_leaves_no_trace(engine: Engine) -> None:
    with write_session(engine) as session:
        factories.record(session, [plant_draft(1)])
    with pytest.raises(Conflict, match="already-recorded"), write_session(engine) as session:
        factories.record(session, [plant_draft(2, code=factories.plant(1).code)])
    with read_session(engine) as session:
        assert feed.verify(feed.every(session)) == feed.head(session).seq == 1


def test_instants_never_run_backwards(session: Session) -> None:
    later = factories.NOW + timedelta(hours=1)
    factories.record(session, [plant_draft()], now=later)
    (change,) = factories.record(session, [plant_draft()], now=factories.NOW)
    assert change.header.recorded_at == later
    assert feed.head(session).recorded_at == later


def test_a_feed_must_be_started_before_anything_is_recorded(new_engine: Callable[[], Engine]) -> None:
    with write_session(new_engine()) as session:
        with pytest.raises(FeedMissing):
            feed.head(session)
        with pytest.raises(FeedMissing):
            factories.record(session, [plant_draft()])


def test_a_feed_keeps_its_name(session: Session) -> None:
    feed.start(session, "production")
    assert feed.head(session).feed == "demonstration"


def test_following_in_small_steps_gives_the_same_records(session: Session) -> None:
    recorded = factories.record(session, [plant_draft(n) for n in range(10)])
    followed: list[Change] = []
    while batch := feed.after(session, followed[-1].header.seq if followed else 0, limit=3):
        followed += batch
    assert followed == recorded


@pytest.mark.parametrize(
    "column", ["payload", "payload_sha256", "hash", "effective_on", "recorded_at", "version"]
)
def test_a_record_altered_in_the_database_is_found(column: str, session: Session) -> None:
    factories.record(session, [plant_draft(1), plant_draft(2), plant_draft(3)])
    altered = {
        "payload": "replace(payload, '示例', '真实')",
        "payload_sha256": f"'{'0' * 64}'",
        "hash": f"'{'0' * 64}'",
        "effective_on": "'2025-12-31'",
        "recorded_at": "'2026-05-01T00:00:00.000000Z'",
        "version": "9",
    }[column]
    session.execute(text(f"UPDATE changes SET {column} = {altered} WHERE seq = 2"))
    with pytest.raises(Conflict) as refused:
        feed.verify(feed.every(session))
    assert (refused.value.key, refused.value.facts) == ("feed-record-altered", {"seq": 2})


def test_a_record_taken_out_is_found(session: Session) -> None:
    changes = factories.record(session, [plant_draft(n) for n in range(3)])
    with pytest.raises(Conflict) as refused:
        feed.verify([changes[0], changes[2]])
    assert (refused.value.key, refused.value.facts) == ("feed-hole", {"expected": 2, "found": 3})


def test_replay_refuses_what_was_altered_and_what_leaves_a_hole(
    session: Session, new_engine: Callable[[], Engine]
) -> None:
    first, second = factories.record(session, [plant_draft(1), plant_draft(2)])
    copies = {
        "feed-record-altered": [replace(first, payload=first.payload.replace("示例", "真实"))],
        "feed-hole": [second],
    }
    for key, copy in copies.items():
        with Session(new_engine()) as target:
            feed.start(target, "demonstration")
            with pytest.raises(Conflict) as refused:
                feed.replay(target, copy)
            assert refused.value.key == key


def test_position_at_an_instant_is_the_last_record_known_then(session: Session) -> None:
    for minutes in (0, 0, 5, 3, 9):  # the clock stepping back to 3 does not reorder knowledge
        factories.record(session, [plant_draft()], now=factories.NOW + timedelta(minutes=minutes))
    expected = {-1: 0, 0: 2, 4: 2, 5: 4, 8: 4, 9: 5, 10_000: 5}
    for minutes, position in expected.items():
        assert feed.position_at(session, factories.NOW + timedelta(minutes=minutes)) == position, minutes


def test_two_processes_may_start_one_empty_database(new_engine: Callable[[], Engine]) -> None:
    made = new_engine()
    racing.twice(made, lambda session: feed.start(session, "demonstration"))
    with read_session(made) as session:
        assert feed.head(session).seq == 0
