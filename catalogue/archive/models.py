"""Private tables of kept evidence: never in the feed, found by the digest of an unguessable address."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from registry.kit.types import UtcInstant


class ArchivedRow(SQLModel, table=True):
    """One sealed document; no column of it is ever updated."""

    __tablename__ = "archived"

    number: str = Field(primary_key=True, max_length=20)
    token_sha256: str = Field(
        unique=True, max_length=64, description="Only the digest of the address is kept"
    )
    kind: str = Field(max_length=20)
    created_at: datetime = Field(sa_type=UtcInstant)
    kept_until: datetime = Field(sa_type=UtcInstant, index=True)
    sha256: str = Field(max_length=64, description="Of `document`, as UTF-8")
    document: str = Field(sa_column=Column(Text, nullable=False), description="Canonical JSON (RFC 8785)")


class KeepingRow(SQLModel, table=True):
    """That something was kept today by a sender, for the daily limit; it says neither what nor by whom."""

    __tablename__ = "archive_senders"

    id: UUID = Field(primary_key=True)
    day: date = Field(description="The civil day; the row is deleted when it is over")
    sender: str = Field(max_length=64, index=True, description="A keyed digest whose key goes with the day")
