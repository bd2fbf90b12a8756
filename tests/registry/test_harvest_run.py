"""What a harvest makes of a node that changes, contradicts itself, breaks off or sends what it should not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session

from registry.access.actors import OPERATOR
from registry.changes import feed
from registry.changes.reading import every, get, point
from registry.declarations.dataset import Dataset, Subtype
from registry.declarations.documents import kept_readings
from registry.declarations.documents.content import DECLARATION_CONTENT
from registry.declarations.documents.entering import About, enter
from registry.declarations.documents.kept_readings import File, Saving
from registry.declarations.formats.ilcd.writing import write_json
from registry.declarations.formats.reading import Reading
from registry.declarations.harvest import origins as harvested
from registry.declarations.harvest.fetching import Answer, Fetcher, Manners, NodeAway, connected
from registry.declarations.harvest.keeping import keep
from registry.declarations.harvest.models import HarvestItemRow, HarvestSourceRow
from registry.declarations.harvest.nodes import Listed, Page, Stock
from registry.declarations.harvest.run import Harvester, Report, harvest, rehearse
from registry.declarations.harvest.store import Fate, Place
from registry.declarations.harvest.taking import Fetched
from registry.declarations.service import DECLARATION
from registry.kit.clock import civil_day
from registry.kit.db import read_session, write_session
from tests import declared, factories
from tests.factories import key

NOW = datetime(2026, 6, 2, 1, 0, tzinfo=UTC)
BASE = "https://node.example/resource"
STOCK = Stock("s", "示例库", "仅供演示（虚构）")


class Killed(BaseException):
    """The process ends here."""


@dataclass
class MadeUp:
    """A node of ours to play with: documents by UUID, each with its ETag."""

    documents: dict[str, bytes]
    versions: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()
    page: int = 2
    counts: int | None = None
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    base: str = BASE
    cut_after: int | None = None

    def stocks(self, _fetcher: Fetcher) -> Sequence[Stock]:
        return ()

    def pages(self, _fetcher: Fetcher, _stock: str) -> Iterator[Page]:
        every_one = [
            Listed(uuid, self.versions.get(uuid, "01.00.000"), "", BASE if uuid in self.elsewhere else None)
            for uuid in self.documents
        ]
        total = len(every_one) if self.counts is None else self.counts
        for start in range(0, len(every_one), self.page):
            items = tuple(every_one[start : start + self.page])
            yield Page(start, total, items, len(items))

    def document(self, _fetcher: Fetcher, item: Listed, known: Mapping[str, str]) -> Answer:
        if self.cut_after is not None and len(self.asked) >= self.cut_after:
            raise NodeAway(url=item.id, said="cut")
        self.asked.append((item.id, known))
        body = self.documents[item.id]
        etag = f'"{hash(body)}"'
        status = self.statuses.get(item.id, 304 if known.get("If-None-Match") == etag else 200)
        body = body if status == 200 else b""
        return Answer(f"{BASE}/processes/{item.id}", status, body, "application/json", etag, None)


def document(n: int, **fields: Any) -> bytes:
    return write_json(declared.dataset(n, **fields)).content


def uuid(n: int) -> str:
    return str(declared.UUIDS[n])


def made_up(*numbers: int, **changes: Any) -> MadeUp:
    return MadeUp({uuid(n): document(n) for n in numbers}, **changes)


Keeping = Callable[[Session, Reading, Fetched], Any]


def run(engine: Engine, node: MadeUp, *, keeping: Keeping = keep, licence: str = "") -> Report:
    with connected(Manners(0), transport=httpx.MockTransport(lambda _: httpx.Response(500))) as fetcher:
        harvester = Harvester(engine, node, fetcher, keeping, clock=lambda: NOW)
        return harvest(harvester, Place("soda4lca", node.base, STOCK, licence))


def items(engine: Engine) -> dict[str, HarvestItemRow]:
    with read_session(engine) as session:
        rows = session.scalars(select(HarvestItemRow)).all()
        session.expunge_all()
        return {f"{row.item}@{row.version}": row for row in rows}


def kept(engine: Engine) -> dict[str, Dataset]:
    with read_session(engine) as session:
        known = every(session, DECLARATION_CONTENT, point(session, date(2026, 6, 2)))
        return {str(one.fact.dataset.uuid): one.fact.dataset for one in known}


def head(engine: Engine) -> int:
    with read_session(engine) as session:
        return feed.head(session).seq


def test_what_is_no_longer_listed_is_marked_and_stays(engine: Engine) -> None:
    node = made_up(1, 2, 3)
    run(engine, node)
    del node.documents[uuid(2)]
    report = run(engine, node)
    assert (report.listed, report.not_listed) == (2, 1)
    assert items(engine)[f"{uuid(2)}@01.00.000"].not_listed_since == date(2026, 6, 2)
    assert kept(engine).keys() == {uuid(1), uuid(2), uuid(3)}
    node.documents[uuid(2)] = document(2)
    assert run(engine, node).not_listed == 0
    assert items(engine)[f"{uuid(2)}@01.00.000"].not_listed_since is None


def test_a_listing_that_is_not_whole_marks_nothing(engine: Engine) -> None:
    node = made_up(1, 2, 3)
    run(engine, node)
    del node.documents[uuid(2)]
    node.counts = 3
    report = run(engine, node)
    assert (report.is_whole, report.not_listed) == (False, 0)
    assert items(engine)[f"{uuid(2)}@01.00.000"].not_listed_since is None


def test_a_newer_version_follows_and_the_older_is_not_gone(engine: Engine) -> None:
    node = made_up(1)
    run(engine, node)
    node.documents[uuid(1)] = document(1, version="02.00.000")
    node.versions[uuid(1)] = "02.00.000"
    report = run(engine, node)
    assert (report.new, report.not_listed) == (1, 0)
    assert kept(engine)[uuid(1)].version == "02.00.000"


def test_the_same_version_with_other_content_never_takes_the_place_of_the_first(engine: Engine) -> None:
    node = made_up(1, 2)
    run(engine, node)
    before = kept(engine)
    node.documents[uuid(1)] = document(1, number="另一个号（虚构）")
    report = run(engine, node)
    assert (report.fates, dict(report.reasons)) == (
        {Fate.CHANGED: 1, Fate.KEPT: 1},
        {"declaration-version-differs": 1},
    )
    assert kept(engine) == before
    assert run(engine, node).reasons == {}, "the node says that nothing is new since"


def test_a_maker_s_declaration_is_a_conflict_line_and_the_harvest_goes_on(engine: Engine) -> None:
    maker = key("organisation")
    with write_session(engine) as session:
        factories.record(session, factories.world())
        about = About((key("product"),), (), maker)
        reading = declared.reading(1)
        entered = enter(session, reading, about, actor=OPERATOR, today=civil_day(NOW))
        file = File("示例.xml", "a" * 64, "person")
        kept_readings.save(session, reading, entered, file, Saving(OPERATOR, NOW, maker))
    node = MadeUp({uuid(1): document(1, version="99.00.000", subtype=Subtype.AVERAGE), uuid(2): document(2)})
    report = run(engine, node)
    assert report.reasons == {"declaration-of-products": 1}
    assert report.fates == {Fate.REFUSED: 1, Fate.KEPT: 1}
    assert kept(engine)[uuid(1)].version == "01.00.000"
    with read_session(engine) as session:
        known = get(session, DECLARATION, entered.declaration_id, point(session, date(2027, 1, 1)))
    assert known is not None
    assert (known.header.version, known.fact.product_ids) == (1, about.product_ids)


def test_only_what_may_be_new_is_asked_for_again(engine: Engine) -> None:
    node = made_up(1, 2)
    run(engine, node)
    last = head(engine)
    node.asked.clear()
    run(engine, node)
    assert [bool(known) for _, known in node.asked] == [True, True]
    assert head(engine) == last


def test_what_was_refused_is_said_and_read_anew(engine: Engine) -> None:
    node = made_up(1, 2)
    node.documents[uuid(3)] = b"{}"
    node.documents[uuid(4)] = document(4, valid_to=None)
    node.documents[uuid(5)] = document(6)
    report = run(engine, node)
    assert report.fates == {Fate.KEPT: 2, Fate.REFUSED: 3}
    assert {"declaration-incomplete", "harvest-other-document"} <= report.reasons.keys()
    assert kept(engine).keys() == {uuid(1), uuid(2)}
    node.documents |= {uuid(n): document(n) for n in (3, 4, 5)}
    assert run(engine, node).new == 3


def test_what_a_node_lists_and_does_not_give_is_told(engine: Engine) -> None:
    node = made_up(1, 2, statuses={uuid(1): 404})
    assert run(engine, node).fates == {Fate.MISSING: 1, Fate.KEPT: 1}
    node.statuses[uuid(2)] = 404
    assert run(engine, node).fates == {Fate.MISSING: 1, Fate.KEPT: 1}, "what we hold stays held"
    assert items(engine)[f"{uuid(1)}@01.00.000"].facts == '{"status": "404"}'


def test_what_another_node_holds_is_not_asked_for(engine: Engine) -> None:
    node = made_up(1, 2, elsewhere=frozenset({uuid(1)}))
    assert run(engine, node).fates == {Fate.ELSEWHERE: 1, Fate.KEPT: 1}
    assert [item for item, _ in node.asked] == [uuid(2)]


@pytest.mark.parametrize("after", [0, 1, 25, 44])
def test_a_killed_harvest_goes_on_exactly_where_it_stopped(engine: Engine, after: int) -> None:
    """Batches of twenty: whatever the last commit holds is done, and nothing is entered twice."""
    node = made_up(*range(1, 46), page=10)
    done: list[str] = []

    def killing(session: Session, reading: Reading, fetched: Fetched) -> Any:
        if len(done) == after:
            raise Killed
        done.append(str(reading.dataset.uuid))
        return keep(session, reading, fetched)

    with pytest.raises(Killed):
        run(engine, node, keeping=killing)
    assert len(kept(engine)) == after // 20 * 20
    report = run(engine, node)
    assert (report.listed, report.new) == (45, 45 - after // 20 * 20)
    assert len(kept(engine)) == 45
    assert head(engine) == 90, "one declaration and one content each"


def test_a_cut_connection_keeps_whole_batches(engine: Engine) -> None:
    node = made_up(*range(1, 31), cut_after=25)
    with pytest.raises(NodeAway):
        run(engine, node)
    assert len(kept(engine)) == 20
    node.cut_after = None
    assert run(engine, node).new == 10


def test_source_and_terms_stand_beside_what_was_taken(engine: Engine) -> None:
    run(engine, made_up(1), licence="CC BY 4.0")
    (row,) = items(engine).values()
    assert row.declaration_id is not None
    with read_session(engine) as session:
        (origin,) = harvested.origins(session, row.declaration_id)
        reading = kept_readings.reading_of(session, head(engine))
    assert (origin.name, origin.terms, origin.licence) == (STOCK.name, STOCK.terms, "CC BY 4.0")
    assert (origin.url, origin.fetched_at, origin.not_listed_since) == (row.url, NOW, None)
    assert reading is not None
    assert (reading.file.source_url, reading.file.licence, reading.file.read_by) == (
        row.url,
        "CC BY 4.0",
        "machine",
    )
    run(engine, made_up(1))
    with read_session(engine) as session:
        assert session.scalars(select(HarvestSourceRow)).one().licence == "CC BY 4.0", (
            "silence takes nothing back"
        )


def test_a_rehearsal_counts_what_a_harvest_would_find(engine: Engine) -> None:
    run(engine, made_up(1, 2))
    node = made_up(2, 3, 4)
    node.documents[uuid(5)] = b"{"
    with connected(Manners(0)) as fetcher:
        harvester = Harvester(engine, node, fetcher, keep, clock=lambda: NOW)
        report = rehearse(harvester, Place("soda4lca", node.base, STOCK), sample=9)
    assert (report.listed, report.new, report.not_listed) == (4, 3, 1)
    assert report.reasons["harvest-readable"] == 2
    assert sum(report.reasons.values()) == 3
    assert kept(engine).keys() == {uuid(1), uuid(2)}
