"""Named values on a strip: inside the picture, never on top of each other, and a limit beyond it says so."""

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontend.templating import environment
from frontend.views import marks
from frontend.views.charts import Caption, Cuts
from frontend.views.marks import APART, ROW, Marked

CAPTION = Caption("c", "图", "kg")
values = st.lists(
    st.decimals(min_value=-900, max_value=900, places=1, allow_nan=False), min_size=1, max_size=40
)
some = st.lists(st.decimals(min_value=-900, max_value=900, places=1), min_size=2, max_size=4)


def drawn(view: Marked) -> str:
    source = '{% from "macros/charts.svg.j2" import strip %}{{ strip(view.strip, view) }}'
    return environment("zh").from_string(source).render(view=view)


@given(values, some)
def test_letters_stand_inside_and_apart(class_values: list[Decimal], compared: list[Decimal]) -> None:
    named = list(zip("ABCD", compared, strict=False))
    view = marks.lettered(class_values, CAPTION, named, cuts=None)
    assert [mark.name for mark in view.marks] == [name for name, _ in named]
    assert all(Decimal(0) <= Decimal(mark.x) <= Decimal(100) for mark in view.marks)
    assert view.top == ROW * max(mark.row for mark in view.marks)
    for one, other in combinations(view.marks, 2):
        assert one.row != other.row or abs(Decimal(one.x) - Decimal(other.x)) >= APART - Decimal("0.01")


@given(values, some)
def test_a_higher_value_never_stands_further_left(
    class_values: list[Decimal], compared: list[Decimal]
) -> None:
    named = list(zip("ABCD", sorted(compared), strict=False))
    places = [Decimal(mark.x) for mark in marks.lettered(class_values, CAPTION, named, cuts=None).marks]
    assert places == sorted(places)


@given(values, st.decimals(min_value=-2000, max_value=2000, places=1))
def test_a_limit_parts_the_class_where_it_stands(class_values: list[Decimal], limit: Decimal) -> None:
    view = marks.limited(class_values, CAPTION, cuts=None, limit=("门槛", limit))
    reach = Decimal(view.reach)
    assert view.outside is not (min(class_values) <= limit <= max(class_values))
    assert ("门槛在图外" in drawn(view)) is view.outside
    if min(class_values) == max(class_values):
        return
    slack = Decimal("0.01")  # places are written to the hundredth of a percent
    for value, dot in zip(class_values, view.strip.dots, strict=True):
        place = Decimal(dot)
        assert place <= reach + slack if value <= limit else place >= reach - slack


def test_without_a_limit_nothing_is_marked() -> None:
    view = marks.limited([Decimal(1), Decimal(2)], CAPTION, cuts=None, limit=None)
    assert (view.marks, view.reach, view.outside) == ((), "", False)
    assert "门槛" not in drawn(view)


@pytest.mark.parametrize("cuts", [None, Cuts(Decimal(1), Decimal(2), Decimal(3))])
def test_every_mark_is_drawn_and_read_out(cuts: Cuts | None) -> None:
    named = [("A", Decimal(1)), ("B", Decimal(1)), ("C", Decimal("-3.5"))]
    view = marks.lettered([Decimal(n) for n in range(1, 13)], CAPTION, named, cuts=cuts)
    source = drawn(view)
    assert source.count('r="10"') == 3
    for said in ("A：1。", "B：1。", "C：−3.5。"):
        assert said in source
