"""Standards as machines read them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.answers import MANY, ONE, PageOut, RecordOut, place
from registry.changes.http import CallDep, ListQuery, PointDep, page, state_version
from registry.changes.kinds import Known
from registry.changes.listing import Wanted
from registry.changes.reading import Point, get
from registry.kit.db import ReadDep
from registry.kit.errors import NotFound
from registry.kit.etags import Conditional
from registry.standards.facts import StandardFact
from registry.standards.service import STANDARD

router = APIRouter(prefix="/api/v1", tags=["reference"], route_class=Conditional)


class StandardOut(RecordOut):
    """One edition of a standard."""

    standard: StandardFact


class StandardsQuery(ListQuery):
    number: str | None = Field(None, max_length=120, description="As printed, or its beginning: GB/T 35608")


def _out(known: Known[StandardFact], _at: Point) -> StandardOut:
    return StandardOut(**place(known), standard=known.fact)


@router.get("/standards", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_standards(call: CallDep, asked: Annotated[StandardsQuery, Query()]) -> PageOut[StandardOut]:
    """Editions of standards in pages."""

    def keeps(known: Known[StandardFact], _at: Point) -> bool:
        return known.fact.number.startswith(asked.number or "")

    return page(call, asked, Wanted(STANDARD, keeps), out=_out)


@router.get("/standards/{id}", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_standard(id: UUID, session: ReadDep, at: PointDep, response: Response) -> StandardOut:  # noqa: A002 - the name in the address
    """One edition by its id; a standard's number has slashes and stands in the list's filter."""
    known = get(session, STANDARD, id, at)
    if known is None:
        raise NotFound
    return _out(state_version(known, response), at)
