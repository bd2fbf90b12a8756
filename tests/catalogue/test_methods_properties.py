"""What must hold for every building: order is nothing, parts add up, proof never hurts."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.compliance.verdicts import Outcome
from catalogue.ratios.ledger import compute
from catalogue.ratios.model import Breakdown, LineShare
from registry.policies.pack import Pack
from seeds.policies.packs import read_pack
from tests.catalogue.ratio_cases import loaded_procurement_pack, random_lines

PACKS = [
    *(read_pack(i) for i in ("gbt50378-2019", "gbt50378-2019-rev2024", "sichuan-2024", "chengdu-2024")),
    loaded_procurement_pack(),
]
SEEDS = st.integers(min_value=0, max_value=2**32)
by_pack = pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)


def breakdown(pack: Pack, lines: list[LineShare]) -> Breakdown:
    (result,) = compute(pack, {"1#": lines})
    return result.breakdown


@by_pack
@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_the_order_of_lines_is_irrelevant(pack: Pack, seed: int) -> None:
    rng = random.Random(seed)
    lines = random_lines(rng, pack)
    shuffled = rng.sample(lines, len(lines))
    assert breakdown(pack, lines) == breakdown(pack, shuffled)


@by_pack
@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_every_line_is_found_once_and_parts_add_up(pack: Pack, seed: int) -> None:
    lines = random_lines(random.Random(seed), pack)
    result = breakdown(pack, lines)
    parts = [part for group in result.groups for kind in group.kinds for part in kind.parts]
    named = [line_id for part in parts for line_id in part.line_ids] + list(result.uncounted_ids)
    assert sorted(named) == sorted(line.line_id for line in lines)
    by_id = {line.line_id: line for line in lines}
    for part in parts:
        assert part.total == sum((by_id[i].measured for i in part.line_ids), Decimal(0))
        assert part.green == sum((by_id[i].measured for i in part.green_ids), Decimal(0))
        assert part.green + part.undecided <= part.total
    if result.lower is not None and result.upper is not None:
        scores = [group.score.lower for group in result.groups if group.score is not None]
        assert result.lower.rounded_first == sum(scores, Decimal(0))
        assert result.lower.compared <= result.upper.compared


@by_pack
@settings(max_examples=60, deadline=None)
@given(seed=SEEDS)
def test_making_a_line_green_never_lowers_the_result(pack: Pack, seed: int) -> None:
    rng = random.Random(seed)
    lines = random_lines(rng, pack)
    if not lines:
        return
    position = rng.randrange(len(lines))
    better = list(lines)
    better[position] = replace(lines[position], outcome=Outcome.PASS)
    before, after = breakdown(pack, lines), breakdown(pack, better)
    if before.lower is not None and after.lower is not None:
        assert after.lower.compared >= before.lower.compared
        assert after.lower.points >= before.lower.points
    rank = {None: 0, Outcome.FAIL: 0, Outcome.UNDECIDED: 1, Outcome.PASS: 2}
    assert rank[after.outcome] >= rank[before.outcome]


@by_pack
@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_settling_every_doubt_lands_between_the_bounds(pack: Pack, seed: int) -> None:
    rng = random.Random(seed)
    lines = random_lines(rng, pack)
    settled = [
        replace(line, outcome=rng.choice((Outcome.PASS, Outcome.FAIL)))
        if line.outcome is Outcome.UNDECIDED
        else line
        for line in lines
    ]
    bounds, found = breakdown(pack, lines), breakdown(pack, settled)
    if bounds.lower is not None and bounds.upper is not None and found.lower is not None:
        assert bounds.lower.compared <= found.lower.compared <= bounds.upper.compared


def test_units_are_computed_one_by_one() -> None:
    pack = read_pack("sichuan-2024")
    lines = random_lines(random.Random(7), pack)
    both = compute(pack, {"podium": lines, "tower": []})
    assert [result.unit_id for result in both] == ["podium", "tower"]
    assert both[0].breakdown == breakdown(pack, lines)
    assert both[1].breakdown == breakdown(pack, [])
