"""An address as a digest: the same all day, another tomorrow, meaningless without the day's key."""

import hashlib
import hmac
import secrets
from datetime import date

from sqlalchemy import delete
from sqlmodel import Session, col, select

from registry.access.models import SenderKeyRow
from registry.kit.db import add_once

KEY_BYTES = 32


def digest(session: Session, address: str, day: date) -> str:
    """What stands for an address on a day; the first of a day forgets the keys of the days before."""
    key = _key(session, day)
    if key is None:
        forget_before(session, day)
        key = _made(session, day)
    return hmac.new(bytes.fromhex(key), address.encode(), hashlib.sha256).hexdigest()


def _key(session: Session, day: date) -> str | None:
    return session.scalars(select(SenderKeyRow.key).where(col(SenderKeyRow.day) == day)).one_or_none()


def _made(session: Session, day: date) -> str:
    """The day's key: this one, or that of whoever was first at the same moment."""
    add_once(session, SenderKeyRow(day=day, key=secrets.token_hex(KEY_BYTES)))
    key = _key(session, day)
    assert key is not None
    return key


def forget_before(session: Session, day: date) -> None:
    """Delete the keys of days gone by."""
    session.execute(delete(SenderKeyRow).where(col(SenderKeyRow.day) < day))
