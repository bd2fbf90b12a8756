"""Pages stay light and still: bytes, requests, elements, layout shifts, and no sideways scrolling."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.journeys import places
from tests.journeys.conftest import Where
from tests.journeys.driving import DESK, HEIGHT, PHONE

KB = 1024
MOST_HTML = 15 * KB  # compressed
MOST_HTML_RAW = 120 * KB
MOST_STYLE = 10 * KB
MOST_SCRIPT = 12 * KB
MOST_ANSWER = 6 * KB  # the page to a scanned code with everything it loads
MOST_REQUESTS = 6  # the page, its style, its picture, and at most three scripts
MOST_ELEMENTS = 1500
MOST_ELEMENTS_OF_LINES = 2000  # fifty lines of a bill with their choices, which belong on one page
LONG = ("check, lines", "check, report")
NARROW = 320
# Text spacing that a reader may set (WCAG 1.4.12).
SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } "
    "p { margin-bottom: 2em !important }"
)
DRESS = (
    "css => { const own = new CSSStyleSheet(); own.replaceSync(css); document.adoptedStyleSheets = [own]; }"
)
MEASURE = """() => new Promise((done) => {
  let shift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { shift += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  const loaded = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  setTimeout(() => done({
    shift,
    elements: document.getElementsByTagName("*").length,
    parts: loaded.map((one) => [one.name.split("?")[0], one.encodedBodySize, one.decodedBodySize]),
  }), 150);
})"""
pytestmark = [pytest.mark.browser, pytest.mark.looks]


@dataclass(frozen=True, slots=True)
class Weight:
    """What one page cost a visitor who comes for the first time."""

    shift: float
    elements: int
    parts: tuple[tuple[str, int, int], ...]  # address, bytes sent, bytes unpacked; the page itself first

    @property
    def sent(self) -> int:
        return sum(sent for _, sent, _ in self.parts)

    def kind(self, ending: str) -> int:
        return sum(sent for name, sent, _ in self.parts if name.endswith(ending))


@contextmanager
def first_visit(browser: Any, address: str, *, width: int) -> Iterator[Any]:
    """A tab with nothing in its cache, at a page that has come to rest."""
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, service_workers="block")
    tab = context.new_page()
    tab.goto(address, wait_until="networkidle")
    yield tab
    context.close()


def weigh(tab: Any) -> Weight:
    found = tab.evaluate(MEASURE)
    return Weight(found["shift"], found["elements"], tuple(map(tuple, found["parts"])))


@pytest.mark.parametrize("width", [PHONE, pytest.param(DESK, marks=pytest.mark.full)])
@pytest.mark.parametrize("name", places.HEAVIEST)
def test_a_page_is_light_and_still(browser: Any, where: Where, name: str, width: int) -> None:
    with first_visit(browser, where(name, "zh"), width=width) as tab:
        weight = weigh(tab)
    _, sent, raw = weight.parts[0]
    assert sent <= MOST_HTML
    assert raw <= MOST_HTML_RAW
    assert weight.kind(".css") <= MOST_STYLE
    assert weight.kind(".js") <= MOST_SCRIPT
    assert len(weight.parts) <= MOST_REQUESTS, [part[0] for part in weight.parts]
    assert weight.elements <= (MOST_ELEMENTS_OF_LINES if name in LONG else MOST_ELEMENTS)
    assert weight.shift == 0


@pytest.mark.parametrize("name", places.ANSWERS)
def test_the_answer_to_a_code_is_small(browser: Any, where: Where, name: str) -> None:
    with first_visit(browser, where(name, "zh"), width=PHONE) as tab:
        weight = weigh(tab)
    assert weight.sent <= MOST_ANSWER
    assert weight.shift == 0


@pytest.mark.parametrize("lang", [pytest.param("zh", marks=pytest.mark.full), "en"])
def test_nothing_scrolls_sideways(browser: Any, where: Where, lang: str) -> None:
    """At 390 and 320 pixels, there also with wider text spacing."""
    context = browser.new_context(service_workers="block")
    tab = context.new_page()
    wide: dict[str, tuple[int, ...]] = {}
    for name in (*places.PLACES, *places.ANSWERS):
        tab.set_viewport_size({"width": PHONE, "height": HEIGHT})
        tab.goto(where(name, lang))
        widths = [_width(tab)]
        tab.set_viewport_size({"width": NARROW, "height": HEIGHT})
        widths.append(_width(tab))
        tab.evaluate(DRESS, SPACED)
        widths.append(_width(tab))
        if any(found > most for found, most in zip(widths, (PHONE, NARROW, NARROW), strict=True)):
            wide[name] = tuple(widths)
    context.close()
    assert wide == {}


def _width(tab: Any) -> int:
    return int(tab.evaluate("document.documentElement.scrollWidth"))
