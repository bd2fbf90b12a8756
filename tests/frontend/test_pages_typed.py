"""Typed attributes on the search page: boxes of the one kind chosen, chips, and nothing silently dropped."""

from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from tests.frontend.reading import Page
from tests.frontend.register import GLASS, case

LANGS = ("zh", "en")
LABEL = {"zh": "强度等级", "en": "Strength class"}
COLON = {"zh": "：", "en": ": "}


def asked(site: TestClient, lang: str, **query: str) -> Page:
    answer = site.get(f"/{lang}/products?{urlencode(query)}")
    assert answer.status_code == 200
    return Page(answer.text)


def boxes(shown: Page) -> dict[str, bool]:
    """Value and whether it is ticked."""
    return {
        one.attributes["value"]: "checked" in one.attributes
        for one in shown.all("input", type="checkbox")
        if one.attributes.get("name") == "attr.strength"
    }


@pytest.mark.parametrize("lang", LANGS)
def test_one_kind_shows_its_closed_lists_with_those_that_find_nothing(site: TestClient, lang: str) -> None:
    shown = asked(site, lang, kind="glass")
    assert boxes(shown) == {"42.5": False, "52.5": False}
    assert LABEL[lang] in shown.words
    counts = [one.text for one in shown.all("label") if one.text.startswith(("42.5", "52.5"))]
    assert counts == ["42.5 1", "52.5 0"]


@pytest.mark.parametrize("lang", LANGS)
def test_a_chosen_value_narrows_the_list_and_can_be_taken_away(site: TestClient, lang: str) -> None:
    chosen = {"kind": "glass", "attr.strength": "42.5"}
    shown = asked(site, lang, **chosen)
    assert boxes(shown) == {"42.5": True, "52.5": False}
    assert shown.total == 1
    assert case(GLASS).product.code in shown.words
    chip = f"{LABEL[lang]}{COLON[lang]}42.5"
    assert chip in shown.words
    none = asked(site, lang, **{**chosen, "attr.strength": "52.5"})
    assert none.total == 0
    assert boxes(none) == {"42.5": False, "52.5": True}


def test_several_kinds_or_a_class_of_its_own_show_no_boxes(site: TestClient) -> None:
    assert boxes(asked(site, "en")) == {}
    assert boxes(asked(site, "en", kind="cement")) == {}  # its class says the same already


def test_limits_hold_and_are_said_and_carried_by_the_form(site: TestClient) -> None:
    shown = asked(site, "en", **{"kind": "cement", "attr.fineness_min": "300"})
    assert shown.total == 0
    assert "Fineness ≥ 300" in shown.words
    carried = {
        one.attributes["name"]: one.attributes["value"]
        for one in shown.all("input", type="hidden", form="search-form")
    }
    assert carried["attr.fineness_min"] == "300"


def test_what_is_no_attribute_is_named_as_left_out(site: TestClient) -> None:
    shown = asked(site, "en", **{"kind": "glass", "attr.Strength": "x"})
    assert "attr.Strength" in shown.words
    assert shown.total == 1


def test_a_file_names_typed_filters_in_its_head(site: TestClient) -> None:
    query = urlencode({"kind": "glass", "attr.strength": "42.5"})
    assert "attr.strength = 42.5" in site.get(f"/zh/products.csv?{query}").text
