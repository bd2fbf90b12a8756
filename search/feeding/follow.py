"""The indexer: reads the feed after its cursor, re-reads the products concerned, commits, moves on.

At least once and idempotent: a crash between commit and cursor only repeats work. `on` is the day the
index speaks for; on a new day every product whose derived state changed is read again.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import Engine, select
from sqlmodel import Session, col

from registry.categories import service as categories
from registry.certificates.models import CertificateScopeRow
from registry.changes import feed
from registry.changes.models import ChangeRow
from registry.changes.reading import Point, next_effective
from registry.changes.record import Change
from registry.declarations.models import DeclarationProductRow
from registry.dossiers.dossier import Dossier
from registry.dossiers.load import load
from registry.kit.db import read_session
from registry.kit.log import get as get_log
from registry.parties.models import PlantRow
from registry.products.models import ProductRow
from registry.reports.models import ProductEvidenceRow
from search.documents.product import ProductDocument
from search.engine.ports import Writer
from search.feeding.documents import document

BATCH = 400
_REFERENCE = frozenset({"region", "category", "material_kind"})
_log = get_log("search.feeding")


def products_touched(session: Session, changes: Iterable[Change]) -> set[UUID] | None:
    """Products whose document may differ after these changes; None means all of them."""
    touched: set[UUID] = set()
    for change in changes:
        kind, key = change.header.kind, change.header.key
        if kind in _REFERENCE:
            return None
        touched |= _products_of(session, kind, key)
    return touched


def _products_of(session: Session, kind: str, key: UUID) -> set[UUID]:
    scope = col(CertificateScopeRow.product_id)
    statements = {
        "product": select(col(ProductRow.id)).where(col(ProductRow.id) == key),
        "certificate": select(scope).where(col(CertificateScopeRow.certificate_id) == key),
        "declaration": select(col(DeclarationProductRow.product_id)).where(
            col(DeclarationProductRow.declaration_id) == key
        ),
        "test_report": select(col(ProductEvidenceRow.product_id)).where(col(ProductEvidenceRow.id) == key),
        "self_declaration": select(col(ProductEvidenceRow.product_id)).where(
            col(ProductEvidenceRow.id) == key
        ),
        "organisation": select(col(ProductRow.id)).where(col(ProductRow.manufacturer_id) == key),
        "plant": select(col(ProductRow.id)).where(
            col(ProductRow.manufacturer_id).in_(
                select(col(PlantRow.organisation_id)).where(col(PlantRow.id) == key)
            )
        ),
    }
    found = session.scalars(statements[kind].distinct()) if kind in statements else ()
    return set(found)


def documents(session: Session, ids: Iterable[UUID], at: Point) -> Iterator[ProductDocument]:
    """Documents of the public products among these ids."""
    tree = categories.kinds(session, at)
    groups, places = categories.categories(session, at), categories.regions(session, at)
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), BATCH):
        dossiers = load(session, wanted[start : start + BATCH], at, kinds=tree)
        later = next_effective(session, {key for one in dossiers.values() for key in _records(one)}, at)
        for dossier in dossiers.values():
            if dossier.product.fact.removed:
                continue
            upcoming = min((later[one] for one in _records(dossier) if one in later), default=None)
            yield document(dossier, kinds=tree, categories=groups, regions=places, next_effective=upcoming)


def _records(dossier: Dossier) -> tuple[UUID, ...]:
    """Keys of the product and of every dated record behind its document."""
    certificates = (known.header.key for known in dossier.certificates)
    declarations = (known.header.key for known in dossier.declarations)
    return (dossier.product.header.key, *certificates, *declarations)


def rebuild(engine: Engine, writer: Writer, *, on: date) -> int:
    """A new index of everything public on a day, then swapped in; returns how many documents."""
    count = 0

    def counted(found: Iterator[ProductDocument]) -> Iterator[ProductDocument]:
        nonlocal count
        for one in found:
            count += 1
            yield one

    with read_session(engine) as session:
        position = feed.head(session).seq
        ids = session.scalars(select(col(ProductRow.id)).distinct())
        writer.rebuild(counted(documents(session, ids, Point(on, position))), position)
    return count


def step(engine: Engine, writer: Writer, *, on: date) -> int:
    """One round: what changed since the cursor and what the day changed; returns documents written."""
    with read_session(engine) as session:
        position = writer.position()
        changes = feed.after(session, position)
        touched = products_touched(session, changes)
        last = changes[-1].header.seq if changes else position
        if touched is None:
            touched = set(session.scalars(select(col(ProductRow.id)).distinct()))
        touched |= {UUID(one) for one in writer.due(on)}
        if not touched and last == position:
            return 0
        found = list(documents(session, touched, Point(on, last)))
        gone = {str(one) for one in touched} - {one.id for one in found}
    writer.apply(found, sorted(gone), last)
    return len(found) + len(gone)


class Follower(threading.Thread):
    """Keeps one index up to date while the process lives."""

    def __init__(
        self, engine: Engine, writer: Writer, today: Callable[[], date], *, every: float = 0.2
    ) -> None:
        super().__init__(name="search-follower", daemon=True)
        self._engine, self._writer, self._today, self._every = engine, writer, today, every
        self._stop_asked = threading.Event()

    def run(self) -> None:
        while not self._stop_asked.wait(self._every):
            try:
                while step(self._engine, self._writer, on=self._today()):
                    if self._stop_asked.is_set():
                        return
            except Exception:  # noqa: BLE001 - a follower outlives every fault and says so
                _log.exception("The search index could not follow the feed; trying again.")
                self._stop_asked.wait(5)

    def stop(self) -> None:
        self._stop_asked.set()
        self.join(timeout=10)


def lag(session: Session, position: int) -> int:
    """How many feed records the index has not seen."""
    last = session.scalar(select(col(ChangeRow.seq)).order_by(col(ChangeRow.seq).desc()).limit(1))
    return int(last or 0) - position
