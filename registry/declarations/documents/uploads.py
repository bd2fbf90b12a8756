"""Files looked at before anything is recorded: kept for days under an unguessable address, deletable."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlmodel import Session, col

from registry.declarations.formats import confined
from registry.declarations.formats.packing import pack, unpack
from registry.declarations.formats.reading import Reading
from registry.declarations.models import DeclarationCheckRow
from registry.kit.errors import NotFound
from registry.kit.ids import new
from registry.kit.tokens import new_token, token_sha256

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that could be read."""

    file_name: str
    sha256: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as read; the file itself is not kept, only what was read of it and its digest."""

    id: UUID
    file_name: str
    sha256: str
    readings: tuple[Reading, ...]
    created_at: datetime
    expires_at: datetime


def look(data: bytes, name: str) -> Looked:
    """Read a file in the confined child; needs no database, so no writer waits for it."""
    shown = "".join(one for one in name if one.isprintable())[-_LONGEST_NAME:] or "–"
    return Looked(shown, hashlib.sha256(data).hexdigest(), confined.read(data, shown))


def create(session: Session, looked: Looked, *, now: datetime, days: int) -> str:
    """Keep what was read and return the secret part of its address; only that part's digest is stored."""
    token = new_token()
    purge(session, now=now)
    session.add(
        DeclarationCheckRow(
            id=new(),
            token_sha256=token_sha256(token),
            created_at=now,
            expires_at=now + timedelta(days=days),
            file_name=looked.file_name,
            sha256=looked.sha256,
            readings=json.dumps([pack(one) for one in looked.readings], ensure_ascii=True),
        )
    )
    session.flush()
    return token


def get(session: Session, token: str, *, now: datetime) -> Upload:
    """What stands behind an address; NotFound when it never was, was deleted, or has expired."""
    row = session.scalars(
        select(DeclarationCheckRow).where(col(DeclarationCheckRow.token_sha256) == token_sha256(token))
    ).one_or_none()
    if row is None or row.expires_at <= now:
        raise NotFound("declaration-check-not-found")
    return Upload(
        id=row.id,
        file_name=row.file_name,
        sha256=row.sha256,
        readings=tuple(unpack(one) for one in json.loads(row.readings)),
        created_at=row.created_at,
        expires_at=row.expires_at,
    )


def remove(session: Session, upload: Upload) -> None:
    """Delete it for good; what was recorded of it stays on record."""
    session.execute(delete(DeclarationCheckRow).where(col(DeclarationCheckRow.id) == upload.id))


def purge(session: Session, *, now: datetime) -> int:
    """Delete whatever has expired; returns how many there were."""
    done = session.execute(delete(DeclarationCheckRow).where(col(DeclarationCheckRow.expires_at) <= now))
    return int(done.rowcount)  # type: ignore[attr-defined]
