"""The declarations of one kind at one point, and their spreads kept until the point moves."""

from collections.abc import Iterator
from threading import Lock

from sqlalchemy import select
from sqlmodel import Session, col

from catalogue.distribution.spread import Choice, Declared, Spreads, spreads
from registry.changes.reading import Point, many
from registry.declarations import service as declarations
from registry.products.models import ProductRow
from registry.products.service import PRODUCT

MOST = 200  # questions remembered at one point
BATCH = 400


class Kept:
    """Spreads of one point, computed when first asked."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._at: Point | None = None
        self._found: dict[tuple[str, Choice], Spreads] = {}

    def of_kind(self, session: Session, kind: str, choice: Choice, *, at: Point) -> Spreads:
        """Every cell of a kind at a point."""
        with self._lock:
            if self._at != at or len(self._found) >= MOST:
                self._found, self._at = {}, at
            found = self._found.get((kind, choice))
            if found is None:
                found = spreads(declared(session, kind, at), choice, at.on)
                self._found[kind, choice] = found
            return found


def declared(session: Session, kind: str, at: Point) -> Iterator[Declared]:
    """Every public product of a kind with each of its declarations."""
    ids = sorted(session.scalars(select(col(ProductRow.id)).where(col(ProductRow.kind) == kind).distinct()))
    for start in range(0, len(ids), BATCH):
        products = many(session, PRODUCT, ids[start : start + BATCH], at)
        known = declarations.of_products(session, products, at)
        for key, product in products.items():
            if product.fact.kind == kind and not product.fact.removed:
                yield from (Declared(product.fact, one.fact) for one in known[key])
