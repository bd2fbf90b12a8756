"""A second instance of ours is harvested whole, whatever happens on the way; a second run changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, select

from registry.changes import feed
from registry.changes.reading import every, point
from registry.declarations.dataset import Dataset
from registry.declarations.documents.content import DECLARATION_CONTENT
from registry.declarations.harvest.fetching import Fetcher, Manners, NodeAway, connected
from registry.declarations.harvest.keeping import keep
from registry.declarations.harvest.models import HarvestItemRow, HarvestRunRow
from registry.declarations.harvest.nodes import Node, Stock
from registry.declarations.harvest.openepd import OpenEpd
from registry.declarations.harvest.run import Harvester, Report, harvest, rehearse
from registry.declarations.harvest.soda import Soda
from registry.declarations.harvest.store import Fate, Place
from registry.kit.db import read_session
from tests import databases
from tests.contracts import node

COUNT = 60
NOW = datetime(2026, 6, 2, 1, 0, tzinfo=UTC)
MANNERS = Manners(per_second=0, inside=True, sleep=lambda _: None)
EVERYTHING = Stock("", "", "")


@pytest.fixture(scope="module")
def address(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("harvested")
    with databases.copy_of(empty_database, folder) as settings, node.running(settings, COUNT) as found:
        yield found


@dataclass
class Cutting(httpx.BaseTransport):
    """The network, whose connections break from one request on until it is mended."""

    from_request: int
    seen: list[str] = field(default_factory=list)
    inner: httpx.BaseTransport = field(default_factory=httpx.HTTPTransport)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(str(request.url))
        if len(self.seen) >= self.from_request:
            raise httpx.ReadError("cut")
        return self.inner.handle_request(request)

    def close(self) -> None:
        self.inner.close()


def harvester(engine: Engine, source: Node, fetcher: Fetcher) -> Harvester:
    return Harvester(engine, source, fetcher, keep, clock=lambda: NOW)


def run(
    engine: Engine, source: Node, transport: httpx.BaseTransport | None = None, stock: Stock = EVERYTHING
) -> Report:
    with connected(MANNERS, transport=transport) as fetcher:
        return harvest(harvester(engine, source, fetcher), Place("soda4lca", source.base, stock))


def contents(engine: Engine) -> dict[str, Dataset]:
    with read_session(engine) as session:
        known = every(session, DECLARATION_CONTENT, point(session, date(2026, 6, 2)))
        return {str(one.fact.dataset.uuid): one.fact.dataset for one in known}


def head(engine: Engine) -> int:
    with read_session(engine) as session:
        return feed.head(session).seq


def test_a_node_arrives_complete_and_a_second_run_changes_nothing(address: str, engine: Engine) -> None:
    report = run(engine, Soda.at(address))
    assert (report.listed, report.total, report.is_whole, report.new) == (COUNT, COUNT, True, COUNT)
    assert report.fates == {Fate.KEPT: COUNT}
    arrived = contents(engine)
    for n in range(COUNT):
        sent = node.reading(n).dataset
        came = arrived[str(sent.uuid)]
        assert (came.version, came.number, came.names, came.declared.amount) == (
            sent.version,
            sent.number,
            sent.names,
            sent.declared.amount,
        )
        assert [one.values for one in came.indicators] == [one.values for one in sent.indicators]
    last = head(engine)
    again = run(engine, Soda.at(address))
    assert (again.new, again.renewed, again.not_listed, dict(again.reasons)) == (0, 0, 0, {})
    assert head(engine) == last


@pytest.mark.parametrize("from_request", [1, 2, 55])
def test_a_cut_connection_is_survived_and_nothing_comes_twice(
    address: str, engine: Engine, from_request: int
) -> None:
    cutting = Cutting(from_request)
    with pytest.raises(NodeAway):
        run(engine, Soda.at(address), cutting)
    so_far = len(contents(engine))
    assert so_far < COUNT
    report = run(engine, Soda.at(address))
    assert (report.new, len(contents(engine))) == (COUNT - so_far, COUNT)
    with read_session(engine) as session:
        assert len(session.scalars(select(HarvestRunRow)).all()) == 1, (
            "the second call went on with the first"
        )


def test_an_openepd_api_is_harvested_as_well(address: str, engine: Engine) -> None:
    report = run(engine, OpenEpd.at(f"{address}/api/openepd"))
    products = [n for n in range(COUNT) if n % 10 != 9]
    assert report.fates == {Fate.KEPT: len(products)}
    assert contents(engine).keys() == {str(node.reading(n).dataset.uuid) for n in products}
    assert run(engine, OpenEpd.at(f"{address}/api/openepd")).new == 0


def test_one_stock_is_harvested_by_itself(address: str, engine: Engine) -> None:
    with connected(MANNERS) as fetcher:
        stocks = {one.name: one for one in Soda.at(address).stocks(fetcher)}
    assert set(stocks) == {"register", "products", "data"}
    report = run(engine, Soda.at(address), stock=stocks["data"])
    assert report.fates == {Fate.KEPT: COUNT // 10}


def test_a_rehearsal_writes_nothing(address: str, engine: Engine) -> None:
    before = head(engine)
    with connected(MANNERS) as fetcher:
        place = Place("soda4lca", address, EVERYTHING)
        report = rehearse(harvester(engine, Soda.at(address), fetcher), place, sample=5)
    assert (report.listed, report.new, dict(report.reasons)) == (COUNT, COUNT, {"harvest-readable": 5})
    assert head(engine) == before
    with read_session(engine) as session:
        assert session.scalars(select(HarvestItemRow)).all() == []


@pytest.mark.full
def test_two_thousand_data_sets_arrive_whole_over_a_line_that_breaks(
    empty_database: Engine, engine: Engine, tmp_path: Path
) -> None:
    """The acceptance of the harvester: complete, cut three times, and a second run changes nothing."""
    many = 2_000
    with databases.copy_of(empty_database, tmp_path) as settings, node.running(settings, many) as found:
        for cut in (3, 500, 900):
            with pytest.raises(NodeAway):
                run(engine, Soda.at(found), Cutting(cut))
        report = run(engine, Soda.at(found))
        assert (report.listed, report.fates) == (many, {Fate.KEPT: many})
        arrived = contents(engine)
        sent = {str(one.uuid): one for one in (node.reading(n).dataset for n in range(many))}
        assert arrived.keys() == sent.keys()
        assert all(
            [row.values for row in arrived[key].indicators] == [row.values for row in one.indicators]
            for key, one in sent.items()
        )
        last = head(engine)
        assert last == 2 * many
        again = run(engine, Soda.at(found))
        assert (again.new, again.renewed, again.not_listed, dict(again.reasons)) == (0, 0, 0, {})
        assert head(engine) == last
