"""The values a percentile rests on: the valid products of one basis at one point."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from threading import Lock

from sqlalchemy import select
from sqlmodel import Session, col

from catalogue.comparison.percentiles import Distribution, distribution
from registry.categories import service as categories
from registry.changes.reading import Point
from registry.declarations.facts import DataKind
from registry.dossiers.dossier import Dossier, Standing
from registry.dossiers.load import load
from registry.products.models import ProductRow

BATCH = 400


@dataclass(frozen=True, slots=True)
class Place:
    """Where one product stands in its class."""

    distribution: Distribution
    value: Decimal
    higher_share: int | None


class Bases:
    """Distributions of one kind at one point, computed when first asked and kept until the point moves."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._at: Point | None = None
        self._found: dict[str, Mapping[str, Distribution]] = {}

    def of_kind(self, session: Session, kind: str, at: Point) -> Mapping[str, Distribution]:
        """Every distribution of a material kind at a point, by basis."""
        with self._lock:
            if self._at != at:
                self._found, self._at = {}, at
            if kind not in self._found:
                self._found[kind] = read(session, kind, at)
            return self._found[kind]

    def place(self, session: Session, dossier: Dossier) -> Place | None:
        """A product's place among the valid products of its basis; None when it has no comparable value."""
        cell = dossier.cell
        if cell is None:
            return None
        known = self.of_kind(session, dossier.product.fact.kind, dossier.at)
        found = known.get(cell.basis.key) or distribution(cell.basis.key, ())
        return Place(found, cell.value, found.higher_share(cell.value))


def read(session: Session, kind: str, at: Point) -> Mapping[str, Distribution]:
    """All distributions of a kind, from every public product whose certificate is valid on the day."""
    tree = categories.kinds(session, at)
    ids = sorted(session.scalars(select(col(ProductRow.id)).where(col(ProductRow.kind) == kind).distinct()))
    values: dict[str, list[Decimal]] = {}
    for start in range(0, len(ids), BATCH):
        for dossier in load(session, ids[start : start + BATCH], at, kinds=tree).values():
            if counts(dossier) and dossier.cell is not None:
                values.setdefault(dossier.cell.basis.key, []).append(dossier.cell.value)
    return {key: distribution(key, found) for key, found in values.items()}


def counts(dossier: Dossier) -> bool:
    """Whether a product belongs to the base: public, certificate valid on the day, data its own.

    An average of an industry or a generic value is no product.
    """
    declaration = dossier.declaration
    ranked = declaration is not None and declaration.fact.data_kind is DataKind.SPECIFIC
    return ranked and not dossier.product.fact.removed and dossier.standing is Standing.VALID
