"""Which certificate covered product and plant while a batch was made, for machines."""

from datetime import date

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from catalogue.batches.cover import Covered, Reason
from catalogue.batches.of_batch import of_batch
from registry.access.http import May
from registry.access.permissions import Act
from registry.batches.kind import BATCH
from registry.changes.answers import ONE, PointOut
from registry.changes.codes import by_code
from registry.changes.http import CodePath, PointDep
from registry.kit.db import ReadDep
from registry.kit.etags import Conditional

router = APIRouter(prefix="/api/v1", tags=["batches"], route_class=Conditional)


class CoveringOut(BaseModel):
    """A certificate that the answer rests on."""

    code: str = Field(description="Our 登记号 of the certificate")
    number: str = Field(description="The body's own number")


class CoverOut(BaseModel):
    """Whether a certificate covered product, model and plant on the days of production.

    A certificate never covers a batch; this is computed when asked, and is no verdict for any ratio.
    """

    point: PointOut
    batch: str = Field(description="The batch's 登记号")
    made_from: date
    made_to: date
    state: Covered
    reason: Reason
    certificates: list[CoveringOut]


@router.get("/batches/{code}/cover", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_batch_cover(code: CodePath, session: ReadDep, at: PointDep) -> CoverOut:
    """Whether a certificate covered what was made there those days; it never covers the batch."""
    batch = by_code(session, code, BATCH, at).fact
    found = of_batch(session, batch, at)
    return CoverOut(
        point=PointOut.of(at),
        batch=batch.code,
        made_from=batch.made_from,
        made_to=batch.made_to,
        state=found.state,
        reason=found.reason,
        certificates=[CoveringOut(code=one.code, number=one.number) for one in found.certificates],
    )
