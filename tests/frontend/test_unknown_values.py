"""Values that no list of the register has: said everywhere, and no evidence that there is nothing."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from registry.kit.messages import say
from tests.frontend.kept import ask
from tests.frontend.reading import Page
from tests.frontend.register import LAST
from tests.frontend.test_pages_products import page

UNKNOWN, NO_SUCH, NO_NAME = "search.unknown-value", "search.no-such-value", "search.unknown-parameter"
LEFT_OUT = (
    ("kind", "concrete.readymixed", UNKNOWN),
    ("province", "33", UNKNOWN),
    ("province", "浙江省", UNKNOWN),
    ("province", "520100", UNKNOWN),  # a city: provinces are filtered by their own codes
    ("region", "99", UNKNOWN),
    ("region", "9901", UNKNOWN),
    ("group", "zz", UNKNOWN),
    ("category", "zzz", UNKNOWN),
    ("gwp_basis", "bogus", UNKNOWN),
    ("gwp_basis", "nothing|-|t|EN 15804+A2|GWP-total", UNKNOWN),
    ("star_min", "7", UNKNOWN),
    ("star_min", "0", UNKNOWN),
    ("attr.bogus", "1", NO_NAME),
    ("attr.bogus_max", "1", NO_NAME),
    ("attr.strength", "C999", UNKNOWN),
)
NOBODY = (
    ("body", "zz"),
    ("plant", "zz"),
    ("maker", "nobody"),
    ("maker_id", "nobody"),
    ("performance", "C999"),
    ("standard", "GB 0"),
    ("gwp_basis", "cement|99|t|EN 15804+A2|GWP-total"),
)


def search(site: TestClient, **query: str) -> Any:
    return site.get("/api/v1/search", params={"status": "", **query}).json()


@pytest.mark.parametrize(("name", "value", "code"), LEFT_OUT)
def test_what_no_list_has_is_left_out_and_said(site: TestClient, name: str, value: str, code: str) -> None:
    found = search(site, **{name: value})
    assert [(one["code"], one["parameter"]) for one in found["problems"]] == [(code, name)]
    assert found["total"] == LAST


@pytest.mark.parametrize(("name", "value"), NOBODY)
def test_what_an_open_list_lacks_finds_nothing_and_is_said(site: TestClient, name: str, value: str) -> None:
    found = search(site, **{name: value})
    assert [(one["code"], one["parameter"]) for one in found["problems"]] == [(NO_SUCH, name)]
    assert found["total"] == 0


def test_values_that_products_have_are_no_problem(site: TestClient) -> None:
    maker = search(site, facet="maker")["facets"]["maker"][0]["value"]
    values = {
        "kind": "cement", "province": "520000", "group": "cement", "maker": maker,
        "performance": "42.5", "gwp_basis": "cement|42.5|t|EN 15804+A2|GWP-total", "attr.strength": "42.5",
        "star_min": "3", "attr.density_min": "1",
    }  # fmt: skip
    for name, value in values.items():
        assert search(site, **{name: value})["problems"] == [], name
    assert search(site, kind="glass", maker=maker, performance="42.5")["problems"] == []


@pytest.mark.parametrize(("typed", "whole"), [("52", "520000"), ("5101", "510100")])
def test_a_region_may_be_given_by_its_leading_digits(site: TestClient, typed: str, whole: str) -> None:
    found = search(site, region=typed)
    assert found["problems"] == []
    assert found["total"] == search(site, region=whole)["total"] > 0
    assert page(site, f"status=all&region={typed}").total == found["total"]


def test_what_is_to_be_counted_must_be_an_attribute(site: TestClient) -> None:
    for name in ("facet", "histogram"):
        found = search(site, **{name: "attr.bogus"})
        assert [(one["code"], one["parameter"]) for one in found["problems"]] == [(UNKNOWN, name)]
        assert found["facets"].get("attr.bogus") is None
    assert search(site, facet="attr.strength")["problems"] == []


def test_an_unknown_basis_makes_no_figures_comparable(site: TestClient) -> None:
    found = search(site, gwp_basis="bogus", sort="gwp")
    assert {one["code"] for one in found["problems"]} == {UNKNOWN, "search.figures-not-comparable"}


@pytest.mark.parametrize(
    ("name", "value"), [("kind", "concrete.readymixed"), ("body", "zz"), ("attr.bogus", "1")]
)
def test_what_is_kept_says_it_beside_its_list(site: TestClient, name: str, value: str) -> None:
    (problem,) = site.get("/api/v1/search", params={name: value, "lang": "en"}).json()["problems"]
    sealed = site.get(ask(site, f"{name}={value}")["href"]).json()["content"]
    assert problem["message"] in [one["en"] for one in sealed["notices"]]
    assert all(one["name"] != name for one in sealed["filters"]) or not sealed["rows"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("name", "value"), [("attr.bogus", "1"), ("attr.strength", "C999")])
def test_the_page_leaves_typed_values_out_as_the_interface_does(
    site: TestClient, lang: str, name: str, value: str
) -> None:
    shown, plain = (page(site, f"kind=cement{rest}", lang) for rest in (f"&{name}={value}", ""))
    assert shown.total == plain.total
    assert [one.text for one in shown.all("a", class_="chip")] == [
        one.text for one in plain.all("a", class_="chip")
    ]
    key = NO_NAME if name == "attr.bogus" else UNKNOWN
    said = say(key, lang, {"name": name, "value": value})
    assert said in shown.words


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_says_that_no_product_has_a_class(site: TestClient, lang: str) -> None:
    shown: Page = page(site, "kind=cement&performance=C999", lang)
    assert shown.total == 0
    assert say(NO_SUCH, lang, {"name": "performance", "value": "C999"}) in shown.words


@pytest.mark.parametrize("typed", ["*", "🏗️", "%ff%fe", "。，"])
def test_a_text_without_a_word_is_everything_and_says_so(site: TestClient, typed: str) -> None:
    found = site.get(f"/api/v1/search?lang=en&q={typed}").json()
    assert found["total"] == LAST
    assert [(one["code"], one["parameter"]) for one in found["problems"]] == [("search.text-unread", "q")]
    sealed = site.get(ask(site, f"q={typed}")["href"]).json()["content"]
    assert [one["en"] for one in sealed["notices"]] == [found["problems"][0]["message"]]
    shown = page(site, f"q={typed}", "en")
    assert say("search.unread", "en", {}) in shown.words
    assert say("search.left-out", "en", {}) not in shown.words


@pytest.mark.parametrize("typed", ["", "+", "C30", "水"])
def test_a_word_or_nothing_is_no_problem(site: TestClient, typed: str) -> None:
    codes = [one["code"] for one in site.get(f"/api/v1/search?q={typed}").json()["problems"]]
    assert "search.text-unread" not in codes
