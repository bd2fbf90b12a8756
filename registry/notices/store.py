"""Writing notices once, each with its next number and, in the same transaction, with its deliveries."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from registry.kit.ids import derived
from registry.notices.kinds import Told
from registry.notices.models import DeliveryRow, NoticeCursorRow, NoticeRow, WebhookRow

WAITING, DELIVERED, DEAD = "waiting", "delivered", "dead"
FEED, NOTICES, DAY = "feed", "notices", "day"


def lock(session: Session) -> NoticeCursorRow:
    """The counter of notices, held until commit: whoever writes notices or deliveries does so alone."""
    return session.scalars(
        select(NoticeCursorRow)
        .where(col(NoticeCursorRow.name) == NOTICES)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def position(session: Session, name: str) -> int:
    return session.scalars(
        select(col(NoticeCursorRow.position)).where(col(NoticeCursorRow.name) == name)
    ).one()


def move(session: Session, name: str, to: int) -> None:
    """Set a follower's cursor, in the transaction that holds what it has read."""
    row = session.get_one(NoticeCursorRow, name, populate_existing=True)
    row.position = to


def tell(session: Session, told: Iterable[Told], *, now: datetime) -> int:
    """Add the notices that are not there yet, in the transaction of what they tell; returns how many."""
    counter = lock(session)
    wanted = {one.id: one for one in told}
    known = set(session.scalars(select(col(NoticeRow.id)).where(col(NoticeRow.id).in_(wanted))))
    rows = []
    for key, one in wanted.items():
        if key not in known:
            counter.position += 1
            rows.append(_row(key, one, counter.position))
    session.add_all(rows)
    session.flush()
    session.add_all(_deliveries(session, rows, now))
    session.flush()
    return len(rows)


def delivery(webhook: WebhookRow, notice: NoticeRow, now: datetime) -> DeliveryRow:
    return DeliveryRow(
        id=derived("delivery", str(webhook.id), str(notice.id)),
        webhook_id=webhook.id,
        notice_id=notice.id,
        record=notice.record,
        position=notice.position,
        state=WAITING,
        next_at=now,
    )


def _row(key: UUID, one: Told, number: int) -> NoticeRow:
    return NoticeRow(
        id=key,
        position=number,
        organisation_id=one.organisation_id,
        kind=one.kind,
        record=one.record,
        code=one.code,
        at=one.at,
        facts=json.dumps(dict(one.facts), ensure_ascii=False, sort_keys=True),
    )


def _deliveries(session: Session, notices: list[NoticeRow], now: datetime) -> Iterator[DeliveryRow]:
    subscribed: dict[UUID, list[WebhookRow]] = defaultdict(list)
    for webhook in session.scalars(
        select(WebhookRow).where(
            col(WebhookRow.organisation_id).in_({one.organisation_id for one in notices}),
            col(WebhookRow.stopped_at).is_(None),
        )
    ):
        subscribed[webhook.organisation_id].append(webhook)
    for notice in notices:
        for webhook in subscribed[notice.organisation_id]:
            if notice.kind in webhook.kinds.split():
                yield delivery(webhook, notice, now)
