"""Publishing supply facts, finding those of a product, and which plants stand within a circle."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import Session, col

from registry.access.actors import Actor
from registry.access.permissions import Act, Target, require
from registry.changes.feed import Draft
from registry.changes.kept import Kept
from registry.changes.kinds import Known, define, unprojected
from registry.changes.models import ChangeRow
from registry.changes.reading import Point, every, many
from registry.kit.errors import Invalid
from registry.parties.models import PlantRow
from registry.parties.service import PLANT
from registry.products.facts import ProductFact
from registry.supply.facts import PlantSiteFact, RegionPointFact, SupplyFact, supply_id
from registry.supply.geo import Box, Place, box, distance_km
from registry.supply.models import PlantSiteRow, SupplyRow

MILLIONTHS = 1_000_000
LARGEST_KM = 5_000  # China from corner to corner


def _e6(degrees: float | Decimal) -> int:
    return round(degrees * MILLIONTHS)


def _project_site(session: Session, known: Known[PlantSiteFact]) -> None:
    fact = known.fact
    session.add(
        PlantSiteRow(
            seq=known.header.seq,
            plant_id=fact.plant_id,
            latitude_e6=_e6(fact.latitude),
            longitude_e6=_e6(fact.longitude),
        )
    )


def _project_supply(session: Session, known: Known[SupplyFact]) -> None:
    fact = known.fact
    session.add(
        SupplyRow(seq=known.header.seq, id=fact.id, plant_id=fact.plant_id, product_id=fact.product_id)
    )


PLANT_SITE = define("plant_site", PlantSiteFact, _project_site)
SUPPLY = define("supply", SupplyFact, _project_supply)
REGION_POINT = define("region_point", RegionPointFact, unprojected)


def publish_site(
    fact: PlantSiteFact, *, effective_on: date, actor: Actor, owner_id: UUID | None = None
) -> Draft:
    """A draft of where a plant stands; `owner_id` is the organisation it belongs to."""
    require(actor, Act.RECORD_SUPPLY, Target(organisation_id=owner_id))
    return Draft(PLANT_SITE, fact.plant_id, effective_on, fact)


def publish_point(fact: RegionPointFact, *, effective_on: date, actor: Actor) -> Draft:
    require(actor, Act.PUBLISH_REFERENCE)
    return Draft(REGION_POINT, fact.id, effective_on, fact)


def publish(
    fact: SupplyFact,
    *,
    product: ProductFact | None,
    effective_on: date,
    actor: Actor,
    owner_id: UUID | None = None,
) -> Draft:
    """A draft of what the plant's owner states; of a product only where that product is made there."""
    require(actor, Act.RECORD_SUPPLY, Target(organisation_id=owner_id))
    if fact.product_id is not None and (product is None or product.id != fact.product_id):
        raise Invalid("supply-product-differs", product=str(fact.product_id))
    if product is not None and fact.plant_id not in product.plant_ids:
        raise Invalid("supply-not-made-there", product=product.code, plant=str(fact.plant_id))
    return Draft(SUPPLY, fact.id, effective_on, fact)


@dataclass(frozen=True, slots=True)
class Supply:
    """What is known of one plant for a product: its own statement, else the plant's; None: nothing stated."""

    plant_id: UUID
    stated: Known[SupplyFact] | None
    site: Known[PlantSiteFact] | None


def of_product(session: Session, product: ProductFact, at: Point) -> tuple[Supply, ...]:
    """Plant by plant in the product's order; a statement about the product wins over one about the plant."""
    own = {plant: supply_id(plant, product.id) for plant in product.plant_ids}
    whole = {plant: supply_id(plant) for plant in product.plant_ids}
    stated = many(session, SUPPLY, (*own.values(), *whole.values()), at)
    sites = many(session, PLANT_SITE, product.plant_ids, at)
    return tuple(
        Supply(plant, stated.get(own[plant]) or stated.get(whole[plant]), sites.get(plant))
        for plant in product.plant_ids
    )


def _points(session: Session, at: Point) -> dict[str, RegionPointFact]:
    """The regions that have a point, by code."""
    return {known.fact.region: known.fact for known in every(session, REGION_POINT, at)}


points = Kept(_points)


@dataclass(frozen=True, slots=True)
class Within:
    """Plants inside a circle with their distance in km, and those nobody has placed: these are not inside."""

    inside: Mapping[UUID, float]
    unplaced: frozenset[UUID]


def within(session: Session, centre: Place, km: float, at: Point) -> Within:
    """A box in the index narrows down, the exact distance decides; plants closed by the day do not count."""
    candidates = session.scalars(
        select(col(PlantSiteRow.plant_id)).where(_in_box(box(centre, km))).distinct()
    )
    sites = many(session, PLANT_SITE, candidates, at)
    far = {key: distance_km(centre, _place(known.fact)) for key, known in sites.items()}
    near = {key: distance for key, distance in far.items() if distance <= km}
    open_plants = {
        key for key, known in many(session, PLANT, near, at).items() if not _closed(known.fact.closed_on, at)
    }
    return Within({key: near[key] for key in near if key in open_plants}, _unplaced(session, at))


def _unplaced(session: Session, at: Point) -> frozenset[UUID]:
    """Plants without coordinates that count on the day, as known at the position."""
    placed = (
        select(col(PlantSiteRow.plant_id))
        .join(ChangeRow, col(ChangeRow.seq) == col(PlantSiteRow.seq))
        .where(col(ChangeRow.effective_on) <= at.on, col(ChangeRow.seq) <= at.as_of)
    )
    return frozenset(
        session.scalars(select(col(PlantRow.id)).where(col(PlantRow.id).not_in(placed)).distinct())
    )


def _place(fact: PlantSiteFact) -> Place:
    return Place(fact.latitude, fact.longitude)


def _closed(closed_on: date | None, at: Point) -> bool:
    return closed_on is not None and closed_on <= at.on


def _in_box(limits: Box) -> ColumnElement[bool]:
    latitude, longitude = col(PlantSiteRow.latitude_e6), col(PlantSiteRow.longitude_e6)
    after_west, before_east = longitude >= _e6(limits.west) - 1, longitude <= _e6(limits.east) + 1
    crosses = limits.west > limits.east
    return and_(
        latitude.between(_e6(limits.south) - 1, _e6(limits.north) + 1),
        or_(after_west, before_east) if crosses else and_(after_west, before_east),
    )
