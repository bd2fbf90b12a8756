"""The worked examples: one published calculation and our own arithmetic on the quoted rules."""

from decimal import Decimal
from fractions import Fraction

import pytest

from catalogue.compliance.verdicts import Outcome
from catalogue.ratios.ledger import compute
from catalogue.ratios.model import Breakdown, LineShare, Total
from registry.policies.pack import Pack
from registry.policies.pack_terms import OpenPointId, Tie
from seeds.policies.packs import read_pack
from tests.catalogue.ratio_cases import share, used


def breakdown(pack: Pack, lines: list[LineShare]) -> Breakdown:
    (result,) = compute(pack, {"1#": lines})
    return result.breakdown


def lower(pack: Pack, lines: list[LineShare]) -> Total:
    total = breakdown(pack, lines).lower
    assert total is not None
    return total


def group_score(pack: Pack, lines: list[LineShare], group: str) -> Decimal:
    (found,) = [item for item in breakdown(pack, lines).groups if item.group == group]
    assert found.score is not None
    return found.score.lower


def with_tie(pack: Pack, tie: Tie) -> Pack:
    data = pack.model_dump()
    return Pack.model_validate({**data, "rounding": {**data["rounding"], "tie": tie}})


# A published calculation report of 2025 (a small two-storey commercial building), names left out.
W1 = [
    share("S1a", "14.04", "m3"),
    share("S1a", "164.77", "m3"),
    share("S1a", "43.22", "m3"),
    share("S1a", "10.53", "m3", green=False),
    share("S1b", "32.14", "m3"),
    share("S2a", "1", "m3"),
    share("S2b", "1", "m3"),
    share("S3a", "805.89", "m2"),
    share("S3e", "46.29", "m2"),
    share("S3e", "138.87", "m2"),
    share("S3e", "38.72", "m2"),
    share("S4a", "805.89", "m2", line="wall"),
    share("S4a", "805.89", "m2", line="second layer"),
    share("S4a", "351.12", "m2"),
    share("S4c", "702.24", "m2"),
    share("S4d", "262.57", "kg"),
    share("S4e", "960.61", "m2", green=False, sub="a"),
    share("S4e", "351.12", "m2", green=False, sub="b"),
    share("S4e", "351.12", "m2", green=False, sub="c"),
]


def test_w1_reproduces_the_published_figures_in_both_roundings() -> None:
    result = breakdown(read_pack("gbt50378-2019"), W1)
    kinds = {kind.kind: kind for group in result.groups for kind in group.kinds}
    concrete = kinds["S1a"]
    assert concrete.score is not None
    assert concrete.parts[0].share.lower == Fraction(22203, 23256)
    assert round(concrete.score.exact.lower, 3) == Fraction("17.736")
    assert concrete.score.lower == Decimal("17.7")
    assert kinds["S4e"].outcome is Outcome.FAIL
    total = result.lower
    assert total is not None
    assert round(total.exact, 3) == Fraction("67.736")
    assert total.printed == Decimal("67.74")
    assert total.rounded_first == Decimal("67.7")
    assert total.points == 8
    notes = {note.key for note in result.notes}
    assert "ratio.two-roundings" in notes
    assert "ratio.other-product-not-stated" not in notes


def test_w1_earns_eight_points_under_the_revised_thresholds_too() -> None:
    old, new = read_pack("gbt50378-2019"), read_pack("gbt50378-2019-rev2024")
    revised = Pack.model_validate({**old.model_dump(), "thresholds": new.model_dump()["thresholds"]})
    assert lower(revised, W1).points == 8


W2 = [*used("Q1", "abcg", 4), share("Q1d", "5", "m2"), share("Q1k", "5", "m2")]
W2 += [share("Q1h", "5", "t", green=False), share("Q1l", "5", "m2", green=False)]
W2 += [*used("Q2", "abcdefg", 4), *used("Q3", "ac", 2), share("Q3b", "1", "piece", green=False)]
W2 += [share("Q3d", "1", "set", green=False), *used("Q4", "bc", 1)]


@pytest.mark.parametrize("tie", list(Tie))
@pytest.mark.parametrize("pack_id", ["sichuan-2024", "gbt50378-2019-rev2024"])
def test_w2_adds_rounded_groups_to_63_8_per_cent(pack_id: str, tie: Tie) -> None:
    pack = with_tie(read_pack(pack_id), tie)
    scores = [group_score(pack, W2, group) for group in ("Q1", "Q2", "Q3", "Q4")]
    assert scores == [Decimal("33.8"), Decimal("20.0"), Decimal("7.5"), Decimal("2.5")]
    total = lower(pack, W2)
    assert total.compared == Fraction("63.8")
    assert (total.points, total.star) == (8, 3)


def test_w2_ratio_earns_eight_points_in_chengdu() -> None:
    """The Chengdu table is shorter: cables and green roofs are other kinds there, which changes no count."""
    renamed = {"Q3c": "Q3j", "Q4c": "Q4e"}
    lines = [
        share(renamed.get(line.kind or "", line.kind), str(line.quantity), line.unit, sub=line.line_id,
              green=line.outcome is Outcome.PASS)
        for line in W2
    ]  # fmt: skip
    total = lower(read_pack("chengdu-2024"), lines)
    assert total.compared == Fraction("63.8")
    assert total.points == 8


W3 = [
    *used("Q1", "abcg", 3),
    share("Q1o", "1", "piece", sub="formwork"),
    share("Q1o", "2", "piece", sub="hanger"),
    share("Q1o", "3", "piece", sub="door", green=False),
]


@pytest.mark.parametrize(("pack_id", "score"), [("sichuan-2024", "33.0"), ("chengdu-2024", "32.1")])
def test_w3_other_kinds_are_split_in_sichuan_and_counted_one_by_one_in_chengdu(
    pack_id: str, score: str
) -> None:
    assert group_score(read_pack(pack_id), W3, "Q1") == Decimal(score)


def test_w3_counts_are_kept_exact() -> None:
    sichuan, chengdu = (breakdown(read_pack(i), W3).groups[0] for i in ("sichuan-2024", "chengdu-2024"))
    assert (sichuan.n, sichuan.n_green.lower) == (5, Fraction(11, 3))
    assert (chengdu.n, chengdu.n_green.lower) == (7, Fraction(5))


@pytest.mark.parametrize(("tie", "score"), [(Tie.HALF_UP, "11.3"), (Tie.HALF_EVEN, "11.2")])
def test_w5_a_tie_follows_the_setting(tie: Tie, score: str) -> None:
    pack = with_tie(read_pack("sichuan-2024"), tie)
    assert group_score(pack, used("Q1", "abcg", 1), "Q1") == Decimal(score)


@pytest.mark.parametrize(
    ("green", "rest", "outcome"),
    [("799.9", "200.1", Outcome.FAIL), ("800", "200", Outcome.PASS), ("800.1", "199.9", Outcome.PASS)],
)
def test_w6_eighty_per_cent_is_inclusive_and_never_rounded(green: str, rest: str, outcome: Outcome) -> None:
    lines = [share("Q1a", green, "m3"), share("Q1a", rest, "m3", green=False)]
    (kind,) = breakdown(read_pack("sichuan-2024"), lines).groups[0].kinds
    assert kind.outcome is outcome


def test_w6_a_kind_without_quantity_is_not_used() -> None:
    group = breakdown(read_pack("sichuan-2024"), used("Q1", "ab", 1)).groups[0]
    assert [kind.kind for kind in group.kinds] == ["Q1a", "Q1b"]
    assert group.n == 2


@pytest.mark.parametrize("quantity", ["0", "-1", "NaN", "Infinity"])
def test_a_quantity_that_is_not_above_zero_cannot_enter(quantity: str) -> None:
    with pytest.raises(ValueError, match="above zero"):
        share("Q1a", quantity, "m3")


@pytest.mark.parametrize(
    ("passing", "points", "star"), [(1, 0, 0), (2, 0, 1), (4, 0, 2), (6, 0, 3), (7, 0, 3), (8, 4, 3)]
)
def test_points_and_gates_are_reached_by_the_ratio(passing: int, points: int, star: int) -> None:
    """Eight kinds of Q1: 5.6, 11.3, 22.5, 33.8, 39.4 and 45 per cent."""
    total = lower(read_pack("sichuan-2024"), _q1("abcdefgh", passing))
    assert (total.points, total.star) == (points, star)


@pytest.mark.parametrize(
    ("groups", "percent", "points", "star"),
    [(("Q3", "Q4"), 20, 0, 2), (("Q2", "Q4"), 40, 4, 3), (("Q1", "Q4"), 50, 8, 3), (("Q4",), 5, 0, 0)],
)
def test_thresholds_and_gates_are_inclusive(
    groups: tuple[str, ...], percent: int, points: int, star: int
) -> None:
    letters = {"Q1": "a", "Q2": "a", "Q3": "a", "Q4": "b"}
    lines = [line for group in groups for line in used(group, letters[group], 1)]
    total = lower(read_pack("sichuan-2024"), lines)
    assert total.compared == percent
    assert (total.points, total.star) == (points, star)


def _q1(letters: str, passing: int) -> list[LineShare]:
    units = {"d": "m2", "e": "m2", "h": "t"}
    return [
        share(f"Q1{letter}", "1", units.get(letter, "m3"), green=index < passing)
        for index, letter in enumerate(letters)
    ]


def test_a_stored_version_stays_callable_by_name_and_version() -> None:
    pack = read_pack("sichuan-2024")
    unknown = Pack.model_validate({**pack.model_dump(), "method_version": 99})
    with pytest.raises(KeyError):
        compute(unknown, {"1#": W3})


def test_choices_not_offered_are_refused() -> None:
    pack = read_pack("sichuan-2024")
    with pytest.raises(ValueError, match="not asked"):
        pack.choosing({OpenPointId.DENOMINATOR: "both"})
    with pytest.raises(ValueError, match="not among"):
        pack.choosing({OpenPointId.UNUSED_GROUP: "ignored"})
