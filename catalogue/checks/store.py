"""Keeping checks: an unguessable address, one revision at a time, gone when deleted or expired."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from catalogue.checks.models import CheckRow, ReportRow
from catalogue.checks.state import CheckState
from registry.kit.errors import Conflict, NotFound
from registry.kit.ids import new
from registry.kit.tokens import new_token, token_sha256


@dataclass(frozen=True, slots=True)
class Kept:
    """A check as read: its id, the revision the page was made from, and its state."""

    id: UUID
    revision: int
    expires_at: datetime
    state: CheckState


def create(session: Session, state: CheckState, *, now: datetime, days: int) -> str:
    """Keep a new check and return its secret address part; only its digest is stored."""
    token = new_token()
    purge(session, now=now)
    session.add(
        CheckRow(
            id=new(),
            token_sha256=token_sha256(token),
            created_at=now,
            expires_at=now + timedelta(days=days),
            state=state.model_dump_json(),
        )
    )
    session.flush()
    return token


def get(session: Session, token: str, *, now: datetime) -> Kept:
    """The check behind an address; NotFound when it never was, was deleted, or has expired."""
    row = session.scalars(
        select(CheckRow).where(col(CheckRow.token_sha256) == token_sha256(token))
    ).one_or_none()
    if row is None or row.expires_at <= now:
        raise NotFound("check-not-found")
    return Kept(row.id, row.revision, row.expires_at, CheckState.model_validate_json(row.state))


def save(session: Session, kept: Kept, state: CheckState) -> Kept:
    """Replace the state if nobody else did since it was read."""
    done = session.execute(
        update(CheckRow)
        .where(col(CheckRow.id) == kept.id, col(CheckRow.revision) == kept.revision)
        .values(state=state.model_dump_json(), revision=kept.revision + 1)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict("check-changed-meanwhile")
    return Kept(kept.id, kept.revision + 1, kept.expires_at, state)


def remove(session: Session, kept: Kept) -> None:
    """Delete a check with its reports, for good."""
    session.execute(delete(ReportRow).where(col(ReportRow.check_id) == kept.id))
    session.execute(delete(CheckRow).where(col(CheckRow.id) == kept.id))


def purge(session: Session, *, now: datetime) -> int:
    """Delete every expired check; returns how many."""
    expired = select(col(CheckRow.id)).where(col(CheckRow.expires_at) <= now).scalar_subquery()
    session.execute(delete(ReportRow).where(col(ReportRow.check_id).in_(expired)))
    done = session.execute(delete(CheckRow).where(col(CheckRow.expires_at) <= now))
    return int(done.rowcount)  # type: ignore[attr-defined]


def add_report(session: Session, kept: Kept, *, number: str, made_at: datetime, text: str) -> None:
    """Keep a finished report; it is never changed afterwards."""
    session.add(
        ReportRow(
            number=number,
            check_id=kept.id,
            made_at=made_at,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            report=text,
        )
    )
    session.flush()


def report(session: Session, kept: Kept, number: str) -> ReportRow:
    """A report of this check."""
    row = session.get(ReportRow, number)
    if row is None or row.check_id != kept.id:
        raise NotFound("report-not-found", number=number[:40])
    return row
