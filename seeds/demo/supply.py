"""Invented supply facts: where plants stand, how far and how soon they deliver, dealers, surveyed prices.

Every draw starts from the record's own id, so a product added elsewhere changes no other product's figures.
Nine plants in ten have coordinates and three products in four a statement: the rest shows what is unknown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Final
from uuid import UUID

from registry.kit.types import Fact
from registry.parties.facts import OrganisationFact, PlantFact, Role
from registry.products.facts import ProductFact
from registry.supply.facts import (
    Capacity,
    Dealer,
    Delivery,
    PlantSiteFact,
    Precision,
    ReferencePrice,
    SupplyFact,
    TaxBasis,
    supply_id,
)
from seeds.demo.keys import FICTION_ZH, code, credit_code, key, role_names
from seeds.reference.loading import Figure, read_csv
from seeds.reference.points import points

TERMS: Final = Path(__file__).with_name("supply-terms.csv")
SINCE: Final = date(2026, 9, 1)
SURVEY: Final = f"示例市场调查 2026 年第三季度{FICTION_ZH}"
STATEMENT: Final = f"示例企业填报{FICTION_ZH}"
GAZETTEER: Final = f"示例坐标，城市级{FICTION_ZH}"
DEALERS: Final = 8
FIRST_SERIAL: Final = 900_080
STATED_SHARE: Final = 0.75
PLACED_SHARE: Final = 0.9
SPREAD: Final = 30  # hundredths of a degree around the city's point


class Terms(Fact):
    """Bounds of the invented figures of a kind and what lies below it, in one unit."""

    kind: str
    unit: str
    price_low: Figure
    price_high: Figure
    capacity_low: Figure
    capacity_high: Figure
    radius_low: Figure
    radius_high: Figure
    days_low: Figure
    days_high: Figure


@dataclass(frozen=True, slots=True)
class Stated:
    """Everything this module invents, in the order in which it is stored."""

    dealers: tuple[OrganisationFact, ...]
    sites: tuple[PlantSiteFact, ...]
    supply: tuple[tuple[SupplyFact, ProductFact], ...]


def build(plants: Sequence[PlantFact], products: Sequence[ProductFact]) -> Stated:
    """Supply facts for a register's plants and products."""
    dealers = tuple(_dealer(index) for index in range(DEALERS))
    by_kind = {row.kind: row for row in read_csv(TERMS, Terms)}
    places = {plant.id: plant for plant in plants}
    return Stated(
        dealers,
        tuple(_sites(plants)),
        tuple(found for product in products for found in _supply(product, by_kind, places)),
    )


def _draws(*handle: object) -> Random:
    return Random("|".join(map(str, handle)))  # noqa: S311 - invented data, no secret


def _dealer(index: int) -> OrganisationFact:
    name_zh, name_en = role_names("经销商", "Dealer", index)
    handle = f"dealer-{index}"
    return OrganisationFact(
        id=key("organisation", handle),
        code=code("organisation", handle),
        name_zh=name_zh,
        name_en=name_en,
        credit_code=credit_code(FIRST_SERIAL + index),
        roles=(Role.DEALER,),
        region=("330100", "510100", "520100", "320100")[index % 4],
        invented=True,
    )


def _sites(plants: Sequence[PlantFact]) -> Iterator[PlantSiteFact]:
    centres = {point.region: point for point in points()}
    for plant in plants:
        draw = _draws("site", plant.id)
        if plant.region not in centres or draw.random() > PLACED_SHARE:
            continue
        centre = centres[plant.region]
        yield PlantSiteFact(
            plant_id=plant.id,
            latitude=centre.latitude + Decimal(draw.randint(-SPREAD, SPREAD)) / 100,
            longitude=centre.longitude + Decimal(draw.randint(-SPREAD, SPREAD)) / 100,
            precision=Precision.CITY,
            source=GAZETTEER,
            stated_on=SINCE,
        )


def _supply(
    product: ProductFact, by_kind: Mapping[str, Terms], places: Mapping[UUID, PlantFact]
) -> Iterator[tuple[SupplyFact, ProductFact]]:
    terms = _terms(product, by_kind)
    if terms is None or _draws("stated", product.id).random() > STATED_SHARE:
        return
    for plant_id in product.plant_ids:
        yield _statement(product, places[plant_id], terms), product


def _terms(product: ProductFact, by_kind: Mapping[str, Terms]) -> Terms | None:
    """The longest part of the kind's name that has a row, where its unit is the product's."""
    parts = product.kind.split(".")
    for length in range(len(parts), 0, -1):
        row = by_kind.get(".".join(parts[:length]))
        if row is not None:
            return row if row.unit == product.unit else None
    return None


def _statement(product: ProductFact, plant: PlantFact, terms: Terms) -> SupplyFact:
    draw = _draws("supply", product.id, plant.id)
    radius = plant.delivery_radius_km or _step(draw, terms.radius_low, terms.radius_high)
    stated_on = SINCE + timedelta(days=draw.randint(0, 60))
    return SupplyFact(
        id=supply_id(plant.id, product.id),
        plant_id=plant.id,
        product_id=product.id,
        delivery=Delivery(regions=_regions(draw, plant), radius_km=radius),
        capacity=Capacity(amount=_step(draw, terms.capacity_low, terms.capacity_high), unit=terms.unit),
        lead_time_days=draw.randint(int(terms.days_low), int(terms.days_high)),
        dealers=tuple(_authorised(draw, product)),
        price=_price(draw, plant, terms) if draw.random() < 0.8 else None,
        source=STATEMENT,
        stated_on=stated_on,
    )


def _step(draw: Random, low: Decimal, high: Decimal) -> int:
    """A round figure between two bounds: two significant digits, as makers state them."""
    figure = draw.randint(int(low), int(high))
    unit = int("1" + "0" * (len(str(figure)) - 2))
    return max(int(low), figure // unit * unit)


def _regions(draw: Random, plant: PlantFact) -> tuple[str, ...]:
    """Its own province, and up to two more where invented plants stand."""
    own = plant.region[:2] + "0000"
    others = [code for code in ("330000", "510000", "520000", "320000", "340000", "500000") if code != own]
    return (own, *sorted(draw.sample(others, draw.randint(0, 2))))


def _authorised(draw: Random, product: ProductFact) -> Iterator[Dealer]:
    """The dealers a product names, and one or two for every third product; some permission has run out."""
    named = [index for index in range(DEALERS) if role_names("经销商", "Dealer", index)[0] in product.dealers]
    more = draw.sample(range(DEALERS), draw.randint(1, 2)) if draw.random() < 0.35 else []
    for index in dict.fromkeys([*named, *more]):
        begun = date(2025, draw.randint(1, 12), 1)
        yield Dealer(
            organisation_id=key("organisation", f"dealer-{index}"),
            region=("330000", "510000", "520000", "320000")[index % 4],
            valid_from=begun,
            valid_to=begun.replace(year=begun.year + draw.randint(1, 2)) - timedelta(days=1),
        )


def _price(draw: Random, plant: PlantFact, terms: Terms) -> ReferencePrice:
    return ReferencePrice(
        amount=Decimal(draw.randint(int(terms.price_low * 10), int(terms.price_high * 10))) / 10,
        unit=terms.unit,
        tax=TaxBasis.INCLUDED if draw.random() < 0.8 else TaxBasis.EXCLUDED,
        region=plant.region,
        surveyed_on=date(2026, 9, draw.randint(1, 28)),
        source=SURVEY,
    )
