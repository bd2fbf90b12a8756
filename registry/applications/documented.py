"""A new application for a carbon declaration, its form filled from the document that was looked at."""

from datetime import date
from typing import Any
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
from registry.changes.feed import head
from registry.changes.reading import Point, find_code, history
from registry.declarations.dataset import Dataset
from registry.declarations.documents.content import by_openepd_id, by_uuid, openepd_id
from registry.declarations.documents.entering import NO_PRODUCT, may_replace
from registry.declarations.facts import DeclarationFact
from registry.declarations.figures.headline import headline
from registry.declarations.formats.reading import Reading
from registry.declarations.service import DECLARATION, of_products
from registry.kit.clock import civil_day
from registry.kit.errors import Conflict, Faulty, Invalid
from registry.kit.ids import parse_code
from registry.kit.reading.folded import fold
from registry.products.service import of_maker


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
    before = predecessor(session, dataset, organisation_id, today=civil_day(by.now))
    follows = before if before is not None and _names(session, before, product_code) else None
    follows_id = follows.id if follows is not None else None
    for number in _begun(session, organisation_id, document):
        begun = store.get(session, number, levels=by.levels)
        kept = documents.of_application(session, begun.id)
        same = kept is not None and kept.reading.dataset == dataset and begun.follows_id == follows_id
        if same and begun.typed.get("about.product") == known["about.product"]:
            return begun
    texts = {**known, **_filled(session, found.values, document.reading, follows, today=civil_day(by.now))}
    begun = service.begin(session, Subject.CARBON, texts, by=by, follows_id=follows_id)
    documents.add(session, begun.id, document)
    return begun


def _filled(
    session: Session,
    stated: dict[str, Any],
    reading: Reading,
    follows: DeclarationFact | None,
    *,
    today: date,
) -> dict[str, str]:
    """The form as the document fills it; what only the register knows comes from the version before."""
    if follows is None:
        return prefill.of_declaration(
            DeclarationFact.model_construct(plant_ids=(), verifier_id=None, **stated), {}
        )
    read_as = reading.source.format
    replaces = may_replace(session, follows.id, reading.dataset, source_format=read_as)
    if not replaces and follows.product_ids:
        raise Conflict("declaration-on-record", code=follows.code)
    named = (*follows.plant_ids, *filter(None, [follows.verifier_id]))
    codes = service.codes_of(session, named, Point(today, head(session).seq))
    fact = DeclarationFact.model_construct(
        plant_ids=follows.plant_ids, verifier_id=follows.verifier_id, **stated
    )
    return prefill.of_declaration(fact, codes)


def predecessor(
    session: Session, dataset: Dataset, organisation_id: UUID, *, today: date
) -> DeclarationFact | None:
    """The organisation's declaration that goes under the document's numbers, in its last version.

    One that names no product was harvested or imported, and is taken over; another maker's is not.
    """
    last = head(session).seq
    keys: list[UUID] = []
    if dataset.uuid is not None and (known := by_uuid(session, dataset.uuid, as_of=last)) is not None:
        keys.append(known.fact.declaration_id)
    if (identifier := openepd_id(dataset)) is not None:
        keys += by_openepd_id(session, identifier, as_of=last)
    products = of_maker(session, organisation_id, Point(today, last))
    own = {one.fact.id for one in products}
    if dataset.number is not None:
        declared = of_products(session, own, Point(date.max, last))
        keys += (
            one.fact.id
            for found in declared.values()
            for one in found
            if fold(one.fact.number) == fold(dataset.number)
        )
    for key in dict.fromkeys(keys):
        fact = history(session, DECLARATION, key, as_of=last)[-1].fact
        if own.issuperset(fact.product_ids):
            return fact
    return None


def _names(session: Session, fact: DeclarationFact, product_code: str) -> bool:
    """Whether it is of this product, or of none so far."""
    if not fact.product_ids:
        return True
    found = find_code(session, parse_code(product_code) or "")
    return found is not None and found.key in fact.product_ids


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
