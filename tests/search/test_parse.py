"""Addresses become requests; what cannot be used is reported in both languages, never raised."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.kit.messages import catalogue, placeholders, say
from search.documents.fields import Field
from search.engine.ports import DEEPEST, Ranges, Sort
from search.query.parse import KNOWN, LARGEST_PAGE, parse


def test_every_known_parameter_reaches_the_request() -> None:
    parsed = parse(
        {
            "q": ["石膏板 "],
            "kind": ["plasterboard", "cement"],
            "status": ["valid"],
            "gwp_basis": ["m2"],
            "gwp_max": ["12.5"],
            "valid_to_min": ["2026-12-31"],
            "star_min": ["2"],
            "waste_content_min": ["30"],
            "sort": ["-gwp"],
            "page": ["3"],
            "per_page": ["25"],
        },
    )
    request = parsed.request
    assert parsed.problems == ()
    assert request.text == "石膏板 "
    assert request.filters == {
        Field.KIND: ("plasterboard", "cement"),
        Field.STATUS: ("valid",),
        Field.GWP_BASIS: ("m2",),
    }
    assert request.ranges == Ranges(
        gwp_max=Decimal("12.5"),
        valid_to_min=date(2026, 12, 31),
        star_min=2,
        waste_content_min=Decimal(30),
    )
    assert (request.sort, request.offset, request.limit) == (Sort.GWP_DOWN, 50, 25)


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("q", "长" * 401, "search.text-shortened"),
        ("utm_source", "x", "search.unknown-parameter"),
        ("status", "fine", "search.unknown-value"),
        ("star", "9", "search.unknown-value"),
        ("sort", "price", "search.unknown-value"),
        ("maker", "x" * 201, "search.value-too-long"),
        ("gwp_max", "NaN", "search.not-a-number"),
        ("gwp_max", "-1", "search.not-a-number"),
        ("gwp_max", "1e9", "search.not-a-number"),
        ("star_min", "²", "search.not-a-number"),
        ("valid_to_min", "2026-02-30", "search.not-a-day"),
        ("valid_to_min", "20260228", "search.not-a-day"),
        ("page", "0", "search.page-out-of-range"),
        ("page", "501", "search.page-out-of-range"),
        ("gwp_max", "5", "search.figures-not-comparable"),
        ("sort", "gwp", "search.figures-not-comparable"),
        ("near", "成都", "search.near-unreadable"),
        ("near", "91,104", "search.near-unreadable"),
        ("near", "５１０１００", "search.near-unreadable"),
        ("within", "50", "search.within-alone"),
        ("within", "0", "search.within-unreadable"),
        ("within", "5001", "search.within-unreadable"),
    ],
)
def test_what_cannot_be_used_is_reported_with_a_sentence(name: str, value: str, key: str) -> None:
    problems = parse({name: [value]}).problems
    assert [(problem.key, problem.name) for problem in problems] == [(key, name)]
    for lang in ("zh", "en"):
        assert say(key, lang, problems[0].facts)


def test_both_languages_have_the_same_sentences_with_the_same_facts() -> None:
    keys = {key for key in catalogue("zh") if key.startswith("search")}
    assert keys == {key for key in catalogue("en") if key.startswith("search")}
    assert all(placeholders(catalogue("zh")[key]) == placeholders(catalogue("en")[key]) for key in keys)


def test_too_many_values_are_cut_and_said() -> None:
    parsed = parse({"maker": [f"maker {number}" for number in range(60)]})
    assert len(parsed.request.filters[Field.MAKER]) == 50
    assert [problem.key for problem in parsed.problems] == ["search.too-many-values"]


def test_a_filter_of_the_page_wins_over_the_address() -> None:
    parsed = parse({"maker_id": ["another"]}, pinned={Field.MAKER_ID: ("this",)})
    assert parsed.request.filters == {Field.MAKER_ID: ("this",)}


def test_one_basis_makes_figures_comparable() -> None:
    assert parse({"sort": ["gwp"], "gwp_basis": ["m2"]}).problems == ()
    assert parse({"sort": ["gwp"], "gwp_basis": ["m2", "t"]}).problems != ()


_names = st.sampled_from(sorted(KNOWN)) | st.text(max_size=10)
_texts = (
    st.text(max_size=30) | st.integers().map(str) | st.sampled_from(("NaN", "valid", "gwp", "²", "\ud800"))
)


@given(st.dictionaries(_names, st.lists(_texts, max_size=3), max_size=6))
def test_any_address_gives_a_request(params: dict[str, list[str]]) -> None:
    parsed = parse(params)
    assert 1 <= parsed.per_page <= LARGEST_PAGE
    assert parsed.request.offset + parsed.request.limit <= DEEPEST
    sentences = [say(problem.key, "en", problem.facts) for problem in parsed.problems]
    "".join((parsed.request.text, *sentences)).encode()  # a lone surrogate would raise
