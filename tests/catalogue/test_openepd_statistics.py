"""Statistics of openEPD: only like values of the market of the day, and the way out where they are unlike."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.comparison.percentiles import FEWEST
from catalogue.openepd.statistics import Found, UnlikeValues, statistics
from registry.declarations.facts import DataKind, PartialDay, Precision, Verification
from tests import factories

DAY = date(2026, 6, 1)
OVER = PartialDay(day=date(2026, 5, 31), precision=Precision.DAY)
OUT = (
    {"data_kind": DataKind.AVERAGE},
    {"data_kind": DataKind.GENERIC},
    {"verification": Verification.NONE},
    {"verification": Verification.INTERNAL},
    {"valid_to": OVER},
    {"modules": {"A4": Decimal(3)}},
)


def found(n: int, value: int, sorts: Sequence[str] = ("示例水泥 42.5",), **fields: Any) -> Found:
    declared = {"modules": {"A1-A3": Decimal(value)}, **fields}
    return Found(factories.declaration(n, **declared), frozenset(sorts))


@given(st.lists(st.integers(-500, 2_000), min_size=FEWEST, max_size=40), st.lists(st.sampled_from(OUT)))
def test_only_products_verified_and_in_force_count(values: list[int], out: list[dict[str, Any]]) -> None:
    beside = [found(100 + n, 9_999, ("示例混凝土 C30",), **fields) for n, fields in enumerate(out)]
    told = statistics([*(found(n, value) for n, value in enumerate(values, 1)), *beside], DAY)
    per_kg = [value / 1_000 for value in values]
    for percent in (10, 20, 50, 80):
        assert float(told.at(percent)) == pytest.approx(np.percentile(per_kg, percent), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("odd", "key", "named"),
    [
        ({"sorts": ("示例混凝土 C35",)}, "openepd-unlike-kinds", "示例混凝土 C35"),
        ({"sorts": ("示例水泥 42.5", "示例水泥 52.5")}, "openepd-unlike-kinds", "示例水泥 52.5"),
        ({"standard": "EN 15804+A1", "indicator": "GWP"}, "openepd-unlike-rules", "EN 15804+A1"),
        ({"declared_unit": "m3"}, "openepd-unlike-units", "m3"),
    ],
)
def test_one_unlike_value_is_enough_to_refuse(odd: dict[str, Any], key: str, named: str) -> None:
    with pytest.raises(UnlikeValues) as refused:
        statistics([*(found(n, n) for n in range(1, 15)), found(20, 20, **odd)], DAY)
    assert refused.value.key == key
    assert named in str(refused.value.facts["found"])


def test_nine_values_are_no_statistics() -> None:
    with pytest.raises(UnlikeValues) as refused:
        statistics([found(n, n) for n in range(1, FEWEST)], DAY)
    assert refused.value.key == "openepd-too-few"
