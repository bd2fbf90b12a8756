"""Honours, energy records and disclosures as machines read them; energy with its verdict and its limits."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.answers import MANY, ONE, PageOut, RecordOut, place
from registry.changes.codes import by_code, optional_key
from registry.changes.http import Call, CallDep, CodePath, ListQuery, PointDep, page, state_version
from registry.changes.kinds import FactKind, Known
from registry.changes.listing import Wanted
from registry.changes.reading import Point
from registry.firms import service
from registry.firms.benchmarks import Level
from registry.firms.facts import (
    DisclosureFact,
    EnergyProduct,
    EnergyRecordFact,
    EnergyUnit,
    HonourFact,
    HonourKind,
)
from registry.firms.judging import Reason, Standing, Verdict
from registry.firms.service import DISCLOSURE, ENERGY_RECORD, HONOUR, F
from registry.kit.db import ReadDep
from registry.kit.etags import Conditional
from registry.kit.types import Exact
from registry.parties.service import ORGANISATION, PLANT

router = APIRouter(prefix="/api/v1", tags=["firms"], route_class=Conditional)
_READ = [Depends(May(Act.READ))]


class HonourOut(RecordOut):
    """What an authority awarded to an organisation or a plant; it proves nothing about a product."""

    honour: HonourFact


class LimitOut(BaseModel):
    """One row of a dated table that is for this plant, and whether the figure keeps it."""

    row: str
    level: Level
    comparator: str
    value: Exact
    unit: EnergyUnit
    document: str
    clause: str | None
    confidence: str
    met: bool


class StandingOut(BaseModel):
    """How the figure stands to the benchmarks; `reason` says why nothing is decided."""

    verdict: Verdict
    reason: Reason | None
    limits: list[LimitOut]

    @classmethod
    def of(cls, found: Standing) -> "StandingOut":
        return cls(
            verdict=found.verdict,
            reason=found.reason,
            limits=[
                LimitOut(
                    row=one.limit.row,
                    level=one.limit.level,
                    comparator=one.limit.bound.sign,
                    value=one.limit.bound.value,
                    unit=one.limit.unit,
                    document=one.limit.document,
                    clause=one.limit.clause,
                    confidence=one.limit.confidence,
                    met=one.met,
                )
                for one in found.compared
            ],
        )


class EnergyRecordOut(RecordOut):
    """Energy per unit of product of a plant in a period, as the plant states it."""

    energy_record: EnergyRecordFact


class EnergyRecordJudgedOut(EnergyRecordOut):
    """The same with its verdict by the benchmarks of the point asked for."""

    standing: StandingOut


class DisclosureOut(RecordOut):
    """A firm's carbon report for one year; None is not stated."""

    disclosure: DisclosureFact


class FirmFactsQuery(ListQuery):
    organisation: str | None = Field(None, max_length=40, description="登记号 of the organisation")
    plant: str | None = Field(None, max_length=40, description="登记号 of the plant")


class HonoursQuery(FirmFactsQuery):
    kind: HonourKind | None = Field(None, description="Only honours of this kind")


class EnergyRecordsQuery(FirmFactsQuery):
    product: EnergyProduct | None = Field(None, description="Only records of this product")


class DisclosuresQuery(FirmFactsQuery):
    year: int | None = Field(None, ge=1990, le=2100, description="Only reports for this year")


def _wanted(call: Call, asked: FirmFactsQuery, kind: FactKind[F], /, **fields: object) -> Wanted[F]:
    """Those of an organisation or a plant whose fields are as asked."""
    organisation: UUID | None = optional_key(call.session, asked.organisation, ORGANISATION)
    plant: UUID | None = optional_key(call.session, asked.plant, PLANT)

    def keeps(known: Known[F], _at: Point) -> bool:
        fact = known.fact
        mine = organisation in (None, fact.organisation_id) and plant in (None, fact.plant_id)
        return mine and all(value in (None, getattr(fact, name)) for name, value in fields.items())

    narrowed = organisation is not None or plant is not None
    among = [service.ids(kind, organisation_id=organisation, plant_id=plant)] if narrowed else []
    return Wanted(kind, keeps, among)


@router.get("/honours", dependencies=_READ, responses=MANY)
def list_honours(call: CallDep, asked: Annotated[HonoursQuery, Query()]) -> PageOut[HonourOut]:
    """Honours in pages."""

    def out(known: Known[HonourFact], _at: Point) -> HonourOut:
        return HonourOut(**place(known), honour=known.fact)

    return page(call, asked, _wanted(call, asked, HONOUR, kind=asked.kind), out=out)


@router.get("/honours/{code}", dependencies=_READ, responses=ONE)
def read_honour(code: CodePath, session: ReadDep, at: PointDep, response: Response) -> HonourOut:
    """One honour by its 登记号."""
    known = state_version(by_code(session, code, HONOUR, at), response)
    return HonourOut(**place(known), honour=known.fact)


@router.get("/energy-records", dependencies=_READ, responses=MANY)
def list_energy_records(
    call: CallDep, asked: Annotated[EnergyRecordsQuery, Query()]
) -> PageOut[EnergyRecordOut]:
    """Energy records in pages, without verdicts."""

    def out(known: Known[EnergyRecordFact], _at: Point) -> EnergyRecordOut:
        return EnergyRecordOut(**place(known), energy_record=known.fact)

    return page(call, asked, _wanted(call, asked, ENERGY_RECORD, product=asked.product), out=out)


@router.get("/energy-records/{code}", dependencies=_READ, responses=ONE)
def read_energy_record(code: CodePath, session: ReadDep, at: PointDep) -> EnergyRecordJudgedOut:
    """One energy record with its verdict: benchmark, between, worse, or undecided with the reason."""
    known = by_code(session, code, ENERGY_RECORD, at)
    standing = StandingOut.of(service.standing_of(session, known.fact, at))
    return EnergyRecordJudgedOut(**place(known), energy_record=known.fact, standing=standing)


@router.get("/disclosures", dependencies=_READ, responses=MANY)
def list_disclosures(call: CallDep, asked: Annotated[DisclosuresQuery, Query()]) -> PageOut[DisclosureOut]:
    """Disclosures in pages."""

    def out(known: Known[DisclosureFact], _at: Point) -> DisclosureOut:
        return DisclosureOut(**place(known), disclosure=known.fact)

    return page(call, asked, _wanted(call, asked, DISCLOSURE, year=asked.year), out=out)


@router.get("/disclosures/{code}", dependencies=_READ, responses=ONE)
def read_disclosure(code: CodePath, session: ReadDep, at: PointDep, response: Response) -> DisclosureOut:
    """One disclosure by its 登记号."""
    known = state_version(by_code(session, code, DISCLOSURE, at), response)
    return DisclosureOut(**place(known), disclosure=known.fact)
