"""Every account's own history: what happened to it and when, from an address nobody can read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from registry.access import senders
from registry.accounts.models import EventRow
from registry.kit import ids
from registry.kit.clock import civil_day

SHOWN = 50
SIGNS = 8  # of the digest: enough to tell two places of one day apart


class Kind(StrEnum):
    """What may happen to an account."""

    CREATED = "created"
    SIGNED_IN = "signed-in"
    SIGN_IN_FAILED = "sign-in-failed"
    SIGNED_OUT = "signed-out"
    CONFIRMED = "confirmed"
    ROLE_CHOSEN = "role-chosen"
    SESSION_ENDED = "session-ended"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - the name of an event
    PASSKEY_ADDED = "passkey-added"
    PASSKEY_REMOVED = "passkey-removed"
    SECOND_FACTOR_ADDED = "second-factor-added"
    SECOND_FACTOR_PROVED = "second-factor-proved"
    SECOND_FACTOR_FAILED = "second-factor-failed"
    SECOND_FACTOR_REMOVED = "second-factor-removed"
    IDENTITY_LINKED = "identity-linked"
    KEY_MADE = "key-made"
    KEY_REVOKED = "key-revoked"
    INVITED = "invited"
    INVITATION_WITHDRAWN = "invitation-withdrawn"
    JOINED = "joined"
    MEMBERSHIP_ENDED = "membership-ended"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Moment:
    """When and from where; the address is digested before anything is kept."""

    now: datetime
    address: str = ""


def note(session: Session, account_id: UUID, kind: Kind, moment: Moment, *, detail: str = "") -> None:
    """Append one line to an account's history."""
    source = ""
    if moment.address:
        source = senders.digest(session, moment.address, civil_day(moment.now))[:SIGNS]
    session.add(
        EventRow(
            id=ids.new(), account_id=account_id, at=moment.now, kind=kind, detail=detail[:120], source=source
        )
    )


def of_account(session: Session, account_id: UUID, *, limit: int = SHOWN) -> Sequence[EventRow]:
    """The latest lines, newest first."""
    return session.scalars(
        select(EventRow)
        .where(col(EventRow.account_id) == account_id)
        .order_by(col(EventRow.at).desc(), col(EventRow.id).desc())
        .limit(limit)
    ).all()
