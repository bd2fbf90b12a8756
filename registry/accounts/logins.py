"""Accounts themselves: made once, found by login, given a password, disabled."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlmodel import Session, col

from registry.access.actors import Actor
from registry.access.permissions import Act, refused
from registry.accounts import events
from registry.accounts.events import Kind, Moment
from registry.accounts.models import AccountRow, SessionRow
from registry.kit import ids
from registry.kit.errors import Conflict, Invalid, NotAllowed, NotFound

LONGEST_LOGIN, LONGEST_NAME = 254, 80


class LoginTaken(Conflict):
    code = "login-taken"


class AccountShared(NotAllowed):
    code = "account-shared"


class LoginUnreadable(Invalid):
    code = "login-unreadable"


def normal(login: str) -> str:
    """The one form of an e-mail address: composed, lower case, no spaces; refused where it is none."""
    text = unicodedata.normalize("NFKC", login).strip().casefold()
    local, at, domain = text.rpartition("@")
    fits = at and local and "." in domain and len(text) <= LONGEST_LOGIN
    if not fits or "@" in local or not all(one.isprintable() and not one.isspace() for one in text):
        raise LoginUnreadable
    if domain.startswith(".") or domain.endswith(".") or ".." in domain:
        raise LoginUnreadable
    return text


def create(
    session: Session, login: str, name: str, *, moment: Moment, password_hash: str | None = None
) -> AccountRow:
    """A new account; its login is nobody else's."""
    login = normal(login)
    if by_login(session, login) is not None:
        raise LoginTaken(login=login)
    if not 1 <= len(name.strip()) <= LONGEST_NAME or "\x00" in name:
        raise Invalid("account-name-missing", longest=LONGEST_NAME)
    account = AccountRow(
        id=ids.new(),
        login=login,
        name=name.strip(),
        password_hash=password_hash,
        created_at=moment.now,
    )
    session.add(account)
    session.flush()
    events.note(session, account.id, Kind.CREATED, moment)
    return account


def by_login(session: Session, login: str) -> AccountRow | None:
    """The account of a login in its normal form."""
    return session.scalars(select(AccountRow).where(col(AccountRow.login) == login)).one_or_none()


def get(session: Session, account_id: UUID) -> AccountRow:
    account = session.get(AccountRow, account_id)
    if account is None:
        raise NotFound
    return account


def locked(session: Session, account_id: UUID) -> AccountRow:
    """The account as it is now; until the transaction ends nobody else changes it."""
    found = session.scalars(
        select(AccountRow).where(col(AccountRow.id) == account_id).with_for_update()
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def owned(session: Session, account_id: UUID) -> AccountRow:
    """The account, where it is one person's: strangers share those of the demonstration."""
    account = get(session, account_id)
    if account.demonstration:
        raise AccountShared
    return account


def require_owned(session: Session, actor: Actor, act: Act) -> None:
    """Refused without an account and where strangers share it: it would send for whoever comes by."""
    if actor.account_id is None:
        raise refused(actor, act)
    owned(session, actor.account_id)


def named(session: Session, account_ids: Iterable[UUID]) -> dict[UUID, AccountRow]:
    found = session.scalars(select(AccountRow).where(col(AccountRow.id).in_(set(account_ids))))
    return {account.id: account for account in found}


def set_password(
    session: Session, account_id: UUID, password_hash: str, *, moment: Moment, keep: UUID | None = None
) -> None:
    """A new password ends every session but `keep`."""
    owned(session, account_id).password_hash = password_hash
    _end_sessions(session, account_id, keep)
    events.note(session, account_id, Kind.PASSWORD_CHANGED, moment)


def strengthen(session: Session, account_id: UUID, *, old: str, new: str) -> None:
    """The same password under a stronger hash; nothing happens where it has changed meanwhile."""
    account = locked(session, account_id)
    if account.password_hash == old:
        account.password_hash = new


def disable(session: Session, login: str, *, moment: Moment) -> AccountRow:
    """Nobody signs in with this account any more; its sessions end now, its keys with it."""
    account = by_login(session, normal(login))
    if account is None:
        raise NotFound("account-not-found", login=login)
    account.disabled_at = account.disabled_at or moment.now
    _end_sessions(session, account.id, None)
    events.note(session, account.id, Kind.DISABLED, moment)
    return account


def is_usable(account: AccountRow | None, at: datetime) -> bool:
    return account is not None and (account.disabled_at is None or account.disabled_at > at)


def _end_sessions(session: Session, account_id: UUID, keep: UUID | None) -> None:
    ended = delete(SessionRow).where(col(SessionRow.account_id) == account_id)
    session.execute(ended if keep is None else ended.where(col(SessionRow.id) != keep))
