"""Accounts for tests: made with one call, at a fixed instant, from a fixed address."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from registry.access.actors import ActorRole
from registry.accounts import logins, memberships
from registry.accounts.events import Moment
from registry.accounts.memberships import Membership, Place
from registry.accounts.models import AccountRow
from registry.accounts.sessions import Terms

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
ADDRESS = "192.0.2.7"
TERMS = Terms(idle=timedelta(minutes=30), whole=timedelta(hours=12))
ORGANISATION, ELSEWHERE = UUID(int=1), UUID(int=2)


def at(**later: float) -> Moment:
    return Moment(NOW + timedelta(**later), ADDRESS)


def account(
    session: Session, login: str = "a@example.com", *, password_hash: str | None = None
) -> AccountRow:
    return logins.create(session, login, "示例人员（虚构）", moment=at(), password_hash=password_hash)


def member(
    session: Session,
    login: str = "a@example.com",
    *,
    role: ActorRole = ActorRole.MANUFACTURER,
    organisation_id: UUID = ORGANISATION,
    manages: bool = True,
) -> tuple[AccountRow, Membership]:
    """An account with one role."""
    made = account(session, login)
    place = Place(organisation_id, role, manages)
    return made, memberships.give(session, made.id, place, moment=at())
