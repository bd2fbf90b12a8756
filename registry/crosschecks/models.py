"""The table that finds the look-ups of a certificate; the content stands in the feed."""

from uuid import UUID

from sqlmodel import Field, SQLModel


class CrossCheckRow(SQLModel, table=True):
    __tablename__ = "cross_checks"

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    id: UUID = Field(index=True)
    certificate_id: UUID = Field(index=True)
