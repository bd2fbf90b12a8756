"""Totals, facet counts, order and pages equal a brute-force scan."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from search.documents.fields import Field
from search.documents.product import GwpUnit, ProductDocument
from search.engine.ports import Ranges, SearchEngine, SearchRequest, SearchResult, Sort, Span
from search.text.segment import GENERAL_WORDS
from search.text.synonyms import others
from tests.oracles import search_oracle
from tests.search import corpus, random_requests

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
    for request in random_requests.requests(rng, random_requests.known(DOCUMENTS), RUNS):
        words = tuple(rng.sample(pairs, rng.choice((0, 0, 1, 1, 2))))
        yield replace(request, text=" ".join(words)), words


def _passes(item: ProductDocument, request: SearchRequest) -> bool:
    return search_oracle.passes(item, request.filters, request.ranges, request.attributes)


def _matching(words: tuple[str, ...], request: SearchRequest) -> list[ProductDocument]:
    """All words, or as many as any document within the filters has."""
    inside = [item for item in DOCUMENTS if _passes(item, request)]
    most = max((sum(search_oracle.has_words(item, (word,)) for word in words) for item in inside), default=0)
    if words and not most:
        return []
    everywhere = DOCUMENTS if request.disjunctive else inside
    return [
        item for item in everywhere if sum(search_oracle.has_words(item, (word,)) for word in words) >= most
    ]


def test_totals_and_facet_counts_equal_a_brute_force_scan(engine: SearchEngine) -> None:
    seen_relaxed = seen_empty = seen_typed = 0
    for request, words in _random_requests():
        result = engine.search(request)
        matching = _matching(words, request)
        expected = [item for item in matching if _passes(item, request)]
        assert result.total == len(expected), request
        assert {hit.id for hit in result.hits} == {item.id for item in expected}, request
        seen_relaxed += result.relaxed
        seen_empty += not result.total
        seen_typed += bool(result.total and (request.attributes or request.ranges.quantities))
        if words and not result.total:
            continue  # how far an empty search was relaxed is not promised
        assert_counted(request, result, matching)
    assert seen_relaxed > 5
    assert seen_empty > 5
    assert seen_typed > 5


def assert_counted(request: SearchRequest, result: SearchResult, found: list[ProductDocument]) -> None:
    """Every facet and histogram is counted without its own choice, where that is asked for."""

    def counted(wider: SearchRequest) -> list[ProductDocument]:
        asked = wider if request.disjunctive else request
        return [item for item in found if _passes(item, asked)]

    for field in request.facets:
        expected = search_oracle.facet(counted(request.without(field)), field)
        assert dict(result.facets[field]) == expected, (field, request)
        assert result.facet_values[field] == len(expected)
    for name in request.attribute_facets:
        expected = search_oracle.attribute_facet(counted(request.without_attribute(name)), name)
        assert dict(result.attribute_facets[name]) == expected, (name, request)
    for name in request.histograms:
        within = counted(request.without_number(name))
        histogram = result.histograms[name]
        assert histogram.counts == search_oracle.classes(within, name, histogram.bounds), (name, request)
        assert sum(histogram.counts) == sum(search_oracle.number(item, name) is not None for item in within)


def test_facet_values_come_most_frequent_first(engine: SearchEngine) -> None:
    for values in engine.search(SearchRequest(facets=tuple(Field))).facets.values():
        assert list(values) == sorted(values, key=lambda pair: (-pair[1], pair[0]))


def _ordered_by(item: ProductDocument, name: str) -> Decimal | date | None:
    return item.valid_to if name == "valid_to" else search_oracle.number(item, name)


NUMERIC = [sort for sort in Sort if sort not in (Sort.RELEVANCE, Sort.NAME)]


@pytest.mark.parametrize("sort", NUMERIC)
def test_a_numeric_sort_is_strict_and_puts_missing_values_last(engine: SearchEngine, sort: Sort) -> None:
    name = sort.value.lstrip("-")
    result = engine.search(SearchRequest(text="虚构", sort=sort, limit=100))
    values = [_ordered_by(BY_ID[hit.id], name) for hit in result.hits]
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


def test_limits_the_wrong_way_round_match_nothing(engine: SearchEngine) -> None:
    upside_down = Span(Decimal(50), Decimal(2))
    for ranges in (
        Ranges(gwp_min=Decimal(50), gwp_max=Decimal(2)),
        Ranges(gwp_per={GwpUnit.KG: upside_down}),
        Ranges(quantities={"thickness": upside_down}),
    ):
        assert engine.search(SearchRequest(ranges=ranges)).total == 0


def test_an_empty_page_still_counts(engine: SearchEngine) -> None:
    result = engine.search(SearchRequest(limit=0, facets=(Field.STATUS,)))
    assert (result.hits, result.total) == ((), len(DOCUMENTS))
    assert sum(count for _, count in result.facets[Field.STATUS]) == len(DOCUMENTS)


def test_a_page_past_the_end_is_empty_and_past_the_limit_refused(engine: SearchEngine) -> None:
    assert engine.search(SearchRequest(offset=900)).hits == ()
    with pytest.raises(ValueError, match="page"):
        SearchRequest(offset=10_000)
