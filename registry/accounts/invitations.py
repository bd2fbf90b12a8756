"""Invitations: a role offered to a login by a token that is shown once, kept as a digest and used once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlmodel import Session, col

from registry.access.actors import GIVEN_ROLES, Actor, ActorRole
from registry.accounts import events, logins, memberships
from registry.accounts.events import Kind, Moment
from registry.accounts.memberships import Membership, Place
from registry.accounts.models import AccountRow, InvitationRow
from registry.kit import ids
from registry.kit.errors import Gone, Invalid, NotFound
from registry.kit.tokens import SECRET_BYTES, new_token, token_sha256

DAYS = 7
_OPEN = (col(InvitationRow.accepted_at).is_(None), col(InvitationRow.withdrawn_at).is_(None))


class InvitationOver(Gone):
    """Unknown, expired, used and withdrawn are one answer: a guess learns nothing."""

    code = "invitation-over"


def invite(session: Session, login: str, place: Place, *, actor: Actor, moment: Moment) -> str:
    """The token of a new invitation; organisations pass on their own role, administrators give any."""
    if place.role not in GIVEN_ROLES:
        raise Invalid("role-unknown", role=place.role)
    memberships.require_managing(actor, place)
    token = new_token(SECRET_BYTES)
    session.add(
        InvitationRow(
            id=ids.new(),
            token_sha256=token_sha256(token),
            login=logins.normal(login),
            organisation_id=place.organisation_id,
            role=place.role,
            manages=place.manages,
            invited_by=actor.account_id,
            created_at=moment.now,
            expires_at=moment.now + timedelta(days=DAYS),
        )
    )
    if actor.account_id is not None:
        events.note(session, actor.account_id, Kind.INVITED, moment, detail=place.role)
    return token


def find(session: Session, token: str, *, now: datetime) -> InvitationRow:
    """The invitation of a token while it stands: as long as whoever made it could make it anew."""
    row = session.scalars(
        select(InvitationRow).where(col(InvitationRow.token_sha256) == token_sha256(token))
    ).one_or_none()
    if row is None or row.accepted_at is not None or row.withdrawn_at is not None or row.expires_at <= now:
        raise InvitationOver
    if not _stands_behind(session, row, now):
        raise InvitationOver
    return row


def withdraw(session: Session, invitation_id: UUID, *, actor: Actor, moment: Moment) -> None:
    """Void an invitation that nobody has accepted."""
    row = session.get(InvitationRow, invitation_id)
    if row is None:
        raise NotFound
    memberships.require_managing(actor, place_of(row))
    if row.accepted_at is not None:
        raise InvitationOver
    row.withdrawn_at = row.withdrawn_at or moment.now
    if actor.account_id is not None:
        events.note(session, actor.account_id, Kind.INVITATION_WITHDRAWN, moment, detail=row.role)


def accept(session: Session, token: str, account: AccountRow, *, moment: Moment) -> Membership:
    """Give the invited account its role; nobody else's account may take it."""
    row = find(session, token, now=moment.now)
    if account.login != row.login or not logins.is_usable(account, moment.now):
        raise InvitationOver
    standing = update(InvitationRow).where(col(InvitationRow.id) == row.id, *_OPEN)
    if not session.execute(standing.values(accepted_at=moment.now)).rowcount:  # type: ignore[attr-defined]
        raise InvitationOver  # somebody else was faster
    return memberships.give(session, account.id, place_of(row), moment=moment)


def place_of(row: InvitationRow) -> Place:
    return Place(row.organisation_id, ActorRole(row.role), row.manages)


def open_ones(session: Session, actor: Actor, *, now: datetime) -> Sequence[InvitationRow]:
    """Invitations that nobody has accepted yet: the actor's organisation's, and the actor's own elsewhere."""
    return session.scalars(
        select(InvitationRow)
        .where(
            or_(
                col(InvitationRow.organisation_id) == actor.organisation_id,
                col(InvitationRow.invited_by) == actor.account_id,
            ),
            *_OPEN,
            col(InvitationRow.expires_at) > now,
        )
        .order_by(col(InvitationRow.created_at), col(InvitationRow.id))
    ).all()


def _stands_behind(session: Session, row: InvitationRow, now: datetime) -> bool:
    """Whether the inviter may still invite so, in any of the roles that they hold now."""
    if row.invited_by is None:
        return True
    inviter = session.get(AccountRow, row.invited_by)
    if inviter is None or not logins.is_usable(inviter, now):
        return False
    return any(
        memberships.may_manage(held.actor(inviter.id), place_of(row))
        for held in memberships.current(session, inviter.id, now=now)
    )
