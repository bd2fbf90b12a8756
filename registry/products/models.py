"""The table that finds products; the content stands in the feed."""

from uuid import UUID

from sqlmodel import Field, SQLModel


class ProductRow(SQLModel, table=True):
    __tablename__ = "products"

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    id: UUID = Field(index=True)
    kind: str = Field(index=True, max_length=64)
    manufacturer_id: UUID = Field(index=True)
    gtin: str | None = Field(default=None, index=True, max_length=14)
