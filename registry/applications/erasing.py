"""Erasing persons named in declarations' files, wherever such a file was read: an act, noted without names.

The feed holds no person, so nothing of it changes and every proof stays valid. A name that a document writes
into its own public words is part of the record and is not found here.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlmodel import Session, col

from registry.access import walls
from registry.access.actors import Actor
from registry.access.permissions import Act, require
from registry.applications.models import ApplicationDocumentRow
from registry.declarations.models import (
    DeclarationCheckRow,
    DeclarationPersonRow,
    DeclarationReadingRow,
    PersonErasureRow,
)
from registry.kit.errors import Invalid
from registry.kit.ids import new
from registry.kit.reading.folded import fold

ASKED = "persons"  # what the wall of applications' documents opens for
LONGEST_REASON = 200


class Kept(StrEnum):
    """Where persons are kept."""

    DECLARATION = "declaration"
    APPLICATION = "application"
    UPLOAD = "upload"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to erase: everybody of a declaration's files, everybody of a name, or both at once."""

    declaration_id: UUID | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One mention; `declaration_id` is None in files that are not of a recorded declaration."""

    kept: Kept
    role: str
    name: str
    declaration_id: UUID | None = None


def find(session: Session, wanted: Wanted, *, actor: Actor) -> list[Found]:
    """Every mention that `erase` would take away."""
    return [one for one, _ in _mentions(session, wanted, actor)]


def erase(session: Session, wanted: Wanted, *, reason: str, actor: Actor, now: datetime) -> list[Found]:
    """Take every mention away for good and note the act; nothing is noted where nobody was found."""
    said = reason.strip()[:LONGEST_REASON]
    if not said:
        raise Invalid("persons-reason-missing")
    mentions = list(_mentions(session, wanted, actor))
    for _, take_away in mentions:
        take_away()
    session.flush()
    found = [one for one, _ in mentions]
    if found:
        counted = {kept: sum(one.kept is kept for one in found) for kept in Kept}
        session.add(
            PersonErasureRow(
                id=new(),
                at=now,
                actor=str(actor),
                declaration_id=wanted.declaration_id,
                reason=said,
                declarations=counted[Kept.DECLARATION],
                applications=counted[Kept.APPLICATION],
                uploads=counted[Kept.UPLOAD],
            )
        )
        session.flush()
    return found


def erasures(session: Session) -> list[PersonErasureRow]:
    """Every such act, newest first."""
    asked = select(PersonErasureRow).order_by(col(PersonErasureRow.at).desc(), col(PersonErasureRow.id))
    return list(session.scalars(asked))


Mention = tuple[Found, Callable[[], None]]


def _mentions(session: Session, wanted: Wanted, actor: Actor) -> Iterator[Mention]:
    require(actor, Act.ERASE_PERSONS)
    if wanted.declaration_id is None and not fold(wanted.name or ""):
        raise Invalid("persons-nobody-named")
    walls.stand_for(session, actor, asked=ASKED)
    yield from _beside_declarations(session, wanted)
    yield from _in_applications(session, wanted)
    yield from _in_uploads(session, wanted)


def _meant(wanted: Wanted, name: str) -> bool:
    return not wanted.name or fold(name) == fold(wanted.name)


def _beside_declarations(session: Session, wanted: Wanted) -> Iterator[Mention]:
    asked = select(DeclarationPersonRow).order_by(col(DeclarationPersonRow.id))
    if wanted.declaration_id is not None:
        asked = asked.where(col(DeclarationPersonRow.declaration_id) == wanted.declaration_id)
    for row in session.scalars(asked).all():
        if _meant(wanted, row.name):
            found = Found(Kept.DECLARATION, row.role, row.name, row.declaration_id)
            yield found, _deletion(session, row.id)


def _deletion(session: Session, key: UUID) -> Callable[[], None]:
    def take_away() -> None:
        session.execute(delete(DeclarationPersonRow).where(col(DeclarationPersonRow.id) == key))

    return take_away


def _in_applications(session: Session, wanted: Wanted) -> Iterator[Mention]:
    asked = select(ApplicationDocumentRow).order_by(col(ApplicationDocumentRow.application_id))
    if wanted.declaration_id is not None:
        asked = asked.where(col(ApplicationDocumentRow.sha256).in_(_files(wanted.declaration_id)))
    for row in session.scalars(asked).all():
        packed = json.loads(row.reading)
        yield from _in_json(Kept.APPLICATION, [packed], wanted, _writing(row, "reading", packed))


def _in_uploads(session: Session, wanted: Wanted) -> Iterator[Mention]:
    asked = select(DeclarationCheckRow).order_by(col(DeclarationCheckRow.id))
    if wanted.declaration_id is not None:
        asked = asked.where(col(DeclarationCheckRow.sha256).in_(_files(wanted.declaration_id)))
    for row in session.scalars(asked).all():
        packed = json.loads(row.readings)
        yield from _in_json(Kept.UPLOAD, packed, wanted, _writing(row, "readings", packed))


def _files(declaration_id: UUID) -> Any:
    """Digests of the files that a declaration's contents were read from."""
    return select(col(DeclarationReadingRow.sha256)).where(
        col(DeclarationReadingRow.declaration_id) == declaration_id
    )


def _in_json(
    kept: Kept, readings: list[dict[str, Any]], wanted: Wanted, write: Callable[[], None]
) -> Iterator[Mention]:
    """Persons of packed readings; each is taken out of its list, and the row is written anew."""
    for reading in readings:
        for person in list(reading["persons"]):
            if _meant(wanted, person["name"]):
                found = Found(kept, person["role"], person["name"])
                yield found, _removal(reading["persons"], person, write)


def _removal(
    persons: list[dict[str, Any]], person: dict[str, Any], write: Callable[[], None]
) -> Callable[[], None]:
    def take_away() -> None:
        persons.remove(person)
        write()

    return take_away


def _writing(row: Any, column: str, packed: Any) -> Callable[[], None]:
    def write() -> None:
        setattr(row, column, json.dumps(packed, ensure_ascii=True))

    return write
