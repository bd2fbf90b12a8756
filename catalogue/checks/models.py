"""Private tables of the checks: reached by an unguessable address, deletable, never in the feed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from registry.kit.types import UtcInstant


class CheckRow(SQLModel, table=True):
    """One bill of materials from upload to report; `revision` refuses an edit made from an old page."""

    __tablename__ = "checks"

    id: UUID = Field(primary_key=True)
    token_sha256: str = Field(
        unique=True, max_length=64, description="Only the digest of the address is kept"
    )
    created_at: datetime = Field(sa_type=UtcInstant)
    expires_at: datetime = Field(sa_type=UtcInstant, index=True)
    revision: int = 0
    state: str = Field(sa_column=Column(Text, nullable=False), description="The working state as JSON")


class ReportRow(SQLModel, table=True):
    """A finished report: never changed; a new run gets a new number."""

    __tablename__ = "check_reports"

    number: str = Field(primary_key=True, max_length=40)
    check_id: UUID = Field(foreign_key="checks.id", index=True)
    made_at: datetime = Field(sa_type=UtcInstant)
    sha256: str = Field(max_length=64)
    report: str = Field(sa_column=Column(Text, nullable=False), description="Canonical JSON")
