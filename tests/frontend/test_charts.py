"""Chart geometry: nothing leaves the picture, parts add up, and what is not declared is not drawn."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from frontend.templating import environment
from frontend.views import charts
from frontend.views.charts import Caption, Cuts, Strip

CAPTION = Caption("c", "图", "kg")
amounts = st.decimals(min_value=-1000, max_value=1000, places=2, allow_nan=False)
positives = st.decimals(min_value=1, max_value=1000, places=1, allow_nan=False)
modules = st.lists(
    st.tuples(st.sampled_from(["A1–A3", "A4", "B6", "C", "D"]), st.none() | amounts), max_size=8
)


def drawn(macro: str, view: object) -> str:
    source = f'{{% from "macros/charts.svg.j2" import {macro} %}}{{{{ {macro}(view) }}}}'
    return environment("zh").from_string(source).render(view=view)


@given(modules)
def test_stages_fill_exactly_the_scale(parts: list[tuple[str, Decimal | None]]) -> None:
    view = charts.stacked(parts, CAPTION)
    given_values = [value for _, value in parts if value]
    assert len(view.above) + len(view.below) == len(given_values)
    total = sum((Decimal(part.width) for part in (*view.above, *view.below)), Decimal(0))
    assert abs(total - (100 if given_values else 0)) <= Decimal("0.01") * (len(given_values) + 1)
    assert all(Decimal(part.x) >= Decimal(view.zero_x) - Decimal("0.02") for part in view.above)
    assert all(Decimal(part.x) <= Decimal(view.zero_x) for part in view.below)


def test_an_undeclared_stage_is_a_row_without_a_value_and_zero_is_a_value() -> None:
    view = charts.stacked([("A4", None), ("A5", Decimal(0))], CAPTION)
    assert [(row.module, row.value) for row in view.rows] == [("A4", ""), ("A5", "0")]
    assert "未声明" in drawn("stacked", view)


def test_negative_stages_stand_apart_and_are_hatched() -> None:
    view = charts.stacked([("A1–A3", Decimal(90)), ("D", Decimal(-10))], CAPTION)
    assert [part.module for part in view.below] == ["D"]
    assert (view.zero_x, view.below[0].x, view.below[0].width) == ("10", "0", "10")
    assert "url(#c-h)" in drawn("stacked", view)


def test_bars_beside_each_other_share_one_scale() -> None:
    small, large = [("A4", Decimal(50))], [("A4", Decimal(100)), ("D", Decimal(-100))]
    scale = charts.scale_of(small, large)
    assert charts.stacked(small, CAPTION, scale).above[0].width == "25"
    assert charts.stacked(large, CAPTION, scale).above[0].width == "50"


@given(st.lists(positives, min_size=1, max_size=60), positives)
def test_every_mark_of_a_strip_is_inside_the_picture(values: list[Decimal], own: Decimal) -> None:
    ordered = sorted(values)
    cuts = Cuts(ordered[0], ordered[len(ordered) // 2], ordered[-1])
    many = charts.strip(values, CAPTION, cuts=cuts, own=own)
    few = charts.strip(values, CAPTION, own=own)
    places = [*few.dots, few.own_x, many.median_x, many.band_x]
    assert all(0 <= Decimal(place) <= 100 for place in places)
    assert Decimal(many.band_x) + Decimal(many.band_width) <= 100
    assert max(int(column.height) for column in many.columns) == charts.TALL
    assert all(int(column.y) + int(column.height) == charts.TALL for column in many.columns)


@given(st.lists(positives, min_size=10, max_size=60))
def test_columns_count_every_product(values: list[Decimal]) -> None:
    """A slow second count: each column's height is its share of the fullest one."""
    view = charts.strip(values, CAPTION, cuts=Cuts(min(values), values[0], max(values)))
    low, high = min(values), max(values)
    counts = [0] * charts.BINS
    for value in values:
        share = Decimal("0.5") if low == high else (value - low) / (high - low)
        counts[min(int(share * charts.BINS), charts.BINS - 1)] += 1
    assert len(view.columns) == sum(1 for count in counts if count)


def test_without_cuts_every_product_is_a_dot_and_no_percentile_is_named() -> None:
    view = charts.strip([Decimal(n) for n in range(9)], CAPTION, own=Decimal(3))
    picture = drawn("strip", view)
    assert (len(view.dots), view.columns, view.p50) == (9, (), "")
    assert "P20" not in picture
    assert "样本太少" in picture


def test_labels_at_the_ends_hang_inwards() -> None:
    def anchor(own: int) -> str:
        view: Strip = charts.strip([Decimal(0), Decimal(100)], CAPTION, own=Decimal(own))
        return view.own_anchor

    assert [anchor(own) for own in (0, 50, 100)] == ["start", "middle", "end"]


def test_a_bullet_meets_its_target_at_the_target() -> None:
    reached = [
        charts.bullet(Decimal(s), Decimal("0.8"), CAPTION).reached for s in ("0.7999", "0.8", "0.8001")
    ]
    assert reached == [False, True, True]
    assert charts.bullet(Decimal("1.25"), Decimal("0.5"), CAPTION).target_x == "40"
    assert charts.bullet(Decimal("0.79996"), Decimal("0.8"), CAPTION).value == "79.99%"
    assert "目标 80%" in drawn("bullet", charts.bullet(Decimal("0.5"), Decimal("0.8"), CAPTION))


def test_bars_are_sorted_and_the_longest_is_whole() -> None:
    view = charts.bars(
        [("甲", Decimal(5)), ("乙", Decimal(20)), ("丙", Decimal(5))],
        title="省",
        label_head="省",
        value_head="个",
    )
    assert [(bar.label, bar.width) for bar in view.bars] == [("乙", "100"), ("甲", "25"), ("丙", "25")]
    assert drawn("bars", view).count("<rect") == 3
