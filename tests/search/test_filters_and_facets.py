"""Totals, facet counts, order and pages equal a brute-force scan."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType

import pytest

from search.documents.fields import PUBLIC_FACETS, Field
from search.documents.product import ProductDocument
from search.engine.ports import Ranges, SearchEngine, SearchRequest, Sort
from search.text.segment import GENERAL_WORDS
from search.text.synonyms import others
from tests.oracles import search_oracle
from tests.search import corpus

DOCUMENTS = corpus.documents()
BY_ID = {document.id: document for document in DOCUMENTS}
RUNS = 300


def _pairs() -> list[str]:
    """Two-character pieces of the corpus's Chinese texts, apart from words that have synonyms."""
    found = {
        text[i : i + 2]
        for document in DOCUMENTS
        for text in search_oracle.texts(document)
        for i in range(len(text) - 1)
    }
    chinese = (pair for pair in found if all("\u4e00" <= char <= "\u9fff" for char in pair))
    said = (pair for pair in chinese if not others(pair) and pair not in GENERAL_WORDS)
    return sorted(pair for pair in said if pair[0] not in "级型")


def _random_requests() -> Iterator[tuple[SearchRequest, tuple[str, ...]]]:
    rng = random.Random(20_260_101)
    pairs = _pairs()
    for _ in range(RUNS):
        filters: dict[Field, tuple[str, ...]] = {}
        for field in rng.sample(tuple(Field), rng.choice((0, 1, 1, 2, 3))):
            known = sorted({value for item in DOCUMENTS for value in search_oracle.values(item, field)})
            filters[field] = tuple(rng.sample([*known, "not there"], min(len(known), rng.randint(1, 3))))
        ranges = Ranges(
            gwp_max=rng.choice((None, None, Decimal("40.3"), Decimal(200))),
            valid_to_min=rng.choice((None, None, date(2027, 1, 1) + timedelta(days=rng.randint(0, 900)))),
            star_min=rng.choice((None, None, None, 1, 2)),
            waste_content_min=rng.choice((None, None, None, Decimal(30), Decimal("38.5"))),
        )
        words = tuple(rng.sample(pairs, rng.choice((0, 0, 1, 1, 2))))
        facets = tuple(rng.sample(tuple(Field), 6)) if rng.random() < 0.5 else PUBLIC_FACETS
        request = SearchRequest(
            text=" ".join(words),
            filters=MappingProxyType(filters),
            ranges=ranges,
            facets=facets,
            limit=100,
            disjunctive=rng.random() < 0.7,
        )
        yield request, words


def _matching(words: tuple[str, ...], request: SearchRequest) -> list[ProductDocument]:
    """All words, or as many as any document within the filters has."""
    inside = [item for item in DOCUMENTS if search_oracle.passes(item, request.filters, request.ranges)]
    most = max((sum(search_oracle.has_words(item, (word,)) for word in words) for item in inside), default=0)
    if words and not most:
        return []
    everywhere = DOCUMENTS if request.disjunctive else inside
    return [
        item for item in everywhere if sum(search_oracle.has_words(item, (word,)) for word in words) >= most
    ]


def test_totals_and_facet_counts_equal_a_brute_force_scan(engine: SearchEngine) -> None:
    seen_relaxed = seen_empty = 0
    for request, words in _random_requests():
        result = engine.search(request)
        matching = _matching(words, request)
        expected = [item for item in matching if search_oracle.passes(item, request.filters, request.ranges)]
        assert result.total == len(expected), request
        assert {hit.id for hit in result.hits} == {item.id for item in expected}, request
        seen_relaxed += result.relaxed
        seen_empty += not result.total
        if words and not result.total:
            continue  # how far an empty search was relaxed is not promised
        for field in request.facets:
            others_only = {
                name: wanted
                for name, wanted in request.filters.items()
                if name != field or not request.disjunctive
            }
            counted = [item for item in matching if search_oracle.passes(item, others_only, request.ranges)]
            assert dict(result.facets[field]) == search_oracle.facet(counted, field), (field, request)
    assert seen_relaxed > 5
    assert seen_empty > 5


def test_facet_values_come_most_frequent_first(engine: SearchEngine) -> None:
    for values in engine.search(SearchRequest(facets=tuple(Field))).facets.values():
        assert list(values) == sorted(values, key=lambda pair: (-pair[1], pair[0]))


@pytest.mark.parametrize("sort", [Sort.GWP, Sort.GWP_DOWN, Sort.VALID_TO, Sort.VALID_TO_DOWN])
def test_a_numeric_sort_is_strict_and_puts_missing_values_last(engine: SearchEngine, sort: Sort) -> None:
    name = sort.value.lstrip("-")
    result = engine.search(SearchRequest(text="虚构", sort=sort, limit=100))
    values = [getattr(BY_ID[hit.id], name) for hit in result.hits]
    stated = [value for value in values if value is not None]
    assert stated == sorted(stated, reverse=sort.value.startswith("-"))
    assert values == [*stated, *([None] * (len(DOCUMENTS) - len(stated)))]
    assert {hit.score for hit in result.hits} == {None}


def test_names_sort_as_a_chinese_reader_expects(engine: SearchEngine) -> None:
    request = SearchRequest(filters={Field.KIND: ("mineral-wool",)}, sort=Sort.NAME)
    names = [BY_ID[hit.id].name_zh for hit in engine.search(request).hits]
    first_series = [name for name in names if not name.startswith("二系列")]
    assert first_series == ["A级不燃岩棉板", "外墙外保温用岩棉板 A级", "岩棉条"]  # a, wai, yan


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_follow_one_another_without_gap_or_repetition(engine: SearchEngine, sort: Sort) -> None:
    whole = [hit.id for hit in engine.search(SearchRequest(sort=sort, limit=100)).hits]
    request = SearchRequest(sort=sort, limit=7)
    pages = [
        hit.id for offset in range(0, 70, 7) for hit in engine.search(replace(request, offset=offset)).hits
    ]
    assert pages == whole
    assert len(set(whole)) == len(DOCUMENTS)


def test_equal_hits_are_not_in_the_order_they_were_written(engine: SearchEngine) -> None:
    hits = engine.search(SearchRequest(text="虚构", limit=100)).hits
    runs = [[hit for hit in hits if hit.score == score] for score in {hit.score for hit in hits}]
    orders = [[BY_ID[hit.id].version for hit in run] for run in runs if len(run) > 4]
    assert orders
    assert all(any(a > b for a, b in pairwise(order)) for order in orders)


def test_an_empty_page_still_counts(engine: SearchEngine) -> None:
    result = engine.search(SearchRequest(limit=0, facets=(Field.STATUS,)))
    assert (result.hits, result.total) == ((), len(DOCUMENTS))
    assert sum(count for _, count in result.facets[Field.STATUS]) == len(DOCUMENTS)


def test_a_page_past_the_end_is_empty_and_past_the_limit_refused(engine: SearchEngine) -> None:
    assert engine.search(SearchRequest(offset=900)).hits == ()
    with pytest.raises(ValueError, match="page"):
        SearchRequest(offset=10_000)
