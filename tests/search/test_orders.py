"""What is counted, and what narrow tiers order, is the same as asking everything with every spelling."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks._search_corpus import documents
from search.documents.fields import Field
from search.engine import facets, ordering
from search.engine.attempts import Rung
from search.engine.embedded import EmbeddedEngine
from search.engine.leaves import Asked
from search.engine.ports import SearchRequest
from search.engine.query_builder import QueryBuilder
from search.engine.snapshot import Snapshot
from search.engine.writer import EmbeddedWriter
from search.text.words import understand

COUNT = 3_000
PAGE = 20  # a tier orders a page only where it fills it
FEW = settings(max_examples=150, deadline=None)
KNOWN = """
石膏板 水泥 板 岩棉 混凝土 再生 玻璃 保温 低熟料水泥 磷石膏 砌块 C30 42.5 42.5R
cement cemnt gypsum board phosphogypsum low-e xps sgb shuini shigaoban 四川 T/CECS 10034 A级 6Low-E+12A+6
DP0000 s sh 石 绿色产品 三星级 复合
"""
TYPED = st.lists(st.sampled_from(KNOWN.split()), min_size=1, max_size=3).map(" ".join)
ENDS = st.sampled_from(("", " "))  # a blank closes the last word


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    place: Path = tmp_path_factory.mktemp("orders")
    writer = EmbeddedWriter(place)
    writer.rebuild(documents(COUNT), position=1)
    writer.close()
    return EmbeddedEngine(place).snapshot()


def _scores(snapshot: Snapshot, text: str) -> list[float]:
    query = understand(text)
    attempt = Rung(query, len(query.words))
    found = ordering.best(snapshot, SearchRequest(), attempt, places=(0, PAGE))
    return [key[0] if isinstance(key, tuple) else key for key, _ in found.rows]


@FEW
@given(text=TYPED, end=ENDS)
def test_the_best_of_the_tiers_are_the_best_of_all(snapshot: Snapshot, text: str, end: str) -> None:
    by_tiers = _scores(snapshot, text + end)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(QueryBuilder, "tiers", lambda *_: ())
        of_all = _scores(snapshot, text + end)
    assert by_tiers == pytest.approx(of_all, abs=0.07)  # a sixteenth: how far the length of a name is rounded


def test_tiers_are_used_at_all(snapshot: Snapshot) -> None:
    query = understand("水泥")
    attempt = Rung(query, 1)
    found = ordering.best(snapshot, SearchRequest(), attempt, places=(0, PAGE))
    assert (len(found.rows), found.total) == (PAGE, None)


@FEW
@given(text=TYPED, end=ENDS, fewer=st.booleans())
def test_what_is_counted_is_what_is_found(snapshot: Snapshot, text: str, end: str, fewer: bool) -> None:
    query = understand(text + end)
    attempt = Rung(query, max(1, len(query.words) - fewer))
    queries, searcher = snapshot.queries, snapshot.searcher
    ordered = searcher.search(queries.words(attempt), limit=1).count  # type: ignore[attr-defined]
    counter = facets.Counter(
        searcher,
        snapshot.parts,
        lambda asked: queries.filtered(queries.words(attempt, Asked.COUNTED), asked),
        queries.part,
    )
    assert counter.counted(SearchRequest()).total == ordered


def test_more_combinations_than_one_answer_holds_are_added_up(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = SearchRequest(facets=tuple(Field))
    counter = facets.Counter(
        snapshot.searcher,
        snapshot.parts,
        lambda one: snapshot.queries.filtered(
            snapshot.queries.words(Rung(understand(""), 1), Asked.COUNTED), one
        ),
        snapshot.queries.part,
    )
    at_once = counter.counted(asked)
    monkeypatch.setattr(facets, "_MOST_BUCKETS", 20)
    halved = counter.counted(asked)
    assert (halved.facets, halved.values) == (at_once.facets, at_once.values)
