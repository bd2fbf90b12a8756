"""Ordinary tables of harvests: the sources, each run over one, and every document a source has listed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from registry.kit.types import UtcInstant


class HarvestSourceRow(SQLModel, table=True):
    """A stock of a node, or a whole node; its id follows from both."""

    __tablename__ = "harvest_sources"

    id: UUID = Field(primary_key=True)
    protocol: str = Field(max_length=12)
    address: str = Field(max_length=500)
    stock: str = Field(max_length=80, description="Empty: everything the node lists")
    name: str = Field(max_length=2000)
    terms: str = Field(sa_column=Column(Text, nullable=False), description="What the node says of the stock")
    licence: str = Field(
        sa_column=Column(Text, nullable=False), description="What whoever harvests has found the terms to be"
    )


class HarvestRunRow(SQLModel, table=True):
    """One pass over a source; without `ended_at` it was broken off and goes on where it stopped."""

    __tablename__ = "harvest_runs"

    id: UUID = Field(primary_key=True)
    source_id: UUID = Field(foreign_key="harvest_sources.id", index=True)
    started_at: datetime = Field(sa_type=UtcInstant)
    listed_at: datetime | None = Field(default=None, sa_type=UtcInstant, nullable=True)
    ended_at: datetime | None = Field(default=None, sa_type=UtcInstant, nullable=True)
    total: int = Field(default=0, description="As the node counted at the end of its listing")
    is_whole: bool = Field(default=False, description="As many documents were listed as the node counted")


class HarvestItemRow(SQLModel, table=True):
    """One version of a document as its source lists it, and what became of it here."""

    __tablename__ = "harvest_items"
    __table_args__ = (Index("ix_harvest_items_to_do", "source_id", "listed_in", "seen_in"),)

    source_id: UUID = Field(primary_key=True, foreign_key="harvest_sources.id")
    item: str = Field(primary_key=True, max_length=80, description="UUID or open-xpd-uuid")
    version: str = Field(primary_key=True, max_length=40)
    name: str = Field(max_length=400)
    elsewhere: str | None = Field(default=None, max_length=2000)
    listed_in: UUID = Field(description="The last run that found it listed")
    seen_in: UUID | None = Field(default=None, description="The last run that is done with it")
    fate: str = Field(max_length=12)
    key: str | None = Field(default=None, max_length=80, description="Why it was not taken")
    facts: str = Field(default="{}", sa_column=Column(Text, nullable=False), description="JSON")
    declaration_id: UUID | None = Field(default=None, index=True)
    url: str | None = Field(default=None, max_length=2000)
    sha256: str | None = Field(default=None, max_length=64)
    etag: str | None = Field(default=None, max_length=300)
    modified: str | None = Field(default=None, max_length=80)
    fetched_at: datetime | None = Field(default=None, sa_type=UtcInstant, nullable=True)
    not_listed_since: date | None = Field(default=None)
