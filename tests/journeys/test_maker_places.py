"""The applicant's pages: no barrier, light, nothing sideways, no stray Chinese, and a clash of two people."""

import gzip
from collections.abc import Iterator
from typing import Any

import pytest

from tests.frontend.test_templates import Reader
from tests.journeys import applying, places_maker
from tests.journeys.driving import DESK, HEIGHT, PHONE
from tests.journeys.test_axe import barriers
from tests.journeys.test_budgets import DRESS, MOST_ELEMENTS, MOST_HTML, NARROW, SPACED

VIEWS = [
    pytest.param((lang, width), marks=[] if (lang, width) in usual else [pytest.mark.full])
    for usual in [{("zh", PHONE), ("en", DESK)}]
    for lang in ("zh", "en")
    for width in (PHONE, DESK)
]
pytestmark = [pytest.mark.browser, pytest.mark.looks]


@pytest.fixture(scope="module")
def numbers(live: str) -> dict[str, str]:
    return dict(places_maker.make(live))


@pytest.fixture(scope="module")
def tab(browser: Any, live: str) -> Iterator[Any]:
    """A maker who is signed in."""
    context = browser.new_context(service_workers="block")
    found = context.new_page()
    found.goto(f"{live}/zh/account/sign-in")
    found.locator("button[value=manufacturer]").click()
    found.wait_for_url("**/account")
    yield found
    context.close()


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: "-".join(map(str, view)))
@pytest.mark.parametrize("name", places_maker.PLACES)
def test_a_page_has_no_barrier_and_is_light(
    tab: Any, live: str, numbers: dict[str, str], name: str, view: tuple[str, int]
) -> None:
    lang, width = view
    tab.set_viewport_size({"width": width, "height": HEIGHT})
    answer = tab.goto(live + places_maker.PLACES[name].format(lang=lang, **numbers))
    assert answer.status == 200
    assert barriers(tab) == []
    source = answer.body()
    assert len(gzip.compress(source)) <= MOST_HTML
    assert int(tab.evaluate("document.getElementsByTagName('*').length")) <= MOST_ELEMENTS
    reader = Reader(source.decode())
    ids = [attrs["id"] for _, attrs in reader.tags if "id" in attrs]
    assert (reader.faults, len(ids)) == ([], len(set(ids)))
    assert lang == "zh" or [text for text in reader.stray if text] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_scrolls_sideways(tab: Any, live: str, numbers: dict[str, str], lang: str) -> None:
    """At 320 pixels with wider text spacing."""
    tab.set_viewport_size({"width": NARROW, "height": HEIGHT})
    wide = {}
    for name, path in places_maker.PLACES.items():
        tab.goto(live + path.format(lang=lang, **numbers))
        tab.evaluate(DRESS, SPACED)
        found = int(tab.evaluate("document.documentElement.scrollWidth"))
        if found > NARROW:
            wide[name] = found
    assert wide == {}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_clash_of_two_people_has_no_barrier(
    tab: Any, live: str, numbers: dict[str, str], lang: str
) -> None:
    address = f"{live}/{lang}/account/maker/{numbers['rich']}/self_declaration"
    tab.goto(address)
    with applying.signed_in(live, "manufacturer") as colleague:
        now = colleague.get(f"{applying.API}/{numbers['rich']}").json()
        changed = {**_claim(now), "self_declaration.claim_zh": f"同事写的 {lang}"}
        applying.typed_in(colleague, now, changed)
    tab.locator("textarea").first.fill(f"我写的 {lang}")
    tab.locator("button[value=continue]:not(.hide)").click()
    tab.locator("table").wait_for()
    said = tab.get_by_role("main").inner_text()
    assert f"同事写的 {lang}" in said
    assert f"我写的 {lang}" in said
    assert barriers(tab) == []


def _claim(application: dict[str, Any]) -> dict[str, str]:
    typed: dict[str, str] = application["typed"]
    return {path: text for path, text in typed.items() if path.startswith("self_declaration.")}
