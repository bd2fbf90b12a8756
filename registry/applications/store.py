"""Reading applications, and writing each step once: a revision taken by another refuses this one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from registry.access.actors import Actor
from registry.applications.application import Application, Event, Pinned, Remark, of_row
from registry.applications.models import (
    ApplicationEventRow,
    ApplicationFileRow,
    ApplicationRemarkRow,
    ApplicationRow,
)
from registry.applications.numbers import LONGEST, parse_number
from registry.applications.states import Case, Step
from registry.evidence.models import EvidenceFileRow
from registry.kit.errors import Conflict, NotAllowed, NotFound

START = "start"
_TYPING = (START, Step.SAVE, Step.SUBMIT)


@dataclass(frozen=True, slots=True)
class By:
    """Who takes a step, when, and from which revision; `levels` is the site's setting."""

    actor: Actor
    now: datetime
    revision: int = 0
    levels: int = 1


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was allowed: the case after it, and what else is kept of it."""

    act: str
    by: By
    case: Case
    reason: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    columns: Mapping[str, Any] = field(default_factory=dict)


def account_of(actor: Actor) -> UUID:
    """Applications are the work of signed-in people; nothing here is done without an account."""
    if actor.account_id is None:
        raise NotAllowed(role=str(actor.role), act="apply")
    return actor.account_id


def get(session: Session, number: str, *, levels: int = 1) -> Application:
    """The application of a number, however it was typed."""
    printed = parse_number(number)
    row = session.scalars(
        select(ApplicationRow)
        .where(col(ApplicationRow.number) == printed)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound("application-not-found", number=number[:LONGEST])
    return of_row(row, _applicants(session, row.id), pinned(session, row.id), levels=levels)


def hold(session: Session, application_id: UUID) -> None:
    """Until the transaction ends nobody else writes to this application: the next step waits."""
    session.execute(
        select(col(ApplicationRow.id)).where(col(ApplicationRow.id) == application_id).with_for_update()
    )


def events(session: Session, application_id: UUID) -> list[Event]:
    rows = session.scalars(
        select(ApplicationEventRow)
        .where(col(ApplicationEventRow.application_id) == application_id)
        .order_by(col(ApplicationEventRow.place))
    )
    return [_event(row) for row in rows]


def remarks(session: Session, application_id: UUID) -> list[Remark]:
    rows = session.scalars(
        select(ApplicationRemarkRow)
        .where(col(ApplicationRemarkRow.application_id) == application_id)
        .order_by(col(ApplicationRemarkRow.at), col(ApplicationRemarkRow.id))
        .execution_options(populate_existing=True)
    )
    return [Remark(r.id, r.round, r.path, r.text, r.at, r.settled_at) for r in rows]


def pinned(session: Session, application_id: UUID) -> tuple[Pinned, ...]:
    rows = session.execute(
        select(ApplicationFileRow, EvidenceFileRow)
        .join(EvidenceFileRow, col(EvidenceFileRow.id) == col(ApplicationFileRow.file_id))
        .where(col(ApplicationFileRow.application_id) == application_id)
        .order_by(col(ApplicationFileRow.path), col(EvidenceFileRow.name), col(EvidenceFileRow.id))
    )
    return tuple(
        Pinned(link.path, file.id, file.name, file.media_type, file.size, file.sha256) for link, file in rows
    )


def was_taken_already(session: Session, application: Application, step: Step, by: By) -> bool:
    """Whether this very step of this person stands as the last: a second click gets the same answer."""
    last = session.scalars(
        select(ApplicationEventRow)
        .where(col(ApplicationEventRow.application_id) == application.id)
        .order_by(col(ApplicationEventRow.place).desc())
        .limit(1)
    ).one()
    return (
        last.act == step
        and last.account_id == by.actor.account_id
        and last.revision == application.revision == by.revision + 1
    )


def write(session: Session, application: Application, taken: Taken) -> None:
    """One step: the row at its next revision and the event beside it, or a refusal and nothing."""
    case, by = taken.case, taken.by
    values = {
        "state": case.state,
        "round": case.round,
        "assignee_id": case.assignee,
        "first_account_id": case.first.account_id if case.first else None,
        "first_organisation_id": case.first.organisation_id if case.first else None,
        "first_region": case.first.region if case.first else None,
        **taken.columns,
    }
    done = session.execute(
        update(ApplicationRow)
        .where(col(ApplicationRow.id) == application.id, col(ApplicationRow.revision) == by.revision)
        .values(revision=by.revision + 1, **values)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict("application-changed-meanwhile")
    add_event(session, application.id, taken, revision=by.revision + 1)


def add_event(session: Session, application_id: UUID, taken: Taken, *, revision: int) -> None:
    last = session.scalar(
        select(func.max(col(ApplicationEventRow.place))).where(
            col(ApplicationEventRow.application_id) == application_id
        )
    )
    session.add(
        ApplicationEventRow(
            application_id=application_id,
            place=(last or 0) + 1,
            at=taken.by.now,
            act=taken.act,
            role=taken.by.actor.role,
            account_id=account_of(taken.by.actor),
            revision=revision,
            reason=taken.reason,
            details=json.dumps(taken.details, sort_keys=True),
        )
    )
    session.flush()


def _applicants(session: Session, application_id: UUID) -> frozenset[UUID]:
    return frozenset(
        session.scalars(
            select(col(ApplicationEventRow.account_id))
            .where(
                col(ApplicationEventRow.application_id) == application_id,
                col(ApplicationEventRow.act).in_(_TYPING),
            )
            .distinct()
        )
    )


def _event(row: ApplicationEventRow) -> Event:
    return Event(row.at, row.act, row.role, row.account_id, row.revision, row.reason, json.loads(row.details))
