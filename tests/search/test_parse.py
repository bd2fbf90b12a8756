"""Addresses become requests; what cannot be used is reported in both languages, never raised."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.kit.messages import catalogue, placeholders, say
from search.documents.fields import Field
from search.documents.product import GwpUnit
from search.engine.ports import DEEPEST, NUMBERS, Ranges, Sort, Span
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
        ("waste_content_min", "-1", "search.not-a-number"),
        ("gwp_max", "--1", "search.not-a-number"),
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
        ("gwp_kg_max", "5", "search.figures-not-comparable"),
        ("gwp_min", "5", "search.figures-not-comparable"),
        ("sort", "-gwp_m2", "search.figures-not-comparable"),
        ("histogram", "gwp_t", "search.figures-not-comparable"),
        ("histogram", "price", "search.unknown-value"),
        ("facet", "price", "search.unknown-value"),
        ("gwp_standard", "EN 15804", "search.unknown-value"),
        ("verification", "perhaps", "search.unknown-value"),
        ("valid_on", "2026-13-01", "search.not-a-day"),
        ("attr.thickness_min", "1e5", "search.not-a-number"),
        ("attr.", "x", "search.unknown-parameter"),
        ("attr.Größe", "x", "search.unknown-parameter"),
        ("attr.a:[0 TO 1]", "x", "search.unknown-parameter"),
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


def test_typed_attributes_limits_and_counts_reach_the_request() -> None:
    parsed = parse(
        {
            "gwp_standard": ["EN 15804+A2"],
            "attr.strength_class": ["C30", "C40"],
            "attr.temperature_min": ["-5.5"],
            "attr.temperature_max": ["20"],
            "gwp_kg_min": ["-0.1"],
            "gwp_kg_max": ["0.5"],
            "waste_content_max": ["90"],
            "valid_on": ["2026-06-01"],
            "sort": ["gwp_kg"],
            "facet": ["maker", "attr.strength_class"],
            "histogram": ["gwp_kg", "attr.temperature"],
        }
    )
    request = parsed.request
    assert parsed.problems == ()
    assert request.attributes == {"strength_class": ("C30", "C40")}
    assert request.ranges == Ranges(
        gwp_per={GwpUnit.KG: Span(Decimal("-0.1"), Decimal("0.5"))},
        waste_content_max=Decimal(90),
        valid_on=date(2026, 6, 1),
        quantities={"temperature": Span(Decimal("-5.5"), Decimal(20))},
    )
    assert request.sort is Sort.GWP_KG
    assert (request.facets, request.attribute_facets) == ((Field.MAKER,), ("strength_class",))
    assert request.histograms == ("gwp_kg", "attr.temperature")


def test_one_family_of_rules_compares_figures_per_kilogram_but_not_per_unit_of_comparison() -> None:
    rules = {"gwp_standard": ["EN 15804+A1"]}
    assert parse({**rules, "sort": ["gwp_kg"]}).request.sort is Sort.GWP_KG
    assert parse({**rules, "sort": ["gwp"]}).request.sort is Sort.RELEVANCE
    assert parse({"gwp_basis": ["m2"], "sort": ["gwp_kg"]}).request.sort is Sort.GWP_KG
    both = {"gwp_standard": ["EN 15804+A1", "EN 15804+A2"]}
    parsed = parse({**both, "gwp_kg_max": ["1"], "sort": ["gwp_kg"], "histogram": ["gwp_kg"]})
    assert {problem.key for problem in parsed.problems} == {"search.figures-not-comparable"}
    assert [problem.name for problem in parsed.problems] == ["gwp_kg_max", "sort", "histogram"]
    request = parsed.request
    assert (request.sort, request.ranges.spans(), request.histograms) == (Sort.RELEVANCE, {}, ())


@pytest.mark.parametrize("number", [*NUMBERS, "attr.thickness"])
def test_limits_the_wrong_way_round_are_both_left_out_and_named(number: str) -> None:
    rules = {"gwp_basis": ["m2"]}
    parsed = parse({**rules, f"{number}_min": ["20"], f"{number}_max": ["10.5"]})
    assert parsed.request.ranges == Ranges()
    [problem] = parsed.problems
    assert (problem.key, problem.name) == ("search.limits-crossed", f"{number}_min")
    for lang in ("zh", "en"):
        said = say(problem.key, lang, problem.facts)
        assert all(fact in said for fact in (f"{number}_min", f"{number}_max", "20", "10.5"))
    equal = parse({**rules, f"{number}_min": ["20"], f"{number}_max": ["20.0"]})
    assert (equal.problems, equal.request.ranges.spans()) == ((), {number: Span(Decimal(20), Decimal(20))})


def test_too_many_attributes_are_cut_and_said() -> None:
    parsed = parse({f"attr.a{number:03d}": ["x"] for number in range(200)})
    assert len(parsed.request.attributes) == 20
    assert [problem.key for problem in parsed.problems] == ["search.too-many-values"]


def test_a_filter_of_the_page_wins_over_the_address() -> None:
    parsed = parse({"maker_id": ["another"]}, pinned={Field.MAKER_ID: ("this",)})
    assert parsed.request.filters == {Field.MAKER_ID: ("this",)}


def test_one_basis_makes_figures_comparable() -> None:
    assert parse({"sort": ["gwp"], "gwp_basis": ["m2"]}).problems == ()
    assert parse({"sort": ["gwp"], "gwp_basis": ["m2", "t"]}).problems != ()


_attributes = st.sampled_from(("attr.a", "attr.a_min", "attr.a_max", "attr._min", "attr.", "attr.a b"))
_names = st.sampled_from(sorted(KNOWN)) | _attributes | st.text(max_size=10)
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
