"""Tables that find batches by product, number, GTIN and identifier; the content stands in the feed."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class BatchRow(SQLModel, table=True):
    """One version of a batch; the database puts lists in order by its last day and its withdrawal."""

    __tablename__ = "batches"
    __table_args__ = (Index("ix_batches_gtin", "gtin", "number_folded"),)

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    id: UUID = Field(index=True)
    product_id: UUID = Field(index=True)
    plant_id: UUID = Field(index=True)
    number_folded: str = Field(index=True, max_length=120)
    gtin: str | None = Field(default=None, max_length=14)
    made_to: date
    withdrawn: bool


class BatchIdentifierRow(SQLModel, table=True):
    """An industrial-internet identifier or a serial number that a version names."""

    __tablename__ = "batch_identifiers"
    __table_args__ = (Index("ix_batch_identifiers_value", "value", "scheme"),)

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    scheme: str = Field(primary_key=True, max_length=20)
    value: str = Field(primary_key=True, max_length=120, description="In the form that is compared")
    batch_id: UUID = Field(index=True)
