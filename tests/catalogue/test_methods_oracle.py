"""Two thousand made-up buildings per pack: the methods agree with an independent slow answer."""

import random
from fractions import Fraction

import pytest

from catalogue.ratios.ledger import compute
from registry.policies.pack import Pack
from seeds.policies.packs import read_pack
from tests.catalogue.ratio_cases import loaded_procurement_pack, plain, random_lines
from tests.oracles import ratio_oracle as oracle

PROJECTS = 2000


Variant = tuple[Pack, oracle.Data, dict[str, str]]


def with_random_choices(rng: random.Random, pack: Pack) -> list[Variant]:
    """A few variants of a pack with other answers to its open points (building a pack costs time)."""
    variants: list[Variant] = []
    for _ in range(6):
        choices = {
            item.point: rng.choice([option for option in item.options if option != "undecided"])
            for item in pack.open_points
        }
        chosen = pack.choosing(choices)
        texts = {point.value: text for point, text in choices.items()}
        variants.append((chosen, chosen.model_dump(mode="json"), texts))
    return variants


@pytest.mark.parametrize(
    "pack_id", ["gbt50378-2019", "gbt50378-2019-rev2024", "sichuan-2024", "chengdu-2024"]
)
def test_scored_methods_agree_with_the_oracle(pack_id: str) -> None:
    rng = random.Random(f"ratio {pack_id}")
    variants = with_random_choices(rng, read_pack(pack_id))
    slow = oracle.s_percent if pack_id == "gbt50378-2019" else oracle.q_percent
    seen: set[int] = set()
    for _ in range(PROJECTS):
        pack, raw, choices = rng.choice(variants)
        lines = random_lines(rng, pack)
        (result,) = compute(pack, {"1#": lines})
        for total, hopeful in ((result.breakdown.lower, False), (result.breakdown.upper, True)):
            expected = slow(raw, plain(lines), choices, hopeful=hopeful)
            assert total is not None
            assert total.compared == expected
            assert total.points == oracle.earned(raw, expected)
            seen.add(total.points)
    assert seen == {0, 4, 8, 12}, "the made-up buildings must reach every step"


def test_kinds_share_agrees_with_the_oracle() -> None:
    rng = random.Random("kinds share")
    variants = with_random_choices(rng, loaded_procurement_pack())
    seen: set[str] = set()
    for _ in range(PROJECTS):
        pack, raw, choices = rng.choice(variants)
        lines = [line for line in random_lines(rng, pack) if rng.random() < 0.5]
        (result,) = compute(pack, {"1#": lines})
        expected = oracle.p_answer(raw, plain(lines), choices)
        assert result.breakdown.outcome is not None
        assert result.breakdown.outcome.value == expected
        seen.add(expected)
    assert seen == {"pass", "fail", "undecided"}


@pytest.mark.parametrize(
    ("tie", "expected"), [("half_up", Fraction(113, 10)), ("half_even", Fraction(56, 5))]
)
def test_the_oracle_rounds_a_tie_by_its_own_reckoning(tie: str, expected: Fraction) -> None:
    assert oracle._tie(Fraction(45, 4), 1, tie) == expected
