"""What is known beside a document when it is checked: the day, its kind of material, and our register."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from sqlmodel import Session

from registry.changes.feed import head
from registry.changes.reading import Point
from registry.declarations.documents.material import Material, SaidBy, material, materials
from registry.declarations.documents.resembling import known_tables
from registry.declarations.formats.reading import Reading
from registry.declarations.preflight.view import Context
from registry.products.facts import ProductFact


@dataclass(frozen=True, slots=True)
class Beside:
    """The context of the checks, and how the kind in it is known; None where it is not."""

    context: Context
    material: Material | None


def beside(session: Session, reading: Reading, kind: str, today: date) -> Beside:
    """For a file of anybody; `kind` is the kind they chose, blank where the document is to say it."""
    at = Point(today, head(session).seq)
    return _beside(session, reading, material(session, reading.dataset, kind, at), at.on)


def beside_product(session: Session, reading: Reading, product: ProductFact, today: date) -> Beside:
    """For the document of a known product, whose kind and stated figures are given."""
    fact = materials(session, Point(today, head(session).seq)).get(product.kind)
    found = Material(fact, SaidBy.GIVEN) if fact else None
    return _beside(session, reading, found, today, attributes=_figures(product))


def _beside(
    session: Session,
    reading: Reading,
    found: Material | None,
    today: date,
    *,
    attributes: Mapping[str, Decimal] | None = None,
) -> Beside:
    context = Context(
        day=today,
        kind=found.fact.kind if found else None,
        kind_unit=found.fact.declared_unit if found else None,
        attributes=attributes or {},
        known=known_tables(session, reading.dataset),
        persons=frozenset(one.role for one in reading.persons),
    )
    return Beside(context, found)


def _figures(product: ProductFact) -> dict[str, Decimal]:
    """The product's stated attributes that are numbers."""
    found = {}
    for name, text in product.attributes.items():
        try:
            figure = Decimal(text)
        except InvalidOperation:
            continue
        if figure.is_finite():
            found[name] = figure
    return found
