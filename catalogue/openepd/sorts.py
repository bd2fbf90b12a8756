"""What the documents found are of: the kind and class of their products, else the classes they state."""

from collections.abc import Iterator

from sqlmodel import Session

from catalogue.openepd.finding import FoundPart
from catalogue.openepd.statistics import Found
from registry.categories import service as categories
from registry.changes.reading import Point, many
from registry.declarations.service import DECLARATION
from registry.products.facts import ProductFact
from registry.products.service import PRODUCT


def told(session: Session, part: FoundPart, at: Point) -> Iterator[Found]:
    """Every declaration of a part; one without a product here goes by the classes its document states."""
    known = many(session, DECLARATION, [one.declaration_id for one in part.places], at)
    facts = {key: one.fact for key, one in known.items()}
    ids = sorted({product for fact in facts.values() for product in fact.product_ids})
    products = {key: one.fact for key, one in many(session, PRODUCT, ids, at).items()}
    names = {name: kind.name_zh for name, kind in categories.kinds(session, at).items()}
    for place, classes in zip(part.places, part.classes, strict=True):
        fact = facts.get(place.declaration_id)
        if fact is not None:
            of = (products[one] for one in fact.product_ids if one in products)
            yield Found(fact, frozenset(_sort(one, names) for one in of) or frozenset({classes}))


def _sort(product: ProductFact, names: dict[str, str]) -> str:
    return " ".join(filter(None, (names.get(product.kind, product.kind), product.performance)))
