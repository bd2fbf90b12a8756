"""A second factor beside the password: an authenticator's codes, each good once, and recovery codes."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from registry.accounts import events, logins, totp
from registry.accounts.events import Kind, Moment
from registry.accounts.models import PasskeyRow, RecoveryRow, SessionRow, TotpRow
from registry.kit import ids
from registry.kit.errors import Invalid, NotFound
from registry.kit.tokens import token_sha256

RECOVERY_CODES = 10
RECOVERY_BYTES = 10  # eighty random bits, so a plain SHA-256 suffices


class SecondFactorRefused(Invalid):
    """Wrong, used and outside its half minute are one answer."""

    code = "second-factor-refused"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What an account has: when its authenticator was set up, and how many recovery codes are left."""

    since: datetime | None
    recovery_left: int
    passkeys: int

    def __bool__(self) -> bool:
        return self.since is not None or self.passkeys > 0


def enrolled(session: Session, account_id: UUID) -> Enrolled:
    """The second factors of an account; a passkey is one, since its device asks for its owner."""
    held = session.get(TotpRow, account_id)
    left = select(func.count()).where(
        col(RecoveryRow.account_id) == account_id, col(RecoveryRow.used_at).is_(None)
    )
    keys = select(func.count()).where(col(PasskeyRow.account_id) == account_id)
    return Enrolled(
        held.created_at if held else None,
        int(session.execute(left).scalar_one()),
        int(session.execute(keys).scalar_one()),
    )


def enrol(session: Session, account_id: UUID, secret: str, typed: str, *, moment: Moment) -> Sequence[str]:
    """Keep the secret of an authenticator that showed its code; returns new recovery codes, shown once."""
    logins.owned(session, account_id)
    step = totp.step_of(secret, typed, now=moment.now, after=0)
    if step is None:
        raise SecondFactorRefused
    _forget(session, account_id)
    session.add(TotpRow(account_id=account_id, secret=secret, last_step=step, created_at=moment.now))
    made = [_recovery_code() for _ in range(RECOVERY_CODES)]
    session.add_all(
        RecoveryRow(id=ids.new(), account_id=account_id, code_sha256=_digest(one), created_at=moment.now)
        for one in made
    )
    events.note(session, account_id, Kind.SECOND_FACTOR_ADDED, moment)
    return made


def prove(session: Session, account_id: UUID, typed: str, *, moment: Moment) -> str:
    """Accept a code of the authenticator or a recovery code, each once; says which of the two it was."""
    if _takes_step(session, account_id, typed, now=moment.now):
        return "totp"
    unused = update(RecoveryRow).where(
        col(RecoveryRow.account_id) == account_id,
        col(RecoveryRow.code_sha256) == _digest(typed),
        col(RecoveryRow.used_at).is_(None),
    )
    if session.execute(unused.values(used_at=moment.now)).rowcount:  # type: ignore[attr-defined]
        return "recovery"
    raise SecondFactorRefused


def remove(session: Session, account_id: UUID, *, moment: Moment) -> None:
    """Forget the authenticator and its recovery codes."""
    logins.owned(session, account_id)
    if _forget(session, account_id):
        events.note(session, account_id, Kind.SECOND_FACTOR_REMOVED, moment)


def reset(session: Session, login: str, *, moment: Moment) -> None:
    """For whoever runs the site and knows the person: every second factor and session is gone."""
    account = logins.by_login(session, logins.normal(login))
    if account is None:
        raise NotFound("account-not-found", login=login)
    _forget(session, account.id)
    session.execute(delete(PasskeyRow).where(col(PasskeyRow.account_id) == account.id))
    session.execute(delete(SessionRow).where(col(SessionRow.account_id) == account.id))
    events.note(session, account.id, Kind.SECOND_FACTOR_REMOVED, moment)


def _takes_step(session: Session, account_id: UUID, typed: str, *, now: datetime) -> bool:
    """Whether this is a code not used yet; of two who type it at once one is told no."""
    held = session.scalars(
        select(TotpRow).where(col(TotpRow.account_id) == account_id).execution_options(populate_existing=True)
    ).one_or_none()
    step = totp.step_of(held.secret, typed, now=now, after=held.last_step) if held else None
    if step is None:
        return False
    taken = update(TotpRow).where(col(TotpRow.account_id) == account_id, col(TotpRow.last_step) < step)
    return bool(session.execute(taken.values(last_step=step)).rowcount)  # type: ignore[attr-defined]


def _forget(session: Session, account_id: UUID) -> bool:
    session.execute(delete(RecoveryRow).where(col(RecoveryRow.account_id) == account_id))
    return bool(session.execute(delete(TotpRow).where(col(TotpRow.account_id) == account_id)).rowcount)  # type: ignore[attr-defined]


def _recovery_code() -> str:
    """Sixteen signs in fours, as people copy them from paper."""
    plain = base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().lower()
    return "-".join(plain[place : place + 4] for place in range(0, len(plain), 4))


def _digest(typed: str) -> str:
    return token_sha256("".join(one for one in typed.lower() if one.isalnum()))
