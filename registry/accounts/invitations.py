"""Invitations: a role offered to a login by a token that is shown once, kept as a digest and used once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import Session, col

from registry.access.actors import GIVEN_ROLES, Actor, ActorRole
from registry.accounts import events, logins, memberships
from registry.accounts.events import Kind, Moment
from registry.accounts.memberships import Membership, Place
from registry.accounts.models import AccountRow, InvitationRow
from registry.kit import ids
from registry.kit.errors import Gone, Invalid
from registry.kit.tokens import SECRET_BYTES, new_token, token_sha256

DAYS = 7


class InvitationOver(Gone):
    """Unknown, expired and used are one answer: a guess learns nothing."""

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
            created_at=moment.now,
            expires_at=moment.now + timedelta(days=DAYS),
        )
    )
    if actor.account_id is not None:
        events.note(session, actor.account_id, Kind.INVITED, moment, detail=place.role)
    return token


def find(session: Session, token: str, *, now: datetime) -> InvitationRow:
    """The invitation of a token while it stands."""
    row = session.scalars(
        select(InvitationRow).where(col(InvitationRow.token_sha256) == token_sha256(token))
    ).one_or_none()
    if row is None or row.accepted_at is not None or row.expires_at <= now:
        raise InvitationOver
    return row


def accept(session: Session, token: str, account: AccountRow, *, moment: Moment) -> Membership:
    """Give the invited account its role; nobody else's account may take it."""
    row = find(session, token, now=moment.now)
    if account.login != row.login or not logins.is_usable(account, moment.now):
        raise InvitationOver
    standing = update(InvitationRow).where(
        col(InvitationRow.id) == row.id, col(InvitationRow.accepted_at).is_(None)
    )
    if not session.execute(standing.values(accepted_at=moment.now)).rowcount:  # type: ignore[attr-defined]
        raise InvitationOver  # somebody else was faster
    place = Place(row.organisation_id, ActorRole(row.role), row.manages)
    return memberships.give(session, account.id, place, moment=moment)


def open_ones(session: Session, organisation_id: UUID, *, now: datetime) -> Sequence[InvitationRow]:
    """Invitations of an organisation that nobody has accepted yet."""
    return session.scalars(
        select(InvitationRow)
        .where(
            col(InvitationRow.organisation_id) == organisation_id,
            col(InvitationRow.accepted_at).is_(None),
            col(InvitationRow.expires_at) > now,
        )
        .order_by(col(InvitationRow.created_at))
    ).all()
