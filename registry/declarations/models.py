"""Tables that find declarations and their content, and what is kept beside the feed: readings and persons."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from registry.kit.types import UtcInstant


class DeclarationProductRow(SQLModel, table=True):
    __tablename__ = "declaration_products"

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    product_id: UUID = Field(primary_key=True, index=True)
    declaration_id: UUID = Field(index=True)


class DeclarationContentRow(SQLModel, table=True):
    """One version of a declaration's content, found by whatever number its document goes under."""

    __tablename__ = "declaration_contents"
    __table_args__ = (Index("ix_declaration_contents_uuid", "uuid", "version"),)

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    declaration_id: UUID = Field(index=True)
    uuid: UUID | None = Field(default=None, description="Of the document's own data set (ILCD)")
    version: str | None = Field(default=None, max_length=40)
    number_folded: str | None = Field(default=None, max_length=200, index=True)
    openepd_id: str | None = Field(default=None, max_length=80, index=True)
    table_exact: str | None = Field(default=None, max_length=64, description="Print of its table of results")
    table_shape: str | None = Field(
        default=None, max_length=64, index=True, description="The same whatever the table is per"
    )
    figures: str = Field(
        sa_column=Column(Text, nullable=False), description="What figures rest on, as JSON (figures/cut.py)"
    )


class DeclarationReadingRow(SQLModel, table=True):
    """How one version of a content was read: from which file, when, and what did not come across."""

    __tablename__ = "declaration_readings"

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    declaration_id: UUID = Field(index=True)
    sha256: str = Field(max_length=64, index=True)
    file_name: str = Field(max_length=200)
    format: str = Field(max_length=40)
    format_version: str | None = Field(default=None, max_length=40)
    member: str | None = Field(default=None, max_length=400, description="Name of the file inside a ZIP")
    remarks: str = Field(sa_column=Column(Text, nullable=False), description="The loss report as JSON")
    origins: str = Field(sa_column=Column(Text, nullable=False), description="Field to place, as JSON")
    read_at: datetime = Field(sa_type=UtcInstant)
    read_by: str = Field(max_length=12, description="person or machine; never who")
    source_url: str | None = Field(default=None, max_length=2000)
    licence: str | None = Field(default=None, sa_column=Column(Text), description="Terms of the source")


class DeclarationPersonRow(SQLModel, table=True):
    """A natural person whom a file names; erasable, never in the feed, shown to nobody outside."""

    __tablename__ = "declaration_persons"

    id: UUID = Field(primary_key=True)
    declaration_id: UUID = Field(index=True)
    organisation_id: UUID | None = Field(
        default=None, index=True, description="Whose declaration it is; None where it is data of nobody here"
    )
    role: str = Field(max_length=80)
    name: str = Field(max_length=400)
    place: str = Field(sa_column=Column(Text, nullable=False), description="Where in the file")


class DeclarationCheckRow(SQLModel, table=True):
    """What was read of an uploaded file before anything is recorded; whoever has the address sees it."""

    __tablename__ = "declaration_checks"

    id: UUID = Field(primary_key=True)
    token_sha256: str = Field(
        unique=True, max_length=64, description="Only the digest of the address is kept"
    )
    created_at: datetime = Field(sa_type=UtcInstant)
    expires_at: datetime = Field(sa_type=UtcInstant, index=True)
    file_name: str = Field(max_length=120)
    sha256: str = Field(max_length=64)
    readings: str = Field(sa_column=Column(Text, nullable=False), description="What was read, as JSON")


class PersonErasureRow(SQLModel, table=True):
    """An act that erased persons: when, by whom, why, and how many in each place; never their names."""

    __tablename__ = "person_erasures"

    id: UUID = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcInstant)
    actor: str = Field(max_length=80, description="As acts are attributed; the operator at the command line")
    declaration_id: UUID | None = Field(default=None, description="Where one declaration was named")
    reason: str = Field(max_length=200)
    declarations: int = Field(description="Persons erased beside declarations")
    applications: int = Field(description="Persons erased in documents of applications")
    uploads: int = Field(description="Persons erased in files that were only looked at")
