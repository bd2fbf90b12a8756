"""The declarations of one kind at one point, and their spreads kept while they are asked for."""

from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock

from sqlalchemy import select
from sqlmodel import Session, col

from catalogue.distribution.spread import Choice, Declared, Spreads, spreads
from registry.changes.reading import Point, many
from registry.declarations import service as declarations
from registry.declarations.figures.kept import stated_of
from registry.products.models import ProductRow
from registry.products.service import PRODUCT

MOST = 200  # questions remembered
BATCH = 400


Question = tuple[str, Choice, Point]


class Kept:
    """Spreads as they were asked last, each computed once: who asks another question waits for none."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: OrderedDict[Question, Spreads] = OrderedDict()
        self._making: dict[Question, Lock] = {}

    def of_kind(self, session: Session, kind: str, choice: Choice, *, at: Point) -> Spreads:
        """Every cell of a kind at a point."""
        asked = (kind, choice, at)
        with self._lock:
            making = self._making.setdefault(asked, Lock())
        with making:
            try:
                found = self._found.get(asked) or spreads(
                    declared(session, kind, at, indicator=choice.asked.indicator), choice, at.on
                )
                self._keep(asked, found)
            finally:
                with self._lock:
                    self._making.pop(asked, None)
        return found

    def _keep(self, asked: Question, found: Spreads) -> None:
        with self._lock:
            self._found[asked] = found
            self._found.move_to_end(asked)
            if len(self._found) > MOST:
                self._found.popitem(last=False)


def declared(session: Session, kind: str, at: Point, *, indicator: str | None = None) -> Iterator[Declared]:
    """Every public product of a kind with each of its declarations, to be asked for one indicator."""
    ids = sorted(session.scalars(select(col(ProductRow.id)).where(col(ProductRow.kind) == kind).distinct()))
    for start in range(0, len(ids), BATCH):
        products = many(session, PRODUCT, ids[start : start + BATCH], at)
        known = declarations.of_products(session, products, at)
        ids_declared = {one.fact.id for each in known.values() for one in each}
        documents = stated_of(session, ids_declared, at, indicator=indicator)
        for key, product in products.items():
            if product.fact.kind == kind and not product.fact.removed:
                yield from (
                    Declared(product.fact, one.fact, documents.get(one.fact.id)) for one in known[key]
                )
