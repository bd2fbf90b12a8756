"""Reference tables are whole, agree with one another and with what was found, and refuse bad rows."""

import csv
import re
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import ValidationError
from stdnum import numdb

from seeds.reference.categories import Batch, Category, Scheme, categories
from seeds.reference.figures import Benchmark, benchmarks, factors, plausible_ranges
from seeds.reference.loading import Comparator, Confidence, Standing
from seeds.reference.regions import Level, Programme, RegionTable, programmes, regions
from seeds.reference.standards import standards

SHARED = Path(__file__).resolve().parents[3] / "shared" / "domain"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="shared domain tables are absent")


def _shared(name: str) -> list[dict[str, str]]:
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- regions ---


def test_all_34_province_level_regions_are_listed_in_both_languages() -> None:
    provinces = [region for region in regions().regions if region.level is Level.PROVINCE]
    assert len(provinces) == 34
    assert (
        len({region.name_en for region in provinces}) == len({region.name_zh for region in provinces}) == 34
    )


def test_every_code_and_name_agrees_with_an_independent_list_of_gb_t_2260() -> None:
    # python-stdnum carries a list made by others; a name there may begin with the years it was in use.
    simplified = str.maketrans("別區門", "别区门")
    for region in regions().regions:
        found = dict(pair for _, facts in numdb.get("cn/loc").info(region.code) for pair in facts.items())
        told = found["province"] if region.level is Level.PROVINCE else found["county"]
        names = {re.sub(r"^\[[^\]]*\]", "", part) for part in told.translate(simplified).split(",")}
        assert region.name_zh in names, region.code


def test_a_region_without_its_parent_is_refused() -> None:
    table = regions()
    orphan = [region for region in table.regions if region.code != "340800"]
    with pytest.raises(ValidationError, match="340822: its parent is not listed"):
        RegionTable.model_validate(table.model_dump() | {"regions": [row.model_dump() for row in orphan]})


def test_lists_that_were_not_found_are_marked_incomplete() -> None:
    found = {programme.id: (len(programme.members), programme.count) for programme in programmes()}
    assert found["procurement-pilot-2020"] == (6, 6)
    assert found["zhejiang-procurement-pilot"] == (5, 5)
    for programme in programmes():
        assert programme.complete == (len(programme.members) == programme.count)
        assert programme.complete or "not found" in str(programme.provenance.note)


def test_an_incomplete_list_cannot_claim_to_be_complete() -> None:
    partial = next(programme for programme in programmes() if not programme.complete)
    with pytest.raises(ValidationError, match="disagree"):
        Programme.model_validate(partial.model_dump(by_alias=True) | {"complete": True})


# --- standards and categories ---


def test_a_replaced_edition_names_its_successor_and_the_day_where_it_is_known() -> None:
    by_id = {standard.id: standard for standard in standards()}
    old = by_id["gb-t-35608-2017"]
    assert (old.status, old.replaced_by, old.replaced_on) == (
        Standing.SUPERSEDED,
        "gb-t-35608-2024",
        "2025-01-01",
    )
    assert by_id["gb-t-35610-2017"].replaced_on is None
    assert by_id["gb-175-2007"].replaced_on == by_id["gb-175-2023"].in_force == "2024-06-01"
    assert by_id["gb-t-35604"].designation == "GB/T 35604"


def test_a_standard_that_was_not_seen_has_low_confidence() -> None:
    unseen = [standard for standard in standards() if standard.seen_in == "not seen"]
    assert len(unseen) >= 47
    assert all(standard.confidence is Confidence.LOW for standard in unseen)


def test_the_first_catalogue_has_51_categories_in_six_groups_of_known_size() -> None:
    first = [category for category in categories() if category.batch is Batch.FIRST]
    assert [category.seq for category in first] == list(range(1, 52))
    assert [category.id for category in first] == [f"gbm-{n:02}" for n in range(1, 52)]
    assert list(Counter(category.group_zh for category in first).values()) == [8, 16, 7, 9, 8, 3]
    assert len({category.standard for category in first}) == 51


def test_only_four_numbers_of_the_first_catalogue_were_read_in_a_text() -> None:
    first = [category for category in categories() if category.batch is Batch.FIRST]
    sure = {category.standard for category in first if category.standard_confidence is Confidence.HIGH}
    assert sure == {f"t-cecs-{n}-2019" for n in (10025, 10026, 10039, 10056)}


def test_category_and_standard_agree_on_how_sure_the_number_is() -> None:
    sure = {standard.id: standard.confidence for standard in standards()}
    for category in categories():
        if category.standard is not None:
            assert category.standard_confidence is sure[category.standard], category.id


def test_a_green_product_category_cannot_stand_in_the_graded_catalogue() -> None:
    category = next(row for row in categories() if row.scheme is Scheme.GREEN_PRODUCT)
    with pytest.raises(ValidationError, match="disagrees"):
        Category.model_validate(category.model_dump() | {"scheme": "graded"})


@needs_shared
def test_every_category_found_is_listed_under_its_standard() -> None:
    numbers = {standard.id: standard.designation for standard in standards()}
    ours = {
        category.name_zh.replace("（", "(").replace("）", ")"): numbers.get(category.standard or "", "")
        for category in categories()
        if category.id != "gbm-wood-plastic"
    }
    told = {
        row["category_zh"].replace("（", "(").replace("）", ")"): row["standard_no"].removesuffix(" (year?)")
        for row in _shared("category-standards.csv")
    }
    assert ours == told


# --- factors, benchmarks, ranges ---


@needs_shared
def test_every_factor_found_is_restated_with_its_unit_and_confidence() -> None:
    told = [
        (row["name_zh"], Decimal(row["factor"]), row["factor_unit"], row["confidence"])
        for row in _shared("emission-factors.csv")
    ]
    ours = [(row.name_zh, row.value, row.unit, row.confidence.value) for row in factors()]
    assert ours == told


@needs_shared
def test_every_benchmark_found_is_restated_and_none_is_surer_than_its_source() -> None:
    told = Counter(
        (row["value"] and Decimal(row["value"]), row["confidence"], row["comparator"])
        for row in _shared("energy-benchmarks.csv")
    )
    ours = Counter(
        ("" if row.value is None else row.value, row.confidence.value, row.comparator or "")
        for row in benchmarks()
    )
    assert ours == told


def test_grid_factors_name_their_region_and_year() -> None:
    grid = [row for row in factors() if row.group == "electricity"]
    known = {region.code for region in regions().regions}
    assert len(grid) == 38
    assert {row.data_year for row in grid} == {"2023"}
    assert {row.region for row in grid if row.region} == {
        region.code for region in regions().regions if region.level is Level.PROVINCE
    } - {"540000", "710000", "810000", "820000"}
    assert {row.region for row in benchmarks() if row.region} <= known


def test_each_plan_keeps_its_own_comparator_for_the_share_of_capacity() -> None:
    shares = [row for row in benchmarks() if row.level == "capacity-share"]
    assert {(row.region, row.comparator, row.value) for row in shares} == {
        ("520000", Comparator.AT_LEAST, Decimal(30)),
        ("520000", Comparator.AT_LEAST, Decimal(70)),
        ("330000", Comparator.AT_LEAST, Decimal(50)),
        ("650000", Comparator.ABOVE, Decimal(30)),
        ("500000", Comparator.AT_LEAST, Decimal(30)),
    }
    assert {row.status for row in shares if row.region == "520000"} == {Standing.DRAFT}


def test_a_benchmark_value_without_its_unit_is_refused() -> None:
    stated = next(row for row in benchmarks() if row.value is not None)
    with pytest.raises(ValidationError, match="go together"):
        Benchmark.model_validate(stated.model_dump() | {"unit": None})


def test_a_benchmark_is_never_easier_than_the_base_of_the_same_thing() -> None:
    steps = {"benchmark": 0, "base": 1}
    rows = [
        row for row in benchmarks() if row.level in steps and row.document.endswith("年版）") and row.value
    ]
    ordered = sorted(rows, key=lambda row: (row.product_zh, row.scope or "", steps[row.level]))
    pairs = [
        (low.value, high.value)
        for low, high in pairwise(ordered)
        if (low.product_zh, low.scope) == (high.product_zh, high.scope)
    ]
    assert len(pairs) == 5
    assert all(low is not None and high is not None and low < high for low, high in pairs)


def test_plausible_ranges_catch_a_cement_read_as_five_kilograms_a_tonne() -> None:
    cement = next(row for row in plausible_ranges() if row.kind == "cement")
    assert (cement.low, cement.high, cement.per) == (Decimal("0.1"), Decimal("1.2"), "kg")
    assert Decimal("0.005") < cement.low
    assert len(plausible_ranges()) == 13
