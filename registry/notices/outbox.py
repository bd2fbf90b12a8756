"""The outbox: taken in order per record; what failed waits longer each time and is laid aside in the end."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, delete, exists, func, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from registry.notices.models import DeliveryRow, NoticeRow, WebhookRow
from registry.notices.sending import Outcome, Parcel, body_of
from registry.notices.store import DEAD, DELIVERED, WAITING, delivery, lock

BATCH = 200
MOST_OF_ONE = 32  # of a batch: whose receiver never answers holds up nobody else's notices
MOST_DOUBLED = 20
LEASE = timedelta(minutes=5)  # far longer than a batch can take, so nobody sends the same twice at once
KEPT = timedelta(days=90)
_chance = secrets.SystemRandom().random


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long to wait after which try; about two days in all before a delivery is laid aside."""

    first: timedelta = timedelta(seconds=5)
    longest: timedelta = timedelta(hours=6)
    tries: int = 20

    def wait(self, tries: int, chance: Callable[[], float] = _chance) -> timedelta:
        """Twice as long each time up to the longest, less up to half of it by chance."""
        doubled = self.first * (1 << min(tries - 1, MOST_DOUBLED))
        return min(doubled, self.longest) * (1 - chance() / 2)


def is_due(session: Session, *, now: datetime) -> bool:
    """Whether any delivery waits for a try; asked without the writers' turn."""
    found = session.scalar(
        select(col(DeliveryRow.id))
        .join(WebhookRow, col(WebhookRow.id) == col(DeliveryRow.webhook_id))
        .where(
            col(DeliveryRow.state) == WAITING,
            col(DeliveryRow.next_at) <= now,
            col(WebhookRow.stopped_at).is_(None),
        )
        .limit(1)
    )
    return found is not None


def claim(session: Session, *, now: datetime, limit: int = BATCH) -> list[Parcel]:
    """The first waiting delivery of every record that is due, leased to the caller."""
    earlier = aliased(DeliveryRow)
    before = exists().where(
        col(earlier.webhook_id) == col(DeliveryRow.webhook_id),
        col(earlier.record) == col(DeliveryRow.record),
        col(earlier.state) == WAITING,
        col(earlier.position) < col(DeliveryRow.position),
    )
    due = (
        col(DeliveryRow.state) == WAITING,
        col(DeliveryRow.next_at) <= now,
        col(WebhookRow.stopped_at).is_(None),
        ~before,
    )
    place = func.row_number().over(
        partition_by=col(DeliveryRow.webhook_id),
        order_by=(col(DeliveryRow.next_at), col(DeliveryRow.position)),
    )
    lines = (
        select(col(DeliveryRow.id), place.label("place"))
        .join(WebhookRow, col(WebhookRow.id) == col(DeliveryRow.webhook_id))
        .where(*due)
        .subquery()
    )
    found = session.execute(
        select(DeliveryRow, WebhookRow, NoticeRow)
        .join(WebhookRow, col(WebhookRow.id) == col(DeliveryRow.webhook_id))
        .join(NoticeRow, col(NoticeRow.id) == col(DeliveryRow.notice_id))
        .where(*due, col(DeliveryRow.id).in_(select(lines.c.id).where(lines.c.place <= MOST_OF_ONE)))
        .order_by(col(DeliveryRow.next_at), col(DeliveryRow.position))
        .limit(limit)
        .with_for_update(of=DeliveryRow, skip_locked=True)
    ).all()
    parcels = []
    for row, webhook, notice in found:
        row.next_at = now + LEASE
        parcels.append(
            Parcel(row.id, webhook.address, valid(webhook, now), body_of(notice), row.tries, row.next_at)
        )
    return parcels


def valid(webhook: WebhookRow, now: datetime) -> tuple[str, ...]:
    """The secrets to sign with: the new one, and the one before it while it lasts."""
    old = webhook.old_secret if webhook.old_until is not None and now < webhook.old_until else None
    return (webhook.secret, old) if old else (webhook.secret,)


def settle(session: Session, outcomes: Sequence[Outcome], *, now: datetime, schedule: Schedule) -> None:
    """Write down what became of parcels; one that was taken back or replayed meanwhile is left alone."""
    if outcomes:
        session.flush()
        session.connection().execute(_SETTLED, [_settled(one, now, schedule) for one in outcomes])


_SETTLED = (
    update(DeliveryRow)
    .where(
        col(DeliveryRow.id) == bindparam("parcel"),
        col(DeliveryRow.state) == WAITING,
        col(DeliveryRow.next_at) == bindparam("lease"),
    )
    .values(
        {
            col(DeliveryRow.state): bindparam("became"),
            col(DeliveryRow.tries): bindparam("tried"),
            col(DeliveryRow.answer): bindparam("answered"),
            col(DeliveryRow.next_at): bindparam("next"),
            col(DeliveryRow.settled_at): bindparam("ended"),
        }
    )
)


def _settled(outcome: Outcome, now: datetime, schedule: Schedule) -> dict[str, object]:
    parcel, tries = outcome.parcel, outcome.parcel.tries + 1
    ended = outcome.arrived or tries >= schedule.tries
    return {
        "parcel": parcel.id,
        "lease": parcel.lease,
        "became": DELIVERED if outcome.arrived else DEAD if ended else WAITING,
        "tried": tries,
        "answered": outcome.answer,
        "next": now if ended else now + schedule.wait(tries),
        "ended": now if ended else None,
    }


def again(session: Session, webhook: WebhookRow, delivery_id: UUID, *, now: datetime) -> bool:
    """Send one delivery once more, whatever became of it."""
    return _waiting(session, webhook, col(DeliveryRow.id) == delivery_id, now) == 1


def replay(session: Session, webhook: WebhookRow, after: int, *, now: datetime) -> int:
    """Everything after a position once more and in order, also what was told before the webhook was there."""
    lock(session)
    count = _waiting(session, webhook, col(DeliveryRow.position) > after, now)
    held = select(col(DeliveryRow.notice_id)).where(col(DeliveryRow.webhook_id) == webhook.id)
    missing = session.scalars(
        select(NoticeRow)
        .where(
            col(NoticeRow.organisation_id) == webhook.organisation_id,
            col(NoticeRow.position) > after,
            col(NoticeRow.kind).in_(webhook.kinds.split()),
            col(NoticeRow.id).not_in(held),
        )
        .order_by(col(NoticeRow.position))
    ).all()
    session.add_all(delivery(webhook, one, now) for one in missing)
    return count + len(missing)


def purge(session: Session, *, now: datetime) -> None:
    """Forget what was settled long ago; a replay makes it anew from the notices."""
    session.execute(
        delete(DeliveryRow).where(col(DeliveryRow.state) != WAITING, col(DeliveryRow.settled_at) < now - KEPT)
    )


def _waiting(session: Session, webhook: WebhookRow, which: ColumnElement[bool], now: datetime) -> int:
    done = session.execute(
        update(DeliveryRow)
        .where(col(DeliveryRow.webhook_id) == webhook.id, which)
        .values(state=WAITING, tries=0, next_at=now, settled_at=None)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def of_webhook(
    session: Session, webhook_id: UUID, *, limit: int = 50
) -> Sequence[tuple[DeliveryRow, NoticeRow]]:
    """The latest deliveries, those laid aside first."""
    found = session.execute(
        select(DeliveryRow, NoticeRow)
        .join(NoticeRow, col(NoticeRow.id) == col(DeliveryRow.notice_id))
        .where(col(DeliveryRow.webhook_id) == webhook_id)
        .order_by((col(DeliveryRow.state) == DEAD).desc(), col(DeliveryRow.position).desc())
        .limit(limit)
    )
    return [(row[0], row[1]) for row in found]
