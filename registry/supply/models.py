"""Tables that find what is stated about a plant; the content stands in the feed."""

from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class PlantSiteRow(SQLModel, table=True):
    """Coordinates in millionths of a degree: whole numbers, so that both databases compare them alike."""

    __tablename__ = "plant_sites"
    __table_args__ = (Index("ix_plant_sites_place", "latitude_e6", "longitude_e6"),)

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    plant_id: UUID = Field(index=True)
    latitude_e6: int
    longitude_e6: int


class SupplyRow(SQLModel, table=True):
    __tablename__ = "supply"

    seq: int = Field(primary_key=True, foreign_key="changes.seq", sa_column_kwargs={"autoincrement": False})
    id: UUID = Field(index=True)
    plant_id: UUID = Field(index=True)
    product_id: UUID | None = Field(default=None, index=True)
