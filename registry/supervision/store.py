"""Reading complaints, and writing each step once: a revision taken by another refuses this one."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlmodel import Session, col

from registry.access.actors import Actor, ActorRole
from registry.kit.clock import civil_day
from registry.kit.errors import Conflict, NotAllowed, NotFound
from registry.kit.tokens import token_sha256
from registry.supervision.complaint import Complaint, Event, of_event, of_row
from registry.supervision.models import ComplaintEventRow, ComplaintRow
from registry.supervision.states import ENDED, Case, Person, Step

LONGEST_NUMBER = 14
_NUMBER = re.compile(r"TS-[0-9A-Z]{8}", re.ASCII)
COMPLAINANT = str(ActorRole.ANONYMOUS)


@dataclass(frozen=True, slots=True)
class By:
    """Who takes a step, when, and from which revision."""

    actor: Actor
    now: datetime
    revision: int = 0

    @property
    def today(self) -> date:
        return civil_day(self.now)

    @property
    def person(self) -> Person:
        """The signed-in person; nothing but a secret address acts without one."""
        account, organisation = self.actor.account_id, self.actor.organisation_id
        if account is None or organisation is None:
            raise NotAllowed(role=str(self.actor.role), act="handle-complaint")
        return Person(account, organisation, self.actor.belongs_to)


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was allowed: the case after it, and the words and days that belong to it."""

    act: str
    case: Case
    now: datetime
    revision: int
    actor: Actor | None = None
    words: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def by_number(session: Session, number: str) -> Complaint:
    """The complaint of a number, however it was typed."""
    printed = number[: LONGEST_NUMBER * 2].strip().upper()
    if not _NUMBER.fullmatch(printed):
        raise NotFound("complaint-not-found")
    return _one(session, col(ComplaintRow.number) == printed)


def by_token(session: Session, token: str) -> Complaint:
    """Whoever knows the address may read what was sent to it; every other guess is not found."""
    return _one(session, col(ComplaintRow.token_sha256) == token_sha256(token))


def _one(session: Session, condition: ColumnElement[bool]) -> Complaint:
    row = session.scalars(
        select(ComplaintRow).where(condition).execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound("complaint-not-found")
    return of_row(row)


def events(session: Session, complaint_id: UUID) -> list[Event]:
    rows = session.scalars(
        select(ComplaintEventRow)
        .where(col(ComplaintEventRow.complaint_id) == complaint_id)
        .order_by(col(ComplaintEventRow.place))
    )
    return [of_event(row) for row in rows]


def listed(session: Session, *conditions: ColumnElement[bool]) -> list[Complaint]:
    """Every complaint that meets the conditions: open ones first, then by age.

    There is no limit: what is cut off here would be missing from a list, a reminder or a count of objections.
    """
    rows = session.scalars(
        select(ComplaintRow)
        .where(*conditions)
        .order_by(
            col(ComplaintRow.ended_at).is_not(None),
            col(ComplaintRow.received_at),
            col(ComplaintRow.number),
        )
    )
    return [of_row(row) for row in rows]


def write(session: Session, complaint: Complaint, taken: Taken) -> Complaint:
    """One step: the row at its next revision and the event beside it, or a refusal and nothing."""
    case = taken.case
    done = session.execute(
        update(ComplaintRow)
        .where(col(ComplaintRow.id) == complaint.id, col(ComplaintRow.revision) == taken.revision)
        .values(
            revision=taken.revision + 1,
            state=case.state,
            reply_due=case.reply_due,
            forwarded=case.forwarded,
            deciders=" ".join(map(str, case.deciders)),
            ended_at=_ended_at(complaint, taken),
        )
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict("complaint-changed-meanwhile")
    add_event(session, complaint.id, taken, revision=taken.revision + 1)
    return by_number(session, complaint.number)


def _ended_at(complaint: Complaint, taken: Taken) -> datetime | None:
    """When the days begin after which it is erased: with its end, anew only when it is decided again."""
    if taken.case.state not in ENDED:
        return None
    if complaint.ended_at is None or taken.act == Step.REVISE:
        return taken.now
    return complaint.ended_at


def add_event(session: Session, complaint_id: UUID, taken: Taken, *, revision: int) -> None:
    last = session.scalar(
        select(func.max(col(ComplaintEventRow.place))).where(
            col(ComplaintEventRow.complaint_id) == complaint_id
        )
    )
    session.add(
        ComplaintEventRow(
            complaint_id=complaint_id,
            place=(last or 0) + 1,
            at=taken.now,
            act=taken.act,
            role=taken.actor.role if taken.actor else COMPLAINANT,
            account_id=taken.actor.account_id if taken.actor else None,
            revision=revision,
            words=taken.words,
            details=json.dumps(taken.details, sort_keys=True),
        )
    )
    session.flush()


def was_taken_already(session: Session, complaint: Complaint, act: str, by: By) -> bool:
    """Whether this very step of this person stands as the last: a second click gets the same answer."""
    last = events(session, complaint.id)[-1]
    return (
        last.act == act
        and last.account_id == by.actor.account_id
        and last.revision == complaint.revision == by.revision + 1
    )
