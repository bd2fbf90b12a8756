"""What nobody could count still stands in the result: the bounds hold whatever it turns out to be."""

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.compliance.verdicts import Outcome
from catalogue.ratios.ledger import compute
from catalogue.ratios.model import Breakdown, LineShare
from registry.policies.pack import Pack
from registry.policies.pack_terms import Method, OpenPointId
from seeds.policies.packs import read_pack
from tests.catalogue.ratio_cases import (
    loaded_procurement_pack,
    plain,
    share,
    with_failed_loose_lines,
    with_open_lines,
)
from tests.oracles import ratio_oracle as oracle

SICHUAN = read_pack("sichuan-2024")
SEEDS = st.integers(min_value=0, max_value=2**32)
SPREAD = SICHUAN.choosing({OpenPointId.UNUSED_GROUP: "spread"})
SCORED = {
    "2019": read_pack("gbt50378-2019"),
    "Sichuan": SICHUAN,
    "Sichuan spread": SPREAD,
    "Chengdu": read_pack("chengdu-2024"),
}
LOADED = loaded_procurement_pack()


def choices_of(pack: Pack) -> dict[str, str]:
    return {item.point.value: item.default for item in pack.open_points}


NAMES = list(SCORED)
VARIANTS = [(pack, pack.model_dump(mode="json"), choices_of(pack)) for pack in SCORED.values()]
LOADED_RAW, LOADED_CHOICES = LOADED.model_dump(mode="json"), choices_of(LOADED)


def breakdown(pack: Pack, lines: list[LineShare]) -> Breakdown:
    (result,) = compute(pack, {"1#": lines})
    return result.breakdown


def bounds(result: Breakdown) -> tuple[str, str]:
    assert result.lower is not None
    assert result.upper is not None
    return str(result.lower.printed), str(result.upper.printed)


def keys(result: Breakdown) -> set[str]:
    return {note.key for note in result.notes}


@pytest.mark.parametrize(("pack", "raw", "choices"), VARIANTS, ids=NAMES)
@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_whatever_the_open_lines_turn_out_to_be_the_ratio_lies_between_the_bounds(
    pack: Pack, raw: oracle.Data, choices: dict[str, str], seed: int
) -> None:
    rng = random.Random(seed)
    lines = with_open_lines(rng, pack)
    result = breakdown(pack, lines)
    slow = oracle.s_percent if pack.method is Method.POINTS_BY_ITEM else oracle.q_percent
    assert result.lower is not None
    assert result.upper is not None
    for turn in oracle.worlds(raw, plain(lines), unknown_may_count=False, rng=rng):
        assert result.lower.compared <= slow(raw, turn, choices, hopeful=False)
        assert slow(raw, turn, choices, hopeful=True) <= result.upper.compared


@pytest.mark.parametrize(("pack", "raw", "choices"), VARIANTS, ids=NAMES)
@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_a_line_that_failed_burdens_every_kind_at_worst_and_none_at_best(
    pack: Pack, raw: oracle.Data, choices: dict[str, str], seed: int
) -> None:
    lines = with_failed_loose_lines(random.Random(seed), pack)
    result = breakdown(pack, lines)
    slow = oracle.s_percent if pack.method is Method.POINTS_BY_ITEM else oracle.q_percent
    assert result.lower is not None
    assert result.upper is not None
    told = [line for line in plain(lines) if line["known"]]
    assert result.lower.compared == slow(raw, oracle.at_worst(told), choices, hopeful=False)
    assert result.upper.compared == slow(raw, oracle.at_best(told), choices, hopeful=True)


@pytest.mark.parametrize("pack", [*SCORED.values(), LOADED], ids=[*NAMES, "2025"])
@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_what_failed_is_green_nowhere(pack: Pack, seed: int) -> None:
    rng = random.Random(seed)
    lines = [*with_failed_loose_lines(rng, pack), *with_open_lines(rng, pack)]
    failed = {line.line_id for line in lines if line.outcome is Outcome.FAIL}
    failed -= {line.line_id for line in lines if line.outcome is not Outcome.FAIL}
    for kind in (kind for group in breakdown(pack, lines).groups for kind in group.kinds):
        for part in kind.parts:
            assert not failed & {*part.green_ids, *part.undecided_ids}
        if set(kind.line_ids) <= failed:
            assert kind.outcome is Outcome.FAIL


def test_a_failed_line_of_open_kind_leaves_the_upper_bound_as_if_it_were_elsewhere() -> None:
    board = LineShare("board", None, "b", Decimal(900), "m2", Outcome.FAIL, options=("Q1n", "Q2a", "Q2g"))
    result = breakdown(SICHUAN, [share("Q1a", "100", "m3"), share("Q2a", "100", "m2"), board])
    assert bounds(result) == ("22.5", "80.0")
    kinds = {kind.kind: kind for group in result.groups for kind in group.kinds}
    outcomes = {name: kind.outcome for name, kind in kinds.items()}
    assert outcomes == {
        "Q1a": Outcome.PASS, "Q1n": Outcome.FAIL, "Q2a": Outcome.UNDECIDED, "Q2g": Outcome.FAIL,
    }  # fmt: skip
    assert [part.undecided for kind in kinds.values() for part in kind.parts] == [Decimal(0)] * 4
    assert [(group.n_least, group.n) for group in result.groups[:2]] == [(1, 2), (1, 2)]
    assert "ratio.unit-not-in-table" not in keys(result)


def test_a_kind_whose_only_line_failed_stays_missed_whatever_its_quantity() -> None:
    unread = LineShare("?", "Q1a", "concrete.ready-mixed", None, "", Outcome.FAIL)
    result = breakdown(SICHUAN, [unread, share("Q1b", "10", "m3")])
    assert result.groups[0].kinds[0].outcome is Outcome.FAIL
    assert bounds(result) == ("22.5", "22.5")


@settings(max_examples=100, deadline=None)
@given(seed=SEEDS)
def test_an_answer_in_kinds_is_sure_only_where_every_turn_gives_it(seed: int) -> None:
    rng = random.Random(seed)
    lines = with_open_lines(rng, LOADED)
    outcome = breakdown(LOADED, lines).outcome
    if outcome is not Outcome.UNDECIDED:
        for turn in oracle.worlds(LOADED_RAW, plain(lines), unknown_may_count=True, rng=rng):
            assert oracle.p_answer(LOADED_RAW, turn, LOADED_CHOICES) == outcome


@settings(max_examples=80, deadline=None)
@given(seed=SEEDS)
def test_no_line_vanishes_whatever_is_unknown_of_it(seed: int) -> None:
    lines = with_open_lines(random.Random(seed), SICHUAN)
    result = breakdown(SICHUAN, lines)
    counted = {line_id for group in result.groups for line_id in group.line_ids}
    assert counted | {*result.uncounted_ids, *result.undecided_ids} == {line.line_id for line in lines}
    assert {line.line_id for line in lines if line.line_id.startswith("open")} <= {*result.undecided_ids}


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_line_of_unknown_quantity_takes_its_kind_out_of_the_lower_bound(outcome: Outcome) -> None:
    unread = LineShare("?", "Q1a", "concrete.ready-mixed", None, "", outcome)
    result = breakdown(SICHUAN, [share("Q1a", "100", "m3"), unread])
    assert bounds(result) == ("0.0", "45.0")
    assert result.undecided_ids == ("?",)
    assert result.groups[0].kinds[0].line_ids == ("?", "Q1a-None-100-m3-pass")
    assert "ratio.quantity-unknown" in keys(result)


def test_a_line_of_open_kind_burdens_every_kind_it_may_be_of() -> None:
    keel = LineShare("keel", None, "keel.light-steel", Decimal(9), "t", Outcome.FAIL, options=("Q1j", "Q2a"))
    result = breakdown(SICHUAN, [share("Q1a", "100", "m3"), share("Q2b", "5", "m2"), keel])
    assert bounds(result) == ("40.0", "80.0")  # 45 x 1/2 is rounded to 22.5, 35 x 1/2 to 17.5
    assert result.undecided_ids == ("keel",)
    assert "ratio.kind-open" in keys(result)


def test_a_line_of_open_kind_leaves_alone_a_kind_that_passes_with_it_too() -> None:
    little = LineShare("keel", None, "k", Decimal(1), "t", Outcome.UNDECIDED, options=("Q1h", "Q1j"))
    result = breakdown(SICHUAN, [share("Q1h", "100", "t"), share("Q1j", "100", "t"), little])
    assert bounds(result) == ("45.0", "45.0")


def test_a_material_nobody_knows_is_presumed_uncounted_and_said_so() -> None:
    unknown = LineShare("?", None, None, Decimal(900), "m3", Outcome.FAIL)
    result = breakdown(SICHUAN, [share("Q1a", "100", "m3"), unknown])
    assert bounds(result) == ("45.0", "45.0")
    assert (result.undecided_ids, result.uncounted_ids) == (("?",), ())
    assert "ratio.material-unknown" in keys(result)


def test_compulsory_kinds_are_undecided_while_a_material_is_unknown() -> None:
    pack = LOADED
    kinds = [share(f"k{number}", "5", "m2" if number % 2 else "m3") for number in range(9)]
    unknown = LineShare("?", None, None, None, "", Outcome.FAIL)
    assert breakdown(pack, kinds).outcome is Outcome.PASS
    result = breakdown(pack, [*kinds, unknown])
    assert [found.outcome for found in result.requirements] == [Outcome.UNDECIDED] * 3
    spoilt = breakdown(pack, [*kinds, share("k0", "1", "m3", green=False), unknown])
    assert spoilt.requirements[0].outcome is Outcome.FAIL
