"""Who sent something, without its address: a digest under the day's key, which goes with the day."""

import hashlib
import hmac
import secrets
from datetime import date
from ipaddress import AddressValueError, IPv6Address, IPv6Network

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from registry.feedback.models import SenderKeyRow

KEY_BYTES = 32
HOUSEHOLD = 64  # bits of an IPv6 address that one connection is given; the rest it chooses itself


def sender_digest(session: Session, address: str, day: date) -> str:
    """An address under the day's own key: the same all day, another tomorrow, meaningless without the key."""
    key = _key(session, day) or _made(session, day)
    return hmac.new(bytes.fromhex(key), _place(address).encode(), hashlib.sha256).hexdigest()


def forget_senders(session: Session, *, before: date) -> None:
    """Delete the keys of days gone by: what they made can no longer be traced to an address."""
    session.execute(delete(SenderKeyRow).where(col(SenderKeyRow.day) < before))


def _key(session: Session, day: date) -> str | None:
    return session.scalars(select(SenderKeyRow.key).where(col(SenderKeyRow.day) == day)).one_or_none()


def _made(session: Session, day: date) -> str:
    """The day's key: this one, or that of whoever was first at the same moment."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(SenderKeyRow).values(day=day, key=secrets.token_hex(KEY_BYTES))
    session.execute(row.on_conflict_do_nothing())
    return session.scalars(select(SenderKeyRow.key).where(col(SenderKeyRow.day) == day)).one()


def _place(address: str) -> str:
    """What one sender cannot change at will: of an IPv6 address its network, any other text as it is."""
    try:
        found = IPv6Address(address)
    except AddressValueError:
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Network((found, HOUSEHOLD), strict=False))
