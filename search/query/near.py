"""「离工地 r km 以内生产」: a point and a radius as typed, and the plants they mean.

The circle is turned into a filter by plants, so that totals and facet counts stay exact and a product made at
several plants is inside when one of them is. A plant without coordinates is not inside.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from sqlmodel import Session

from registry.changes.reading import Point
from registry.supply import service
from registry.supply.geo import Place
from registry.supply.service import LARGEST_KM, Within
from search.documents.fields import Field
from search.engine.ports import SearchEngine, SearchRequest

USUAL_KM = Decimal(100)
NOWHERE = ("nowhere",)  # no plant has this id: an empty choice would not filter at all
_REGION = re.compile(r"\d{6}")
_PLACE = re.compile(r"(-?\d{1,2}(?:\.\d{1,6})?)\s*[,，]\s*(-?\d{1,3}(?:\.\d{1,6})?)")
_KM = re.compile(r"\d{1,4}(?:\.\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Near:
    """What was asked: a region by its code, or a place."""

    region: str | None
    place: Place | None
    km: Decimal


@dataclass(frozen=True, slots=True)
class Circle:
    """What it means: a centre, and the plants inside and without a place."""

    near: Near
    centre: Place
    within: Within

    def nearest_km(self, plants: tuple[str, ...]) -> float | None:
        """How far the nearest of some plants is; None where none is inside."""
        found = [km for plant, km in self.within.inside.items() if str(plant) in plants]
        return min(found, default=None)


def read_centre(text: str) -> tuple[str | None, Place | None] | None:
    """A region code or "latitude,longitude" in degrees; None where it is neither."""
    if _REGION.fullmatch(text) and text.isascii():
        return text, None
    found = _PLACE.fullmatch(text) if text.replace("，", ",").isascii() else None
    if found is None:
        return None
    place = Place(Decimal(found[1]), Decimal(found[2]))
    return (None, place) if abs(place.latitude) <= 90 and abs(place.longitude) <= 180 else None


def read_km(text: str) -> Decimal | None:
    """Kilometres above 0 and no more than China is wide; None where it is no such number."""
    if not (_KM.fullmatch(text) and text.isascii()):
        return None
    km = Decimal(text)
    return km if 0 < km <= LARGEST_KM else None


def located(session: Session, near: Near, at: Point) -> Circle | None:
    """The plants a circle means at a point; None where its region has no place of its own."""
    centre = near.place
    if centre is None and near.region is not None:
        known = service.points(session, at).get(near.region)
        centre = Place(known.latitude, known.longitude) if known else None
    return (
        None if centre is None else Circle(near, centre, service.within(session, centre, float(near.km), at))
    )


def narrowed(request: SearchRequest, circle: Circle) -> SearchRequest:
    """The request held to the plants inside; plants already chosen stay a choice among them."""
    return replace(request, filters=_with_plants(request, {str(key) for key in circle.within.inside}))


def unplaced(engine: SearchEngine, request: SearchRequest, circle: Circle) -> int:
    """How many more products match but for plants that nobody has placed; `request` is not yet narrowed."""
    if not circle.within.unplaced:
        return 0
    inside = {str(key) for key in circle.within.inside}
    wider = inside | {str(key) for key in circle.within.unplaced}
    return _total(engine, request, wider) - _total(engine, request, inside)


def _total(engine: SearchEngine, request: SearchRequest, plants: set[str]) -> int:
    asked = replace(request.uncounted(), filters=_with_plants(request, plants), offset=0, limit=1)
    return engine.search(asked).total


def _with_plants(request: SearchRequest, plants: set[str]) -> Mapping[Field, tuple[str, ...]]:
    chosen = request.filters.get(Field.PLANT)
    kept = plants & set(chosen) if chosen else plants
    return MappingProxyType({**request.filters, Field.PLANT: tuple(sorted(kept)) or NOWHERE})
