"""Publishing products."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from registry.access.actors import Actor
from registry.access.permissions import Act, Target, require
from registry.categories.facts import AttributeType, MaterialKindFact
from registry.changes.feed import Draft
from registry.changes.kinds import Known, define
from registry.changes.reading import Point, amendments, many
from registry.kit.errors import Invalid
from registry.kit.types import is_writable, plain
from registry.products.facts import ProductFact
from registry.products.gtin import spellings
from registry.products.models import ProductRow


def _project(session: Session, known: Known[ProductFact]) -> None:
    fact = known.fact
    session.add(
        ProductRow(
            seq=known.header.seq,
            id=fact.id,
            kind=fact.kind,
            manufacturer_id=fact.manufacturer_id,
            gtin=fact.gtin,
        )
    )


PRODUCT = define("product", ProductFact, _project)


def publish(fact: ProductFact, *, kind: MaterialKindFact, effective_on: date, actor: Actor) -> Draft:
    """A draft that publishes a product as it is from a day on; its attributes must fit its kind."""
    require(actor, Act.PUBLISH_PRODUCT, Target(organisation_id=fact.manufacturer_id))
    if fact.kind != kind.kind:
        raise Invalid("product-kind-differs", product=fact.kind, kind=kind.kind)
    _attributes_fit(fact, kind)
    return Draft(PRODUCT, fact.id, effective_on, fact)


def remove(session: Session, product_id: UUID, *, from_day: date, reason: str, actor: Actor) -> list[Draft]:
    """Drafts that take a product out of the register from a day on; its page and its past stay."""
    gone = {"removed": True, "removed_reason": reason}
    drafts = amendments(
        session, PRODUCT, product_id, from_day=from_day, patch=lambda fact: fact.model_copy(update=gone)
    )
    for draft in drafts:
        assert isinstance(draft.fact, ProductFact)
        require(actor, Act.PUBLISH_PRODUCT, Target(organisation_id=draft.fact.manufacturer_id))
    return drafts


def performance(kind: MaterialKindFact, attributes: Mapping[str, str]) -> str | None:
    """The class inside which products compare; None where the kind has none or a part is not stated."""
    parts = [attributes.get(name) for name in kind.performance]
    stated = [part for part in parts if part is not None]
    return " ".join(stated) if parts and len(stated) == len(parts) else None


def of_maker(session: Session, maker_id: UUID, at: Point) -> list[Known[ProductFact]]:
    """Products of a manufacturer at a point, by name; one that changed hands is its present maker's."""
    ids = session.scalars(
        select(col(ProductRow.id)).where(col(ProductRow.manufacturer_id) == maker_id).distinct()
    )
    known = many(session, PRODUCT, ids, at).values()
    made = [one for one in known if one.fact.manufacturer_id == maker_id]
    return sorted(made, key=lambda one: (one.fact.removed, one.fact.kind, one.fact.name_zh, one.fact.code))


def by_gtin(session: Session, gtin: str, at: Point) -> list[Known[ProductFact]]:
    """Products that carry a GTIN of fourteen figures, however long it was written; removed ones last."""
    written = spellings(gtin)
    ids = session.scalars(select(col(ProductRow.id)).where(col(ProductRow.gtin).in_(written)).distinct())
    known = [one for one in many(session, PRODUCT, ids, at).values() if one.fact.gtin in written]
    return sorted(known, key=lambda one: (one.fact.removed, one.header.seq))


def _attributes_fit(fact: ProductFact, kind: MaterialKindFact) -> None:
    specs = {spec.name: spec for spec in kind.attributes}
    for name, value in fact.attributes.items():
        spec = specs.get(name)
        if spec is None:
            raise Invalid("attribute-unknown", kind=kind.kind, attribute=name)
        if spec.type is AttributeType.ENUM and value not in spec.values:
            raise Invalid("attribute-value-unknown", attribute=name, value=value, values=spec.values)
        if spec.type is AttributeType.BOOL and value not in ("true", "false"):
            raise Invalid("attribute-value-unknown", attribute=name, value=value, values=("true", "false"))
        if spec.type is AttributeType.DECIMAL and not _is_plain_decimal(value):
            raise Invalid("attribute-not-a-number", attribute=name, value=value)


def _is_plain_decimal(value: str) -> bool:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    return is_writable(number) and plain(number) == value
