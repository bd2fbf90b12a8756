"""What is kept beside the feed of an entered document: its file, its loss report, its origins."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import Session

from registry.access.actors import Actor
from registry.changes import feed
from registry.changes.record import Change
from registry.declarations.documents import persons
from registry.declarations.documents.content import DECLARATION_CONTENT
from registry.declarations.documents.entering import Entered
from registry.declarations.documents.persons import Owner, fitting
from registry.declarations.formats.reading import Reading, Remark, Source
from registry.declarations.models import DeclarationReadingRow
from registry.declarations.service import DECLARATION

ReadBy = Literal["person", "machine"]


@dataclass(frozen=True, slots=True)
class File:
    """The file a document came in, and who brought it; the source and its licence where it was fetched."""

    name: str
    sha256: str
    read_by: ReadBy
    source_url: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class KeptReading:
    """How one version of a content was read."""

    seq: int
    file: File
    source: Source
    remarks: tuple[Remark, ...]
    origins: dict[str, str]
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Saving:
    """Who saves, when, and whose declaration it is (None: data of nobody here)."""

    actor: Actor
    now: datetime
    maker_id: UUID | None = None


def save(session: Session, reading: Reading, entered: Entered, file: File, by: Saving) -> list[Change]:
    """Record what was entered and keep its reading, in the caller's transaction; nothing if all is known."""
    return save_all(session, [(reading, entered)], file, by)


def save_all(
    session: Session, found: Sequence[tuple[Reading, Entered]], file: File, by: Saving
) -> list[Change]:
    """The same for several documents of one file, of which no two are of one declaration."""
    drafts = [draft for _, entered in found for draft in entered.drafts]
    changes = feed.append(session, drafts, actor=str(by.actor), now=by.now)
    read = {entered.declaration_id: (reading, entered.remarks) for reading, entered in found}
    keep(session, changes, read, file, by)
    return changes


Read = Mapping[UUID, tuple[Reading, tuple[Remark, ...]]]


def keep(session: Session, changes: Sequence[Change], read: Read, file: File, by: Saving) -> None:
    """Keep, beside records just made, how their content was read; `read` is by declaration.

    A declaration that is taken over with the content it has hands the persons of its document over too.
    """
    rows = []
    documents = {one.header.key for one in changes if one.header.kind == DECLARATION_CONTENT.name}
    for change in changes:
        if change.header.kind == DECLARATION_CONTENT.name:
            reading, remarks = read[change.header.key]
            rows.append(_row(change, reading, remarks, file, by.now))
            if reading.persons or change.header.version > 1:
                owner = Owner(change.header.key, by.maker_id)
                persons.keep(session, owner, reading.persons, actor=by.actor)
        elif change.header.kind == DECLARATION.name and change.header.key not in documents:
            persons.hand(session, Owner(change.header.key, by.maker_id), actor=by.actor)
    if rows:
        session.execute(insert(DeclarationReadingRow), rows)


def carry(session: Session, seq: int, to: Change) -> None:
    """The reading of an earlier content stands beside a later record of the same content too."""
    row = session.get(DeclarationReadingRow, seq)
    if row is not None:
        session.add(DeclarationReadingRow(**{**row.model_dump(), "seq": to.header.seq}))


def _row(
    change: Change, reading: Reading, assumed: tuple[Remark, ...], file: File, now: datetime
) -> dict[str, object]:
    remarks = [one.model_dump(mode="json") for one in (*reading.remarks, *assumed)]
    return {
        "seq": change.header.seq,
        "declaration_id": change.header.key,
        "sha256": file.sha256,
        "file_name": fitting(file.name, 200) or "–",
        "format": fitting(reading.source.format, 40) or "–",
        "format_version": fitting(reading.source.version, 40),
        "member": fitting(reading.source.member, 400),
        "remarks": json.dumps(remarks, ensure_ascii=True),
        "origins": json.dumps(dict(reading.origins), ensure_ascii=True),
        "read_at": now,
        "read_by": file.read_by,
        "source_url": fitting(file.source_url, 2000),
        "licence": fitting(file.licence, 4000),
    }


def reading_of(session: Session, seq: int) -> KeptReading | None:
    """How the content of a feed position was read; None where that was elsewhere (a copy of a feed)."""
    row = session.get(DeclarationReadingRow, seq)
    if row is None:
        return None
    return KeptReading(
        seq=row.seq,
        file=File(
            name=row.file_name,
            sha256=row.sha256,
            read_by="person" if row.read_by == "person" else "machine",
            source_url=row.source_url,
            licence=row.licence,
        ),
        source=Source(row.format, row.format_version, row.member),
        remarks=tuple(Remark.model_validate(one) for one in json.loads(row.remarks)),
        origins=json.loads(row.origins),
        read_at=row.read_at,
    )
