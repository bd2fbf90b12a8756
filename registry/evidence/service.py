"""Taking evidence: told by content, scanned, stored; reading it back is the applications' affair."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session, col

from registry.evidence import files
from registry.evidence.kinds import MOST_BYTES, EvidenceRefused, MediaType, media_type, shown_name
from registry.evidence.models import EvidenceFileRow
from registry.evidence.scanning import scan
from registry.kit.confined import MEGABYTE
from registry.kit.db import add_once
from registry.kit.errors import NotFound
from registry.kit.ids import new


@dataclass(frozen=True, slots=True)
class Scanned:
    """A file that was found fit; its content is stored by whoever points to it."""

    sha256: str
    media_type: MediaType
    name: str
    size: int
    held: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredBy:
    """Whose file it is, who brought it and when."""

    organisation_id: UUID
    actor: str
    at: datetime


def look(data: bytes, name: str) -> Scanned:
    """Scan a file; needs no database, so no writer waits for the scan, and stores nothing."""
    shown = shown_name(name)
    kind = media_type(data, shown)
    held = scan(data, kind)
    return Scanned(files.digest(data), kind, shown, len(data), held)


def require_room(session: Session, organisation_id: UUID) -> None:
    """Refuse an organisation that has stored as much as one may."""
    stored = select(func.coalesce(func.sum(col(EvidenceFileRow.size)), 0)).where(
        col(EvidenceFileRow.organisation_id) == organisation_id
    )
    if int(session.execute(stored).scalar_one()) >= MOST_BYTES:
        raise EvidenceRefused("evidence.no-room", limit=MOST_BYTES // MEGABYTE)


def record(session: Session, scanned: Scanned, by: StoredBy) -> EvidenceFileRow:
    """The row of a stored file; the same content brought again by the same organisation is the same file."""
    if (found := _of_content(session, by.organisation_id, scanned.sha256)) is not None:
        return found
    row = EvidenceFileRow(
        id=new(),
        organisation_id=by.organisation_id,
        sha256=scanned.sha256,
        media_type=scanned.media_type,
        name=scanned.name,
        size=scanned.size,
        stored_at=by.at,
        stored_by=by.actor,
        held=" ".join(scanned.held),
    )
    add_once(session, row)
    return of_content(session, by.organisation_id, scanned.sha256)


def get(session: Session, file_id: UUID) -> EvidenceFileRow:
    row = session.get(EvidenceFileRow, file_id)
    if row is None:
        raise NotFound("evidence-not-found")
    return row


def of_content(session: Session, organisation_id: UUID, sha256: str) -> EvidenceFileRow:
    """An organisation's own file of this content."""
    row = _of_content(session, organisation_id, sha256)
    if row is None:
        raise NotFound("evidence-not-found")
    return row


def _of_content(session: Session, organisation_id: UUID, sha256: str) -> EvidenceFileRow | None:
    return session.scalars(
        select(EvidenceFileRow).where(
            col(EvidenceFileRow.organisation_id) == organisation_id, col(EvidenceFileRow.sha256) == sha256
        )
    ).one_or_none()


def owners_of_content(session: Session, sha256: str) -> frozenset[UUID]:
    """The organisations that brought the same content: a report copied from another applicant shows here."""
    return frozenset(
        session.scalars(
            select(col(EvidenceFileRow.organisation_id)).where(col(EvidenceFileRow.sha256) == sha256)
        )
    )
