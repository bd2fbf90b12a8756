"""A new application for a carbon declaration, its form filled from the document that was looked at."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from registry.access import walls
from registry.applications import documents, prefill, service, store
from registry.applications.application import Application
from registry.applications.documents import Document
from registry.applications.models import ApplicationDocumentRow, ApplicationRow
from registry.applications.parts import Subject
from registry.applications.states import State
from registry.applications.store import By
from registry.declarations.documents.entering import NO_PRODUCT
from registry.declarations.facts import DeclarationFact
from registry.declarations.figures.headline import headline
from registry.kit.clock import civil_day
from registry.kit.errors import Faulty, Invalid


def start(session: Session, document: Document, product_code: str, by: By) -> Application:
    """A draft about one product; the same document for the same product leads to the draft there is."""
    dataset = document.reading.dataset
    if dataset.subtype is not None and dataset.subtype in NO_PRODUCT:
        raise Invalid("declaration-not-of-a-product", kind=dataset.subtype.value)
    found = headline(dataset)
    if found.faults:
        raise Faulty("declaration-incomplete", faults=found.faults)
    organisation_id = service.may_start(Subject.CARBON, by)
    walls.stand_for(session, by.actor)
    known = service.known_already(
        session, Subject.CARBON, organisation_id, about=product_code, today=civil_day(by.now)
    )
    for number in _begun(session, organisation_id, document):
        begun = store.get(session, number, levels=by.levels)
        kept = documents.of_application(session, begun.id)
        same = kept is not None and kept.reading.dataset == dataset
        if same and begun.typed.get("about.product") == known["about.product"]:
            return begun
    fact = DeclarationFact.model_construct(plant_ids=(), verifier_id=None, **found.values)
    begun = service.begin(session, Subject.CARBON, {**known, **prefill.of_declaration(fact, {})}, by=by)
    documents.add(session, begun.id, document)
    return begun


def _begun(session: Session, organisation_id: UUID, document: Document) -> list[str]:
    """Drafts of the organisation that were begun from the same file."""
    asked = (
        select(col(ApplicationRow.number))
        .join(ApplicationDocumentRow, col(ApplicationDocumentRow.application_id) == col(ApplicationRow.id))
        .where(
            col(ApplicationRow.organisation_id) == organisation_id,
            col(ApplicationRow.state) == State.DRAFT,
            col(ApplicationDocumentRow.sha256) == document.sha256,
        )
        .order_by(col(ApplicationRow.number))
    )
    return list(session.scalars(asked))
