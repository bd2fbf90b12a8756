"""Percentiles are numpy's, and none is given below ten values."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.comparison.percentiles import FEWEST, distribution, percentile

VALUES = st.lists(st.decimals(-10_000, 10_000, places=6), min_size=1, max_size=60)


@given(VALUES, st.integers(0, 100))
def test_a_percentile_is_numpys_to_a_billionth(values: list[Decimal], percent: int) -> None:
    wanted = np.percentile(np.array(values, dtype=float), percent)
    assert abs(float(percentile(sorted(values), percent)) - wanted) <= 1e-9 * max(1, abs(wanted))


@given(VALUES)
def test_cut_offs_need_ten_values_and_do_not_depend_on_their_order(values: list[Decimal]) -> None:
    found = distribution("basis", values)
    assert found == distribution("basis", values[::-1])
    if len(values) < FEWEST:
        assert (found.p20, found.p50, found.p80) == (None, None, None)
        return
    assert (found.p20, found.p50, found.p80) == tuple(percentile(sorted(values), p) for p in (20, 50, 80))
    assert found.p20 is not None
    assert found.p80 is not None
    assert found.values[0] <= found.p20 <= found.p80 <= found.values[-1]


@pytest.mark.parametrize(
    ("percent", "wanted"), [(0, "1"), (20, "2.8"), (25, "3.25"), (50, "5.5"), (80, "8.2"), (100, "10")]
)
def test_between_two_values_a_percentile_is_linear(percent: int, wanted: str) -> None:
    assert percentile([Decimal(n) for n in range(1, 11)], percent) == Decimal(wanted)
