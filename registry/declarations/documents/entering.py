"""From what was read in a file to a declaration's records: entered once, replaced by newer versions only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import bindparam, select
from sqlmodel import Session, SQLModel

from registry.access.actors import Actor
from registry.access.permissions import Act, Target, require
from registry.changes import feed
from registry.changes.feed import Draft
from registry.changes.kinds import Known
from registry.changes.reading import history, many, point
from registry.changes.record import canonical, digest
from registry.declarations import service
from registry.declarations.dataset import Dataset, Subtype
from registry.declarations.documents.content import (
    DECLARATION_CONTENT,
    ContentFact,
    contents,
    declaration_of,
    openepd_id,
    record_content,
)
from registry.declarations.documents.sameness import older, on_record
from registry.declarations.facts import DeclarationFact, DeclarationState
from registry.declarations.figures.headline import headline
from registry.declarations.formats.reading import Reading, Remark
from registry.declarations.service import DECLARATION
from registry.kit.errors import Conflict, Fault, Faulty, Invalid
from registry.kit.ids import derived, public_code
from registry.kit.reading.folded import fold
from registry.products.service import PRODUCT

LETTER = "E"
_C = SQLModel.metadata.tables["changes"].c
# These stand for no product of one maker; they are data beside products and never counted as one.
NO_PRODUCT = frozenset({Subtype.AVERAGE, Subtype.REPRESENTATIVE, Subtype.GENERIC, Subtype.TEMPLATE})


@dataclass(frozen=True, slots=True)
class About:
    """What a document is entered for: its products and plants, and the maker that declares; none for data.

    `declaration_id` names a declaration that is on record without its document.
    """

    product_ids: tuple[UUID, ...] = ()
    plant_ids: tuple[UUID, ...] = ()
    maker_id: UUID | None = None
    declaration_id: UUID | None = None
    source_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """The declaration of a document; without drafts it was on record with the same content before."""

    declaration_id: UUID
    code: str
    drafts: tuple[Draft, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def has_content(self) -> bool:
        """Whether the document itself is recorded with it."""
        return any(draft.kind is DECLARATION_CONTENT for draft in self.drafts)


def enter(session: Session, reading: Reading, about: About, *, actor: Actor, today: date) -> Entered:
    """Drafts of a document's declaration and content; `feed.append` them in the same transaction.

    The same UUID and version with other content is a Conflict, never an overwrite; a higher version replaces,
    and one of a declaration for products only where `about` names them all: they are never inherited.
    """
    dataset = reading.dataset
    _concerns_products(session, dataset, about, today)
    found = headline(dataset)
    if found.faults:
        raise Faulty("declaration-incomplete", faults=found.faults)
    head = feed.head(session)
    key = about.declaration_id or _key(session, dataset, about.maker_id, head.seq)
    before = _before(session, key, head.seq)
    known = before.declarations[-1].fact if before.declarations else None
    _may_follow(session, known, about, actor)
    demonstration = head.feed == "demonstration"
    code = known.code if known else public_code(LETTER, key, demonstration=demonstration)
    same = on_record(before.contents, dataset, code, source_format=reading.source.format)
    # A format may hold less of a document than is on record.
    values = found.values if same is None else headline(same.fact.dataset).values
    fact = _fact(key, about, known, values={**values, "code": code})
    content = ContentFact(
        declaration_id=key,
        dataset=dataset,
        source_sha256=about.source_sha256,
        source_format=reading.source.format,
    )
    drafts = _drafts(
        fact, content, before, same, _By(actor, today, about.maker_id, frozenset(about.product_ids))
    )
    return Entered(key, fact.code, drafts, tuple(found.remarks))


def _key(session: Session, dataset: Dataset, maker_id: UUID | None, last: int) -> UUID:
    """The same document has the same key whoever sends it again, and however often.

    A UUID and an open-xpd-uuid name one document in the world; a registration number only beside its maker.
    """
    known = declaration_of(session, dataset, as_of=last)
    if known is not None:
        return known
    if dataset.uuid is not None:
        return derived("declared", "uuid", str(dataset.uuid))
    if (identifier := openepd_id(dataset)) is not None:
        return derived("declared", "openepd", identifier)
    if dataset.number:
        return derived("declared", "number", str(maker_id), fold(dataset.number))
    return derived("declared", "content", str(maker_id), digest(canonical(dataset)))


def _concerns_products(session: Session, dataset: Dataset, about: About, today: date) -> None:
    if not about.product_ids:
        return
    if dataset.subtype in NO_PRODUCT:
        raise Invalid("declaration-not-of-a-product", kind=dataset.subtype.value)
    known = many(session, PRODUCT, about.product_ids, point(session, today))
    products = [known[one].fact for one in about.product_ids if one in known]
    if len(products) < len(set(about.product_ids)) or any(one.removed for one in products):
        raise Invalid("declaration-product-unknown")
    if any(one.manufacturer_id != about.maker_id for one in products):
        raise Invalid("declaration-product-of-another")
    made_at = {plant for one in products for plant in one.plant_ids}
    if not made_at.issuperset(about.plant_ids):
        raise Invalid("declaration-plant-not-of-product")


def _fact(
    key: UUID, about: About, before: DeclarationFact | None, *, values: dict[str, Any]
) -> DeclarationFact:
    try:
        return DeclarationFact(
            id=key,
            product_ids=about.product_ids or (before.product_ids if before else ()),
            plant_ids=about.plant_ids or (before.plant_ids if before else ()),
            verifier_id=before.verifier_id if before else None,
            **values,
        )
    except ValidationError as error:
        field = ".".join(str(part) for part in error.errors()[0]["loc"])
        fault = Fault(field, "declaration.field-unusable", {"field": field})
        raise Faulty("declaration-incomplete", faults=[fault]) from error


def _may_follow(session: Session, known: DeclarationFact | None, about: About, actor: Actor) -> None:
    """Whoever replaces a declaration must be allowed to record for every maker whose products it names.

    One that names none was harvested or imported: the maker of the products that the act names takes it over.
    """
    taken_over = known is not None and not known.product_ids and about.product_ids
    for owner in makers(session, known) if known and not taken_over else ():
        require(actor, Act.RECORD_DECLARATION, Target(organisation_id=owner))


def makers(session: Session, fact: DeclarationFact) -> Sequence[UUID | None]:
    """The makers of the products a declaration names; one None where it names no product."""
    found = many(session, PRODUCT, fact.product_ids, point(session, date.max))
    return sorted({one.fact.manufacturer_id for one in found.values()}) or [None]


@dataclass(frozen=True, slots=True)
class _Before:
    """Every version on record, first to last."""

    declarations: tuple[Known[DeclarationFact], ...]
    contents: tuple[Known[ContentFact], ...]


# Most documents of a file are new: one look at an index spares them both histories.
_ANY = select(_C.seq).where(_C.kind == DECLARATION.name, _C.key == bindparam("one_key")).limit(1)


def _before(session: Session, key: UUID, last: int) -> _Before:
    if session.connection().execute(_ANY, {"one_key": key}).one_or_none() is None:
        return _Before((), ())
    declarations = history(session, DECLARATION, key, as_of=last)
    return _Before(tuple(declarations), tuple(contents(session, key, as_of=last)))


def may_replace(
    session: Session, declaration_id: UUID, dataset: Dataset, *, source_format: str | None = None
) -> bool:
    """Whether a document is a next version of a recorded declaration; False where it is on record already.

    Conflict where it is older, says something else under the same version, or the declaration was withdrawn.
    """
    before = _before(session, declaration_id, feed.head(session).seq)
    known = before.declarations[-1].fact
    same = on_record(before.contents, dataset, known.code, source_format=source_format)
    _require_newest(before, dataset, known, same)
    return same is None


def _require_newest(
    before: _Before, dataset: Dataset, known: DeclarationFact, same: Known[ContentFact] | None
) -> None:
    if same is not None and same is not before.contents[-1]:
        raise older(known.code, dataset, before.contents[-1].fact.dataset)
    if same is None and known.state is DeclarationState.WITHDRAWN:
        raise Conflict("declaration-withdrawn", code=known.code)


@dataclass(frozen=True, slots=True)
class _By:
    """Who records, on which day, for which maker and for which products that the act itself names."""

    actor: Actor
    today: date
    owner_id: UUID | None
    products: frozenset[UUID]


def _drafts(
    fact: DeclarationFact,
    content: ContentFact,
    before: _Before,
    same: Known[ContentFact] | None,
    by: _By,
) -> tuple[Draft, ...]:
    known = before.declarations[-1].fact if before.declarations else None
    at_same_place = known is not None and (known.product_ids, known.plant_ids) == (
        fact.product_ids,
        fact.plant_ids,
    )
    if same is not None and at_same_place:
        return ()
    if known is not None:
        if not by.products.issuperset(known.product_ids):
            raise Conflict("declaration-of-products", code=fact.code, products=len(known.product_ids))
        _require_newest(before, content.dataset, known, same)
        if known.state is DeclarationState.WITHDRAWN:
            raise Conflict("declaration-withdrawn", code=fact.code)
    # A first version counts from the day the document counts; one that replaces it, from the day it came.
    day = by.today if known is not None else min(fact.valid_from.day, by.today)
    first = service.record(fact, effective_on=day, actor=by.actor, owner_id=by.owner_id)
    first = replace(first, after_version=len(before.declarations))
    if same is not None:
        return (first,)
    second = record_content(content, effective_on=day, actor=by.actor, owner_id=by.owner_id)
    return (first, replace(second, after_version=len(before.contents)))
