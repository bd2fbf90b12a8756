"""Kept searches over the interface: the search's own answer, sealed; refusals as problems."""

import hashlib
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from registry.changes.feed import Draft
from registry.products.service import PRODUCT
from tests.factories import product
from tests.frontend.kept import ask, change, document, numbers, press
from tests.frontend.reading import Page
from tests.frontend.register import DAY, LAST, case
from tests.oracles import canonical_oracle

QUERIES = (
    "",
    "kind=cement&status=valid",
    "q=水泥 zzzzzz",
    "gwp_basis=cement|42.5|t|EN 15804%2BA2|GWP-total&gwp_max=650&sort=gwp",
    "sort=-valid_to&star_min=2&valid_to_min=2026-12-31&waste_content_min=1",
    "near=520100&within=30",
    "near=26.5,106.7",
    "province=520000&province=510000&evidence=certificate",
    "category=none&standard=GB 175-2023&body=x&maker=y&plant=not-a-plant&maker_id=z",
    "gwp_basis=x&gwp_max=1",
    "gwp_standard=EN 15804%2BA2&gwp_kg_max=0.65&sort=gwp_kg",
    "gwp_standard=EN 15804%2BA2&gwp_t_min=1&gwp_min=2&sort=-gwp_t",
    "attr.strength=42.5&attr.fineness_min=-1&attr.nobody=x&scheme=graded&verification=third_party",
    "group=cement&region=520000&valid_on=2026-06-01&waste_content_max=90&facet=maker&histogram=waste_content",
)
WRONG = (
    "status=bogus",
    "gwp_max=NaN",
    "nonsense=1",
    "within=5",
    "near=999999",
    "valid_to_min=soon",
    "gwp_kg_max=1",
    "attr.a_min=x",
)


def search(site: TestClient, query: str) -> Any:
    return site.get(f"/api/v1/search?{query}&per_page=100&lang=en").json()


@pytest.mark.parametrize("query", QUERIES + WRONG)
def test_it_keeps_what_the_search_answers(site: TestClient, query: str) -> None:
    """Total, order, and what could not be used: the same as the search itself gives."""
    answer = ask(site, query)
    sealed, found = site.get(answer["href"]).json(), search(site, query)
    assert numbers(sealed) == [one["code"] for one in found["items"]]
    assert answer["total"] == sealed["content"]["total"] == found["total"]
    said = [one["en"] for one in sealed["content"]["notices"]]
    for problem in found["problems"]:
        if problem["parameter"] not in ("per_page", "page"):
            assert problem["message"] in said
    for row, one in zip(sealed["content"]["rows"], found["items"], strict=True):
        figure = (row["declared"] or {}).get("figure")
        assert (figure["value"] if figure else None) == one["a1_a3_per_unit"]
        assert row["state"]["code"] == one["standing"]


@pytest.mark.parametrize("query", WRONG)
def test_what_could_not_be_used_is_said_in_both_languages(site: TestClient, query: str) -> None:
    notices = site.get(ask(site, query)["href"]).json()["content"]["notices"]
    assert notices
    assert all(one["zh"] and one["en"] and one["zh"] != one["en"] for one in notices)


def test_the_answer_names_where_it_is_kept_and_its_digest(site: TestClient) -> None:
    answer = ask(site, "kind=cement")
    kept = site.get(answer["href"])
    assert kept.headers["etag"] == f'"{answer["sha256"]}"'
    assert hashlib.sha256(kept.content).hexdigest() == answer["sha256"]
    assert canonical_oracle.sha256(json.loads(kept.content)) == answer["sha256"]
    assert kept.json()["number"] == answer["number"]
    unchanged = site.get(answer["href"], headers={"If-None-Match": kept.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert answer["number"] in Page(site.get(answer["page"]).text).title
    assert site.get(f"{answer['page']}.json").content == kept.content
    years = int(answer["kept_until"][:4]) - int(kept.json()["kept_at"][:4])
    assert years == 20


def test_a_value_may_stand_alone_and_pages_do_not_matter(site: TestClient) -> None:
    given = {"kind": "cement", "status": ["valid"], "page": "7", "per_page": "1", "lang": "en"}
    answer = site.post("/api/v1/archive/searches?lang=en", json={"parameters": given}).json()
    assert answer["page"].startswith("/en/archive/")
    kept = site.get(answer["href"]).json()["content"]
    assert kept["query"] == "kind=cement&status=valid"
    assert len(kept["rows"]) == kept["total"] > 1
    assert (kept["via"], kept["notices"]) == ("interface", [])


def test_what_was_kept_over_the_interface_compares_with_today_as_it_was_asked(own_site: TestClient) -> None:
    page = ask(own_site, "kind=cement")["page"]
    assert "完全相同" in Page(own_site.get(f"{page}?today=1").text).words
    new = product(700, performance="42.5", name_zh="新增水泥（虚构）")
    change(own_site, [Draft(PRODUCT, new.id, DAY, new)])
    shown = Page(own_site.get(f"{page}?today=1").text)
    assert "新增 1 个" in shown.words
    assert "/api/v1/search?kind=cement" in shown.links


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_of_the_interface_is_the_file_of_the_page(site: TestClient, form: str) -> None:
    address = press(site, "kind=cement", "en")
    token = address.rpartition("/")[2]
    ours, pages = site.get(f"/api/v1/archive/{token}.{form}?lang=en"), site.get(f"{address}.{form}")
    assert ours.status_code == 200
    assert ours.headers["content-disposition"] == pages.headers["content-disposition"]
    if form == "csv":
        assert ours.content == pages.content
        assert document(site, address)["number"] in ours.text


@pytest.mark.parametrize(
    "body",
    [
        {"parameters": {"kind": 1}},
        {"parameters": []},
        {"parameters": {"kind": ["x"] * 101}},
        {"parameters": {f"n{n}": "x" for n in range(41)}},
        {"parameters": {"kind": None}},
        {"query": "kind=cement"},
        [],
    ],
)
def test_what_is_no_query_is_a_problem(site: TestClient, body: Any) -> None:
    answer = site.post("/api/v1/archive/searches", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "not-understood"


def test_too_much_and_too_often_are_problems(own_site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = own_site.app.state.shelf  # type: ignore[attr-defined]
    own_site.app.state.shelf = type(shelf)(shelf.search, 1)  # type: ignore[attr-defined]
    with monkeypatch.context() as small:
        small.setattr("catalogue.searches.kept.MOST_ROWS", 5)
        refused = own_site.post("/api/v1/archive/searches", json={})
        assert (refused.status_code, refused.json()["code"]) == (422, "archive-too-many")
        assert refused.json()["facts"] == {"total": str(LAST), "most": "5"}
    ask(own_site, "kind=glass")
    monkeypatch.delattr("catalogue.searches.interface.find")
    refused = own_site.post("/api/v1/archive/searches", json={})
    assert (refused.status_code, refused.json()["code"]) == (429, "archive-too-often"), "without a search"


@pytest.mark.parametrize("tail", ["", ".csv", ".xlsx"])
def test_another_address_is_a_problem(site: TestClient, tail: str) -> None:
    answer = site.get(f"/api/v1/archive/no-such-token{tail}")
    assert (answer.status_code, answer.json()["code"]) == (404, "archive-not-found")


def test_a_maker_is_kept_by_its_name(site: TestClient) -> None:
    maker = str(case(1).product.manufacturer_id)
    kept = site.get(ask(site, f"maker_id={maker}")["href"]).json()["content"]
    assert [one["said"]["en"] for one in kept["filters"]] != [maker]
    assert [one["name"] for one in kept["filters"]] == ["maker_id"]
