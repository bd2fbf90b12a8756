"""However often and whenever the indexer is killed, the index ends as the register stands."""

import multiprocessing
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import col

from registry.changes import feed
from registry.changes.feed import Draft
from registry.changes.models import ChangeRow
from registry.changes.reading import Point
from registry.kit.db import read_session, write_session
from registry.products.service import PRODUCT
from search.documents.fields import Field
from search.documents.product import ProductDocument
from search.engine import parts, schema
from search.engine.embedded import EmbeddedEngine
from search.engine.ports import SearchRequest
from search.engine.query_builder import by_id
from search.engine.snapshot import Snapshot
from search.engine.writer import EmbeddedWriter
from search.feeding import follow
from tests import factories
from tests.databases import settings_of
from tests.search import follower_process

TODAY = date(2026, 6, 1)
PATIENCE = 60.0
PRODUCTS = 150
AT_ONCE = 10  # changes of one transaction
LONGEST_LIFE = 0.5  # seconds: some die before their first round is over, some after many
PAUSE = 0.04  # seconds between two transactions, at most
SAMPLE = 40


@dataclass
class Register:
    """Products that are renamed, moved to other plants, taken out and brought back, each change by chance."""

    engine: Engine
    rng: random.Random
    changes: int = 0

    def begin(self) -> None:
        with write_session(self.engine) as session:
            feed.start(session, "demonstration")
            factories.record(session, factories.world())

    def move_on(self) -> None:
        """One transaction."""
        drafts = []
        for n in self.rng.sample(range(2, PRODUCTS), AT_ONCE):
            self.changes += 1
            gone = self.rng.random() < 0.2
            fact = factories.product(
                n,
                name_zh=f"示例水泥 {n:03d} 改{self.changes}（虚构）",
                models=(f"X-{self.rng.randrange(10**6)}",),
                removed=gone,
                removed_reason="示例" if gone else None,
            )
            drafts.append(Draft(PRODUCT, fact.id, factories.START, fact))
        with write_session(self.engine) as session:
            factories.record(session, drafts)


def cursor(index: Path) -> int:
    writer = EmbeddedWriter(index)
    return 0 if writer.needs_rebuild() else writer.position()


def life(register: Register, index: Path, changes: int, *, at_work: bool) -> None:
    """A follower that is killed at a moment of its own while changes flow, or once its cursor has moved."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", follower_process.__name__])
    begun = context.Event()
    given = (settings_of(register.engine), index, TODAY, begun)
    process = context.Process(target=follower_process.follow, args=given)
    process.start()
    assert begun.wait(PATIENCE)
    before, lives = cursor(index), register.rng.uniform(0, LONGEST_LIFE)

    def kill() -> None:
        ends = time.monotonic() + PATIENCE
        while at_work and cursor(index) <= before and time.monotonic() < ends:
            time.sleep(0.002)
        time.sleep(lives)
        process.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    for _ in range(changes // AT_ONCE):
        register.move_on()
        time.sleep(register.rng.uniform(0, PAUSE))
    process.join(PATIENCE)
    killer.join()
    assert process.exitcode == -9, "it ended by itself"


@pytest.mark.parametrize(
    ("kills", "changes"), [(5, 300), pytest.param(100, 10_000, marks=pytest.mark.full, id="full")]
)
def test_nothing_is_lost_or_doubled_by_kills_at_any_moment(
    new_engine: Callable[[], Engine], tmp_path: Path, kills: int, changes: int
) -> None:
    register, index = Register(new_engine(), random.Random(kills)), tmp_path / "index"
    register.begin()
    moved = 0
    for n in range(kills):
        before = cursor(index)
        life(register, index, changes // kills, at_work=bool(n % 2))
        moved += cursor(index) > before
    assert register.changes == changes
    assert moved >= kills // 2
    _converge(register.engine, index)
    _compare(register.engine, EmbeddedEngine(index), tmp_path / "anew")


def _converge(engine: Engine, index: Path) -> None:
    """The next process, which nobody kills."""
    writer = EmbeddedWriter(index)
    last = follow.Follower(engine, (EmbeddedEngine(index), writer), lambda: TODAY, every=0.005)
    with read_session(engine) as session:
        head = feed.head(session).seq
    last.start()
    ends = time.monotonic() + PATIENCE
    while (writer.needs_rebuild() or writer.position() < head) and time.monotonic() < ends:
        time.sleep(0.01)
    last.stop()
    writer.close()
    assert writer.position() == head


def _compare(engine: Engine, found: EmbeddedEngine, folder: Path) -> None:
    """With the register itself, and with an index that one process built from it in one go."""
    versions, snapshot = found.ids_and_versions(), found.snapshot()
    with read_session(engine) as session:
        at = Point(TODAY, feed.head(session).seq)
        keys = set(session.scalars(select(col(ChangeRow.key)).where(col(ChangeRow.kind) == PRODUCT.name)))
        wanted = {one.id: one for one in follow.documents(session, keys, at)}
        latest = select(col(ChangeRow.key), func.max(col(ChangeRow.seq))).group_by(col(ChangeRow.key))
        last = {row[0]: row[1] for row in session.execute(latest)}
    assert versions.keys() == wanted.keys()
    assert found.count() == len(wanted), "a product stands there twice"
    late = [one for one, version in versions.items() if not last[UUID(one)] <= version <= at.as_of]
    assert not late, "read before its last change"
    for document in random.Random(1).sample(sorted(wanted.values(), key=lambda one: one.id), SAMPLE):
        _same_fields(snapshot, document)
    anew = EmbeddedWriter(folder)
    follow.rebuild(engine, anew, on=TODAY)
    asked = SearchRequest(facets=tuple(Field))
    whole, other = found.search(asked), EmbeddedEngine(folder).search(asked)
    assert (whole.total, whole.facets) == (other.total, other.facets)
    anew.close()


def _same_fields(snapshot: Snapshot, document: ProductDocument) -> None:
    """Every word of every field as the register has it now, and no name it had before."""
    import tantivy  # noqa: PLC0415  as everywhere: loaded by who searches

    must = tantivy.Occur.Must
    only = (must, by_id(snapshot.index.schema, document.id))
    words, part = schema.record(document)
    assert snapshot.parts.said[parts.term(part)].labels == document.kind_names
    for name in (*schema._ANALYSED, *schema._RAW, *map(schema.facet_field, Field)):
        values = words.get(name, [])
        for value in values if isinstance(values, list) else [values]:
            for word in value.split() if name in schema._ANALYSED else [value]:
                term = tantivy.Query.term_query(snapshot.index.schema, name, word)
                both = tantivy.Query.boolean_query([only, (must, term)])
                assert snapshot.searcher.search(both, limit=1).hits, (document.id, name, word)
