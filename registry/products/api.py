"""Products as machines list them; one product with everything that speaks for it stands with the dossiers."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from sqlalchemy import select
from sqlmodel import col

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.answers import MANY, PageOut, RecordOut, place
from registry.changes.codes import optional_key
from registry.changes.http import CallDep, ListQuery, agrees, page
from registry.changes.kinds import Known
from registry.changes.listing import Wanted
from registry.changes.reading import Point
from registry.kit.etags import Conditional
from registry.kit.types import NO_NUL
from registry.parties.service import ORGANISATION, PLANT
from registry.products.facts import ProductFact
from registry.products.models import ProductRow
from registry.products.service import PRODUCT

router = APIRouter(prefix="/api/v1", tags=["products"], route_class=Conditional)


class ProductRecordOut(RecordOut):
    """A product as recorded, without its evidence."""

    product: ProductFact


class ProductsQuery(ListQuery):
    maker: str | None = Field(None, max_length=40, description="登记号 of the manufacturer 制造商")
    plant: str | None = Field(None, max_length=40, description="登记号 of a plant that makes it")
    kind: str | None = Field(None, max_length=64, pattern=NO_NUL, description="Material kind, exactly")
    gtin: str | None = Field(None, max_length=14, pattern=NO_NUL, description="GTIN, where one exists")
    removed: bool | None = Field(None, description="Only removed products, or only those that are not")


def _out(known: Known[ProductFact], _at: Point) -> ProductRecordOut:
    return ProductRecordOut(**place(known), product=known.fact)


@router.get("/products", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_products(call: CallDep, asked: Annotated[ProductsQuery, Query()]) -> PageOut[ProductRecordOut]:
    """Products in pages; words and standing are the search's business (`/api/v1/search`)."""
    maker = optional_key(call.session, asked.maker, ORGANISATION)
    plant = optional_key(call.session, asked.plant, PLANT)

    def keeps(known: Known[ProductFact], _at: Point) -> bool:
        fact = known.fact
        made = maker in (None, fact.manufacturer_id) and (plant is None or plant in fact.plant_ids)
        return made and agrees(asked, fact, "kind", "gtin", "removed")

    named = {"manufacturer_id": maker, "kind": asked.kind, "gtin": asked.gtin}
    among = [
        select(col(ProductRow.id)).where(col(getattr(ProductRow, name)) == value)
        for name, value in named.items()
        if value is not None
    ]
    return page(call, asked, Wanted(PRODUCT, keeps, among), out=_out)
