"""What the rules leave open is decided by the pack, noted in the result and never hidden."""

from decimal import Decimal
from fractions import Fraction

import pytest

from catalogue.compliance.verdicts import Outcome
from catalogue.ratios.ledger import compute
from catalogue.ratios.model import Breakdown, LineShare
from registry.policies.pack import Pack
from registry.policies.pack_terms import OpenPointId
from seeds.policies.packs import read_pack
from tests.catalogue.ratio_cases import loaded_procurement_pack, share, used


def breakdown(pack: Pack, lines: list[LineShare]) -> Breakdown:
    (result,) = compute(pack, {"1#": lines})
    return result.breakdown


def keys(result: Breakdown) -> set[str]:
    return {note.key for note in result.notes}


def test_an_unused_group_scores_zero_by_default_and_says_so() -> None:
    result = breakdown(read_pack("sichuan-2024"), used("Q1", "ab", 2))
    assert result.lower is not None
    assert result.lower.compared == 45
    unused = [dict(note.facts)["group"] for note in result.notes if "unused-group" in note.key]
    assert unused == ["Q2", "Q3", "Q4"]
    assert "ratio.unused-group-scored-zero" in keys(result)


def test_an_unused_group_may_be_spread_over_the_used_ones() -> None:
    pack = read_pack("sichuan-2024").choosing({OpenPointId.UNUSED_GROUP: "spread"})
    result = breakdown(pack, [*used("Q1", "ab", 1), *used("Q2", "ab", 2)])
    assert result.lower is not None
    assert result.lower.compared == Fraction("57.5") * 100 / 80
    assert "ratio.unused-group-spread" in keys(result)


def test_a_building_without_lines_scores_zero_under_every_choice() -> None:
    for choice in ("scored_zero", "spread"):
        result = breakdown(read_pack("sichuan-2024").choosing({OpenPointId.UNUSED_GROUP: choice}), [])
        assert result.lower is not None
        assert result.lower.compared == 0
        assert result.lower.points == 0


@pytest.mark.parametrize(("sealant_green", "outcome"), [(True, Outcome.PASS), (False, Outcome.FAIL)])
def test_mixed_units_are_compared_per_sub_kind_and_all_must_pass(
    sealant_green: bool, outcome: Outcome
) -> None:
    lines = [
        share("Q1e", "900", "m2", sub="membrane"),
        share("Q1e", "100", "m2", sub="membrane", green=False),
        share("Q1e", "2", "t", sub="sealant", green=sealant_green),
    ]
    result = breakdown(read_pack("sichuan-2024"), lines)
    (kind,) = result.groups[0].kinds
    assert [(part.sub_kind, part.unit, part.total) for part in kind.parts] == [
        ("membrane", "m2", Decimal(1000)),
        ("sealant", "t", Decimal(2)),
    ]
    assert kind.outcome is outcome
    assert "ratio.mixed-units-per-subkind" in keys(result)


def test_mixed_units_may_be_left_undecided() -> None:
    pack = read_pack("sichuan-2024").choosing({OpenPointId.MIXED_UNITS: "undecided"})
    lines = [share("Q1e", "900", "m2", sub="membrane"), share("Q1e", "2", "t", sub="sealant")]
    result = breakdown(pack, lines)
    assert result.groups[0].kinds[0].outcome is Outcome.UNDECIDED
    assert result.lower is not None
    assert result.upper is not None
    assert result.lower.compared == 0
    assert result.upper.compared == 45


def test_a_unit_outside_the_table_cannot_be_decided() -> None:
    lines = [share("Q1a", "24", "t"), share("Q1a", "1", "t", green=False)]
    result = breakdown(read_pack("sichuan-2024"), lines)
    assert result.groups[0].kinds[0].outcome is Outcome.UNDECIDED
    assert "ratio.unit-not-in-table" in keys(result)


@pytest.mark.parametrize(
    ("green", "outcome"), [(True, Outcome.PASS), (False, Outcome.FAIL), (None, Outcome.UNDECIDED)]
)
def test_a_unit_outside_the_table_is_no_doubt_where_all_lines_answer_alike(
    green: bool | None, outcome: Outcome
) -> None:
    lines = [share("Q1a", "24", "t", green=green), share("Q1a", "7", "t", green=green)]
    result = breakdown(read_pack("sichuan-2024"), lines)
    assert result.groups[0].kinds[0].outcome is outcome


def test_undecided_lines_are_neither_green_nor_gone() -> None:
    lines = [share("Q1a", "70", "m3"), share("Q1a", "20", "m3", green=None, line="?"),
             share("Q1a", "10", "m3", green=False)]  # fmt: skip
    result = breakdown(read_pack("sichuan-2024"), lines)
    (kind,) = result.groups[0].kinds
    assert kind.outcome is Outcome.UNDECIDED
    assert (kind.parts[0].green, kind.parts[0].undecided) == (Decimal(70), Decimal(20))
    assert result.undecided_ids == kind.parts[0].undecided_ids == ("?",)
    assert result.lower is not None
    assert result.upper is not None
    assert result.lower.compared == 0
    assert result.upper.compared == 45


def test_a_line_without_a_kind_is_listed_and_counts_nowhere() -> None:
    result = breakdown(read_pack("sichuan-2024"), [share(None, "9", "t", sub="cement", line="cement line")])
    assert result.uncounted_ids == ("cement line",)
    assert "ratio.lines-without-kind" in keys(result)


def test_other_kinds_without_a_product_are_taken_as_one_and_noted() -> None:
    lines = [share("Q1o", "1", "piece"), share("Q1o", "2", "piece", green=False)]
    result = breakdown(read_pack("chengdu-2024"), lines)
    assert result.groups[0].n == 1
    assert "ratio.other-product-not-stated" in keys(result)


def test_a_kind_of_another_pack_is_refused() -> None:
    with pytest.raises(ValueError, match="has no kind Q1m"):
        breakdown(read_pack("chengdu-2024"), [share("Q1m", "1", "m2")])


@pytest.mark.parametrize(("points", "expected"), [("5", 5), ("10", 10)])
def test_the_points_of_the_last_item_are_a_parameter(points: str, expected: int) -> None:
    pack = read_pack("gbt50378-2019").choosing({OpenPointId.OTHER_ITEM_POINTS: points})
    result = breakdown(pack, [share("S4e", "1", "m2")])
    assert result.lower is not None
    assert result.lower.exact == expected
    assert "ratio.other-item-points" in keys(result)


def test_mortar_is_interpolated_from_half_its_quantity() -> None:
    pack = read_pack("gbt50378-2019")
    for green, rest, score in (("60", "40", 6), ("50", "50", 5), ("49.9", "50.1", 0), ("100", "0.001", None)):
        lines = [share("S1b", green, "m3"), share("S1b", rest, "m3", green=False)]
        result = breakdown(pack, lines)
        assert result.lower is not None
        if score is None:
            assert Fraction("9.99") < result.lower.exact < 10
        else:
            assert result.lower.exact == score


def test_without_a_loaded_list_nothing_is_decided() -> None:
    result = breakdown(read_pack("procurement-2025"), [share(None, "1", "m3", sub="concrete.ready-mixed")])
    assert result.outcome is Outcome.UNDECIDED
    assert result.requirements == ()
    assert "ratio.list-not-loaded" in keys(result)


@pytest.mark.parametrize(
    ("waste", "outcome"), [(None, Outcome.PASS), (False, Outcome.FAIL), (True, Outcome.UNDECIDED)]
)
def test_compulsory_kinds_allow_no_tolerance(waste: bool | None, outcome: Outcome) -> None:
    lines = [share("k1", "999", "m2"), share("k3", "1", "m2")]
    if waste is not None:
        lines.append(share("k1", "1", "m2", green=None if waste else False))
    result = breakdown(loaded_procurement_pack(), lines)
    assert result.requirements[0].outcome is outcome


def test_both_denominators_are_shown_and_a_difference_stays_open() -> None:
    lines = [share("k3", "1", "m2"), *(share(None, "1", "t", sub=f"m{n}", green=False) for n in range(4))]
    pack = loaded_procurement_pack()
    result = breakdown(pack, lines)
    _, of_all, of_optional = result.requirements
    assert (of_all.met, of_all.whole, of_all.outcome) == (1, 5, Outcome.FAIL)
    assert (of_optional.met, of_optional.whole, of_optional.outcome) == (1, 1, Outcome.PASS)
    assert result.outcome is Outcome.UNDECIDED
    assert "ratio.denominator-decides" in keys(result)
    chosen = pack.choosing({OpenPointId.DENOMINATOR: "all_kinds"})
    assert breakdown(chosen, lines).outcome is Outcome.FAIL


def test_forty_per_cent_of_kinds_is_inclusive() -> None:
    lines = [share("k3", "1", "m2"), share("k5", "1", "m2"),
             *(share(f"k{n}", "1", "m2" if n % 2 else "m3", green=False) for n in (4, 6, 7))]  # fmt: skip
    assert [need.outcome for need in breakdown(loaded_procurement_pack(), lines).requirements] == [
        Outcome.PASS
    ] * 3


def test_a_line_of_no_known_kind_keeps_a_pass_of_all_kinds_open() -> None:
    lines = [share("k3", "1", "m2"), share(None, "1", "m2", green=False)]
    of_all = breakdown(loaded_procurement_pack(), lines).requirements[1]
    assert of_all.outcome is Outcome.UNDECIDED
