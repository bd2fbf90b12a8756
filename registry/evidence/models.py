"""The private table of evidence files; their content lies on disk under its SHA-256."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from registry.kit.types import UtcInstant


class EvidenceFileRow(SQLModel, table=True):
    """One file of one organisation; the same content of another organisation is another row."""

    __tablename__ = "evidence_files"
    __table_args__ = (UniqueConstraint("organisation_id", "sha256", name="uq_evidence_files_content"),)

    id: UUID = Field(primary_key=True)
    organisation_id: UUID
    sha256: str = Field(max_length=64, index=True)
    media_type: str = Field(max_length=40)
    name: str = Field(max_length=120, description="As the owner called it; shown to those who may read it")
    size: int
    stored_at: datetime = Field(sa_type=UtcInstant)
    stored_by: str = Field(max_length=80, description="Role and opaque account, never a person's name")
    held: str = Field(max_length=120, description="Limits in force while it was scanned")
