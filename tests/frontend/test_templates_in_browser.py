"""Chromium reads the public pages: no barrier, no sideways scrolling, and scripts that respect the typist."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from frontend.headers import ALWAYS, PARTIAL
from frontend.templating import render
from tests.frontend import samples, samples_pages

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
SITE = "https://site.test"
SUGGESTIONS = {
    "suggestions": [
        {"text": "预拌混凝土", "detail": "类别", "url": ""},
        {"text": "示例混凝土 C40", "detail": "演示-1", "url": "/zh/products/p1"},
    ]
}
pytestmark = pytest.mark.browser


def answer(route: Any) -> None:
    """The whole site, without a socket: pages from invented views, files from the static folder."""
    asked = urlsplit(route.request.url)
    if asked.path.startswith("/static/"):
        route.fulfill(path=Path("frontend") / asked.path[1:], headers=ALWAYS | _type(asked.path))
    elif asked.path.endswith("/suggest"):
        route.fulfill(json=SUGGESTIONS)
    elif PARTIAL.lower() in route.request.headers:
        part = render(None, "zh", "products_part.html", view=samples.results("zh"))
        route.fulfill(body=part, content_type="text/html")
    else:
        route.fulfill(body=samples_pages.page(asked.path), headers=ALWAYS | {"content-type": "text/html"})


def _type(path: str) -> dict[str, str]:
    kinds = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
    return {"content-type": kinds[Path(path).suffix]}


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, service_workers="block")
    context.route("**/*", answer)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


@pytest.mark.parametrize("address", samples_pages.addresses())
def test_axe_finds_no_barrier_and_nothing_scrolls_sideways(tab: Any, address: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    tab.goto(SITE + address)
    tab.set_viewport_size({"width": 320, "height": 700})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    found = axe.Axe().run(tab).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_typing_changes_the_address_once_and_keeps_the_focus(tab: Any) -> None:
    tab.goto(f"{SITE}/zh/products")
    tab.locator("#q").fill("岩棉")
    tab.wait_for_url("**/products?q=%E5%B2%A9%E6%A3%89**")
    playwright.expect(tab.locator("#announce")).to_have_text("36 个产品")
    assert tab.evaluate("document.activeElement.id") == "q"


def test_a_tick_keeps_its_focus_after_the_swap(tab: Any) -> None:
    tab.goto(f"{SITE}/zh/products")
    with tab.expect_response(lambda response: "products?" in response.url):
        tab.get_by_label("预拌砂浆").check()
    tab.wait_for_url("**category=mortar**")
    assert tab.evaluate("document.activeElement.id") == "f-category-mortar"


def test_a_list_of_further_options_waits_for_its_button_and_keeps_the_focus_there(tab: Any) -> None:
    """Arrow keys run through a list, so nothing may be asked before the reader has chosen."""
    tab.goto(f"{SITE}/zh/products")
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url) if "products?" in request.url else None)
    further = tab.get_by_label("其他类别（1）")
    further.focus()
    tab.keyboard.press("ArrowDown")
    tab.wait_for_timeout(400)
    assert (asked, further.input_value()) == ([], "aac")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**category=aac**")
    playwright.expect(tab.locator("#announce")).to_have_text("36 个产品")
    assert tab.evaluate("document.activeElement.id") == "more-category-add"


def test_a_typed_limit_goes_into_the_address_and_its_field_keeps_the_focus(tab: Any) -> None:
    tab.goto(f"{SITE}/zh/products")
    tab.get_by_role("group", name="导热系数").get_by_label("到").fill("0.04")
    tab.wait_for_url("**attr.conductivity_max=0.04**")
    assert tab.evaluate("document.activeElement.id") == "f-attr.conductivity_max"


def test_nothing_is_asked_while_an_input_method_composes(tab: Any) -> None:
    tab.goto(f"{SITE}/zh/products")
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url) if "q=" in request.url else None)
    tab.locator("#q").focus()
    keyboard = tab.context.new_cdp_session(tab)
    keyboard.send("Input.imeSetComposition", {"text": "yan mian", "selectionStart": 8, "selectionEnd": 8})
    tab.wait_for_timeout(600)
    assert asked == []
    keyboard.send("Input.insertText", {"text": "岩棉"})
    tab.wait_for_url("**%E5%B2%A9%E6%A3%89**")


def test_suggestions_are_chosen_with_the_keyboard(tab: Any) -> None:
    tab.goto(f"{SITE}/zh/")
    box = tab.get_by_role("combobox")
    box.press_sequentially("c")
    playwright.expect(tab.get_by_role("option")).to_have_count(2)
    box.press("ArrowDown")
    box.press("ArrowDown")
    playwright.expect(box).to_have_attribute("aria-activedescendant", "q-option-1")
    box.press("Enter")
    tab.wait_for_url("**/products/p1")


def test_escape_closes_the_suggestions_and_keeps_the_words(tab: Any) -> None:
    tab.goto(f"{SITE}/zh/")
    box = tab.get_by_role("combobox")
    box.press_sequentially("c")
    playwright.expect(box).to_have_attribute("aria-expanded", "true")
    box.press("Escape")
    playwright.expect(box).to_have_attribute("aria-expanded", "false")
    assert box.input_value() == "c"


def test_a_fifth_product_is_refused_in_words(tab: Any) -> None:
    tab.goto(f"{SITE}/zh/products")
    ticks = tab.locator("#compare-form input[type=checkbox]")
    for place in range(4):
        ticks.nth(place).check()
    ticks.nth(4).click()
    assert not ticks.nth(4).is_checked()
    playwright.expect(tab.locator("[data-picked]")).to_contain_text("最多对比 4 个")


def test_pages_work_without_scripts(browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.route("**/*", answer)
    page = context.new_page()
    page.goto(f"{SITE}/zh/products")
    page.get_by_label("预拌砂浆").check()
    page.get_by_role("button", name="应用筛选").click()
    page.wait_for_url("**category=mortar**")
    context.close()
