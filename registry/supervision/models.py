"""Private tables of complaints, erased when their days are over, and what finds the public facts."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from registry.kit.types import UtcInstant


def _text() -> Column[str]:
    return Column(Text, nullable=False)


class ComplaintRow(SQLModel, table=True):
    """One complaint; `revision` refuses a step made from an old page, `token_sha256` finds its address."""

    __tablename__ = "complaints"

    id: UUID = Field(primary_key=True)
    number: str = Field(unique=True, max_length=14)
    token_sha256: str = Field(unique=True, max_length=64)
    state: str = Field(max_length=16, index=True)
    revision: int = 0
    subject_kind: str = Field(max_length=16)
    subject_id: UUID = Field(index=True)
    subject_code: str = Field(max_length=20)
    respondent_id: UUID = Field(index=True)
    body_id: UUID | None = Field(default=None, index=True)
    parties: str = Field(sa_column=_text())
    allegation: str = Field(max_length=24)
    lot: str | None = Field(default=None, max_length=40)
    words: str = Field(sa_column=_text())
    contact: str = Field(max_length=120, description="Empty once it is erased")
    received_at: datetime = Field(sa_type=UtcInstant)
    day: date = Field(description="The civil day it came in on")
    sender: str = Field(max_length=64, index=True)
    submitter_id: UUID | None = None
    reply_due: date | None = None
    forwarded: bool = False
    deciders: str = Field(default="", sa_column=_text(), description="Accounts of admission and decisions")
    ended_at: datetime | None = Field(default=None, sa_type=UtcInstant, index=True)
    file_sha256: str | None = Field(default=None, max_length=64)
    file_name: str = Field(default="", max_length=120)
    file_type: str = Field(default="", max_length=40)
    file_size: int = 0


class ComplaintEventRow(SQLModel, table=True):
    """One act: in which role, when, with which words; without an account it is the complainant's own."""

    __tablename__ = "complaint_events"

    complaint_id: UUID = Field(primary_key=True, foreign_key="complaints.id")
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=UtcInstant)
    act: str = Field(max_length=16)
    role: str = Field(max_length=40)
    account_id: UUID | None = None
    revision: int
    words: str = Field(default="", sa_column=_text())
    details: str = Field(default="{}", sa_column=_text())


class FindingRow(SQLModel, table=True):
    __tablename__ = "findings"

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    id: UUID = Field(index=True)
    subject_id: UUID = Field(index=True)
    organisation_id: UUID = Field(index=True)


class OutcomeRow(SQLModel, table=True):
    __tablename__ = "surveillance_outcomes"

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    id: UUID = Field(index=True)
    round_id: UUID = Field(index=True)
    product_id: UUID = Field(index=True)


class RecognitionRow(SQLModel, table=True):
    __tablename__ = "recognitions"

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    id: UUID = Field(index=True)
    product_id: UUID = Field(index=True)
