"""Limits that the interface takes are taken by the page: a day in a field, the others as chips; CSV alike."""

import csv
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from fastapi.testclient import TestClient

from registry.kit.messages import say
from tests.frontend.kept import document, numbers, press
from tests.frontend.reading import Page
from tests.frontend.register import EXPIRED, VALUES, case
from tests.frontend.test_pages_products import page

BASIS = "cement|42.5|t|EN 15804+A2|GWP-total"
CLASS = {"kind": "cement", "performance": "42.5"}
HEADS = {"zh": (["筛选条件"], ["排序"]), "en": (["Filter"], ["Order"])}
LIMITS: tuple[dict[str, str], ...] = (
    {"gwp_max": "650"},
    {"gwp_min": "640"},
    {"gwp_min": "640", "gwp_max": "650"},
    {"gwp_kg_max": "0.65"},
    {"gwp_t_min": "640", "gwp_t_max": "690"},
    {"star_min": "3"},
    {"valid_to_min": "2026-12-31"},
    {"valid_on": "2026-03-31"},
)


def machines(site: TestClient, **query: str) -> Any:
    return site.get("/api/v1/search", params={"per_page": "100", **query}).json()


def chips(shown: Page) -> dict[str, str]:
    return {one.text: one.attributes["href"] for one in shown.all("a", class_="chip")}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("limits", LIMITS)
def test_a_limit_of_the_interface_is_a_chip_of_the_page(
    site: TestClient, limits: dict[str, str], lang: str
) -> None:
    held = {**CLASS, "status": "all", **limits}
    shown, without = (page(site, urlencode(one), lang) for one in (held, {**CLASS, "status": "all"}))
    figures = {"gwp_basis": BASIS} if any(name.startswith("gwp") for name in limits) else {}
    found = machines(site, **CLASS, **figures, **limits)
    assert found["problems"] == []
    assert shown.total == found["total"] < without.total
    assert say("search.left-out", lang, {}) not in shown.words
    added = [href for text, href in chips(shown).items() if text not in chips(without)]
    assert len(added) == len(limits) + len(figures)  # and the basis that figures are held to
    fewer = [page(site, href.partition("?")[2], lang).total for href in added]
    assert all(total >= shown.total for total in fewer)
    assert any(total > shown.total for total in fewer)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_day_has_a_field_and_other_limits_go_along(site: TestClient, lang: str) -> None:
    shown = page(site, "kind=cement&performance=42.5&valid_on=2026-03-31&gwp_kg_max=0.65&star_min=1", lang)
    field = shown.one("input", name="valid_on", form="search-form")
    assert (field.attributes["type"], field.attributes["value"]) == ("date", "2026-03-31")
    carried = {
        one.attributes["name"]: one.attributes["value"]
        for one in shown.all("input", type="hidden", form="search-form")
    }
    assert carried == {"gwp_kg_max": "0.65", "star_min": "1"}


def test_a_certificate_counts_on_its_last_day_and_not_after(site: TestClient) -> None:
    expired = case(EXPIRED).product.code
    assert expired in page(site, "status=expired&valid_on=2026-03-31").cards
    assert expired not in page(site, "status=expired&valid_on=2026-04-01").cards


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_no_day_is_said_beside_its_field(site: TestClient, lang: str) -> None:
    shown = page(site, "valid_on=soon", lang)
    said = say("search.not-a-day", lang, {"name": "valid_on", "value": "soon"})
    assert said in shown.one("p", id="valid_on-error").text
    assert shown.one("input", name="valid_on", type="date").attributes["aria-invalid"] == "true"
    assert shown.total == page(site, "", lang).total


def test_figures_wait_for_one_class_and_go_along_until_then(site: TestClient) -> None:
    shown = page(site, "kind=cement&gwp_kg_max=0.65")
    assert "先选性能等级，再比碳足迹" in shown.words
    assert shown.total == page(site, "kind=cement").total
    assert "gwp_basis" not in shown.words
    carried = shown.one("input", type="hidden", name="gwp_kg_max", form="search-form")
    assert carried.attributes["value"] == "0.65"


@pytest.mark.parametrize("name", ["max", "gwp_max"])
def test_a_limit_that_is_no_number_is_said_where_it_has_no_field(site: TestClient, name: str) -> None:
    said = say("search.not-a-number", "en", {"name": "max", "value": "abc"})
    assert said in page(site, f"{name}=abc", "en").words


def test_the_field_holds_where_both_names_of_one_limit_are_given(site: TestClient) -> None:
    shown = page(site, "kind=cement&performance=42.5&max=650&gwp_max=620")
    assert shown.total == page(site, "kind=cement&performance=42.5&max=650").total
    assert "“gwp_max=620”没有采用" in shown.words


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "query",
    [
        "kind=cement&performance=42.5&max=650&sort=gwp",
        "kind=cement&performance=42.5&level=p20&star=3&province=520000",
        "kind=glass&attr.strength=42.5&valid_on=2026-06-01&star_min=2",
        "near=520100&within=30&attr.thickness_min=1&sort=valid_to",
    ],
)
def test_a_file_names_its_filters_as_a_kept_list_does(site: TestClient, lang: str, query: str) -> None:
    kept, shown = (
        [line for line in table(site, address) if line[:1] in HEADS[lang]]
        for address in (f"{press(site, query, lang)}.csv", f"/{lang}/products.csv?{query}")
    )
    assert shown == kept
    assert len(shown) >= query.count("&")
    assert all(line[1] for line in shown)


@pytest.mark.parametrize("address", ["archive", "products"])
def test_a_workbook_holds_figures_and_days_as_such(site: TestClient, address: str) -> None:
    query = "kind=cement&performance=42.5"
    path = f"{press(site, query)}.xlsx" if address == "archive" else f"/zh/products.xlsx?{query}"
    sheet = openpyxl.load_workbook(BytesIO(site.get(path).content)).worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    head = next(place for place, row in enumerate(rows) if row[0] == "登记号")
    listed = {row[0]: dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]}
    first = listed[case(1).product.code]
    assert first["A1–A3"] == VALUES[1]
    assert isinstance(first["星级"], int)
    assert all(isinstance(row["有效期至"], datetime) for row in listed.values())


def table(site: TestClient, address: str) -> list[list[str]]:
    return list(csv.reader(StringIO(site.get(address).content.decode("utf-8-sig"))))


def test_a_kept_list_is_the_pages(site: TestClient) -> None:
    query = "kind=cement&performance=42.5&gwp_kg_max=0.65&valid_on=2026-06-01"
    sealed = document(site, press(site, query))
    assert numbers(sealed) == page(site, query).cards
    named = {one["name"]: one["value"] for one in sealed["content"]["filters"]}
    assert {"gwp_kg_max": "0.65", "valid_on": "2026-06-01"}.items() <= named.items()
