"""Supply facts of a plant, or of one product at one plant; none of them is proof, and none enters a ratio.

A dealer's name is no cover for a certificate, and a price is a market survey's figure (市场调查参考) with its
day and its source. Coordinates are WGS 84 in decimal degrees.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from registry.kit.ids import derived
from registry.kit.types import NO_NUL, Exact, Fact

Latitude = Annotated[Exact, Field(ge=-90, le=90)]
Longitude = Annotated[Exact, Field(ge=-180, le=180)]
Words = Annotated[str, Field(min_length=1, max_length=200, pattern=NO_NUL)]
Region = Annotated[str, Field(pattern=r"^\d{6}$")]


class Precision(StrEnum):
    """What a pair of coordinates marks: the gate of the works, or only its district or city."""

    SITE = "site"
    DISTRICT = "district"
    CITY = "city"


class TaxBasis(StrEnum):
    """Whether value-added tax is inside a price; without it two prices cannot be laid side by side."""

    INCLUDED = "included"
    EXCLUDED = "excluded"


class PlantSiteFact(Fact):
    """Where a plant stands; the line of versions belongs to the plant, so its id is the key."""

    plant_id: UUID
    latitude: Latitude
    longitude: Longitude
    precision: Precision
    source: Words
    stated_on: date


class RegionPointFact(Fact):
    """A point that stands for a city or county when someone asks what is made near it."""

    id: UUID
    region: Region
    latitude: Latitude
    longitude: Longitude
    source: Words
    confidence: str


class Delivery(Fact):
    """Regions delivered to, by code, and how far; an empty list says nothing of regions."""

    regions: tuple[Region, ...] = ()
    radius_km: Annotated[int, Field(gt=0)] | None = None


class Capacity(Fact):
    """How much the plant can make in a year, in the unit named."""

    amount: Annotated[Exact, Field(ge=0)]
    unit: Words


class Dealer(Fact):
    """An organisation the maker lets sell for it, where and between which days (inclusive)."""

    organisation_id: UUID
    region: Region | None = None
    valid_from: date
    valid_to: date | None = None

    @model_validator(mode="after")
    def _days_run_forward(self) -> "Dealer":
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("the authorisation runs backwards")
        return self


class ReferencePrice(Fact):
    """What a market survey found, in yuan for one unit; never an offer, never part of a ratio."""

    amount: Annotated[Exact, Field(gt=0)]
    unit: Words
    tax: TaxBasis
    region: Region | None = None
    surveyed_on: date
    source: Words


class SupplyFact(Fact):
    """What is stated about supply from a plant: of one product there, or (None) of whatever it makes."""

    id: UUID
    plant_id: UUID
    product_id: UUID | None = None
    delivery: Delivery | None = None
    capacity: Capacity | None = None
    lead_time_days: Annotated[int, Field(ge=0)] | None = None
    dealers: tuple[Dealer, ...] = ()
    price: ReferencePrice | None = None
    source: Words
    stated_on: date

    @model_validator(mode="after")
    def _one_line_for_each_place(self) -> "SupplyFact":
        if self.id != supply_id(self.plant_id, self.product_id):
            raise ValueError("the id does not follow from plant and product")
        return self


def supply_id(plant_id: UUID, product_id: UUID | None = None) -> UUID:
    """The one key of what is stated about a plant, or about a product there: two statements never compete."""
    return derived("supply", str(plant_id), str(product_id) if product_id else "")
