"""The table that finds honours, energy records and disclosures by whose they are."""

from uuid import UUID

from sqlmodel import Field, SQLModel


class FirmFactRow(SQLModel, table=True):
    __tablename__ = "firm_facts"

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    kind: str = Field(max_length=40)
    id: UUID = Field(index=True)
    organisation_id: UUID = Field(index=True)
    plant_id: UUID | None = Field(default=None, index=True)
