"""Supply facts of a product as machines read them, at a point on both time axes."""

from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.answers import ONE, PointOut
from registry.changes.codes import by_code
from registry.changes.http import CodePath, PointDep
from registry.kit.db import ReadDep
from registry.kit.etags import Conditional
from registry.products.service import PRODUCT
from registry.supply import service
from registry.supply.facts import PlantSiteFact, SupplyFact

router = APIRouter(prefix="/api/v1", tags=["supply"], route_class=Conditional)


class PlantSupplyOut(BaseModel):
    """One plant; None means that nothing is stated. A price is a market survey's (市场调查参考), no offer."""

    plant_id: UUID
    supply: SupplyFact | None
    site: PlantSiteFact | None


class SupplyOut(BaseModel):
    """Plant by plant. A dealer's name covers nothing: only a certificate's own rows do."""

    point: PointOut
    product: str = Field(description="The product's 登记号")
    plants: list[PlantSupplyOut]


@router.get("/products/{code}/supply", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_supply(code: CodePath, session: ReadDep, at: PointDep) -> SupplyOut:
    """Where a product is made, how far it is delivered, how much, how soon and through whom."""
    product = by_code(session, code, PRODUCT, at)
    found = service.of_product(session, product.fact, at)
    plants = [
        PlantSupplyOut(
            plant_id=one.plant_id,
            supply=one.stated.fact if one.stated else None,
            site=one.site.fact if one.site else None,
        )
        for one in found
    ]
    return SupplyOut(point=PointOut.of(at), product=product.fact.code, plants=plants)
