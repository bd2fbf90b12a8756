"""Histogram bounds are round, equal, at most twenty, and hold the least and the greatest value."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.documents.product import ProductDocument
from search.engine.histograms import MOST_CLASSES, bounds
from search.engine.ports import SearchEngine, SearchRequest, Span

_values = st.decimals(
    min_value=Decimal(-(10**12)), max_value=Decimal(10**12), allow_nan=False, allow_infinity=False, places=7
)


@given(_values, _values)
def test_bounds_hold_both_values_in_few_equal_round_classes(one: Decimal, other: Decimal) -> None:
    least, greatest = sorted((one, other))
    edges = bounds(least, greatest)
    assert edges[0] <= least < edges[1]
    assert edges[-2] <= greatest < edges[-1]
    assert 1 <= len(edges) - 1 <= MOST_CLASSES
    widths = {upper - lower for lower, upper in pairwise(edges)}
    assert len(widths) == 1
    width = widths.pop()
    assert str(width.normalize().scaleb(-width.normalize().adjusted())) in ("1", "2", "5")
    assert all(edge % width == 0 for edge in edges)


@given(_values, _values)
def test_no_finer_round_width_would_do(one: Decimal, other: Decimal) -> None:
    least, greatest = sorted((one, other))
    edges = bounds(least, greatest)
    width = edges[1] - edges[0]
    finer = width / 2 if str(width.normalize())[0] in "12" else width * 2 / 5  # 1 → 0.5, 2 → 1, 5 → 2
    assert least == greatest or greatest // finer - least // finer >= MOST_CLASSES - 1


@pytest.mark.parametrize(
    ("least", "greatest", "first", "last", "classes"),
    [("1.2", "88", "0", "90", 18), ("100", "2000", "100", "2100", 20), ("0", "0", "0", "0.1", 1)],
)
def test_worked_examples(least: str, greatest: str, first: str, last: str, classes: int) -> None:
    edges = bounds(Decimal(least), Decimal(greatest))
    assert (str(edges[0]), str(edges[-1]), len(edges) - 1) == (first, last, classes)


def test_a_number_nobody_has_gives_an_empty_histogram(engine: SearchEngine) -> None:
    found = engine.search(SearchRequest(histograms=("attr.nobody_has_it",), attribute_facets=("nor_this",)))
    assert found.histograms["attr.nobody_has_it"].bounds == ()
    assert found.histograms["attr.nobody_has_it"].counts == ()
    assert found.attribute_facets == {"nor_this": ()}


@pytest.mark.parametrize("name", ["", "Thickness", "a b", "a:b", "a.b", "a)", "厚度", "é", "x" * 65])
def test_a_name_that_could_be_query_syntax_is_refused_everywhere(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        SearchRequest(attributes={name: ("x",)})
    with pytest.raises(ValueError, match="name"):
        SearchRequest(attribute_facets=(name,))
    with pytest.raises(ValueError, match="name"):
        SearchRequest(histograms=(f"attr.{name}",))
    with pytest.raises(ValueError, match="name"):
        ProductDocument(id="1", number="1", version=1, name_zh="板", quantities={name: Decimal(1)})


def test_numbers_that_do_not_exist_and_limits_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="no such number"):
        SearchRequest(histograms=("price",))
    with pytest.raises(ValueError, match="finite"):
        Span(Decimal("NaN"))
