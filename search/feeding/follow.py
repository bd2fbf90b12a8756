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
from registry.changes import feed
from registry.changes.models import ChangeRow
from registry.changes.reading import Point, next_effective
from registry.dossiers.dossier import Dossier
from registry.dossiers.load import load
from registry.kit.db import read_session
from registry.kit.log import get as get_log
from registry.products.models import ProductRow
from search.documents.product import ProductDocument
from search.engine.ports import SearchEngine, Writer
from search.feeding.concerned import begun, products_touched, records_of
from search.feeding.documents import Tables, document
from search.feeding.turn import Turn

BATCH = 400
PATIENCE = 60  # seconds for the round under way: a new day may touch every product
ANOTHERS_TURN = 2.0  # seconds until a process that does not write looks again whether it must
_log = get_log("search.feeding")


def documents(session: Session, ids: Iterable[UUID], at: Point) -> Iterator[ProductDocument]:
    """Documents of the public products among these ids."""
    tree = categories.kinds(session, at)
    tables = Tables(tree, categories.categories(session, at), categories.regions(session, at))
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), BATCH):
        dossiers = load(session, wanted[start : start + BATCH], at, kinds=tree)
        records = records_of(session, dossiers)
        related = {key: records[key] | _named(one) for key, one in dossiers.items()}
        later = next_effective(session, {key for keys in related.values() for key in keys}, at)
        for dossier in dossiers.values():
            if dossier.product.fact.removed:
                continue
            upcoming = min((later[k] for k in related[dossier.product.fact.id] if k in later), default=None)
            yield document(dossier, tables, next_effective=upcoming)


def _named(dossier: Dossier) -> set[UUID]:
    """The organisations and plants whose names and places stand in the document."""
    bodies = {known.fact.body_id for known in dossier.certificates}
    return {dossier.product.fact.manufacturer_id, *dossier.product.fact.plant_ids, *bodies}


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


def settle(engine: Engine, writer: Writer, *, on: date) -> int | None:
    """Build anew an index that cannot be used or is another database's; how many documents, if so."""
    if not writer.needs_rebuild():
        with read_session(engine) as session:
            if lag(session, writer.position()) >= 0:
                return None
    return rebuild(engine, writer, on=on)


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
        return _write(session, writer, touched, Point(on, last))


def arrive(engine: Engine, search: SearchEngine, writer: Writer, *, on: date) -> int:
    """Products recorded ahead whose first day has come: nothing in the index says so, so they are looked for.

    Once at start and once a day; returns documents written.
    """
    with read_session(engine) as session:
        at = Point(on, writer.position())
        missing = begun(session, at) - {UUID(one) for one in search.ids_and_versions()}
        return _write(session, writer, missing, at) if missing else 0


def _write(session: Session, writer: Writer, products: set[UUID], at: Point) -> int:
    found = list(documents(session, products, at))
    gone = {str(one) for one in products} - {one.id for one in found}
    writer.apply(found, sorted(gone), at.as_of)
    return len(found) + len(gone)


class Follower(threading.Thread):
    """Keeps one index up to date while the process lives and its turn lasts; without a turn it is alone."""

    def __init__(  # noqa: PLR0913 - what it follows for, and how often
        self,
        engine: Engine,
        index: tuple[SearchEngine, Writer],
        today: Callable[[], date],
        *,
        turn: Turn | None = None,
        every: float = 0.2,
        another: float = ANOTHERS_TURN,
    ) -> None:
        super().__init__(name="search-follower", daemon=True)
        self.engine, (self._search, self._writer), self._today, self._every = engine, index, today, every
        self._turn, self._another = turn, another
        self._stop_asked = threading.Event()
        self._day: date | None = None

    def run(self) -> None:
        while not self._stop_asked.wait(self._every):
            try:
                if self._turn is None or self._turn.take():
                    self._round(self._today())
                else:
                    self._stop_asked.wait(self._another)
            except Exception:  # noqa: BLE001 - a follower outlives every fault and says so
                _log.exception("The search index could not follow the feed; trying again.")
                self._stop_asked.wait(5)

    def _round(self, day: date) -> None:
        if self._day is None:
            settle(self.engine, self._writer, on=day)  # whoever wrote before may have died at anything
        while step(self.engine, self._writer, on=day) and not self._stop_asked.is_set():
            pass
        if day != self._day:
            arrive(self.engine, self._search, self._writer, on=day)
            self._day = day

    def stop(self) -> None:
        """Let the round under way end: whoever closes the database next must not find it at work."""
        self._stop_asked.set()
        self.join(timeout=PATIENCE)


def lag(session: Session, position: int) -> int:
    """How many feed records the index has not seen."""
    last = session.scalar(select(col(ChangeRow.seq)).order_by(col(ChangeRow.seq).desc()).limit(1))
    return int(last or 0) - position
