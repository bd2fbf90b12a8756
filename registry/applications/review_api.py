"""The review by machine: the queue, and every step of a reviewer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from registry.access.http import May
from registry.access.permissions import Act
from registry.applications import reviewing
from registry.applications.api import answer
from registry.applications.http import NUMBER, RESPONSES, CallDep
from registry.applications.parts import Subject
from registry.applications.queue import Order, Wanted, queue
from registry.applications.shapes import (
    ApplicationOut,
    ApproveIn,
    HandOverIn,
    QueueOut,
    ReasonIn,
    RemarkIn,
    ReturnIn,
    StepIn,
)
from registry.applications.states import State
from registry.kit.db import ReadDep, write_session

MAY = [Depends(May(Act.REVIEW_APPLICATION))]
# Before the applications' own router: `queue` is no number.
router = APIRouter(prefix="/api/v1/applications", tags=["review"], responses=RESPONSES)


class QueueQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    order: Order = Field(Order.AGE, description="By age on the service clock, or by risk")
    state: State | None = Field(None, description="Only cases in this state")
    subject: Subject | None = Field(None, description="Only cases of this subject")
    overdue: bool = Field(default=False, description="Only those past the time set for a review")
    mine: bool = Field(default=False, description="Only those that whoever asks has taken")
    words: str = Field("", max_length=80, description="In number, name or organisation")


@router.get("/queue", dependencies=MAY)
def read_review_queue(call: CallDep, session: ReadDep, asked: Annotated[QueueQuery, Query()]) -> QueueOut:
    """What waits, without the cases of the reviewer's own organisation."""
    wanted = Wanted(**asked.model_dump())
    found = queue(session, wanted, actor=call.actor, today=call.today, limit_days=call.desk.days)
    return QueueOut.of(found, call.actor.account_id)


@router.post(NUMBER + "/take", dependencies=MAY)
def take_application(call: CallDep, number: str, given: StepIn) -> ApplicationOut:
    """Take a case; somebody who was faster keeps it."""
    with write_session(call.engine) as session:
        return answer(session, reviewing.take(session, number, call.by(given.revision)), call)


@router.post(NUMBER + "/hand-over", dependencies=MAY)
def hand_over_application(call: CallDep, number: str, given: HandOverIn) -> ApplicationOut:
    """Give a case to another reviewer."""
    with write_session(call.engine) as session:
        by = call.by(given.revision)
        return answer(
            session, reviewing.hand_over(session, number, by, to=given.to, reason=given.reason), call
        )


@router.post(NUMBER + "/put-back", dependencies=MAY)
def put_back_application(call: CallDep, number: str, given: ReasonIn) -> ApplicationOut:
    """Put a case back into the queue."""
    with write_session(call.engine) as session:
        by = call.by(given.revision)
        return answer(session, reviewing.put_back(session, number, by, reason=given.reason), call)


@router.post(NUMBER + "/remarks", status_code=201, dependencies=MAY)
def remark_on_application(call: CallDep, number: str, given: RemarkIn) -> ApplicationOut:
    """Pin a remark to a field, row or part."""
    with write_session(call.engine) as session:
        by = call.by(given.revision)
        return answer(session, reviewing.remark(session, number, by, path=given.path, text=given.text), call)


@router.post(NUMBER + "/remarks/{remark_id}/settle", dependencies=MAY)
def settle_remark(call: CallDep, number: str, remark_id: UUID, given: StepIn) -> ApplicationOut:
    """Mark a remark as dealt with."""
    with write_session(call.engine) as session:
        by = call.by(given.revision)
        return answer(session, reviewing.settle(session, number, by, remark_id=remark_id), call)


@router.post(NUMBER + "/return", dependencies=MAY)
def return_application(call: CallDep, number: str, given: ReturnIn) -> ApplicationOut:
    """Send it back for these fields; only they are open to the applicant."""
    with write_session(call.engine) as session:
        by = call.by(given.revision)
        returned = reviewing.return_for(session, number, by, paths=given.paths, reason=given.reason)
        return answer(session, returned, call)


@router.post(NUMBER + "/approve", dependencies=MAY)
def approve_application(call: CallDep, number: str, given: ApproveIn) -> ApplicationOut:
    """The first of two approvals."""
    with write_session(call.engine) as session:
        by = call.by(given.revision)
        return answer(session, reviewing.approve_first(session, number, by, looks=given.looks), call)


@router.post(NUMBER + "/publish", dependencies=MAY)
def publish_application(call: CallDep, number: str, given: ApproveIn) -> ApplicationOut:
    """The second approval and the publication, once; asked again it answers the same."""
    with write_session(call.engine) as session:
        by = call.by(given.revision)
        return answer(session, reviewing.publish(session, number, by, looks=given.looks), call)


@router.post(NUMBER + "/remove", dependencies=[Depends(May(Act.REMOVE_RECORD))])
def remove_published(call: CallDep, number: str, given: ReasonIn) -> ApplicationOut:
    """Take what was published out of the register, with a public reason."""
    with write_session(call.engine) as session:
        by = call.by(given.revision)
        return answer(session, reviewing.remove(session, number, by, reason=given.reason), call)
