"""The table that finds declarations by product; the content stands in the feed."""

from uuid import UUID

from sqlmodel import Field, SQLModel


class DeclarationProductRow(SQLModel, table=True):
    __tablename__ = "declaration_products"

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    product_id: UUID = Field(primary_key=True, index=True)
    declaration_id: UUID = Field(index=True)
