"""Supply facts, sites of plants and points of regions in pages, as the feed holds them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.answers import MANY, PageOut, RecordOut, place
from registry.changes.codes import optional_key
from registry.changes.http import CallDep, ListQuery, agrees, page
from registry.changes.kinds import Known
from registry.changes.listing import Wanted
from registry.changes.reading import Point
from registry.kit.etags import Conditional
from registry.parties.service import PLANT
from registry.products.service import PRODUCT
from registry.supply.facts import PlantSiteFact, RegionPointFact, SupplyFact
from registry.supply.service import PLANT_SITE, REGION_POINT, SUPPLY

router = APIRouter(prefix="/api/v1", tags=["supply"], route_class=Conditional)


class SupplyRecordOut(RecordOut):
    """What is stated about supply from one plant; a price is a market survey's (市场调查参考), no offer."""

    supply: SupplyFact


class PlantSiteOut(RecordOut):
    """Where one plant stands."""

    site: PlantSiteFact


class RegionPointOut(RecordOut):
    """The point that stands for a city or county in distances."""

    region_point: RegionPointFact


class SupplyQuery(ListQuery):
    product: str | None = Field(None, max_length=40, description="登记号 of the product")
    plant: str | None = Field(None, max_length=40, description="登记号 of the plant")


class RegionPointsQuery(ListQuery):
    region: str | None = Field(None, max_length=6, description="Region code of GB/T 2260, six figures")


@router.get("/supply", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_supply(call: CallDep, asked: Annotated[SupplyQuery, Query()]) -> PageOut[SupplyRecordOut]:
    """Statements about supply in pages: of one product at a plant, or of whatever a plant makes."""
    product = optional_key(call.session, asked.product, PRODUCT)
    plant = optional_key(call.session, asked.plant, PLANT)

    def keeps(known: Known[SupplyFact], _at: Point) -> bool:
        return product in (None, known.fact.product_id) and plant in (None, known.fact.plant_id)

    def out(known: Known[SupplyFact], _at: Point) -> SupplyRecordOut:
        return SupplyRecordOut(**place(known), supply=known.fact)

    return page(call, asked, Wanted(SUPPLY, keeps), out=out)


@router.get("/plant-sites", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_plant_sites(call: CallDep, asked: Annotated[ListQuery, Query()]) -> PageOut[PlantSiteOut]:
    """Coordinates of plants in pages (WGS 84, decimal degrees)."""

    def out(known: Known[PlantSiteFact], _at: Point) -> PlantSiteOut:
        return PlantSiteOut(**place(known), site=known.fact)

    return page(call, asked, Wanted(PLANT_SITE), out=out)


@router.get("/region-points", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_region_points(
    call: CallDep, asked: Annotated[RegionPointsQuery, Query()]
) -> PageOut[RegionPointOut]:
    """Points that stand for cities and counties in pages (WGS 84, decimal degrees)."""

    def keeps(known: Known[RegionPointFact], _at: Point) -> bool:
        return agrees(asked, known.fact, "region")

    def out(known: Known[RegionPointFact], _at: Point) -> RegionPointOut:
        return RegionPointOut(**place(known), region_point=known.fact)

    return page(call, asked, Wanted(REGION_POINT, keeps), out=out)
