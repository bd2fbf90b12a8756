"""Totals, facet counts and histograms of random filter sets equal SQL over tables of the same documents."""

import random
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest

from search.documents.fields import Field
from search.documents.product import ProductDocument
from search.engine import facets
from search.engine.ports import NUMBERS, QUANTITY, SearchEngine, SearchRequest, Sort
from tests.oracles import search_oracle
from tests.search import random_requests, synthetic
from tests.search.contract import ENGINES

LISTED = 1000
SIZES = [
    pytest.param((3_000, 3_000, 60, 60), id="small"),
    pytest.param((100_000, 8_000, 2_000, 1_000), id="large", marks=pytest.mark.full),
]
_TABLES = """
CREATE TABLE product (id TEXT PRIMARY KEY, star INTEGER, valid_from TEXT, valid_to TEXT) WITHOUT ROWID;
CREATE TABLE value (field TEXT, value TEXT, id TEXT, PRIMARY KEY (field, value, id)) WITHOUT ROWID;
CREATE TABLE number (name TEXT, value REAL, id TEXT, PRIMARY KEY (name, value, id)) WITHOUT ROWID;
CREATE TEMP TABLE found (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Both:
    """An engine and a database over the same documents."""

    documents: tuple[ProductDocument, ...]
    engine: SearchEngine
    database: sqlite3.Connection
    requests: int
    sorted_requests: int


@pytest.fixture(scope="module", params=sorted(ENGINES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=SIZES)
def both(
    request: pytest.FixtureRequest, name: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Both]:
    count, makers, requests, sorted_requests = request.param
    documents = tuple(synthetic.documents(count, makers=makers))
    place = tmp_path_factory.mktemp("sql") / "index"
    with ENGINES[name](place) as installed, closing(sqlite3.connect(":memory:")) as database:
        installed.writer.rebuild(documents, position=1)
        _fill(database, documents)
        yield Both(documents, installed.engine, database, requests, sorted_requests)


def _fill(database: sqlite3.Connection, documents: Iterable[ProductDocument]) -> None:
    database.executescript(_TABLES)
    for item in documents:
        row = (item.id, item.star, _text(item.valid_from), _text(item.valid_to))
        database.execute("INSERT INTO product VALUES (?, ?, ?, ?)", row)
        values = [(field.value, value) for field in Field for value in search_oracle.values(item, field)]
        values += [(f"{QUANTITY}{name}", value) for name, value in item.attributes.items()]
        database.executemany("INSERT INTO value VALUES (?, ?, ?)", [(*one, item.id) for one in values])
        names = (*NUMBERS, *(f"{QUANTITY}{name}" for name in item.quantities))
        numbers = [(name, search_oracle.number(item, name)) for name in names]
        stated = [(name, float(value), item.id) for name, value in numbers if value is not None]
        database.executemany("INSERT INTO number VALUES (?, ?, ?)", stated)


def _text(day: object) -> str | None:
    return None if day is None else str(day)


def _select(database: sqlite3.Connection, request: SearchRequest) -> int:
    """Fills `found` with what a request matches; how many that are."""
    conditions, given = ["1"], list[object]()
    chosen = {field.value: values for field, values in request.filters.items()}
    chosen |= {f"{QUANTITY}{name}": values for name, values in request.attributes.items()}
    for name, values in chosen.items():
        marks = ", ".join("?" * len(values))
        conditions.append(f"id IN (SELECT id FROM value WHERE field = ? AND value IN ({marks}))")
        given += [name, *values]
    for name, span in request.ranges.spans().items():
        for sign, limit in ((">=", span.lower), ("<=", span.upper)):
            if limit is not None:
                conditions.append(f"id IN (SELECT id FROM number WHERE name = ? AND value {sign} ?)")
                given += [name, float(limit)]
    ranges = request.ranges
    for condition, value in (
        ("star >= ?", ranges.star_min),
        ("valid_to >= ?", _text(ranges.valid_to_min)),
        ("valid_from <= ?", _text(ranges.valid_on)),
        ("valid_to >= ?", _text(ranges.valid_on)),
    ):
        if value is not None:
            conditions.append(condition)
            given.append(value)
    database.execute("DELETE FROM found")
    where = " AND ".join(conditions)
    return database.execute(f"INSERT INTO found SELECT id FROM product WHERE {where}", given).rowcount


def _widened(database: sqlite3.Connection, held: SearchRequest, wanted: SearchRequest) -> SearchRequest:
    """Selects anew only where the choice differs: most facets have none of their own."""
    if wanted != held:
        _select(database, wanted)
    return wanted


def _counts(database: sqlite3.Connection, name: str) -> list[tuple[str, int]]:
    """Most frequent first, then by value; SQLite's text order is that of code points, as is Python's."""
    return database.execute(
        "SELECT value, count(*) FROM found JOIN value USING (id) WHERE field = ?"
        " GROUP BY value ORDER BY 2 DESC, 1",
        (name,),
    ).fetchall()


def _classes(database: sqlite3.Connection, name: str, bounds: tuple[object, ...]) -> tuple[int, ...]:
    """A class by how many bounds its values have reached."""
    edges = [float(str(edge)) for edge in bounds]
    reached = " + ".join("(value >= ?)" for _ in edges) or "0"
    rows = database.execute(
        f"SELECT {reached}, count(*) FROM found JOIN number USING (id) WHERE name = ? GROUP BY 1",
        (*edges, name),
    )
    counted = dict(rows.fetchall())
    assert counted.keys() <= set(range(1, len(edges))), "a value outside all classes"
    return tuple(counted.get(place, 0) for place in range(1, len(edges)))


def test_totals_facets_and_histograms_equal_sql(both: Both) -> None:
    rng = random.Random(4_711)
    have = random_requests.known(both.documents)
    found_any = long_lists = 0
    everything = SearchRequest(facets=(Field.MAKER, Field.PLANT))
    for request in (everything, *random_requests.requests(rng, have, both.requests)):
        result = both.engine.search(request)
        assert result.total == _select(both.database, request), request
        found_any += bool(result.total)
        held = request
        for field in request.facets:
            held = _widened(both.database, held, request.without(field) if request.disjunctive else request)
            counted = _counts(both.database, field)
            assert list(result.facets[field]) == counted[:LISTED], (field, request)
            assert result.facet_values[field] == len(counted), (field, request)
            long_lists += len(counted) > LISTED
        for name in request.attribute_facets:
            wider = request.without_attribute(name) if request.disjunctive else request
            held = _widened(both.database, held, wider)
            counted = _counts(both.database, f"{QUANTITY}{name}")
            assert list(result.attribute_facets[name]) == counted, (name, request)
        for name in request.histograms:
            held = _widened(
                both.database, held, request.without_number(name) if request.disjunctive else request
            )
            histogram = result.histograms[name]
            assert histogram.counts == _classes(both.database, name, histogram.bounds), (name, request)
    assert found_any > both.requests / 3
    assert long_lists, "no list was longer than what is listed"


def test_figures_sort_as_brute_force_does(both: Both) -> None:
    """Sorted values equal; products of equal value may stand in any order among themselves."""
    rng = random.Random(1_742)
    have = random_requests.known(both.documents)
    figures = [sort for sort in Sort if "gwp" in sort]
    by_id = {item.id: item for item in both.documents}
    groups: dict[tuple[str, str], list[ProductDocument]] = {}
    for item in both.documents:
        groups.setdefault((item.kind, item.gwp_standard), []).append(item)
    kinds = sorted({kind for kind, _ in groups})
    for _ in range(both.sorted_requests):
        sort = rng.choice(figures)
        chosen, rules = rng.sample(kinds, 2), rng.choice(have.fields[Field.GWP_STANDARD])
        filters = {Field.KIND: tuple(chosen), Field.GWP_STANDARD: (rules,)}
        request = SearchRequest(
            filters=filters, ranges=random_requests.ranges(rng, have), sort=sort, limit=40
        )
        name = sort.removeprefix("-")
        candidates = [item for kind in chosen for item in groups.get((kind, rules), ())]
        inside = [item for item in candidates if search_oracle.passes(item, {}, request.ranges)]
        numbers = [value for item in inside if (value := search_oracle.number(item, name)) is not None]
        expected = [*sorted(numbers, reverse=sort.startswith("-")), *([None] * (len(inside) - len(numbers)))]
        hits = both.engine.search(request).hits
        assert [search_oracle.number(by_id[hit.id], name) for hit in hits] == expected[:40], request


def test_more_values_than_one_answer_may_hold_are_still_counted_exactly(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real bound, 60,000, is only reached by registers too large for a test."""
    monkeypatch.setattr(facets, "_MOST_BUCKETS", LISTED // 2)
    rare = (Field.MAKER, Field.PLANT)
    found = both.engine.search(SearchRequest(facets=rare)).facet_values
    _select(both.database, SearchRequest())
    assert found == {field: len(_counts(both.database, field)) for field in rare}
    assert min(found.values()) > LISTED
