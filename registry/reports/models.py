"""The table that finds reports and self-declarations by product; the content stands in the feed."""

from uuid import UUID

from sqlmodel import Field, SQLModel


class ProductEvidenceRow(SQLModel, table=True):
    __tablename__ = "product_evidence"

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    kind: str = Field(max_length=40)
    id: UUID = Field(index=True)
    product_id: UUID = Field(index=True)
