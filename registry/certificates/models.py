"""Tables that find certificates by number, parties and scope; the content stands in the feed."""

from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel


class CertificateRow(SQLModel, table=True):
    __tablename__ = "certificates"
    __table_args__ = (
        UniqueConstraint("body_id", "number", "version", name="uq_certificates_number"),
        Index("ix_certificates_number_folded", "number_folded"),
    )

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    id: UUID = Field(index=True)
    version: int
    body_id: UUID
    number: str = Field(max_length=120, description="The body's own number, as printed")
    number_folded: str = Field(max_length=120, description="The number for look-up: no spaces, one case")
    holder_id: UUID = Field(index=True)


class CertificateScopeRow(SQLModel, table=True):
    __tablename__ = "certificate_scope"

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    row: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    product_id: UUID = Field(primary_key=True, index=True)
    certificate_id: UUID = Field(index=True)
    plant_id: UUID = Field(index=True)
