"""What is kept beside the feed of an entered document: its loss report, its origins, the persons it names."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, select
from sqlmodel import Session, col

from registry.access import walls
from registry.access.actors import Actor, ActorRole
from registry.changes import feed
from registry.changes.record import Change
from registry.declarations.documents.content import DECLARATION_CONTENT
from registry.declarations.documents.entering import Entered
from registry.declarations.formats.reading import Person, Reading, Remark, Source
from registry.declarations.models import DeclarationPersonRow, DeclarationReadingRow
from registry.kit.ids import new

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
    """Keep, beside records just made, how their content was read; `read` is by declaration."""
    rows = []
    for change in changes:
        if change.header.kind == DECLARATION_CONTENT.name:
            reading, remarks = read[change.header.key]
            rows.append(_row(change, reading, remarks, file, by.now))
            if reading.persons or change.header.version > 1:
                _keep_persons(session, change.header.key, reading.persons, by)
    if rows:
        session.execute(insert(DeclarationReadingRow), rows)


def _row(
    change: Change, reading: Reading, assumed: tuple[Remark, ...], file: File, now: datetime
) -> dict[str, object]:
    remarks = [one.model_dump(mode="json") for one in (*reading.remarks, *assumed)]
    return {
        "seq": change.header.seq,
        "declaration_id": change.header.key,
        "sha256": file.sha256,
        "file_name": _fitting(file.name, 200) or "–",
        "format": _fitting(reading.source.format, 40) or "–",
        "format_version": _fitting(reading.source.version, 40),
        "member": _fitting(reading.source.member, 400),
        "remarks": json.dumps(remarks, ensure_ascii=True),
        "origins": json.dumps(dict(reading.origins), ensure_ascii=True),
        "read_at": now,
        "read_by": file.read_by,
        "source_url": _fitting(file.source_url, 2000),
        "licence": _fitting(file.licence, 4000),
    }


def _fitting(text: str | None, longest: int) -> str | None:
    """As a column can hold it: no character that is not printed, and cut to its length from the front."""
    if text is None:
        return None
    return "".join(one for one in text if one.isprintable())[-longest:] or None


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


def _keep_persons(session: Session, declaration_id: UUID, persons: tuple[Person, ...], by: Saving) -> None:
    """The newest document's persons take the place of the earlier ones."""
    erase_persons(session, declaration_id, actor=by.actor)
    for one in dict.fromkeys((one.role, one.name, one.place) for one in persons):
        role, name, place = (
            _fitting(text, longest) or "–" for text, longest in zip(one, _LENGTHS, strict=True)
        )
        session.add(
            DeclarationPersonRow(
                id=new(),
                declaration_id=declaration_id,
                organisation_id=by.maker_id,
                role=role,
                name=name,
                place=place,
            )
        )


_LENGTHS = (80, 400, 2000)
# Besides the organisation whose declaration it is.
_OFFICE = frozenset({ActorRole.LOADER, ActorRole.OPERATOR, ActorRole.REGISTRY_OFFICER})


def persons(session: Session, declaration_id: UUID, *, actor: Actor) -> tuple[Person, ...]:
    """The persons a declaration's document names, for its owner and the registry; nobody else finds any."""
    walls.stand_for(session, actor)
    asked = select(DeclarationPersonRow).where(*_of(declaration_id, actor))
    rows = session.scalars(asked.order_by(col(DeclarationPersonRow.id)))
    return tuple(Person(role=row.role, name=row.name, place=row.place) for row in rows)


def erase_persons(session: Session, declaration_id: UUID, *, actor: Actor) -> int:
    """Forget the persons of a declaration; how many there were."""
    walls.stand_for(session, actor)
    done = session.execute(delete(DeclarationPersonRow).where(*_of(declaration_id, actor)))
    return int(done.rowcount)  # type: ignore[attr-defined]


def _of(declaration_id: UUID, actor: Actor) -> Iterator[ColumnElement[bool]]:
    yield col(DeclarationPersonRow.declaration_id) == declaration_id
    if actor.role not in _OFFICE:
        yield col(DeclarationPersonRow.organisation_id) == actor.organisation_id
