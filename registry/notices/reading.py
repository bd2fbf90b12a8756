"""Reading notices: an organisation's, newest first; read up to a position, by each account for itself."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from registry.access.actors import Actor
from registry.access.permissions import Act, Target, refused, require
from registry.kit.db import add_once
from registry.kit.messages import say
from registry.notices.kinds import NoticeKind
from registry.notices.models import NoticeReadRow, NoticeRow

PAGE = 50
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice as it was told."""

    id: UUID
    position: int
    kind: NoticeKind
    record: UUID
    code: str
    at: datetime
    facts: Mapping[str, str]

    @classmethod
    def of(cls, row: NoticeRow) -> Self:
        return cls(
            row.id, row.position, NoticeKind(row.kind), row.record, row.code, row.at, json.loads(row.facts)
        )

    def sentence(self, lang: str) -> str:
        return say(f"notice.{self.kind}", lang, self.facts)


def own_organisation(actor: Actor) -> UUID:
    """The organisation whose notices the actor reads."""
    require(actor, Act.READ_NOTICES, Target(organisation_id=actor.organisation_id))
    if actor.organisation_id is None:
        raise refused(actor, Act.READ_NOTICES)
    return actor.organisation_id


def latest(
    session: Session, organisation_id: UUID, *, before: int | None = None, limit: int = PAGE
) -> Sequence[Notice]:
    """The newest first, older ones by the position of the last."""
    asked = select(NoticeRow).where(col(NoticeRow.organisation_id) == organisation_id)
    if before is not None:
        asked = asked.where(col(NoticeRow.position) < before)
    found = session.scalars(asked.order_by(col(NoticeRow.position).desc()).limit(limit))
    return [Notice.of(row) for row in found]


def after(session: Session, organisation_id: UUID, position: int, *, limit: int = PAGE) -> Sequence[Notice]:
    """In order after a position, for programs that follow."""
    found = session.scalars(
        select(NoticeRow)
        .where(col(NoticeRow.organisation_id) == organisation_id, col(NoticeRow.position) > position)
        .order_by(col(NoticeRow.position))
        .limit(limit)
    )
    return [Notice.of(row) for row in found]


def read_up_to(session: Session, account_id: UUID, organisation_id: UUID) -> int:
    """The position up to which an account has read."""
    row = session.get(NoticeReadRow, (account_id, organisation_id))
    return row.position if row else 0


def unread(session: Session, account_id: UUID, organisation_id: UUID) -> int:
    """How many are newer than that; counting stops at a hundred."""
    newer = (
        select(col(NoticeRow.id))
        .where(
            col(NoticeRow.organisation_id) == organisation_id,
            col(NoticeRow.position) > read_up_to(session, account_id, organisation_id),
        )
        .limit(MOST_COUNTED)
        .subquery()
    )
    return session.scalar(select(func.count()).select_from(newer)) or 0


def mark_read(session: Session, account_id: UUID, position: int, *, actor: Actor) -> None:
    """Everything up to a position is read; never less than before, never what nobody has been told."""
    organisation_id = own_organisation(actor)
    newest = session.scalar(
        select(func.max(col(NoticeRow.position))).where(col(NoticeRow.organisation_id) == organisation_id)
    )
    reached = min(position, newest or 0)
    add_once(session, NoticeReadRow(account_id=account_id, organisation_id=organisation_id, position=0))
    session.execute(
        update(NoticeReadRow)
        .where(
            col(NoticeReadRow.account_id) == account_id,
            col(NoticeReadRow.organisation_id) == organisation_id,
            col(NoticeReadRow.position) < reached,
        )
        .values(position=reached)
    )
