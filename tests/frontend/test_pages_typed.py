"""Typed attributes on the search page: boxes of the one kind chosen, chips, and nothing silently dropped."""

from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from registry.kit.messages import say
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


def fields(shown: Page, kind: str) -> dict[str, str]:
    """What the form sends of limits, typed into a field or carried along."""
    found = shown.all("input", form="search-form")
    return {
        one.attributes["name"]: one.attributes["value"]
        for one in found
        if (one.attributes.get("type") or "text") == kind and one.attributes["name"].startswith("attr.")
    }


@pytest.mark.parametrize("lang", LANGS)
def test_one_kind_shows_a_field_for_either_side_of_its_numbers(site: TestClient, lang: str) -> None:
    shown = asked(site, lang, kind="cement")
    assert fields(shown, "text") == {"attr.fineness_min": "", "attr.fineness_max": ""}
    box = shown.one("details", id="facet-numbers")
    assert "open" not in box.attributes
    assert "m²/kg" in box.text
    assert fields(asked(site, lang), "text") == {}


def test_a_number_that_kinds_state_in_several_units_is_limited_in_its_own(checks: TestClient) -> None:
    """Insulation states its compressive strength in kPa, blocks in MPa: the two are never compared."""
    wool = {"kind": "insulation.mineral-wool", "status": "all"}
    shown = asked(checks, "en", **wool)
    assert "attr.compressive_strength_kpa_min" in fields(shown, "text")
    weaker = asked(checks, "en", **wool, **{"attr.compressive_strength_kpa_max": "50"})
    stronger = asked(checks, "en", **wool, **{"attr.compressive_strength_kpa_min": "50.000000001"})
    assert "Compressive strength ≤ 50 kPa" in weaker.words
    counted = checks.get(
        "/api/v1/search?kind=insulation.mineral-wool&histogram=attr.compressive_strength_kpa"
    )
    stated = sum(counted.json()["histograms"]["attr.compressive_strength_kpa"]["counts"])
    assert 0 < weaker.total < stated == weaker.total + stronger.total


def test_limits_hold_and_are_said_and_stay_in_their_field(site: TestClient) -> None:
    shown = asked(site, "en", **{"kind": "cement", "attr.fineness_min": "300"})
    assert shown.total == 0
    assert "Fineness ≥ 300" in shown.words
    assert fields(shown, "text") == {"attr.fineness_min": "300", "attr.fineness_max": ""}
    assert "open" in shown.one("details", id="facet-numbers").attributes


def test_limits_without_a_field_are_carried_by_the_form(site: TestClient) -> None:
    shown = asked(site, "en", **{"attr.fineness_min": "300"})
    assert (shown.total, fields(shown, "hidden")) == (0, {"attr.fineness_min": "300"})


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("lower", "upper", "key"),
    [("400", "300", "facet.number.crossed"), ("many", "", "search.limit-unreadable")],
)
def test_a_limit_that_is_none_is_said_beside_its_field(
    site: TestClient, lang: str, lower: str, upper: str, key: str
) -> None:
    wrong = {"kind": "cement", "attr.fineness_min": lower, "attr.fineness_max": upper}
    shown = asked(site, lang, **wrong)
    error = shown.one("p", id="attr.fineness-error")
    assert error.text == say(key, lang, {})
    field = shown.one("input", name="attr.fineness_min", form="search-form")
    assert field.attributes["value"] == lower
    assert field.attributes["aria-describedby"] == "attr.fineness-error"
    assert shown.total == asked(site, lang, kind="cement").total


@pytest.mark.parametrize("lang", LANGS)
def test_limits_the_wrong_way_round_hold_nothing_and_say_so_on_page_and_file(
    site: TestClient, lang: str
) -> None:
    wrong = {"kind": "cement", "attr.fineness_min": "400", "attr.fineness_max": "300"}
    facts = {"name": "attr.fineness_min", "lower": "400", "other": "attr.fineness_max", "upper": "300"}
    said = say("search.limits-crossed", lang, facts)
    shown = asked(site, lang, **wrong)
    assert said in shown.words
    assert shown.total == asked(site, lang, kind="cement").total > 0
    assert not any("400" in one.text or "300" in one.text for one in shown.all("ul", class_="chips"))
    file = site.get(f"/{lang}/products.csv?{urlencode(wrong)}").text
    assert said.replace('"', '""') in file
    assert "attr.fineness_min = 400" not in file
    answer = site.get(f"/api/v1/search?{urlencode(wrong)}&lang={lang}").json()
    assert [one["message"] for one in answer["problems"]] == [said]


@pytest.mark.parametrize("lang", LANGS)
def test_a_file_says_how_its_search_was_widened(site: TestClient, lang: str) -> None:
    file = site.get(f"/{lang}/products.csv?{urlencode({'q': '水泥 zzzzzz'})}").text
    assert say("search.widened.words", lang, {}) in file


def test_a_limit_is_read_as_people_write_numbers(site: TestClient) -> None:
    shown = asked(site, "en", **{"kind": "cement", "attr.fineness_min": " １,０００ "})
    assert "Fineness ≥ 1000" in shown.words
    assert say("search.left-out", "en", {}) not in shown.words


def test_what_is_no_attribute_is_named_as_left_out(site: TestClient) -> None:
    shown = asked(site, "en", **{"kind": "glass", "attr.Strength": "x"})
    assert "attr.Strength" in shown.words
    assert shown.total == 1


def test_a_file_names_typed_filters_in_its_head(site: TestClient) -> None:
    query = urlencode({"kind": "glass", "attr.strength": "42.5"})
    assert "attr.strength = 42.5" in site.get(f"/zh/products.csv?{query}").text
