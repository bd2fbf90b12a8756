"""Words that no product has: only advice that leads to products."""

import pytest
from fastapi.testclient import TestClient

from registry.kit.messages import say
from tests.frontend.kept import press
from tests.frontend.reading import Page
from tests.frontend.test_pages_products import page


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("query", ["q=qqqqzz", "q=qqqqzz&kind=cement&star=1"])
def test_each_step_leads_to_the_products_it_promises(site: TestClient, lang: str, query: str) -> None:
    shown = page(site, query, lang)
    assert shown.total == 0
    assert say("search.no-such", lang, {"words": "qqqqzz"}) in shown.words
    assert say("search.drop-all", lang, {}) not in shown.words
    steps = shown.one("div", class_="empty").below("a")
    browsed = [one for one in steps if "/products?" in one.attributes["href"]]
    assert len(browsed) == 2
    for one in browsed:
        total = Page(site.get(one.attributes["href"]).text).total
        assert total
        assert str(total) in one.text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_number_of_an_archive_is_not_broken_and_its_keeping_is_clear(site: TestClient, lang: str) -> None:
    shown = Page(site.get(press(site, "kind=cement", lang)).text)
    number = shown.one("h1").below("span")
    assert [one.attributes["class"] for one in number] == ["keep"]
    assert number[0].text.startswith("S-2026-")
    assert {"zh": "存档内容由本站保存", "en": "What was archived is kept here"}[lang] in shown.words
