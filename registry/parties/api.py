"""Organisations and plants as machines read them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field
from sqlalchemy import select
from sqlmodel import col

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.answers import MANY, ONE, PageOut, RecordOut, place
from registry.changes.codes import by_code, optional_key
from registry.changes.http import CallDep, CodePath, ListQuery, PointDep, agrees, page, state_version
from registry.changes.kinds import Known
from registry.changes.listing import Wanted
from registry.changes.reading import Point
from registry.kit.db import ReadDep
from registry.kit.etags import Conditional
from registry.kit.types import NO_NUL
from registry.parties.facts import OrganisationFact, PlantFact, Role
from registry.parties.models import OrganisationRow, PlantRow
from registry.parties.service import ORGANISATION, PLANT

router = APIRouter(prefix="/api/v1", tags=["parties"], route_class=Conditional)

REGION = "GB/T 2260 code or its first digits: 52 is Guizhou with all its cities, 520100 one of them"


class OrganisationOut(RecordOut):
    """A firm, certification body, laboratory, verifier or buyer."""

    organisation: OrganisationFact


class PlantOut(RecordOut):
    """A production site 生产厂."""

    plant: PlantFact


class OrganisationsQuery(ListQuery):
    role: Role | None = Field(None, description="Only organisations that hold this role")
    credit_code: str | None = Field(None, max_length=18, pattern=NO_NUL, description="统一社会信用代码")
    region: str = Field("", max_length=6, description=REGION)


class PlantsQuery(ListQuery):
    organisation: str | None = Field(None, max_length=40, description="登记号 of the organisation")
    region: str = Field("", max_length=6, description=REGION)


def _organisation(known: Known[OrganisationFact], _at: Point) -> OrganisationOut:
    return OrganisationOut(**place(known), organisation=known.fact)


def _plant(known: Known[PlantFact], _at: Point) -> PlantOut:
    return PlantOut(**place(known), plant=known.fact)


@router.get("/organisations", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_organisations(
    call: CallDep, asked: Annotated[OrganisationsQuery, Query()]
) -> PageOut[OrganisationOut]:
    """Organisations in pages."""

    def keeps(known: Known[OrganisationFact], _at: Point) -> bool:
        fact = known.fact
        plays = asked.role is None or asked.role in fact.roles
        return plays and agrees(asked, fact, "credit_code") and fact.region.startswith(asked.region)

    rows = select(col(OrganisationRow.id)).where(col(OrganisationRow.credit_code) == asked.credit_code)
    wanted = Wanted(ORGANISATION, keeps, (rows,) if asked.credit_code else ())
    return page(call, asked, wanted, out=_organisation)


@router.get("/organisations/{code}", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_organisation(code: CodePath, session: ReadDep, at: PointDep, response: Response) -> OrganisationOut:
    """One organisation by its 登记号."""
    return _organisation(state_version(by_code(session, code, ORGANISATION, at), response), at)


@router.get("/plants", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_plants(call: CallDep, asked: Annotated[PlantsQuery, Query()]) -> PageOut[PlantOut]:
    """Production sites in pages."""
    owner = optional_key(call.session, asked.organisation, ORGANISATION)

    def keeps(known: Known[PlantFact], _at: Point) -> bool:
        return owner in (None, known.fact.organisation_id) and known.fact.region.startswith(asked.region)

    rows = select(col(PlantRow.id)).where(col(PlantRow.organisation_id) == owner)
    return page(call, asked, Wanted(PLANT, keeps, (rows,) if owner else ()), out=_plant)


@router.get("/plants/{code}", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_plant(code: CodePath, session: ReadDep, at: PointDep, response: Response) -> PlantOut:
    """One production site by its 登记号."""
    return _plant(state_version(by_code(session, code, PLANT, at), response), at)
