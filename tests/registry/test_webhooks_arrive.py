"""Every event arrives at least once, in order per record, whatever the receiver and the machine do."""

import random
import subprocess
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, func, select
from sqlmodel import Session, col

from registry.kit.db import read_session, write_session
from registry.notices import outbox, webhooks
from registry.notices.models import DeliveryRow, NoticeRow, WebhookRow
from registry.notices.outbox import LEASE, Schedule
from registry.notices.sending import Outcome
from registry.notices.store import DEAD, DELIVERED, WAITING
from registry.supervision.erasing import Keeping
from registry.telling.worker import Round, Worker
from tests.databases import environment_of, settings_of
from tests.oracles.signature_oracle import is_genuine
from tests.registry.accounts import NOW
from tests.registry.receiver import Receiver, listening
from tests.registry.webhooks import IMPATIENCE, MANAGER, rounds, sent, subscribed, tell


def make(engine: Engine, address: str) -> tuple[UUID, str]:
    with write_session(engine) as session:
        row = subscribed(session, address)
        return row.id, row.secret


def states(engine: Engine) -> dict[str, int]:
    with read_session(engine) as session:
        found = session.execute(select(col(DeliveryRow.state), func.count()).group_by(col(DeliveryRow.state)))
        return {row[0]: row[1] for row in found}


def first_arrivals(receiver: Receiver) -> dict[str, list[int]]:
    """Per record the positions in the order in which each came for the first time."""
    found: dict[str, list[int]] = defaultdict(list)
    for body in receiver.bodies():
        data: dict[str, Any] = body["data"]
        if data["position"] not in found[data["record"]]:
            found[data["record"]].append(data["position"])
    return found


@pytest.mark.parametrize("count", [1_000, pytest.param(10_000, marks=pytest.mark.full)])
def test_every_event_under_faults_arrives_in_order_per_record(engine: Engine, count: int) -> None:
    records = count // 20
    with listening(faults=0.2) as receiver:
        _, secret = make(engine, receiver.address)
        tell(engine, count, records=records)
        total = sum(sent(rounds(engine, seconds=IMPATIENCE)))
        arrivals = first_arrivals(receiver)
        assert states(engine) == {DELIVERED: count}
        assert len(receiver.accepted) == count
        assert sorted(one for places in arrivals.values() for one in places) == list(range(1, count + 1))
        assert len(arrivals) == records
        assert all(places == sorted(places) for places in arrivals.values())
        assert total >= count + receiver.faulty, "every fault was tried again"
        assert receiver.faulty > count // 10
        assert all(is_genuine(secret, *one) for one in receiver.arrived)


def test_a_killed_worker_loses_nothing_and_another_goes_on(engine: Engine) -> None:
    with listening(faults=0.1) as receiver:
        make(engine, receiver.address)
        tell(engine, 600, records=30)
        for kills in range(1, 4):
            child = subprocess.Popen(
                [sys.executable, "-m", "tests.registry.webhook_worker", str(kills)],
                env=environment_of(settings_of(engine)),
            )
            try:
                until = time.monotonic() + 30
                while len(receiver.arrived) < kills * 60 and time.monotonic() < until:
                    time.sleep(0.01)
            finally:
                child.kill()
                child.wait(10)
        seen = len(receiver.accepted)
        assert 0 < seen < 600

        def later() -> datetime:
            """By the clock of the killed workers: a site of another test may have set this process's back."""
            return datetime.now(UTC) + 4 * LEASE

        until = time.monotonic() + 30  # PostgreSQL frees a killed worker's rows when it sees it gone
        while states(engine) != {DELIVERED: 600} and time.monotonic() < until:
            sum(sent(rounds(engine, now=later, seconds=IMPATIENCE)))
        assert states(engine) == {DELIVERED: 600}
        assert len(receiver.accepted) == 600
        assert all(places == sorted(places) for places in first_arrivals(receiver).values())


def test_what_never_answers_is_laid_aside_after_so_many_tries_and_can_be_replayed(engine: Engine) -> None:
    with listening(faults=1.0) as receiver:
        webhook_id, _ = make(engine, receiver.address)
        tell(engine, 6, records=2)
        receiver.kinds = ("early", "drop", "500")
        sum(sent(rounds(engine, schedule=Schedule(timedelta(), timedelta(), tries=3))))
        assert states(engine) == {DEAD: 6}
        assert receiver.faulty == 18
        receiver.faults = 0.0
        receiver.arrived.clear()
        with write_session(engine) as session:
            assert webhooks.replay(session, webhook_id, 2, actor=MANAGER, now=NOW) == 4
        assert states(engine) == {DEAD: 2, WAITING: 4}
        sum(sent(rounds(engine)))
        # Two records: in order for each, and neither waits for the other.
        assert sorted(first_arrivals(receiver).values()) == [[3, 5], [4, 6]]
        assert len(receiver.bodies()) == 4
        with write_session(engine) as session:
            dead = webhooks.deliveries(session, webhook_id, actor=MANAGER)[0][0].id
            webhooks.again(session, webhook_id, dead, actor=MANAGER, now=NOW)
        assert sum(sent(rounds(engine))) == 1
        assert states(engine) == {DEAD: 1, DELIVERED: 5}


def test_a_new_webhook_gets_what_was_told_before_it_by_a_replay_alone(engine: Engine) -> None:
    tell(engine, 5)
    with listening() as receiver:
        webhook_id, _ = make(engine, receiver.address)
        assert sum(sent(rounds(engine))) == 0
        with write_session(engine) as session:
            assert webhooks.replay(session, webhook_id, 0, actor=MANAGER, now=NOW) == 5
        assert sum(sent(rounds(engine))) == 5
        assert len(receiver.accepted) == 5


def test_a_stopped_webhook_gets_nothing_more(engine: Engine) -> None:
    with listening() as receiver:
        webhook_id, _ = make(engine, receiver.address)
        tell(engine, 3)
        with write_session(engine) as session:
            webhooks.stop(session, webhook_id, actor=MANAGER, now=NOW)
        assert sum(sent(rounds(engine))) == 0
        assert receiver.arrived == []


def test_two_workers_never_have_the_same_delivery_in_hand(engine: Engine) -> None:
    make(engine, "http://127.0.0.1:9/")
    tell(engine, 40, records=8)
    with write_session(engine) as session:
        first = outbox.claim(session, now=NOW, limit=5)
    with write_session(engine) as session:
        second = outbox.claim(session, now=NOW)
    assert len(first) == 5
    assert len(second) == 3, "of every record only the first, and of these only what is not leased"
    assert not {one.id for one in first} & {one.id for one in second}
    with write_session(engine) as session:
        assert len(outbox.claim(session, now=NOW + LEASE)) == 8


def test_who_has_much_waiting_leaves_a_place_for_the_next_webhook(engine: Engine) -> None:
    """One receiver may be slow for every one of its deliveries: a batch takes only so many of one webhook."""
    crowd, _ = make(engine, "http://127.0.0.1:9/crowd")
    tell(engine, outbox.MOST_OF_ONE + 8, records=outbox.MOST_OF_ONE + 8)
    make(engine, "http://127.0.0.1:9/other")
    with write_session(engine) as session:
        other = session.scalars(select(WebhookRow).where(col(WebhookRow.id) != crowd)).one()
        assert outbox.replay(session, other, outbox.MOST_OF_ONE + 5, now=NOW) == 3
    with write_session(engine) as session:
        taken = [one.address for one in outbox.claim(session, now=NOW)]
    assert taken.count("http://127.0.0.1:9/crowd") == outbox.MOST_OF_ONE
    assert taken.count("http://127.0.0.1:9/other") == 3


def test_a_fault_in_following_stops_no_sending(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent_once = Event()

    def fails(_: Round) -> bool:
        raise RuntimeError("演示")

    def sends(_: Round) -> int:
        sent_once.set()
        return 0

    monkeypatch.setattr(Round, "follow", fails)
    monkeypatch.setattr(Round, "send", sends)
    worker = Worker(engine, Keeping(tmp_path, 365), every=0.01)
    worker.start()
    try:
        assert sent_once.wait(3)
    finally:
        worker.stop()


def test_a_late_answer_to_an_old_lease_settles_nothing(engine: Engine) -> None:
    make(engine, "http://127.0.0.1:9/")
    tell(engine, 1)
    with write_session(engine) as session:
        old = outbox.claim(session, now=NOW)
    with write_session(engine) as session:
        new = outbox.claim(session, now=NOW + LEASE)
        outbox.settle(session, [Outcome(old[0], "204")], now=NOW, schedule=Schedule())
    assert states(engine) == {WAITING: 1}
    with write_session(engine) as session:
        outbox.settle(session, [Outcome(new[0], "204")], now=NOW, schedule=Schedule())
    assert states(engine) == {DELIVERED: 1}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    plan=st.lists(st.sampled_from(["204", "500", "timeout", "lost"]), max_size=25), seed=st.integers(0, 99)
)
def test_every_plan_of_answers_keeps_the_order_of_each_record(
    engine: Engine, plan: list[str], seed: int
) -> None:
    """Against a plain list: whatever is answered, the deliveries settled of a record are its first ones."""
    with write_session(engine) as session:
        _empty(session)
        subscribed(session, "http://127.0.0.1:9/")
    tell(engine, 12, records=3)
    now, chance, order = NOW, random.Random(seed), defaultdict[UUID, list[int]](list)
    with read_session(engine) as session:
        lines = _lines(session)
    for answer in [*plan, *["204"] * 14]:
        with write_session(engine) as session:
            parcels = outbox.claim(session, now=now, limit=chance.randint(1, 3))
            by_id = {row.id: row for row in session.scalars(select(DeliveryRow))}
            for parcel in parcels:
                order[by_id[parcel.id].record] += [by_id[parcel.id].position]
            if answer != "lost":
                outcomes = [Outcome(parcel, answer) for parcel in parcels]
                outbox.settle(session, outcomes, now=now, schedule=Schedule(tries=100))
        now += LEASE
    for record, positions in order.items():
        assert list(dict.fromkeys(positions)) == lines[record]
        assert positions == sorted(positions)


def _lines(session: Session) -> dict[UUID, list[int]]:
    found = defaultdict[UUID, list[int]](list)
    for row in session.scalars(select(DeliveryRow).order_by(col(DeliveryRow.position))):
        found[row.record].append(row.position)
    return found


def _empty(session: Session) -> None:
    for table in (DeliveryRow, WebhookRow, NoticeRow):
        session.execute(delete(table))
