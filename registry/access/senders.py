"""An address as a digest: the same all day, another tomorrow, meaningless without the day's key."""

import hashlib
import hmac
import secrets
from datetime import date

from sqlalchemy import delete
from sqlmodel import Session, col

from registry.access.models import SenderKeyRow

KEY_BYTES = 32


def digest(session: Session, address: str, day: date) -> str:
    """What stands for an address on a day."""
    row = session.get(SenderKeyRow, day)
    if row is None:
        row = SenderKeyRow(day=day, key=secrets.token_hex(KEY_BYTES))
        session.add(row)
        session.flush()
    return hmac.new(bytes.fromhex(row.key), address.encode(), hashlib.sha256).hexdigest()


def forget_before(session: Session, day: date) -> None:
    """Delete the keys of days gone by."""
    session.execute(delete(SenderKeyRow).where(col(SenderKeyRow.day) < day))
