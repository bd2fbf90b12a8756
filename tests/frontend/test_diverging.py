"""Bars about a zero line: each starts or ends at zero and is as long as its value, on one scale."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontend.views.charts import FILLS, Caption, fill_of
from frontend.views.diverging import Diverging, diverging

CAPTION = Caption("c", "示例", "kg")
values = st.lists(st.integers(-1000, 1000), min_size=1, max_size=4)


def drawn(*amounts: int) -> Diverging:
    return diverging([(str(place), Decimal(value), "#000") for place, value in enumerate(amounts)], CAPTION)


@given(values)
def test_every_bar_touches_zero_and_stays_inside(amounts: list[int]) -> None:
    view = drawn(*amounts)
    zero, near = float(view.zero_x), pytest.approx
    span = max(*amounts, 0) - min(*amounts, 0) or 1
    for value, line in zip(amounts, view.lines, strict=True):
        x, width = float(line.x), float(line.width)
        assert width == near(abs(value) / span * 100, abs=0.02)
        assert (x + width if value < 0 else x) == near(zero, abs=0.03)
        assert x >= -0.01
        assert x + width <= 100.02


def test_nothing_below_zero_has_its_line_at_the_left() -> None:
    assert drawn(5, 2).zero_x == "0"
    assert drawn(-5, -2).zero_x == "100"
    assert drawn(0).lines[0].width == "0"


@pytest.mark.parametrize(("stage", "like"), [("A1–A3", "A1"), ("B1–B7", "B"), ("C3", "C"), ("D", "D")])
def test_a_module_has_its_own_fill(stage: str, like: str) -> None:
    assert fill_of(stage) == FILLS[like]


def test_a_documents_own_word_for_a_stage_is_no_module() -> None:
    assert fill_of("Distribution") == fill_of("Cradle to gate") == fill_of("分销")
    assert fill_of("Distribution") not in FILLS.values()
