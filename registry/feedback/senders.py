"""Who sent something, without its address: a digest under the day's key, which goes with the day."""

import hashlib
import hmac
import secrets
from datetime import date

from sqlalchemy import delete
from sqlmodel import Session, col

from registry.feedback.models import SenderKeyRow

KEY_BYTES = 32


def sender_digest(session: Session, address: str, day: date) -> str:
    """An address under the day's own key: the same all day, another tomorrow, meaningless without the key."""
    row = session.get(SenderKeyRow, day)
    if row is None:
        row = SenderKeyRow(day=day, key=secrets.token_hex(KEY_BYTES))
        session.add(row)
        session.flush()
    return hmac.new(bytes.fromhex(row.key), address.encode(), hashlib.sha256).hexdigest()


def forget_senders(session: Session, *, before: date) -> None:
    """Delete the keys of days gone by: what they made can no longer be traced to an address."""
    session.execute(delete(SenderKeyRow).where(col(SenderKeyRow.day) < before))
