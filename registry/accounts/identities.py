"""Accounts at an identity provider: linked by their owner, found by issuer and subject."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from registry.accounts import events, logins
from registry.accounts.events import Kind, Moment
from registry.accounts.models import AccountRow, IdentityRow
from registry.accounts.oidc import Identity
from registry.kit import ids
from registry.kit.errors import Conflict


class IdentityTaken(Conflict):
    code = "identity-taken"


def account_of(session: Session, identity: Identity, *, moment: Moment) -> AccountRow | None:
    """The account that this identity is linked to; an e-mail address never links one."""
    row = _find(session, identity)
    account = session.get(AccountRow, row.account_id) if row else None
    return account if logins.is_usable(account, moment.now) else None


def link(session: Session, account_id: UUID, identity: Identity, *, moment: Moment) -> None:
    """Let an identity sign in as this account; one identity is one account's."""
    logins.owned(session, account_id)
    row = _find(session, identity)
    if row is not None:
        if row.account_id != account_id:
            raise IdentityTaken
        return
    session.add(
        IdentityRow(
            id=ids.new(),
            account_id=account_id,
            issuer=identity.issuer,
            subject=identity.subject,
            created_at=moment.now,
        )
    )
    events.note(session, account_id, Kind.IDENTITY_LINKED, moment)


def of_account(session: Session, account_id: UUID) -> Sequence[IdentityRow]:
    return session.scalars(
        select(IdentityRow)
        .where(col(IdentityRow.account_id) == account_id)
        .order_by(col(IdentityRow.created_at))
    ).all()


def _find(session: Session, identity: Identity) -> IdentityRow | None:
    return session.scalars(
        select(IdentityRow).where(
            col(IdentityRow.issuer) == identity.issuer, col(IdentityRow.subject) == identity.subject
        )
    ).one_or_none()
