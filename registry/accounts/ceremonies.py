"""Ceremonies: what one browser must bring back within minutes, kept under a token and taken once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col

from registry.accounts.models import CeremonyRow
from registry.kit.errors import Gone
from registry.kit.tokens import SECRET_BYTES, new_token, token_sha256

LASTS = timedelta(minutes=10)


class CeremonyKind(StrEnum):
    """What is going on; a token of one kind opens no other."""

    PASSKEY_ADD = "passkey-add"
    PASSKEY_SIGN_IN = "passkey-sign-in"
    PASSKEY_CONFIRM = "passkey-confirm"
    TOTP_ADD = "totp-add"
    PROVIDER = "provider"


class CeremonyOver(Gone):
    code = "ceremony-over"


@dataclass(frozen=True, slots=True)
class Ceremony:
    account_id: UUID | None
    data: Mapping[str, str]


def begin(
    session: Session,
    kind: CeremonyKind,
    data: Mapping[str, str],
    *,
    now: datetime,
    account_id: UUID | None = None,
) -> str:
    """Keep what must be compared later; returns the token that the browser holds."""
    session.execute(delete(CeremonyRow).where(col(CeremonyRow.expires_at) <= now))
    token = new_token(SECRET_BYTES)
    session.add(
        CeremonyRow(
            token_sha256=token_sha256(token),
            kind=kind,
            account_id=account_id,
            data=json.dumps(dict(data)),
            expires_at=now + LASTS,
        )
    )
    return token


def take(session: Session, kind: CeremonyKind, token: str, *, now: datetime) -> Ceremony:
    """What was kept, once: a second try finds nothing, whatever comes of the first."""
    row = session.get(CeremonyRow, token_sha256(token))
    if row is None or row.kind != kind or row.expires_at <= now:
        raise CeremonyOver
    found = Ceremony(row.account_id, json.loads(row.data))
    taken = delete(CeremonyRow).where(col(CeremonyRow.token_sha256) == row.token_sha256)
    if not session.execute(taken).rowcount:  # type: ignore[attr-defined]  # somebody else was faster
        raise CeremonyOver
    return found
