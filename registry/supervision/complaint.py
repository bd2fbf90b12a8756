"""A complaint as it is read: its case, what was said, and its acts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from registry.access.permissions import Target
from registry.supervision.facts import Allegation, SubjectKind
from registry.supervision.models import ComplaintEventRow, ComplaintRow
from registry.supervision.states import Case, State, Step

FORWARDED = "forwarded"  # what the body of a certificate may read


@dataclass(frozen=True, slots=True)
class Paper:
    """The one file that may come with a complaint."""

    sha256: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Complaint:
    id: UUID
    number: str
    revision: int
    case: Case
    subject_kind: SubjectKind
    subject_id: UUID
    subject_code: str
    allegation: Allegation
    lot: str | None
    words: str
    contact: str
    received_at: datetime
    day: date
    ended_at: datetime | None
    paper: Paper | None

    @property
    def state(self) -> State:
        return self.case.state

    def target(self, state: str | None = None) -> Target:
        """Whose it is, for the permission table."""
        case = self.case
        return Target(case.respondent, case.body, submitter_id=case.submitter, state=state or case.state)


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    act: str
    role: str
    account_id: UUID | None
    revision: int
    words: str
    details: Mapping[str, Any]


def of_row(row: ComplaintRow) -> Complaint:
    return Complaint(
        id=row.id,
        number=row.number,
        revision=row.revision,
        case=Case(
            respondent=row.respondent_id,
            parties=frozenset(UUID(one) for one in row.parties.split()),
            body=row.body_id,
            submitter=row.submitter_id,
            state=State(row.state),
            reply_due=row.reply_due,
            forwarded=row.forwarded,
            deciders=tuple(UUID(one) for one in row.deciders.split()),
        ),
        subject_kind=SubjectKind(row.subject_kind),
        subject_id=row.subject_id,
        subject_code=row.subject_code,
        allegation=Allegation(row.allegation),
        lot=row.lot,
        words=row.words,
        contact=row.contact,
        received_at=row.received_at,
        day=row.day,
        ended_at=row.ended_at,
        paper=Paper(row.file_sha256, row.file_name, row.file_type, row.file_size)
        if row.file_sha256
        else None,
    )


def of_event(row: ComplaintEventRow) -> Event:
    return Event(row.at, row.act, row.role, row.account_id, row.revision, row.words, json.loads(row.details))


def last_words(events: list[Event], *acts: Step) -> Event | None:
    """The newest of some acts, whose words still stand."""
    return next((one for one in reversed(events) if one.act in acts), None)
