"""A buyer sets a limit that still leaves three independent makers and keeps it: at most five steps."""

import re

import pytest

from tests.journeys.conftest import Visits
from tests.journeys.driving import everywhere

MOST_STEPS = 5
NAMES = {
    "zh": ("预拌混凝土 C30", "门槛测算", "A1–A3 不高于", "存档这次测算", "门槛测算存档"),
    "en": (
        "Ready-mixed concrete C30", "Set a limit", "A1–A3 at most", "Keep this calculation",
        "Kept limit calculation",
    ),
}  # fmt: skip
DOOR = {"zh": "预拌混凝土", "en": "Ready-mixed concrete"}
FEW = {"zh": "▲ 不足三家，可能无法形成竞争", "en": "▲ Fewer than three makers: there may be no competition"}
COUNTED = {
    "zh": re.compile(r"(\d+) 个产品，(\d+) 家企业，(\d+) 个省"),
    "en": re.compile(r"products (\d+), independent makers (\d+), provinces (\d+)"),
}
pytestmark = pytest.mark.browser


def counted(text: str, lang: str) -> tuple[int, ...]:
    found = COUNTED[lang].search(text)
    assert found is not None, text
    return tuple(map(int, found.groups()))


@everywhere
def test_a_limit_that_leaves_three_makers_is_kept(
    visits: Visits, lang: str, width: int, scripts: bool
) -> None:
    popular, limit, box, keep, title = NAMES[lang]
    visitor = visits(width=width, most=MOST_STEPS, scripts=scripts)
    visitor.starts(f"/{lang}/")
    visitor.follows(popular)
    visitor.follows(limit)
    visitor.fills(box, "230")
    line = visitor.page.locator("#found")
    line.filter(has_text="230").wait_for()
    products, makers, provinces = counted(line.inner_text(), lang)
    assert products >= makers >= 3
    assert provinces >= 1
    assert FEW[lang] not in visitor.page.get_by_role("main").inner_text()
    visitor.presses(keep)
    assert visitor.heading.startswith(title)
    assert re.search(r"T-\d{4}-[0-9A-Z]{6}-[0-9A-Z]", visitor.heading)
    shown = visitor.page.get_by_role("main").inner_text()
    assert counted(shown, lang) == (products, makers, provinces)
    assert len(visitor.steps) < MOST_STEPS


@everywhere
def test_the_buyers_door_leads_to_a_limit_that_is_too_strict(
    visits: Visits, lang: str, width: int, scripts: bool
) -> None:
    _, limit, box, _, _ = NAMES[lang]
    visitor = visits(width=width, most=3, scripts=scripts)
    visitor.starts(f"/{lang}/")
    visitor.follows(limit)
    visitor.follows(DOOR[lang])
    visitor.fills(box, "190")
    visitor.page.get_by_text(FEW[lang]).wait_for()
    assert counted(visitor.page.locator("#found").inner_text(), lang)[1] < 3


@pytest.mark.parametrize("width", [1280, 390])
def test_the_slider_moves_the_box_the_line_and_the_address(visits: Visits, width: int) -> None:
    visitor = visits(width=width, most=1)
    visitor.starts("/zh/thresholds/concrete.ready-mixed")
    before = visitor.page.locator("#found").inner_text()
    slide = visitor.page.get_by_label("或者拖动")
    slide.focus()
    visitor.page.keyboard.press("Home")
    visitor.page.wait_for_url(lambda url: "max=" in url)
    least = slide.input_value()
    assert visitor.page.get_by_label("A1–A3 不高于").input_value() == least
    line = visitor.page.locator("#found")
    line.filter(has_text=f"≤ {least}").wait_for()
    assert line.inner_text() != before
    assert visitor.page.evaluate("document.activeElement.id") == "slide"
    visitor.page.go_back()
    visitor.page.wait_for_url(lambda url: "max=" not in url)
    visitor.page.locator("#found").filter(has_text="还没有填门槛").wait_for()
