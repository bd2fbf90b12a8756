"""Supply facts of a product as machines read them, at a point on both time axes."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.http import PointDep
from registry.changes.reading import find_code, get
from registry.kit.db import ReadDep
from registry.kit.errors import NotFound
from registry.kit.ids import parse_code
from registry.kit.problems import PROBLEMS
from registry.products.service import PRODUCT
from registry.supply import service
from registry.supply.facts import PlantSiteFact, SupplyFact

router = APIRouter(prefix="/api/v1", tags=["supply"], responses=PROBLEMS)


class PlantSupplyOut(BaseModel):
    """One plant; None means that nothing is stated. A price is a market survey's (市场调查参考), no offer."""

    plant_id: UUID
    supply: SupplyFact | None
    site: PlantSiteFact | None


class SupplyOut(BaseModel):
    """Plant by plant. A dealer's name covers nothing: only a certificate's own rows do."""

    on: date
    as_of: int
    product: str = Field(description="The product's 登记号")
    plants: list[PlantSupplyOut]


@router.get("/products/{code}/supply", dependencies=[Depends(May(Act.READ))])
def read_supply(code: str, session: ReadDep, at: PointDep) -> SupplyOut:
    """Where a product is made, how far it is delivered, how much, how soon and through whom."""
    record = find_code(session, parse_code(code) or "")
    product = get(session, PRODUCT, record.key, at) if record and record.kind == PRODUCT.name else None
    if product is None:
        raise NotFound("code-not-found", code=code[:40])
    found = service.of_product(session, product.fact, at)
    plants = [
        PlantSupplyOut(
            plant_id=one.plant_id,
            supply=one.stated.fact if one.stated else None,
            site=one.site.fact if one.site else None,
        )
        for one in found
    ]
    return SupplyOut(on=at.on, as_of=at.as_of, product=product.fact.code, plants=plants)
