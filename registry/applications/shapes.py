"""What the interface of applications takes and gives."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from registry.applications.application import Application, Event, Remark
from registry.applications.comparing import Difference
from registry.applications.fields import Part
from registry.applications.findings import Finding, Severity
from registry.applications.looking import LookUps
from registry.applications.parts import ASKED, Subject
from registry.applications.queue import Queue, Waiting
from registry.applications.states import Person, State, Step, open_steps
from registry.kit.messages import say

Text = Annotated[str, Field(max_length=4_000)]
Reason = Annotated[str, Field(max_length=2_000)]
FieldPath = Annotated[str, Field(max_length=120)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class StartIn(_In):
    subject: Subject
    about: str | None = Field(None, max_length=40, description="登记号 of the product, where it is about one")


class StepIn(_In):
    revision: int = Field(ge=0, description="The revision the step was made from")


class UnpinQuery(StepIn):
    path: FieldPath


class PartIn(StepIn):
    typed: dict[FieldPath, Text] = Field(description="Every text of the part by its path, exactly as typed")


class ReasonIn(StepIn):
    reason: Reason


class HandOverIn(ReasonIn):
    to: UUID = Field(description="The account that gets the case")


class RemarkIn(StepIn):
    path: FieldPath
    text: Text


class ReturnIn(ReasonIn):
    paths: list[FieldPath] = Field(max_length=200, description="Fields, rows or parts that are open again")


class ApproveIn(StepIn):
    looks: LookUps = Field((), description="One for the certificate, one for the report, if there is one")


class RemarkOut(BaseModel):
    id: UUID
    round: int
    path: str
    text: str
    at: datetime
    settled_at: datetime | None


class FileOut(BaseModel):
    id: UUID
    path: str
    name: str
    media_type: str
    size: int
    sha256: str


class PublishedOut(BaseModel):
    part: str
    kind: str
    code: str


class ApplicationOut(BaseModel):
    """An application as it stands; `may` names the steps open to whoever asks."""

    number: str
    subject: Subject
    state: State
    revision: int
    round: int
    started_at: datetime
    submitted_at: datetime | None
    parts: list[Part]
    typed: dict[str, str]
    open_paths: list[str]
    files: list[FileOut]
    remarks: list[RemarkOut]
    published: list[PublishedOut]
    may: list[Step]

    @classmethod
    def of(cls, application: Application, remarks: list[Remark], person: Person) -> "ApplicationOut":
        return cls(
            number=application.number,
            subject=application.subject,
            state=application.state,
            revision=application.revision,
            round=application.case.round,
            started_at=application.started_at,
            submitted_at=application.submitted_at,
            parts=list(ASKED[application.subject].parts),
            typed=dict(application.typed),
            open_paths=list(application.open_paths),
            files=[
                FileOut(
                    id=one.file_id, path=one.path, name=one.name,
                    media_type=one.media_type, size=one.size, sha256=one.sha256,
                )
                for one in application.pinned
            ],
            remarks=[
                RemarkOut(
                    id=one.id, round=one.round, path=one.path,
                    text=one.text, at=one.at, settled_at=one.settled_at,
                )
                for one in remarks
            ],
            published=[
                PublishedOut(part=one.part, kind=one.kind, code=one.code) for one in application.published
            ],
            may=sorted(open_steps(application.case, person)),
        )  # fmt: skip


class ApplicationLine(BaseModel):
    number: str
    subject: Subject
    state: State
    name: str
    started_at: datetime
    submitted_at: datetime | None


class ApplicationsOut(BaseModel):
    """The applications of the organisation that asks, newest first."""

    items: list[ApplicationLine]


class FindingOut(BaseModel):
    path: str
    severity: Severity
    key: str
    message: str

    @classmethod
    def of(cls, finding: Finding, lang: str) -> "FindingOut":
        return cls(
            path=finding.path,
            severity=finding.severity,
            key=finding.key,
            message=say(finding.key, lang, finding.facts),
        )


class FindingsOut(BaseModel):
    """`fit` means that it may be submitted; warnings do not stand in the way."""

    fit: bool
    findings: list[FindingOut]


class EventOut(BaseModel):
    """One act; the account is opaque and told to the applicant's own side and to reviewers alike."""

    at: datetime
    act: str
    role: str
    account: UUID
    reason: str

    @classmethod
    def of(cls, event: Event) -> "EventOut":
        return cls(at=event.at, act=event.act, role=event.role, account=event.account_id, reason=event.reason)


class EventsOut(BaseModel):
    """Every act on an application, first to last."""

    items: list[EventOut]


class DifferenceOut(BaseModel):
    path: str
    before: str
    now: str

    @classmethod
    def of(cls, one: Difference) -> "DifferenceOut":
        return cls(path=one.path, before=one.before, now=one.now)


class DifferencesOut(BaseModel):
    """Against the published record, and against what was submitted the time before."""

    with_register: list[DifferenceOut]
    with_last_round: list[DifferenceOut]
    copied_files: list[str] = Field(description="For reviewers: paths whose file somebody else brought too")


class WaitingOut(BaseModel):
    """One line of the queue; `days` are working days on the service clock."""

    number: str
    subject: Subject
    state: State
    organisation: str | None
    name: str
    round: int
    warnings: int
    days: int
    due_on: date | None
    overdue: bool
    taken: bool
    mine: bool

    @classmethod
    def of(cls, line: Waiting, account: UUID | None) -> "WaitingOut":
        return cls(
            number=line.number,
            subject=line.subject,
            state=line.state,
            organisation=line.organisation,
            name=line.name,
            round=line.round,
            warnings=line.warnings,
            days=line.days,
            due_on=line.due_on,
            overdue=line.overdue,
            taken=line.assignee_id is not None,
            mine=line.assignee_id is not None and line.assignee_id == account,
        )


class QueueOut(BaseModel):
    """The lines asked for; the counts are of the whole queue."""

    total: int
    mine: int
    overdue: int
    items: list[WaitingOut]

    @classmethod
    def of(cls, queue: Queue, account: UUID | None) -> "QueueOut":
        items = [WaitingOut.of(line, account) for line in queue.lines]
        return cls(total=queue.total, mine=queue.mine, overdue=queue.overdue, items=items)
