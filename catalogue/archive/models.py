"""The private table of kept evidence: never in the feed, found by the digest of an unguessable address."""

from datetime import datetime

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
