"""A line meets a product by number, or by maker, plant and model; a brand alone never decides."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.bom.attributes import extract, stated
from catalogue.bom.confidence import ModelFit, Tier
from catalogue.bom.lines import BomLine
from catalogue.bom.matching import Candidate, Matching, match_line, same_words
from catalogue.bom.models import model_fit
from registry.kit.messages import say
from registry.units.table import unit

CONCRETE = Candidate(
    product_id="p-17",
    kind="concrete.ready-mixed",
    name="示例 017 预拌混凝土",
    models=("C15–C60",),
    attributes={},
    maker_name="示例企业 017（虚构）有限公司",
    plant_names=(("plant-1", "一厂"), ("plant-2", "二厂")),
    certificate_numbers=("演示-2026-00017",),
    brand="示例牌",
)
C30 = replace(CONCRETE, product_id="p-30", models=("C30",), attributes={"strength": "C30"})
OTHER = replace(
    CONCRETE,
    product_id="p-42",
    name="示例 042 预拌混凝土",
    maker_name="示例企业 042（虚构）有限公司",
    certificate_numbers=("演示-2026-00042",),
)
LINE = BomLine(
    sheet="清单",
    row=14,
    name="商品砼",
    spec="C30",
    unit_text="m3",
    unit=unit("m3"),
    quantity=Decimal(10),
    raw=(),
)


def matched(
    line: BomLine, *candidates: Candidate, kinds: tuple[str, ...] = ("concrete.ready-mixed",)
) -> Matching:
    found = match_line(line, candidates, kinds=kinds, attributes=stated(extract(line.name, line.spec)))
    for reason in (*found.conflicts, *(reason for match in found.matches for reason in match.reasons)):
        assert say(reason.key, "zh", reason.facts)
        assert say(reason.key, "en", reason.facts)
    return found


def test_an_exact_number_with_a_fitting_model_is_proven() -> None:
    found = matched(replace(LINE, certificate_text=" 演示—2026—00017 "), CONCRETE, OTHER)
    assert not found.needs_confirmation
    assert (found.matches[0].product_id, found.matches[0].tier) == ("p-17", Tier.NUMBER)
    assert found.matches[0].plant_id is None
    assert found.conflicts == ()


def test_a_number_that_only_resembles_another_is_no_match() -> None:
    found = matched(replace(LINE, certificate_text="演示-2026-0001"), CONCRETE)
    assert found.matches[0].tier is Tier.NAME_ONLY
    assert [reason.key for reason in found.conflicts] == ["bom.match.number-unknown"]
    assert found.needs_confirmation


def test_maker_plant_and_exact_model_alone_are_proven() -> None:
    found = matched(replace(LINE, maker_text="示例企业 017（虚构）有限公司二厂"), C30, OTHER)
    first = found.matches[0]
    assert (first.product_id, first.plant_id, first.model, first.tier) == (
        "p-30", "plant-2", "C30", Tier.MAKER_PLANT_MODEL,
    )  # fmt: skip
    assert not found.needs_confirmation


@pytest.mark.parametrize(
    "plant", ["二厂", "示例企业 017（虚构）有限公司二厂", "示例企业017(虚构)有限公司 / 二厂"]
)
def test_a_plant_in_its_own_column_counts_as_one_written_beside_the_maker(plant: str) -> None:
    found = matched(replace(LINE, maker_text="示例企业 017（虚构）有限公司", plant_text=plant), C30, OTHER)
    assert (found.matches[0].plant_id, found.matches[0].tier) == ("plant-2", Tier.MAKER_PLANT_MODEL)
    assert not found.needs_confirmation


def test_another_plant_than_the_products_proves_nothing_even_beside_its_number() -> None:
    stated = replace(LINE, maker_text="示例企业 017（虚构）有限公司", plant_text="三厂")
    for line in (stated, replace(stated, certificate_text="演示-2026-00017")):
        found = matched(line, C30)
        assert (found.matches[0].plant_id, found.matches[0].proven) == (None, False)
        assert "bom.match.plant-other" in {reason.key for reason in found.matches[0].reasons}
        assert found.needs_confirmation


def test_a_column_of_plants_that_holds_the_maker_is_read_as_the_maker() -> None:
    found = matched(replace(LINE, plant_text="示例企业 017（虚构）有限公司"), C30)
    assert found.matches[0].tier is Tier.MAKER_MODEL
    assert "bom.match.plant-other" not in {reason.key for reason in found.matches[0].reasons}


def test_two_products_equally_proven_are_for_a_person() -> None:
    twin = replace(C30, product_id="p-31")
    assert matched(replace(LINE, maker_text="示例企业 017（虚构）有限公司二厂"), C30, twin).needs_confirmation


@pytest.mark.parametrize(
    ("maker", "candidate", "tier"),
    [
        ("示例企业 017（虚构）有限公司", C30, Tier.MAKER_MODEL),
        ("示例企业 017（虚构）有限公司二厂", CONCRETE, Tier.MAKER_PLANT_MODEL),
        ("示例企业017(虚构)", C30, Tier.NAME_ONLY),
        ("二厂", C30, Tier.NAME_ONLY),
        ("", C30, Tier.NAME_ONLY),
        ("示例商行（虚构）", C30, Tier.NAME_ONLY),
    ],
)
def test_anything_less_needs_a_person(maker: str, candidate: Candidate, tier: Tier) -> None:
    found = matched(replace(LINE, maker_text=maker), candidate)
    assert found.matches[0].tier is tier
    assert found.needs_confirmation


def test_a_brand_changes_no_score_and_no_tier() -> None:
    plain, branded = matched(LINE, C30), matched(replace(LINE, brand_text="示例牌"), C30)
    assert branded.matches[0].score == plain.matches[0].score
    assert branded.matches[0].tier is Tier.NAME_ONLY
    assert "bom.match.brand-not-counted" in {reason.key for reason in branded.matches[0].reasons}
    assert matched(replace(LINE, brand_text="示例牌"), C30, kinds=()).matches == ()


def test_a_number_against_the_maker_is_surfaced() -> None:
    line = replace(LINE, certificate_text="演示-2026-00017", maker_text="示例企业 042（虚构）有限公司")
    found = matched(line, CONCRETE, OTHER)
    assert found.needs_confirmation
    (conflict,) = found.conflicts
    assert conflict.key == "bom.match.number-against-maker"
    assert "042" in conflict.facts["stated"]
    assert {match.product_id for match in found.matches} == {"p-17", "p-42"}


@pytest.mark.parametrize(
    ("line", "kinds", "key"),
    [
        (replace(LINE, spec="C80"), ("concrete.ready-mixed",), "bom.match.number-against-model"),
        (LINE, ("cement",), "bom.match.number-against-kind"),
    ],
)
def test_a_number_against_model_or_kind_is_surfaced(line: BomLine, kinds: tuple[str, ...], key: str) -> None:
    found = matched(replace(line, certificate_text="演示-2026-00017"), CONCRETE, kinds=kinds)
    assert key in {reason.key for reason in found.conflicts}
    assert found.needs_confirmation


def test_several_numbers_in_one_cell_are_each_looked_at() -> None:
    found = matched(replace(LINE, certificate_text="演示-1；演示-2026-00042"), CONCRETE, OTHER)
    assert found.matches[0].product_id == "p-42"


def test_products_whose_stated_properties_differ_are_left_out() -> None:
    assert matched(replace(LINE, spec="C35"), C30).matches == ()
    assert matched(LINE, replace(CONCRETE, attributes={"impermeability": "P8"})).matches != ()


def test_a_kind_and_its_sub_kind_agree_and_others_do_not() -> None:
    low = replace(C30, kind="concrete.ready-mixed.special")
    assert matched(LINE, low).matches
    assert matched(LINE, replace(C30, kind="concrete.precast")).matches == ()


def test_at_most_five_are_shown_in_an_order_that_does_not_depend_on_the_input() -> None:
    many = [replace(C30, product_id=f"p-{number}") for number in range(9)]
    found = matched(LINE, *many)
    assert len(found.matches) == 5
    assert matched(LINE, *reversed(many)) == found


@pytest.mark.parametrize(
    ("models", "words", "fit"),
    [
        (("C15–C60",), "商品砼 C30", ModelFit.IN_RANGE),
        (("C15~C60",), "C15", ModelFit.IN_RANGE),
        (("C15-60",), "C60", ModelFit.IN_RANGE),
        (("C15–C60",), "C65", ModelFit.OUTSIDE),
        (("C30",), "C35", ModelFit.OUTSIDE),
        (("C30", "C35"), "C35", ModelFit.EXACT),
        (("C30",), "预拌混凝土", ModelFit.UNKNOWN),
        (("DN20～DN110",), "PE管 DN50", ModelFit.IN_RANGE),
        (("DN20～DN110",), "PE管 DN160", ModelFit.OUTSIDE),
        (("SBS II PY PE 4",), "卷材 sbs ii py pe 4", ModelFit.EXACT),
        (("A10",), "A100", ModelFit.OUTSIDE),
        (("9.5",), "石膏板 19.5", ModelFit.UNKNOWN),
        ((), "C30", ModelFit.UNKNOWN),
    ],
)
def test_models_fit_by_words_or_range_ends_included(
    models: tuple[str, ...], words: str, fit: ModelFit
) -> None:
    assert model_fit(models, words, stated(extract(words)))[1] is fit


def test_lines_with_the_same_words_share_a_key() -> None:
    again = replace(LINE, row=99, quantity=Decimal(7), name=" 商品 砼 ", unit_text="立方")
    assert same_words(again) == same_words(LINE)
    for change in ({"spec": "C35"}, {"maker_text": "x"}, {"certificate_text": "x"}, {"brand_text": "x"}):
        assert same_words(replace(LINE, **change)) != same_words(LINE)  # type: ignore[arg-type]


TEXTS = st.sampled_from(
    [
        "",
        "C30",
        "C35",
        "C65",
        "示例企业 017（虚构）有限公司",
        "示例企业 017（虚构）有限公司一厂",
        "二厂",
        "演示-2026-00017",
        "演示-2026-00042",
    ]
)


@settings(max_examples=200)
@given(TEXTS, TEXTS, TEXTS, st.permutations([CONCRETE, C30, OTHER]))
def test_only_proof_goes_unconfirmed(spec: str, maker: str, number: str, candidates: list[Candidate]) -> None:
    line = replace(LINE, spec=spec, maker_text=maker, certificate_text=number, brand_text="示例牌")
    found = matched(line, *candidates)
    assert found == matched(line, *sorted(candidates, key=lambda candidate: candidate.product_id))
    proven = [match.product_id for match in found.matches if match.proven]
    if not found.needs_confirmation:
        assert proven == [found.matches[0].product_id]
        assert found.conflicts == ()
        assert found.matches[0].tier in {Tier.NUMBER, Tier.MAKER_PLANT_MODEL}
    for match in found.matches:
        assert 0 < match.score <= 1
