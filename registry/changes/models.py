"""Tables of the feed: its head, its records, the private note of who acted, and the printed numbers."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from registry.kit.types import UtcInstant


class FeedHead(SQLModel, table=True):
    """One row, locked until commit by whoever appends: this makes `seq` gapless and commit-ordered."""

    __tablename__ = "feed_head"

    id: int = Field(default=1, primary_key=True)
    feed: str = Field(description="demonstration or production; the two never share a database")
    seq: int = Field(default=0, description="Position of the last record")
    recorded_at: datetime = Field(sa_type=UtcInstant)


class ChangeRow(SQLModel, table=True):
    """One version of one public fact; never edited, never deleted."""

    __tablename__ = "changes"
    __table_args__ = (
        UniqueConstraint("kind", "key", "version", name="uq_changes_version"),
        Index("ix_changes_line", "kind", "key", "effective_on", "seq"),
        Index("ix_changes_recorded", "recorded_at", "seq"),
    )

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str = Field(max_length=40)
    key: UUID
    version: int
    effective_on: date = Field(description="Day on which this version starts to count")
    recorded_at: datetime = Field(sa_type=UtcInstant, description="When we knew")
    payload: str = Field(sa_column=Column(Text, nullable=False), description="Canonical JSON (RFC 8785)")
    payload_sha256: str = Field(max_length=64)
    hash: str = Field(max_length=64, description="sha256 of the header, which holds the payload's sha256")


class ChangeActor(SQLModel, table=True):
    """Who made a change: private, erasable, outside the hashed record."""

    __tablename__ = "change_actors"

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    actor: str = Field(max_length=80)


class PublicCode(SQLModel, table=True):
    """The 登记号 of a public thing, and what it names."""

    __tablename__ = "public_codes"

    code: str = Field(primary_key=True, max_length=20)
    kind: str = Field(max_length=40)
    key: UUID = Field(index=True)
