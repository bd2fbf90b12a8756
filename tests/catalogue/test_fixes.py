"""What to do first: gains agree with a slow second answer that tries every kind; nothing useless is said."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from catalogue.checks.fixes import MOST, Fix, fixes
from catalogue.compliance.verdicts import Outcome
from catalogue.ratios.ledger import compute
from catalogue.ratios.model import LineShare
from registry.policies.pack import Pack
from seeds.policies.packs import read_pack
from tests.catalogue.ratio_cases import loaded_procurement_pack, plain, random_lines, share, used
from tests.oracles import ratio_oracle as oracle

BUILDINGS = 150
SICHUAN = read_pack("sichuan-2024")


def first(pack: Pack, lines: list[LineShare]) -> tuple[Fix, ...]:
    return fixes(pack, lines, compute(pack, {"1#": lines})[0].breakdown)


@pytest.mark.parametrize("pack_id", ["gbt50378-2019", "sichuan-2024", "chengdu-2024"])
def test_no_kind_gives_more_than_the_first_one_named(pack_id: str) -> None:
    rng, pack = random.Random(f"fixes {pack_id}"), read_pack(pack_id)
    raw, choices = pack.model_dump(mode="json"), {item.point.value: item.default for item in pack.open_points}
    slow = oracle.s_percent if pack_id == "gbt50378-2019" else oracle.q_percent

    def percent(lines: list[LineShare]) -> Fraction:
        return slow(raw, plain(lines), choices, hopeful=False)

    useful = 0
    for _ in range(BUILDINGS):
        lines = random_lines(rng, pack)
        before, found = percent(lines), first(pack, lines)
        kinds = {line.kind for line in lines if line.kind}
        gains = sorted((percent(proven(lines, kind)) - before for kind in kinds), reverse=True)
        expected = [gain for gain in gains if gain > 0][:MOST]
        assert [fix.gain for fix in found] == expected
        assert all(fix.gain == percent(proven(lines, fix.kinds[0])) - before for fix in found)
        useful += len(found)
    assert useful > BUILDINGS, "the made-up buildings must leave something to do"


def proven(lines: list[LineShare], kind: str | None) -> list[LineShare]:
    return [replace(line, outcome=Outcome.PASS) if line.kind == kind else line for line in lines]


def test_a_step_names_the_lines_that_do_not_count_yet_and_what_the_ratio_becomes() -> None:
    short = [share("Q1a", "60", "m3", line="A"), share("Q1a", "40", "m3", green=False, line="B")]
    lines = [*short, *used("Q1", "bcd", 3)]
    (fix,) = first(SICHUAN, lines)
    assert (fix.kinds, fix.line_ids) == (("Q1a",), ("B",))
    assert fix.gain == Fraction("11.2")  # 45 × 3 ÷ 4 = 33.75, rounded 33.8; 45 × 4 ÷ 4 = 45
    assert (fix.after.compared, fix.after.points) == (Fraction(45), 4)


def test_equal_gains_put_the_kind_with_fewer_lines_first() -> None:
    two = [share("Q1b", "10", "m3", green=False, line=name) for name in ("B1", "B2")]
    lines = [*two, share("Q1c", "10", "m3", green=False, line="C"), *used("Q1", "a", 1)]
    assert [fix.kinds for fix in first(SICHUAN, lines)] == [("Q1c",), ("Q1b",)]


def test_lines_that_may_be_of_several_kinds_make_one_step() -> None:
    may_be = LineShare("X", None, "panel", None, "", Outcome.FAIL, options=("Q1n", "Q2a"))
    found = first(SICHUAN, [may_be, *used("Q1", "abc", 2)])
    assert all(len(set(fix.line_ids)) == len(fix.line_ids) for fix in found)
    assert ("Q1c",) in [fix.kinds for fix in found]
    assert len({fix.line_ids for fix in found}) == len(found)


def test_a_full_building_and_a_rule_without_a_ratio_name_no_step() -> None:
    assert first(SICHUAN, used("Q1", "abcdef", 6)) == ()
    assert first(loaded_procurement_pack(), [share("k1", "5", "m2", green=False)]) == ()
