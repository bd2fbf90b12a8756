"""Private tables of applications: state, events, remarks, files, product lists; never in the feed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from registry.kit.types import UtcInstant


class ApplicationRow(SQLModel, table=True):
    """One application; `revision` refuses a step made from an old page."""

    __tablename__ = "applications"

    id: UUID = Field(primary_key=True)
    number: str = Field(unique=True, max_length=24)
    organisation_id: UUID = Field(index=True)
    subject: str = Field(max_length=24)
    state: str = Field(max_length=16, index=True)
    revision: int = 0
    round: int = Field(default=0, description="How often it was submitted")
    typed: str = Field(sa_column=Column(Text, nullable=False), description="Texts by path, as typed, in JSON")
    open_paths: str = Field(
        default="[]", sa_column=Column(Text, nullable=False), description="What a return left open"
    )
    base_version: int = Field(default=0, description="Last version of the record that the draft began from")
    follows_id: UUID | None = Field(
        default=None, description="The declaration whose next version its document is"
    )
    region: str | None = Field(default=None, max_length=6)
    assignee_id: UUID | None = Field(default=None, index=True)
    first_account_id: UUID | None = None
    first_organisation_id: UUID | None = None
    first_region: str | None = Field(default=None, max_length=6)
    warnings: int = Field(default=0, description="Hints at the last submission")
    started_at: datetime = Field(sa_type=UtcInstant)
    submitted_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    published: str = Field(
        default="[]", sa_column=Column(Text, nullable=False), description="登记号 by part, once public"
    )


class ApplicationEventRow(SQLModel, table=True):
    """One act: who in which role, when, why; rows are only ever added."""

    __tablename__ = "application_events"

    application_id: UUID = Field(primary_key=True, foreign_key="applications.id")
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=UtcInstant)
    act: str = Field(max_length=16)
    role: str = Field(max_length=40)
    account_id: UUID = Field(index=True)
    revision: int
    reason: str = Field(default="", sa_column=Column(Text, nullable=False))
    details: str = Field(default="{}", sa_column=Column(Text, nullable=False))


class ApplicationRemarkRow(SQLModel, table=True):
    """A reviewer's remark pinned to a field, a row or a part."""

    __tablename__ = "application_remarks"

    id: UUID = Field(primary_key=True)
    application_id: UUID = Field(foreign_key="applications.id", index=True)
    round: int
    path: str = Field(max_length=120)
    text: str = Field(sa_column=Column(Text, nullable=False))
    account_id: UUID
    at: datetime = Field(sa_type=UtcInstant)
    settled_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    settled_by: UUID | None = None


class ApplicationFileRow(SQLModel, table=True):
    """A file pinned to a field or a part."""

    __tablename__ = "application_files"

    application_id: UUID = Field(primary_key=True, foreign_key="applications.id")
    path: str = Field(primary_key=True, max_length=120)
    file_id: UUID = Field(primary_key=True, foreign_key="evidence_files.id", index=True)
    pinned_at: datetime = Field(sa_type=UtcInstant)


class ApplicationDocumentRow(SQLModel, table=True):
    """The document of a carbon declaration that an application's form was filled from."""

    __tablename__ = "application_documents"

    application_id: UUID = Field(primary_key=True, foreign_key="applications.id")
    file_name: str = Field(max_length=120)
    sha256: str = Field(max_length=64, index=True)
    reading: str = Field(sa_column=Column(Text, nullable=False), description="As it was read, in JSON")


class ProductListRow(SQLModel, table=True):
    """One file of an organisation; the same content has the same id, so it is received once."""

    __tablename__ = "product_lists"

    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(index=True)
    account_id: UUID
    sha256: str = Field(max_length=64)
    name: str = Field(max_length=200)
    rows: int = Field(description="How many rows the file holds")
    checked: int = Field(default=0, description="How many of them have a verdict, from the first on")
    unread: str = Field(
        default="[]", sa_column=Column(Text, nullable=False), description="Headings nobody reads, in JSON"
    )
    received_at: datetime = Field(sa_type=UtcInstant)
    application_id: UUID | None = Field(
        default=None, foreign_key="applications.id", unique=True, description="Set when it is handed in"
    )


class ListedProductRow(SQLModel, table=True):
    """One row of a list: `place` counts from 1, `row` is the number the user sees in the file."""

    __tablename__ = "product_list_rows"
    __table_args__ = (Index("ix_product_list_rows_identity", "identity"),)

    list_id: UUID = Field(primary_key=True, foreign_key="product_lists.id")
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    row: int
    typed: str = Field(sa_column=Column(Text, nullable=False), description="Texts by path, in JSON")
    identity: str = Field(max_length=64)
    gtin: str | None = Field(default=None, max_length=14)
    verdict: str | None = Field(default=None, max_length=8)
    findings: str = Field(default="[]", sa_column=Column(Text, nullable=False))
