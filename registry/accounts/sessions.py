"""Sessions: an opaque token in the browser, its digest here; idle and whole lifetimes, revocable at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlmodel import Session, col

from registry.access.actors import Actor, ActorRole
from registry.accounts import memberships
from registry.accounts.memberships import Membership
from registry.accounts.models import AccountRow, KeptFormRow, MembershipRow, SessionRow
from registry.kit import ids
from registry.kit.errors import NotFound
from registry.kit.tokens import SECRET_BYTES, new_token, token_sha256

TOUCHED_EVERY = timedelta(minutes=1)
FRESH = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a session lives without being used, and at most; and whether a second factor is required."""

    idle: timedelta
    whole: timedelta
    second_factor: bool = False


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a session's token speaks for, as what, and when they last proved it."""

    session_id: UUID
    account_id: UUID
    name: str
    login: str
    membership: Membership | None
    organisations: frozenset[UUID]
    seen_at: datetime
    confirmed_at: datetime
    second_at: datetime | None = None
    second_required: bool = False

    @property
    def actor(self) -> Actor:
        proved = self.second_at is not None or not self.second_required
        if self.membership is None:
            nobody = Actor(ActorRole.SIGNED_IN, str(self.account_id), self.account_id)
            return replace(nobody, organisations=self.organisations, proved_twice=proved)
        return replace(self.membership.actor(self.account_id, self.organisations), proved_twice=proved)

    def is_fresh(self, now: datetime) -> bool:
        return now - self.confirmed_at < FRESH

    def is_stale(self, now: datetime) -> bool:
        """Whether it is time to write down that the session is in use."""
        return now - self.seen_at >= TOUCHED_EVERY


def begin(session: Session, account_id: UUID, *, device: str, now: datetime, terms: Terms) -> str:
    """A new session in the account's oldest role; returns its token, which is kept nowhere."""
    token = new_token(SECRET_BYTES)
    held = memberships.current(session, account_id, now=now)
    session.add(
        SessionRow(
            id=ids.new(),
            token_sha256=token_sha256(token),
            account_id=account_id,
            membership_id=held[0].id if held else None,
            device="".join(one for one in device if one.isprintable())[:120],
            created_at=now,
            seen_at=now,
            confirmed_at=now,
            expires_at=now + terms.whole,
        )
    )
    return token


def find(session: Session, token: str, *, now: datetime, terms: Terms) -> SignedIn | None:
    """Who a token speaks for; None when it is unknown, over, idle too long, or the account is disabled."""
    found = session.execute(
        select(SessionRow, AccountRow, MembershipRow)
        .join(AccountRow, col(AccountRow.id) == col(SessionRow.account_id))
        .outerjoin(
            MembershipRow,
            and_(col(MembershipRow.id) == col(SessionRow.membership_id), memberships.holds(now)),
        )
        .where(col(SessionRow.token_sha256) == token_sha256(token), *_lives(now, terms))
    ).one_or_none()
    if found is None:
        return None
    row, account, membership = found
    return SignedIn(
        session_id=row.id,
        account_id=account.id,
        name=account.name,
        login=account.login,
        membership=Membership.of(membership) if membership else None,
        organisations=memberships.organisations(session, account.id, now=now),
        seen_at=row.seen_at,
        confirmed_at=row.confirmed_at,
        second_at=row.second_at,
        second_required=terms.second_factor,
    )


def touch(session: Session, session_id: UUID, *, now: datetime) -> None:
    """Note that a session is in use, so that it does not become idle."""
    row = session.get(SessionRow, session_id)
    if row is not None:
        row.seen_at = max(row.seen_at, now)


def renew(session: Session, session_id: UUID, *, now: datetime) -> str:
    """A new token for a session whose person has just proved who they are; the old one is void."""
    row = _get(session, session_id)
    token = new_token(SECRET_BYTES)
    row.token_sha256, row.confirmed_at, row.seen_at = token_sha256(token), now, now
    return token


def prove_second(session: Session, session_id: UUID, *, now: datetime) -> str:
    """The same for a second factor, which proves nothing of the first."""
    row = _get(session, session_id)
    token = new_token(SECRET_BYTES)
    row.token_sha256, row.second_at, row.seen_at = token_sha256(token), now, now
    return token


def note_second(session: Session, token: str, *, now: datetime) -> None:
    """The way in asked for two factors at once: a passkey, whose device asks for its owner."""
    here = col(SessionRow.token_sha256) == token_sha256(token)
    session.execute(update(SessionRow).where(here).values(second_at=now))


def choose(session: Session, session_id: UUID, membership_id: UUID, *, now: datetime) -> Membership:
    """Act in another of the account's roles from now on."""
    row = _get(session, session_id)
    for held in memberships.current(session, row.account_id, now=now):
        if held.id == membership_id:
            row.membership_id = held.id
            return held
    raise NotFound


def end(session: Session, session_id: UUID, *, account_id: UUID) -> bool:
    """Sign one of an account's own sessions out; whether there was one."""
    own = and_(col(SessionRow.id) == session_id, col(SessionRow.account_id) == account_id)
    return _end(session, own) > 0


def end_others(session: Session, signed_in: SignedIn) -> int:
    """Sign every session of an account out but this one; how many there were."""
    others = and_(
        col(SessionRow.account_id) == signed_in.account_id, col(SessionRow.id) != signed_in.session_id
    )
    return _end(session, others)


def end_by_token(session: Session, token: str) -> None:
    """Sign the session of a token out, whoever's it is: its holder asks."""
    _end(session, col(SessionRow.token_sha256) == token_sha256(token))


def _end(session: Session, which: ColumnElement[bool]) -> int:
    """Delete sessions with the forms that were kept for them; how many sessions there were."""
    ended = select(col(SessionRow.id)).where(which)
    session.execute(delete(KeptFormRow).where(col(KeptFormRow.session_id).in_(ended)))
    return int(session.execute(delete(SessionRow).where(which)).rowcount)  # type: ignore[attr-defined]


def of_account(session: Session, account_id: UUID, *, now: datetime, terms: Terms) -> Sequence[SessionRow]:
    """The living sessions of an account, the last used first."""
    return session.scalars(
        select(SessionRow)
        .join(AccountRow, col(AccountRow.id) == col(SessionRow.account_id))
        .where(col(SessionRow.account_id) == account_id, *_lives(now, terms))
        .order_by(col(SessionRow.seen_at).desc(), col(SessionRow.id))
    ).all()


def purge(session: Session, *, now: datetime, terms: Terms) -> None:
    """Delete the sessions that are over."""
    over = or_(col(SessionRow.expires_at) <= now, col(SessionRow.seen_at) <= now - terms.idle)
    session.execute(delete(SessionRow).where(over))


def _lives(now: datetime, terms: Terms) -> tuple[Any, ...]:
    return (
        col(SessionRow.expires_at) > now,
        col(SessionRow.seen_at) > now - terms.idle,
        or_(col(AccountRow.disabled_at).is_(None), col(AccountRow.disabled_at) > now),
    )


def _get(session: Session, session_id: UUID) -> SessionRow:
    row = session.get(SessionRow, session_id)
    if row is None:
        raise NotFound
    return row
