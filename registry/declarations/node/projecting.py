"""The node's tables follow the feed: written from each record alone."""

from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import Session, SQLModel

from registry.changes.record import Header
from registry.declarations import openxpd
from registry.declarations.dataset import Dataset
from registry.declarations.facts import DocumentKind
from registry.declarations.node.entries import entry_of, every_word, folded, marked, shown
from registry.declarations.node.identity import served
from registry.declarations.node.models import DeclarationEntryRow, DeclarationPartRow, DeclarationStateRow
from registry.declarations.node.parts import parts
from registry.kit.db import add_each_once

OPENEPD = "openepd"
LONGEST_LOCATION = 40


def list_content(session: Session, header: Header, dataset: Dataset, *, declaration_id: UUID) -> None:
    """The line of one version of a declaration's content."""
    found = served(dataset, declaration_id, header.version)
    entry = entry_of(found)
    levels = [level for one in found.classifications for level in one.levels]
    session.add(
        DeclarationEntryRow(
            seq=header.seq,
            declaration_id=declaration_id,
            effective_on=header.effective_on,
            uuid=entry.uuid,
            version=entry.version,
            openxpd_id=_openxpd_id(session, declaration_id, dataset),
            name=folded(shown(entry.names)),
            names=every_word(entry.names),
            description=every_word(found.descriptions),
            is_epd=entry.document is DocumentKind.EPD,
            location=folded(entry.location)[:LONGEST_LOCATION],
            reference_year=entry.reference_year,
            valid_until=entry.valid_until,
            valid_to=found.valid_to.last_day() if found.valid_to else None,
            subtype=entry.subtype or "",
            rules=found.generation,
            systems=marked(folded(one.system) for one in found.classifications),
            classes=folded(*(level.name for level in levels)),
            class_ids=marked(folded(level.id) for level in levels),
            compliance=marked(one.uuid for one in entry.compliance),
            sources=marked(one.uuid for one in entry.sources),
            owner=every_word(entry.owner.names) if entry.owner else "",
            authority=_authority(entry.authority.names, entry.authority.uuid) if entry.authority else "",
            number=folded(entry.number),
            languages=marked(sorted(entry.names)),
            line=entry.model_dump_json(),
        )
    )
    add_each_once(
        session,
        [
            DeclarationPartRow(folder=folder, uuid=uuid, declaration_id=declaration_id, seq=header.seq)
            for folder, uuid in sorted(parts(found))
        ],
    )


def note_state(session: Session, header: Header, declaration_id: UUID, *, withdrawn: bool) -> None:
    """The state that one version of a declaration gives it."""
    session.add(
        DeclarationStateRow(
            seq=header.seq,
            declaration_id=declaration_id,
            effective_on=header.effective_on,
            withdrawn=withdrawn,
        )
    )


def _authority(names: dict[str, str], uuid: UUID | None) -> str:
    return f"{every_word(names)}\n{uuid or ''}"


def _openxpd_id(session: Session, declaration_id: UUID, dataset: Dataset) -> str:
    """The document's own id in openEPD, or one derived from the declaration's key; never another's."""
    own = next((openxpd.parsed(one.value) for one in dataset.identifiers if one.scheme == OPENEPD), None)
    if own is not None and _is_free(session, own, declaration_id):
        return own
    salts = iter(range(2**16))
    return next(
        one
        for salt in salts
        if _is_free(session, one := openxpd.derived(declaration_id, salt), declaration_id)
    )


def _is_free(session: Session, found: str, declaration_id: UUID) -> bool:
    session.flush()  # the statement goes past the object layer, also to rows of this very act
    asked = {"found": found, "of_declaration": declaration_id}
    return session.connection().execute(_TAKEN, asked).first() is None


_E = SQLModel.metadata.tables["declaration_entries"].c
_TAKEN = (
    select(_E.seq)
    .where(_E.openxpd_id == bindparam("found"), _E.declaration_id != bindparam("of_declaration"))
    .limit(1)
)
