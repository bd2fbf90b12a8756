"""The draw of a round: recomputed by a script of its own, blind to order, moved by the seed, fair enough."""

import hashlib
import hmac
import subprocess
import sys
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from docs.draw import sample
from registry.supervision import draw

SCRIPT = Path(__file__).parents[2] / "docs" / "draw.py"
codes = st.lists(
    st.from_regex(r"YS-P[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]", fullmatch=True), min_size=1, max_size=60
)
seeds = st.text(min_size=1, max_size=40).filter(lambda text: text.isprintable())


@given(codes, seeds, st.integers(1, 70))
def test_the_script_draws_the_same_from_the_file_alone(found: list[str], seed: str, size: int) -> None:
    content = draw.listed(found).encode()
    assert tuple(sample(content, seed, size)) == draw.drawn(seed, found, size)
    assert hashlib.sha256(content).hexdigest() == draw.digest(found)


@given(codes, seeds, st.integers(1, 70), st.randoms(use_true_random=False))
def test_the_order_of_the_list_and_repetitions_change_nothing(
    found: list[str], seed: str, size: int, random: object
) -> None:
    mixed = [*found, *found[:3]]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert draw.drawn(seed, mixed, size) == draw.drawn(seed, found, size)
    assert draw.digest(mixed) == draw.digest(found)


@given(codes, seeds, st.integers(1, 70))
def test_a_larger_sample_goes_on_where_the_smaller_ended(found: list[str], seed: str, size: int) -> None:
    drawn = draw.drawn(seed, found, size)
    assert len(drawn) == len(set(drawn)) == min(size, len(set(found)))
    assert set(drawn) <= set(found)
    assert draw.drawn(seed, found, size + 1)[:size] == drawn


@settings(max_examples=30)
@given(seeds, seeds)
def test_another_seed_draws_another_order(one: str, other: str) -> None:
    listed = [f"YS-P{n:05d}-00000-0" for n in range(40)]
    same = draw.drawn(one, listed, 40) == draw.drawn(other, listed, 40)
    assert same is (one == other)


def test_every_candidate_is_drawn_about_equally_often() -> None:
    """2000 seeds, 5 of 40: each is drawn 250 times on average; six standard deviations are 89."""
    listed = [f"YS-P{n:05d}-00000-0" for n in range(40)]
    counted = Counter(one for n in range(2000) for one in draw.drawn(f"开奖 {n}", listed, 5))
    assert counted.total() == 10_000
    assert set(counted) == set(listed)
    assert all(abs(count - 250) < 89 for count in counted.values())


def test_the_first_drawn_has_the_smallest_digest_by_hand() -> None:
    listed = ["YS-PAAAAA-00000-0", "YS-PBBBBB-00000-0", "YS-PCCCCC-00000-0"]
    by_hand = min(listed, key=lambda one: hmac.new(b"07 11 23", one.encode(), hashlib.sha256).digest())
    assert draw.drawn("07 11 23", listed, 1) == (by_hand,)


def test_the_script_runs_by_itself(tmp_path: Path) -> None:
    listed = ["YS-PBBBBB-00000-0", "YS-PAAAAA-00000-0"]
    file = tmp_path / "candidates.txt"
    file.write_text(draw.listed(listed), "utf-8")
    command = [sys.executable, "-I", str(SCRIPT), str(file), "种子 7", "1"]
    said = subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8").stdout
    assert said.split() == [draw.digest(listed), *draw.drawn("种子 7", listed, 1)]
