"""The days of a certificate, from its record to the receiver's door: each reminder once, or late."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import Engine

from registry.access.actors import OPERATOR
from registry.certificates import service
from registry.certificates.facts import ActKind
from registry.certificates.service import BodyAct
from registry.kit.db import read_session, write_session
from registry.notices import reading
from registry.notices.sending import Sender
from registry.telling.worker import Round
from tests.factories import certificate, record
from tests.registry.accounts import ORGANISATION
from tests.registry.receiver import Receiver, listening
from tests.registry.webhooks import LOCAL, subscribed

LAST, VISIT = date(2027, 6, 30), date(2026, 12, 1)
FACT = certificate(holder_id=ORGANISATION, valid_to=LAST, next_surveillance_on=VISIT)
WHOLE = ["surveillance-overdue", "renewal-due 180", "renewal-due 90", "renewal-due 30"]


class Days:
    """A clock that stands at noon of the day it was set to."""

    def __init__(self) -> None:
        self.day = VISIT

    def __call__(self) -> datetime:
        return datetime.combine(self.day, time(4), UTC)  # noon in Shanghai


def run(engine: Engine, receiver: Receiver, days: list[date], *, fresh: bool) -> list[str]:
    """What has arrived when a worker has lived through these days, or a `fresh` one through each."""
    clock = Days()
    worker = Round(engine, Sender(LOCAL, clock), clock)
    for day in days:
        clock.day = day
        worker = Round(engine, Sender(LOCAL, clock), clock) if fresh else worker
        while worker.follow():
            pass
        while worker.send():
            pass
    return [_name(body) for body in receiver.bodies()]


def _name(body: dict[str, dict[str, str]]) -> str:
    kind = str(body["type"]).removeprefix("certificate.")
    return f"{kind} {body['data'].get('left', '')}".strip()


def issued(engine: Engine, receiver: Receiver) -> None:
    with write_session(engine) as session:
        subscribed(session, receiver.address)
        record(session, [service.record(FACT, actor=OPERATOR)])


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize("fresh", [False, True])
def test_each_reminder_arrives_once_on_its_day(engine: Engine, *, fresh: bool) -> None:
    days = [*every_day(VISIT, VISIT + timedelta(days=2)), *_around(180), *_around(90), *_around(30)]
    with listening() as receiver:
        issued(engine, receiver)
        assert run(engine, receiver, days, fresh=fresh) == WHOLE
        assert run(engine, receiver, days[-1:], fresh=True) == WHOLE, "nothing twice after a new start"
    with read_session(engine) as session:
        found = reading.after(session, ORGANISATION, 0)
    assert [one.facts["day"] for one in found] == [VISIT.isoformat(), *[LAST.isoformat()] * 3]
    assert [one.at.date() for one in found] == [
        VISIT + timedelta(days=1), *(LAST - timedelta(days=left) for left in (180, 90, 30))
    ]  # fmt: skip


def _around(left: int) -> list[date]:
    return [LAST - timedelta(days=left + n) for n in (1, 0, -1)]


def test_a_reminder_that_nobody_was_there_for_arrives_late_and_alone(engine: Engine) -> None:
    with listening() as receiver:
        issued(engine, receiver)
        days = [VISIT, LAST - timedelta(days=60), LAST + timedelta(days=1)]
        assert run(engine, receiver, days, fresh=True) == ["surveillance-overdue", "renewal-due 90"]


def test_a_visit_that_was_made_and_a_certificate_that_ended_are_not_reminded_of(engine: Engine) -> None:
    with listening() as receiver:
        issued(engine, receiver)
        with write_session(engine) as session:
            made = {"last_surveillance_on": VISIT, "next_surveillance_on": VISIT + timedelta(days=365)}
            drafts = service.correct(session, FACT.id, from_day=VISIT, changes=made, actor=OPERATOR)
            record(session, drafts)
        assert run(engine, receiver, [VISIT + timedelta(days=1)], fresh=True) == []
        with write_session(engine) as session:
            ended = BodyAct(ActKind.CANCEL, VISIT + timedelta(days=3), "演示原因")
            record(session, service.act(session, FACT.id, ended, actor=OPERATOR))
        days = [VISIT + timedelta(days=3), LAST - timedelta(days=90), LAST - timedelta(days=1)]
        assert run(engine, receiver, days, fresh=True) == ["cancelled"]
