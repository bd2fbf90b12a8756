"""Webhooks for tests: an organisation that subscribes, notices by the number, rounds to a local receiver."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from registry.access.actors import Actor, ActorRole
from registry.accounts.models import AccountRow
from registry.kit import clock
from registry.kit.db import write_session
from registry.kit.ids import derived
from registry.notices import store, webhooks
from registry.notices.gate import Gate
from registry.notices.kinds import NoticeKind, Told
from registry.notices.models import WebhookRow
from registry.notices.outbox import Schedule
from registry.notices.sending import Sender
from registry.telling.worker import Round
from tests.registry.accounts import ELSEWHERE, NOW, ORGANISATION

MANAGER = Actor(ActorRole.MANUFACTURER, account_id=UUID(int=7), organisation_id=ORGANISATION, manages=True)
MEMBER = Actor(ActorRole.MANUFACTURER, account_id=UUID(int=8), organisation_id=ORGANISATION)
STRANGER = Actor(ActorRole.MANUFACTURER, account_id=UUID(int=9), organisation_id=ELSEWHERE, manages=True)
LOCAL = Gate(loopback=True)
PATIENCE = 5.0  # an answer that a busy machine is late with is no fault
IMPATIENCE = 0.4  # where silence is among the faults, and a try too many does no harm
# Two hundred tries under one fault in five: nothing is ever laid aside by chance.
QUICK = Schedule(first=timedelta(milliseconds=1), longest=timedelta(milliseconds=4), tries=200)


def told(n: int, *, records: int = 10, organisation_id: UUID = ORGANISATION) -> Told:
    """The n-th event, of one of so many certificates."""
    record = derived("certificate", str(n % records))
    facts = {"number": f"演示-{n % records:05d}", "day": "2026-06-01"}
    kind = NoticeKind.CERTIFICATE_SUSPENDED
    return Told(organisation_id, kind, record, "YS-C00000-00000-0", NOW, facts, f"version {n}")


def tell(engine: Engine, count: int, *, records: int = 10, now: datetime = NOW) -> None:
    for first in range(0, count, 500):
        with write_session(engine) as session:
            batch = [told(n, records=records) for n in range(first, min(first + 500, count))]
            store.tell(session, batch, now=now)


def subscribed(session: Session, address: str, kinds: frozenset[NoticeKind] | None = None) -> WebhookRow:
    if session.get(AccountRow, MANAGER.account_id) is None:
        name = "示例人员（虚构）"
        session.add(AccountRow(id=UUID(int=7), login="m@example.com", name=name, created_at=NOW))
        session.flush()
    wanted = webhooks.Wanted(address, frozenset(NoticeKind) if kinds is None else kinds)
    row, _ = webhooks.subscribe(session, wanted, actor=MANAGER, now=NOW, gate=LOCAL)
    return row


def rounds(
    engine: Engine,
    *,
    schedule: Schedule = QUICK,
    now: Callable[[], datetime] = clock.now,
    seconds: float = PATIENCE,
) -> Round:
    return Round(engine, Sender(LOCAL, now, seconds=seconds), now, schedule)


def sent(one: Round, *, most: int = 5000) -> Iterator[int]:
    """Batches until nothing waits; short pauses only where everything that waits is not due yet."""
    idle = 0
    for _ in range(most):
        count = one.send()
        idle = 0 if count else idle + 1
        if idle > 20:
            return
        if not count:
            time.sleep(0.005)
        yield count
