"""How much one address may keep in a day: what nobody can delete must not be a way to fill the disk."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from catalogue.archive.models import KeepingRow
from registry.access import senders
from registry.access.models import SenderKeyRow
from registry.kit.clock import civil_day
from registry.kit.errors import DomainError
from registry.kit.ids import new


class TooManyKept(DomainError):
    code = "archive-too-often"
    status = 429


def admit(session: Session, address: str, *, now: datetime, per_day: int) -> None:
    """Count one more for this sender, or refuse; nothing of yesterday is known today."""
    day = civil_day(now)
    session.execute(delete(KeepingRow).where(col(KeepingRow.day) < day))
    senders.forget_before(session, day)
    sender = senders.digest(session, address, day)
    _refuse_spent(session, sender, per_day=per_day)
    session.add(KeepingRow(id=new(), day=day, sender=sender))
    session.flush()


def peek(session: Session, address: str, *, now: datetime, per_day: int) -> None:
    """Refuse whoever has had their share, before any work is done for them; counts and writes nothing."""
    day = civil_day(now)
    if session.get(SenderKeyRow, day) is not None:  # else nobody has kept anything today
        _refuse_spent(session, senders.digest(session, address, day), per_day=per_day)


def _refuse_spent(session: Session, sender: str, *, per_day: int) -> None:
    had = select(func.count()).select_from(KeepingRow).where(col(KeepingRow.sender) == sender)
    if int(session.execute(had).scalar_one()) >= per_day:
        raise TooManyKept(limit=per_day)
