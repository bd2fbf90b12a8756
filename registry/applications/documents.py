"""The document behind an application's carbon part: what is published agrees with it, and it goes with that.

It is kept as it was read when the form was filled from it; nothing of it is public before the application is.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import Session

from registry.access.actors import Actor
from registry.applications.findings import Finding, error, warning
from registry.applications.models import ApplicationDocumentRow
from registry.applications.store import By
from registry.changes.feed import Draft, head
from registry.changes.reading import history
from registry.changes.record import Change
from registry.declarations.documents import kept_readings
from registry.declarations.documents.content import (
    ContentFact,
    contents,
    declaration_of,
    openepd_id,
    record_content,
)
from registry.declarations.documents.entering import may_replace
from registry.declarations.documents.kept_readings import File, Saving
from registry.declarations.facts import MODULES, DeclarationFact, PartialDay
from registry.declarations.figures.headline import Headline, headline
from registry.declarations.formats.packing import pack, unpack
from registry.declarations.formats.reading import Reading
from registry.declarations.service import DECLARATION
from registry.kit.types import plain

# What the form and the document both state; the form may say the rest in better words.
_SAME = ("document", "number", "indicator", "declared_unit", "declared_amount", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read, and the file it came in."""

    reading: Reading
    file_name: str
    sha256: str

    @property
    def has_own_stages(self) -> bool:
        """Whether it states a footprint in stages of its own, so that the form's modules stay blank."""
        return self.reading.dataset.footprint is not None and not self.reading.dataset.indicators


def add(session: Session, application_id: UUID, document: Document) -> None:
    """Keep the document with the application that is begun from it."""
    row = ApplicationDocumentRow(
        application_id=application_id,
        file_name=document.file_name,
        sha256=document.sha256,
        reading=json.dumps(pack(document.reading), ensure_ascii=True),
    )
    session.add(row)
    session.flush()


def of_application(session: Session, application_id: UUID) -> Document | None:
    row = session.get(ApplicationDocumentRow, application_id)
    return None if row is None else Document(unpack(json.loads(row.reading)), row.file_name, row.sha256)


def against(session: Session, document: Document, record: DeclarationFact) -> Iterator[Finding]:
    """Where the form says something else than its document, and whether that is on record already."""
    found = headline(document.reading.dataset)
    for name in _SAME:
        if found.values.get(name) != getattr(record, name):
            yield error(f"carbon.{name}", "document-differs", stated=_said(found, name))
    modules = found.values.get("modules", {})
    for module in MODULES:
        if modules.get(module) != record.modules.get(module):
            stated = modules.get(module)
            said = "—" if stated is None else plain(stated)
            yield error(f"carbon.modules.{module}", "document-differs", stated=said)
    dataset = document.reading.dataset
    key = declaration_of(session, dataset, as_of=head(session).seq)
    if key is not None and key != record.id:
        of = history(session, DECLARATION, key, as_of=head(session).seq)[-1].fact
        identifier = str(dataset.uuid or openepd_id(dataset))
        yield error("carbon.number", "document-on-record", identifier=identifier, record=of.code)


def followed(session: Session, declaration_id: UUID | None) -> DeclarationFact | None:
    """The last recorded version of the declaration that a document is the next version of."""
    if declaration_id is None:
        return None
    return history(session, DECLARATION, declaration_id, as_of=head(session).seq)[-1].fact


def replacing(session: Session, document: Document, before: DeclarationFact) -> Finding:
    """What both the maker and the reviewers are told: which version this one takes the place of."""
    if not before.product_ids:
        return warning("carbon.number", "takes-over", record=before.code)
    known = contents(session, before.id, as_of=head(session).seq)
    now = document.reading.dataset.version
    if not known or now is None:
        return warning("carbon.number", "adds-document", record=before.code)
    stated = known[-1].fact.dataset.version
    return warning("carbon.number", "replaces", record=before.code, before=stated or "—", now=now)


def _said(found: Headline, name: str) -> str:
    value = found.values.get(name)
    if isinstance(value, PartialDay):
        return value.day.isoformat()
    return "—" if value is None else str(value)


def drafts(
    session: Session, document: Document, published: Draft, *, actor: Actor, owner_id: UUID
) -> Iterator[Draft]:
    """The content that is published with its declaration, after those on record.

    Nothing where a declaration is taken over with the content it has.
    """
    earlier = contents(session, published.key, as_of=head(session).seq)
    reading = document.reading
    read_as = reading.source.format
    if earlier and not may_replace(session, published.key, reading.dataset, source_format=read_as):
        return
    content = ContentFact(
        declaration_id=published.key,
        dataset=document.reading.dataset,
        source_sha256=document.sha256,
        source_format=document.reading.source.format,
    )
    made = record_content(content, effective_on=published.effective_on, actor=actor, owner_id=owner_id)
    yield replace(made, after_version=len(earlier))


def keep(session: Session, application: tuple[UUID, UUID], changes: Sequence[Change], by: By) -> None:
    """Keep the loss report beside what was published; `application` is its id and its organisation."""
    application_id, owner_id = application
    document = of_application(session, application_id)
    if document is not None:
        file = File(document.file_name, document.sha256, "person")
        read = {change.header.key: (document.reading, ()) for change in changes}
        kept_readings.keep(session, changes, read, file, Saving(by.actor, by.now, owner_id))
