"""No page of the seeded site has a barrier that axe can see, in either language, on desk and phone."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI

from frontend.app import PAGE_ROUTERS
from frontend.pages import verify
from tests.journeys import places, places_maker
from tests.journeys.conftest import Where
from tests.journeys.driving import DESK, HEIGHT, PHONE

# One whole pass on the phone in Chinese each time; the other three are the long matrix.
VIEWS = [
    pytest.param((lang, width), marks=[] if (lang, width) == ("zh", PHONE) else [pytest.mark.full])
    for lang in ("zh", "en")
    for width in (PHONE, DESK)
]
# They lead elsewhere, or are no page at all.
NO_PAGES = {
    "/01/{rest}", "/.well-known/gs1resolver",
    "/V/{code}", "/{lang}/products.{form}", "/{lang}/help/errors", "/{lang}/feedback", "/{lang}/help/report",
    "/{lang}/archive", "/{lang}/archive/{token}.json", "/{lang}/archive/{token}.{form}",
    "/{lang}/archive/{token}.atom",
    "/{lang}/data/{name}.csv", "/{lang}/products/{code}/batches.csv", "/{lang}/calendar/{code}.ics",
    "/{lang}/check/{token}/report/{number}/forms/{form}.{kind}",
    "/{lang}/check/{token}", "/{lang}/check/{token}/report/{number}.json",
    "/{lang}/check/{token}/report/{number}.xlsx", "/{lang}/check/{token}/report/{number}/replay",
    "/{lang}/supervision/rounds/{code}/candidates.txt", "/{lang}/account/complaints/{number}/file",
    "/{lang}/account/sign-in/provider", "/{lang}/account/confirm/provider",
    "/{lang}/account/security/provider", "/account/provider/back",
    "/{lang}/account/body/certificates/{code}/papers/{sha256}",
    "/{lang}/account/review/certificates/{code}/papers/{sha256}",
}  # fmt: skip
pytestmark = [pytest.mark.browser, pytest.mark.looks]


@pytest.fixture(scope="module")
def tab(browser: Any) -> Iterator[Any]:
    context = browser.new_context(service_workers="block")
    yield context.new_page()
    context.close()


def barriers(tab: Any) -> list[tuple[str, str]]:
    """What is wrong and what axe could not decide, but for words on a bar, whose ground it cannot see."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    found = axe.Axe().run(tab, options={"resultTypes": ["violations", "incomplete"]}).response
    return [
        (one["id"], node["html"])
        for kind in ("violations", "incomplete")
        for one in found[kind]
        for node in one["nodes"]
        if kind == "violations" or not node["html"].startswith("<text")
    ]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: "-".join(map(str, view)))
@pytest.mark.parametrize("name", places.PLACES)
def test_a_page_has_no_barrier(tab: Any, where: Where, name: str, view: tuple[str, int]) -> None:
    lang, width = view
    tab.set_viewport_size({"width": width, "height": HEIGHT})
    tab.goto(where(name, lang))
    assert barriers(tab) == []


@pytest.mark.parametrize("width", [PHONE, pytest.param(DESK, marks=pytest.mark.full)])
@pytest.mark.parametrize("name", places.ANSWERS)
def test_an_answer_has_no_barrier(tab: Any, where: Where, name: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": HEIGHT})
    tab.goto(where(name, "zh"))
    assert barriers(tab) == []


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: "-".join(map(str, view)))
def test_an_account_has_no_barrier(browser: Any, live: str, view: tuple[str, int]) -> None:
    """Every page of an account that manages an organisation, and what is shown once."""
    lang, width = view
    context = browser.new_context(service_workers="block", viewport={"width": width, "height": HEIGHT})
    tab = context.new_page()
    tab.goto(f"{live}/{lang}/account")
    tab.locator("button[value=manufacturer]").click()
    tab.wait_for_url(f"**/{lang}/account")
    for name, path in places.SIGNED_IN.items():
        tab.goto(live + path.format(lang=lang))
        assert barriers(tab) == [], name
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, name
    tab.goto(f"{live}/{lang}/account/keys")
    tab.locator("#name").fill("erp")
    tab.locator("form[action$=keys] button").last.click()
    assert "gm_" in tab.locator("#copy-1").inner_text()
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers(tab) == []
    tab.goto(f"{live}/{lang}/account/members")
    tab.locator("#login").fill(f"new-{lang}-{width}@example.com")
    tab.locator("input[name=manages]").check()
    tab.locator("form[action$=invite] button").click()
    address = tab.locator("#copy-1").inner_text()
    assert barriers(tab) == []
    tab.goto(address)
    assert barriers(tab) == []
    tab.context.clear_cookies()  # the demonstration account may have no webhooks: strangers share it
    tab.goto(address)
    tab.locator("#name").fill("李演示")
    tab.locator("#password").fill("verdant kiln harbour 71")
    tab.locator("form[action$=invitation] button").click()
    tab.wait_for_url(f"**/{lang}/account")
    hooks = f"{live}{places.WEBHOOK.format(lang=lang, webhook='')}".rstrip("/")
    tab.goto(hooks)
    tab.locator("#address").fill("https://erp.example.com/" + "greenmat/" * 20)
    tab.locator("form[action$=webhooks] button").click()
    assert "whsec_" in tab.locator("#copy-1").inner_text()
    assert barriers(tab) == []
    tab.goto(hooks)
    for follow in ("", "th a"):
        if follow:
            tab.locator(follow).first.click()
        assert barriers(tab) == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_a_barrier_would_be_found(tab: Any, live: str) -> None:
    tab.goto(f"{live}/zh/verify")
    tab.evaluate("document.querySelector('h1').style.color = '#ccc'")
    assert [rule for rule, _ in barriers(tab)] == ["color-contrast"]


def test_every_page_route_is_visited() -> None:
    """A route added later must be named among the places."""
    app = FastAPI()
    for router in (verify.scanned, *PAGE_ROUTERS):
        app.include_router(router)
    routes = [path for path, acts in app.openapi()["paths"].items() if "get" in acts]
    named = (places.PLACES | places.SIGNED_IN | places.ANSWERS | places_maker.PLACES).values()
    numbers = ("draft", "rich", "returned", "done", "company", "honour", "energy", "disclosure", "list")
    of_makers = dict.fromkeys(numbers, "x")
    given = {"check": "c", "report": "r", "kept": "k", "limit": "l", "webhook": "w", **of_makers}
    visited = [
        path.format(lang=lang, **given).split("?")[0]
        for path in (*named, places.WEBHOOK)
        for lang in ("zh", "en")
    ]
    made = dict.fromkeys(
        ("case", "certificate", "kept", "list", "product", "token", "complaint", "round", "recognition"), "c"
    )
    of_work = (places.AT_WORK | places.SUPERVISED).values()
    visited += [path.format(lang="zh", **made).split("?")[0] for _, path in of_work]
    left_out = [path for path in routes if not any(re.fullmatch(_pattern(path), one) for one in visited)]
    assert len(routes) > 10, "the scan sees the routes"
    assert sorted(set(left_out) - NO_PAGES) == []


def _pattern(path: str) -> str:
    return re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))
