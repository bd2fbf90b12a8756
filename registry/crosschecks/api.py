"""Look-ups as machines read them: those of one certificate, and what is due; reading only."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from registry.access.http import May
from registry.access.permissions import Act
from registry.certificates.kind import CERTIFICATE
from registry.changes.answers import MANY, ONE, PageOut, PointOut, RecordOut, place
from registry.changes.codes import by_code, optional_key
from registry.changes.http import CallDep, CodePath, ListQuery, PointDep, agrees, page
from registry.changes.kinds import Known
from registry.changes.listing import Wanted
from registry.changes.reading import Point
from registry.crosschecks import service
from registry.crosschecks.facts import CrossCheckFact, Looker, Result
from registry.crosschecks.looks import Attention, Look
from registry.crosschecks.service import CROSS_CHECK, Standing
from registry.kit.db import ReadDep
from registry.kit.etags import Conditional

router = APIRouter(prefix="/api/v1", tags=["cross-checks"], route_class=Conditional)
LARGEST_PAGE = 500


class LookOut(BaseModel):
    """One look at a platform; `result` is None where only words were recorded, which stand in `said`."""

    platform: str
    checked_on: date
    result: Result | None
    said: str | None = Field(description="What differs, or the words recorded with the transcription")
    looker: Looker | None = Field(description="The role that looked; never a person's name")
    screenshot_sha256: str | None
    recheck_due: date | None


class StandingOut(BaseModel):
    """A living certificate, the last look that saw the platform, and why somebody has to look (again)."""

    certificate: str = Field(description="Our 登记号")
    number: str = Field(description="The body's own number")
    last: LookOut | None
    recheck_due: date | None
    attention: Attention | None


class StandingsOut(BaseModel):
    """Part of the living certificates by urgency; `total` counts all that were asked for."""

    point: PointOut
    total: int
    items: list[StandingOut]


class CrossCheckOut(RecordOut):
    """One look-up as it was recorded."""

    cross_check: CrossCheckFact


class LookUpsQuery(ListQuery):
    certificate: str | None = Field(None, max_length=40, description="登记号 of the certificate")
    result: Result | None = Field(None, description="Only look-ups with this result")


class LooksOut(BaseModel):
    """Every look at one certificate, first to last."""

    point: PointOut
    certificate: str
    items: list[LookOut]


@router.get("/cross-checks", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_standings(
    session: ReadDep,
    at: PointDep,
    *,
    overdue: Annotated[bool, Query(description="Only those that somebody has to look at (again)")] = False,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> StandingsOut:
    """Living certificates by urgency: doubted by a platform, never looked at, then longest overdue."""
    found = [one for one in service.living(session, at) if not overdue or one.checked.attention]
    page = found[offset : offset + limit]
    return StandingsOut(point=PointOut.of(at), total=len(found), items=[_standing_out(one) for one in page])


@router.get("/cross-checks/look-ups", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_look_ups(call: CallDep, asked: Annotated[LookUpsQuery, Query()]) -> PageOut[CrossCheckOut]:
    """Every look-up that was recorded, in pages."""
    certificate = optional_key(call.session, asked.certificate, CERTIFICATE)

    def keeps(known: Known[CrossCheckFact], _at: Point) -> bool:
        return certificate in (None, known.fact.certificate_id) and agrees(asked, known.fact, "result")

    def out(known: Known[CrossCheckFact], _at: Point) -> CrossCheckOut:
        return CrossCheckOut(**place(known), cross_check=known.fact)

    return page(call, asked, Wanted(CROSS_CHECK, keeps), out=out)


@router.get("/certificates/{code}/cross-checks", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_looks(code: CodePath, session: ReadDep, at: PointDep) -> LooksOut:
    """The history of look-ups of one certificate."""
    known = by_code(session, code, CERTIFICATE, at)
    looks = service.looks_at(session, [known], at)[known.header.key]
    return LooksOut(
        point=PointOut.of(at), certificate=known.fact.code, items=[_look_out(look) for look in looks]
    )


def _standing_out(one: Standing) -> StandingOut:
    last = one.checked.last
    return StandingOut(
        certificate=one.certificate.fact.code,
        number=one.certificate.fact.number,
        last=_look_out(last) if last else None,
        recheck_due=one.checked.due,
        attention=one.checked.attention,
    )


def _look_out(look: Look) -> LookOut:
    return LookOut(
        platform=look.platform,
        checked_on=look.checked_on,
        result=look.result,
        said=look.said,
        looker=look.looker,
        screenshot_sha256=look.screenshot_sha256,
        recheck_due=look.recheck_due,
    )
