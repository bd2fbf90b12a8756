"""A buyer compares three products of one class and reads which is lowest, and by how much."""

import itertools
import re
from decimal import ROUND_HALF_UP, Decimal

import pytest

from tests.journeys.conftest import Visits
from tests.journeys.driving import everywhere

MOST_STEPS = 7
NAMES = {
    "zh": ("预拌混凝土 C30", "碳足迹从低到高", "加入对比：", "对比所选", "最低"),
    "en": (
        "Ready-mixed concrete C30",
        "Lowest footprint",
        "Add to comparison: ",
        "Compare selected",
        "Lowest",
    ),
}
FIGURE = r"[\d,]+(?:\.\d+)?"
pytestmark = pytest.mark.browser


@everywhere
def test_three_of_one_class_are_told_apart(visits: Visits, lang: str, width: int, scripts: bool) -> None:
    popular, lowest_first, pick, compare, lowest = NAMES[lang]
    visitor = visits(width=width, most=MOST_STEPS, scripts=scripts)
    visitor.starts(f"/{lang}/")
    visitor.follows(popular)
    visitor.follows(lowest_first)
    labels = [box.inner_text() for box in visitor.page.get_by_text(re.compile(f"^{pick}")).all()]
    assert len(set(labels)) == len(labels), "every product is told apart by its label alone"
    for label in labels[2:5]:
        visitor.ticks(label)
    visitor.presses(compare)

    row = visitor.page.get_by_role("row").filter(has_text=re.compile("A1–A3")).first
    cells = [cell.inner_text() for cell in row.get_by_role("cell").all()]
    figures = [Decimal(re.match(FIGURE, cell)[0].replace(",", "")) for cell in cells]  # type: ignore[index]
    assert len(figures) == 3
    drawn = [bar.bounding_box() for bar in visitor.page.locator(".versus td > svg").all()]
    assert len({round(box["width"], 1) for box in drawn}) == 1, "one scale is one width"
    reach = [cell.bounding_box() for cell in row.get_by_role("cell").all()]
    inner = [
        cell.evaluate("cell => cell.scrollWidth - cell.clientWidth") for cell in row.get_by_role("cell").all()
    ]
    assert max(inner) == 0, "no figure runs into its neighbour"
    assert all(a["x"] + a["width"] <= b["x"] + 1 for a, b in itertools.pairwise(reach))
    best = min(figures)
    for figure, cell in zip(figures, cells, strict=True):
        if figure == best:
            assert lowest in cell
        else:
            assert f"+{figure - best}" in cell
            share = ((figure - best) / best * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
            assert f"(+{share}%)" in cell
