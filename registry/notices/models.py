"""Private tables of notices and webhooks: where the followers stand, what was told, what is to be sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, Text
from sqlmodel import Field, SQLModel

from registry.kit.types import UtcInstant


class NoticeCursorRow(SQLModel, table=True):
    """A position: in the `feed`, the last number of `notices`, the ordinal of the `day` reminded of."""

    __tablename__ = "notice_cursors"

    name: str = Field(primary_key=True, max_length=16)
    position: int = Field(default=0, sa_type=BigInteger)


class NoticeRow(SQLModel, table=True):
    """One notice; its id follows from what it tells, so that it is told once."""

    __tablename__ = "notices"
    __table_args__ = (Index("ix_notices_organisation", "organisation_id", "position"),)

    id: UUID = Field(primary_key=True)
    position: int = Field(sa_type=BigInteger, unique=True)
    organisation_id: UUID
    kind: str = Field(max_length=40)
    record: UUID = Field(description="The certificate or application it is about")
    code: str = Field(max_length=24, description="Its 登记号 or number")
    at: datetime = Field(sa_type=UtcInstant)
    facts: str = Field(sa_column=Column(Text, nullable=False))


class NoticeReadRow(SQLModel, table=True):
    """Up to which position an account has read an organisation's notices."""

    __tablename__ = "notice_reads"

    account_id: UUID = Field(primary_key=True, foreign_key="accounts.id")
    organisation_id: UUID = Field(primary_key=True)
    position: int = Field(sa_type=BigInteger)


class NoticeFeedRow(SQLModel, table=True):
    """A private Atom feed of one membership; its address is shown once and kept as a digest."""

    __tablename__ = "notice_feeds"

    membership_id: UUID = Field(primary_key=True, foreign_key="memberships.id")
    token_sha256: str = Field(max_length=64, unique=True)
    created_at: datetime = Field(sa_type=UtcInstant)


class WebhookRow(SQLModel, table=True):
    """A subscription; its secrets stand here in full, because signing needs them."""

    __tablename__ = "webhooks"

    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(index=True)
    address: str = Field(max_length=500)
    kinds: str = Field(sa_column=Column(Text, nullable=False))
    secret: str = Field(max_length=64)
    old_secret: str | None = Field(default=None, max_length=64)
    old_until: datetime | None = Field(default=None, sa_type=UtcInstant)
    created_at: datetime = Field(sa_type=UtcInstant)
    stopped_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class DeliveryRow(SQLModel, table=True):
    """One notice for one webhook; `next_at` is also the token of whoever has it in hand."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        Index("ix_webhook_deliveries_line", "webhook_id", "record", "position"),
        Index("ix_webhook_deliveries_due", "state", "next_at"),
    )

    id: UUID = Field(primary_key=True)
    webhook_id: UUID = Field(foreign_key="webhooks.id")
    notice_id: UUID = Field(foreign_key="notices.id")
    record: UUID
    position: int = Field(sa_type=BigInteger)
    state: str = Field(max_length=12)
    tries: int = 0
    next_at: datetime = Field(sa_type=UtcInstant)
    settled_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    answer: str = Field(default="", max_length=40)
