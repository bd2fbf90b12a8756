"""The market of each basis of a kind at one point: every public product is in a base or counted apart."""

from collections import Counter, OrderedDict
from collections.abc import Mapping
from threading import Lock

from sqlalchemy import select
from sqlmodel import Session, col

from catalogue.comparison.base import BATCH, counts
from catalogue.thresholds.limits import Apart, Firm, Market, Offer, market
from registry.categories import service as categories
from registry.changes.reading import Point
from registry.dossiers.dossier import Dossier, Standing
from registry.dossiers.load import load
from registry.products.models import ProductRow

KEPT = 16  # kinds at a point: a reader moves a limit many times over one of them


class Markets:
    """Markets as read, kept while they are asked for; what is recorded never changes, so they stay right."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, Point], Mapping[str, Market]] = OrderedDict()

    def of_kind(self, session: Session, kind: str, at: Point) -> Mapping[str, Market]:
        """Every market of a material kind at a point by its basis; two threads may read at once."""
        with self._lock:
            if (kind, at) in self._kept:
                self._kept.move_to_end((kind, at))
                return self._kept[kind, at]
        found = read(session, kind, at)
        with self._lock:
            self._kept[kind, at] = found
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found


def read(session: Session, kind: str, at: Point) -> Mapping[str, Market]:
    """All markets of a kind, the largest first; no origin, star or body narrows them."""
    tree = categories.kinds(session, at)
    ids = sorted(session.scalars(select(col(ProductRow.id)).where(col(ProductRow.kind) == kind).distinct()))
    offers: dict[str, list[Offer]] = {}
    grades: dict[str, str | None] = {}
    classes: dict[str | None, Counter[str]] = {}
    for start in range(0, len(ids), BATCH):
        for dossier in load(session, ids[start : start + BATCH], at, kinds=tree).values():
            product = dossier.product.fact
            if product.removed or product.kind != kind:
                continue
            place = _place(dossier)
            classes.setdefault(product.performance, Counter())[place] += 1
            if place not in tuple(Apart) and dossier.cell is not None:
                offers.setdefault(place, []).append(_offer(dossier))
                grades[place] = product.performance
    found = [market(basis, listed, _apart(classes[grades[basis]], basis)) for basis, listed in offers.items()]
    return {one.basis: one for one in sorted(found, key=lambda one: (-len(one.offers), one.basis))}


def _place(dossier: Dossier) -> str:
    """The basis a product counts in, or why it counts in none."""
    if dossier.standing is not Standing.VALID:
        return Apart.NO_CERTIFICATE
    if dossier.cell is None:
        return Apart.NOT_DECLARED
    return dossier.cell.basis.key if counts(dossier) else Apart.GENERIC


def _apart(counted: Counter[str], basis: str) -> dict[Apart, int]:
    """What of a class does not count in one of its bases."""
    found = {reason: counted[reason] for reason in Apart}
    found[Apart.OTHER_BASIS] = sum(
        count for place, count in counted.items() if place != basis and place not in tuple(Apart)
    )
    return found


def _offer(dossier: Dossier) -> Offer:
    product, maker, cell = dossier.product.fact, dossier.maker, dossier.cell
    assert cell is not None
    plants = [dossier.plants[plant].region for plant in product.plant_ids if plant in dossier.plants]
    return Offer(
        code=product.code,
        name_zh=product.name_zh,
        name_en=product.name_en,
        firm=Firm(maker.code, maker.name_zh, maker.name_en, maker.controller),
        provinces=frozenset(region[:2] + "0000" for region in plants or [maker.region]),
        value=cell.value,
    )
