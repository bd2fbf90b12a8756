"""Tables that find organisations and plants; the content stands in the feed."""

from uuid import UUID

from sqlmodel import Field, SQLModel


class OrganisationRow(SQLModel, table=True):
    __tablename__ = "organisations"

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    id: UUID = Field(index=True)
    credit_code: str = Field(index=True, max_length=18)
    name_zh: str = Field(index=True, max_length=200)
    roles: str = Field(max_length=120)
    region: str = Field(max_length=6)


class PlantRow(SQLModel, table=True):
    __tablename__ = "plants"

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    id: UUID = Field(index=True)
    organisation_id: UUID = Field(index=True)
    region: str = Field(max_length=6)
