"""Generic values as machines read them, and the carbon of a quantity by one of them."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from catalogue.background.generic import TABLE, Gases, Generic, Stage, generic
from catalogue.background.standing_in import stand_in
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.answers import MANY, ONE, PageOut, RecordOut, place
from registry.changes.http import CallDep, ListQuery, PointDep, agrees, page
from registry.changes.kinds import Known
from registry.changes.listing import Wanted
from registry.changes.reading import Point, get
from registry.declarations.figures.api import unit_named
from registry.declarations.figures.gwp import Refusal
from registry.declarations.figures.shapes import StepOut, step_out
from registry.kit.db import ReadDep
from registry.kit.errors import Invalid, NotFound
from registry.kit.etags import Conditional
from registry.kit.ids import derived
from registry.kit.messages import say
from registry.kit.problems import wanted_language
from registry.kit.types import Exact
from registry.policies.facts import BenchmarkFact
from registry.policies.service import BENCHMARK

router = APIRouter(prefix="/api/v1", tags=["rules"], route_class=Conditional)

LONGEST = 40
MARK = "Always true: a generic value, never that of a product"


class GenericOut(BaseModel):
    """kg of `gases` per one `per`; use a verified declaration of the product first where there is one."""

    row: str
    version: int
    document: str
    clause: str | None
    confidence: str
    name_zh: str
    name_en: str
    stage: Stage
    group: str
    region: str | None
    data_year: str | None
    value: Exact
    gases: Gases
    per: str
    stand_in: Literal[True] = Field(True, description=MARK)

    @classmethod
    def of(cls, one: Generic) -> "GenericOut":
        return cls(
            row=one.row,
            version=one.version,
            document=one.document,
            clause=one.clause,
            confidence=one.confidence,
            name_zh=one.name_zh,
            name_en=one.name_en,
            stage=one.stage,
            group=one.group,
            region=one.region,
            data_year=one.data_year,
            value=one.value,
            gases=one.gases,
            per=one.per.code,
        )


class BackgroundOut(RecordOut):
    """A generic value with its place in the feed."""

    dataset: GenericOut


class BackgroundQuery(ListQuery):
    stage: Stage | None = Field(None, description="Only this stage")
    group: str | None = Field(None, max_length=80, description="Only this group of materials")
    region: str | None = Field(None, max_length=6, description="Only this region, by its GB/T 2260 code")


class EstimateOut(BaseModel):
    """The carbon of a quantity by a generic value; `note` says so, and is to be shown beside it."""

    quantity: Exact
    unit: str
    kilograms: Exact
    gases: Gases
    stand_in: Literal[True] = Field(True, description=MARK)
    note: str
    dataset: GenericOut
    path: list[StepOut]


@router.get("/background-data", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_background_data(call: CallDep, asked: Annotated[BackgroundQuery, Query()]) -> PageOut[BackgroundOut]:
    """Generic values of GB/T 51366 and of the grids in pages; they stand in and never count as products."""

    def keeps(known: Known[BenchmarkFact], _at: Point) -> bool:
        found = generic(known)
        return found is not None and agrees(asked, GenericOut.of(found), "stage", "group", "region")

    return page(call, asked, Wanted(BENCHMARK, keeps), out=_out)


@router.get("/background-data/{row}/estimate", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_estimate(  # noqa: PLR0913 - the names in the address
    request: Request,
    row: str,
    session: ReadDep,
    at: PointDep,
    *,
    quantity: Annotated[Exact, Query(ge=0, description="How much of the material", examples=["12.5"])],
    unit: Annotated[str, Query(max_length=LONGEST, description="Unit of the quantity", examples=["t"])],
) -> EstimateOut:
    """The carbon of a quantity by one generic value, marked as a stand-in."""
    known = get(session, BENCHMARK, derived("benchmark", TABLE, row[:LONGEST]), at)
    found = generic(known) if known else None
    if found is None:
        raise NotFound("background-not-found", row=row[:LONGEST])
    answer = stand_in(found, quantity, unit_named(unit))
    if isinstance(answer, Refusal):
        raise Invalid(answer.key, **answer.facts)
    lang = wanted_language(request)
    facts = {"document": found.document, "clause": found.clause or "–", "confidence": found.confidence}
    return EstimateOut(
        quantity=answer.quantity,
        unit=answer.unit.code,
        kilograms=answer.kilograms,
        gases=found.gases,
        note=say("background.stand-in", lang, facts),
        dataset=GenericOut.of(found),
        path=[step_out(step, lang) for step in answer.path],
    )


def _out(known: Known[BenchmarkFact], _at: Point) -> BackgroundOut:
    found = generic(known)
    assert found is not None
    return BackgroundOut(**place(known), dataset=GenericOut.of(found))
