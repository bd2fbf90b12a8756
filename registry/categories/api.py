"""Material kinds, certification categories and regions as machines read them."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field
from sqlmodel import Session

from registry.access.http import May
from registry.access.permissions import Act
from registry.categories.facts import CategoryFact, MaterialKindFact, RegionFact
from registry.categories.service import CATEGORY, MATERIAL_KIND, REGION
from registry.changes.answers import MANY, ONE, PageOut, RecordOut, place
from registry.changes.http import CallDep, ListQuery, PointDep, agrees, page, state_version
from registry.changes.kinds import F, FactKind, Known
from registry.changes.listing import Wanted
from registry.changes.reading import Point, every
from registry.kit.db import ReadDep
from registry.kit.errors import NotFound
from registry.kit.etags import Conditional

router = APIRouter(prefix="/api/v1", tags=["reference"], route_class=Conditional)


class KindOut(RecordOut):
    """A node of our own tree of material kinds; neither a certification category nor a ratio kind."""

    kind: MaterialKindFact


class CategoryOut(RecordOut):
    """A certification category of one scheme."""

    category: CategoryFact


class RegionOut(RecordOut):
    """A region by its GB/T 2260 code."""

    region: RegionFact


class KindsQuery(ListQuery):
    parent: str | None = Field(None, max_length=64, description="Only the kinds directly under this one")


class CategoriesQuery(ListQuery):
    scheme: str | None = Field(None, max_length=64, description="Only the categories of this scheme")


class RegionsQuery(ListQuery):
    parent: str | None = Field(None, max_length=6, description="Only the regions directly under this one")


def _kind(known: Known[MaterialKindFact], _at: Point) -> KindOut:
    return KindOut(**place(known), kind=known.fact)


def _category(known: Known[CategoryFact], _at: Point) -> CategoryOut:
    return CategoryOut(**place(known), category=known.fact)


def _region(known: Known[RegionFact], _at: Point) -> RegionOut:
    return RegionOut(**place(known), region=known.fact)


def _named(session: Session, kind: FactKind[F], at: Point, *, is_it: Callable[[F], bool]) -> Known[F]:
    """The one reference fact with a name; the tables are small and read whole."""
    known = next((known for known in every(session, kind, at) if is_it(known.fact)), None)
    if known is None:
        raise NotFound
    return known


@router.get("/kinds", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_kinds(call: CallDep, asked: Annotated[KindsQuery, Query()]) -> PageOut[KindOut]:
    """Our tree of material kinds with synonyms, typed attributes and mappings, in pages."""

    def keeps(known: Known[MaterialKindFact], _at: Point) -> bool:
        return agrees(asked, known.fact, "parent")

    return page(call, asked, Wanted(MATERIAL_KIND, keeps), out=_kind)


@router.get("/kinds/{kind}", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_kind(kind: str, session: ReadDep, at: PointDep, response: Response) -> KindOut:
    """One material kind by its name, e.g. concrete.ready-mixed."""
    known = _named(session, MATERIAL_KIND, at, is_it=lambda fact: fact.kind == kind)
    return _kind(state_version(known, response), at)


@router.get("/categories", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_categories(call: CallDep, asked: Annotated[CategoriesQuery, Query()]) -> PageOut[CategoryOut]:
    """Certification categories in pages."""

    def keeps(known: Known[CategoryFact], _at: Point) -> bool:
        return agrees(asked, known.fact, "scheme")

    return page(call, asked, Wanted(CATEGORY, keeps), out=_category)


@router.get("/categories/{category}", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_category(category: str, session: ReadDep, at: PointDep, response: Response) -> CategoryOut:
    """One certification category by its name."""
    known = _named(session, CATEGORY, at, is_it=lambda fact: fact.category == category)
    return _category(state_version(known, response), at)


@router.get("/regions", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_regions(call: CallDep, asked: Annotated[RegionsQuery, Query()]) -> PageOut[RegionOut]:
    """Regions in pages."""

    def keeps(known: Known[RegionFact], _at: Point) -> bool:
        return agrees(asked, known.fact, "parent")

    return page(call, asked, Wanted(REGION, keeps), out=_region)


@router.get("/regions/{region}", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_region(region: str, session: ReadDep, at: PointDep, response: Response) -> RegionOut:
    """One region by its code."""
    known = _named(session, REGION, at, is_it=lambda fact: fact.region == region)
    return _region(state_version(known, response), at)
