"""What somebody had typed when they were asked who they are: kept for half an hour, for the same session."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlmodel import Session, col

from registry.accounts.models import KeptFormRow
from registry.kit import ids
from registry.kit.errors import Conflict, NotFound

LASTS = timedelta(minutes=30)
MOST = 3  # of one session: a few windows side by side
SENT = "[]"  # instead of its fields, so that a form goes on its way once


class FormSent(Conflict):
    """The form has gone on its way already; what became of it stands where it was going."""

    code = "form-sent"


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form on its way: where it was sent, and its fields in order."""

    address: str
    fields: tuple[tuple[str, str], ...]


def keep(session: Session, session_id: UUID, form: KeptForm, *, now: datetime) -> UUID:
    """Keep a form for its session; the oldest ones make room."""
    own = select(col(KeptFormRow.id)).where(col(KeptFormRow.session_id) == session_id)
    older = session.scalars(own.order_by(col(KeptFormRow.kept_at).desc()).offset(MOST - 1)).all()
    over = col(KeptFormRow.kept_at) <= now - LASTS
    session.execute(delete(KeptFormRow).where(or_(over, col(KeptFormRow.id).in_(older))))
    row = KeptFormRow(
        id=ids.new(),
        session_id=session_id,
        address=form.address,
        fields=json.dumps(form.fields),  # ASCII alone: any sign that was typed can be stored
        kept_at=now,
    )
    session.add(row)
    return row.id


def purge(session: Session, *, now: datetime) -> None:
    """Delete the forms that are too old to come back, whoever's they are."""
    session.execute(delete(KeptFormRow).where(col(KeptFormRow.kept_at) <= now - LASTS))


def find(session: Session, key: UUID, session_id: UUID, *, now: datetime) -> KeptForm:
    """The form again; another session's, and one that is too old, do not exist."""
    row = session.get(KeptFormRow, key)
    if row is None or row.session_id != session_id or row.kept_at <= now - LASTS:
        raise NotFound
    if row.fields == SENT:
        raise FormSent
    return KeptForm(row.address, tuple((name, value) for name, value in json.loads(row.fields)))


def send(session: Session, key: UUID, session_id: UUID, *, now: datetime) -> str:
    """Where the form goes, told once: of two at once one sends it; its fields are forgotten."""
    form = find(session, key, session_id, now=now)
    row = KeptFormRow
    unsent = update(row).where(col(row.id) == key, col(row.fields) != SENT).values(fields=SENT)
    if session.connection().execute(unsent).rowcount != 1:
        raise FormSent
    return form.address
