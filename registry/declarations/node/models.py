"""Tables behind the node: a line for every recorded content, and the states of declarations by day."""

from datetime import date
from uuid import UUID

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel


class DeclarationEntryRow(SQLModel, table=True):
    """One version of a declaration's content as it is listed and looked for."""

    __tablename__ = "declaration_entries"
    __table_args__ = (Index("ix_declaration_entries_identity", "uuid", "version"),)

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    declaration_id: UUID = Field(index=True)
    effective_on: date
    uuid: UUID
    version: str = Field(max_length=40)
    openxpd_id: str = Field(max_length=8, index=True)
    name: str = Field(sa_column=Column(Text, nullable=False), description="Folded, the one that is sorted by")
    names: str = Field(sa_column=Column(Text, nullable=False), description="Folded, in every language")
    description: str = Field(sa_column=Column(Text, nullable=False), description="Folded")
    is_epd: bool
    location: str = Field(max_length=40)
    reference_year: int | None = None
    valid_until: int | None = None
    valid_to: date | None = None
    subtype: str = Field(max_length=20)
    rules: str = Field(max_length=20, description="Family of calculation rules")
    systems: str = Field(sa_column=Column(Text, nullable=False))
    classes: str = Field(sa_column=Column(Text, nullable=False), description="Folded")
    class_ids: str = Field(sa_column=Column(Text, nullable=False))
    compliance: str = Field(sa_column=Column(Text, nullable=False), description="UUIDs")
    sources: str = Field(sa_column=Column(Text, nullable=False), description="UUIDs")
    owner: str = Field(sa_column=Column(Text, nullable=False), description="Folded")
    authority: str = Field(sa_column=Column(Text, nullable=False), description="Folded, with the UUID")
    number: str = Field(sa_column=Column(Text, nullable=False), description="Folded")
    languages: str = Field(sa_column=Column(Text, nullable=False))
    line: str = Field(sa_column=Column(Text, nullable=False), description="The entry as JSON")


class DeclarationStateRow(SQLModel, table=True):
    """The state that one version of a declaration gives it."""

    __tablename__ = "declaration_states"

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    declaration_id: UUID = Field(index=True)
    effective_on: date
    withdrawn: bool


class DeclarationPartRow(SQLModel, table=True):
    """A data set that processes refer to, and the first content that did."""

    __tablename__ = "declaration_parts"

    folder: str = Field(primary_key=True, max_length=20)
    uuid: UUID = Field(primary_key=True)
    declaration_id: UUID
    seq: int = Field(foreign_key="changes.seq")
