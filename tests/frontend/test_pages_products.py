"""The product search as a reader uses it: what it lists and counts is what the register holds."""

import csv
import re
from io import BytesIO, StringIO
from urllib.parse import urlencode

import openpyxl
import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.kit.messages import say
from tests.frontend import filed
from tests.frontend.filed import OPTIONS
from tests.frontend.reading import Page
from tests.frontend.register import BARE, CLASS, FORMULA, LAST, STRONG, VALUES, case

LANGS = ("zh", "en")
USUAL = {"status": ("valid",)}


def page(site: TestClient, query: str = "", lang: str = "zh", **headers: str) -> Page:
    answer = site.get(f"/{lang}/products?{query}", headers=headers)
    assert answer.status_code == 200
    return Page(answer.text)


def test_the_list_holds_what_is_valid_today_unless_more_is_asked_for(site: TestClient) -> None:
    usual, every = page(site), page(site, "status=all")
    assert usual.total == len(filed.found(USUAL))
    assert every.total == LAST
    assert set(usual.cards) == filed.codes(filed.found(USUAL))


choices = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(values), max_size=2, unique=True) for name, values in OPTIONS.items()}
)


@given(chosen=choices)
@settings(max_examples=40, deadline=None)
def test_any_filters_list_and_count_what_the_register_holds(
    site: TestClient, chosen: dict[str, list[str]]
) -> None:
    """Counts are disjunctive: each ignores the choice made in its own filter."""
    shown = page(site, urlencode(chosen, doseq=True))
    wanted = {**chosen, "status": chosen["status"] or ["valid"]}
    expected = filed.found(wanted)
    assert shown.total == len(expected)
    assert set(shown.cards) <= filed.codes(expected)
    assert len(shown.cards) == min(len(expected), 20)
    for name, values in OPTIONS.items():
        counts = shown.counts(name)
        if name == "group" and len(chosen["kind"]) == 1 and not chosen["group"]:
            assert counts == {}  # one kind has one group
            continue
        if name == "status":
            counts["valid"] = counts.pop("")
            assert counts.pop("all") == len(filed.found(wanted, without="status"))
        assert counts == {value: filed.count(wanted, name, value) for value in values}


@pytest.mark.parametrize("query", ["", "kind=cement", "status=all&star=3", "q=%E6%B0%B4%E6%B3%A5", "star=1"])
def test_both_languages_say_the_same(site: TestClient, query: str) -> None:
    zh, en = (page(site, query, lang) for lang in LANGS)
    assert (zh.total, zh.cards) == (en.total, en.cards)
    assert all(zh.counts(name) == en.counts(name) for name in OPTIONS)
    assert f"/en/products{f'?{query}' if query else ''}" in zh.links
    assert f"/zh/products{f'?{query}' if query else ''}" in en.links


@pytest.mark.parametrize("lang", LANGS)
def test_boxes_few_readers_need_are_folded_until_chosen(site: TestClient, lang: str) -> None:
    usual, chosen = page(site, "", lang), page(site, "scheme=graded&verification=internal&group=cement", lang)
    for name in ("scheme", "verification", "group"):
        assert "open" not in usual.one("details", id=f"facet-{name}").attributes
        assert "open" in chosen.one("details", id=f"facet-{name}").attributes
    labels = [one.text for one in chosen.all("a", class_="chip")]
    for key in ("scheme.graded", "verification.internal"):
        assert any(say(key, lang, {}) in label for label in labels)


@pytest.mark.parametrize(("region", "found"), [("510000", 3), ("510100", 3), ("520000", LAST - 3)])
def test_a_region_holds_what_any_plant_there_makes(site: TestClient, region: str, found: int) -> None:
    shown = page(site, f"status=all&region={region}")
    assert shown.total == found
    chosen = next(
        one for one in shown.one("select", id="region").below("option") if "selected" in one.attributes
    )
    assert chosen.attributes["value"] == region
    assert any(chosen.text in one.text for one in shown.all("a", class_="chip"))


def test_further_regions_of_an_address_go_along_with_the_form(site: TestClient) -> None:
    shown = page(site, "status=all&region=510000&region=520000")
    assert shown.total == LAST
    carried = shown.all("input", type="hidden", name="region", form="search-form")
    assert [one.attributes["value"] for one in carried] == ["520000"]


@pytest.mark.parametrize(
    ("name", "value"), [("scheme", "x"), ("verification", "x"), ("group", "x"), ("region", "999999")]
)
def test_values_that_no_box_has_are_named_and_filter_nothing(site: TestClient, name: str, value: str) -> None:
    shown = page(site, f"status=all&{name}={value}")
    assert say("search.unknown-value", "zh", {"name": name, "value": value}) in shown.words
    assert shown.total == LAST


def test_every_page_of_the_list_together_is_the_list(site: TestClient) -> None:
    first, second = page(site, "status=all"), page(site, "status=all&page=2")
    assert len(first.cards) == 20
    assert len(second.cards) == LAST - 20
    assert set(first.cards) | set(second.cards) == filed.codes(range(1, LAST + 1))


@pytest.mark.parametrize("number", ["3", "500", "999999999"])
def test_a_page_behind_the_last_shows_the_last(site: TestClient, number: str) -> None:
    assert page(site, f"status=all&page={number}").cards == page(site, "status=all&page=2").cards


def test_a_removed_filter_leaves_the_others(site: TestClient) -> None:
    shown = page(site, "kind=cement&star=2")
    removing = [one.attributes["href"] for one in shown.all("a", class_="chip")]
    totals = sorted(Page(site.get(href).text).total for href in removing)
    expected = [
        filed.found({**USUAL, "star": ["2"]}),
        filed.found({**USUAL, "kind": ["cement"]}),
        filed.found({"kind": ["cement"], "star": ["2"]}),
    ]
    assert totals == sorted(map(len, expected))


def test_nothing_found_names_the_filter_that_shut_everything_out(site: TestClient) -> None:
    shown = page(site, "kind=glass&star=2")
    assert shown.total == 0
    assert "去掉“二星级”可得 1 个" in shown.words
    assert f"去掉“玻璃”可得 {len(filed.found({**USUAL, 'star': ['2']}))} 个" in shown.words


def test_figures_are_ordered_only_inside_one_class(site: TestClient) -> None:
    mixed = page(site, "kind=cement&sort=gwp")
    assert "先选性能等级，再比碳足迹" in mixed.words
    ordered = page(site, "kind=cement&performance=42.5&sort=gwp")
    assert ordered.cards == [case(n).product.code for n in range(1, CLASS + 1)]


@pytest.mark.parametrize(("limit", "last"), [("649.9", 4), ("650", 5), ("650.1", 5), ("609", 0), ("720", 12)])
def test_a_limit_takes_in_what_equals_it(site: TestClient, limit: str, last: int) -> None:
    shown = page(site, f"kind=cement&performance=42.5&max={limit}")
    assert set(shown.cards) == {case(n).product.code for n in VALUES if n <= last}


@pytest.mark.parametrize("typed", ["abc", "-1", "1e3", "NaN", "1.2.3"])
def test_an_unreadable_limit_is_named_and_holds_nothing_back(site: TestClient, typed: str) -> None:
    shown = page(site, f"kind=cement&performance=42.5&{urlencode({'max': typed})}")
    assert "请填一个数" in shown.words
    assert shown.total == len([n for n in filed.found({**USUAL, "kind": ["cement"]}) if n < STRONG])


def test_a_product_without_a_footprint_says_so_and_shows_no_zero(site: TestClient) -> None:
    shown = page(site, "status=none")
    assert case(BARE).product.code in shown.cards
    assert [one.text for one in shown.all("p", class_="amount")] == ["未声明碳足迹"] * shown.total


def test_a_whole_number_typed_in_the_search_leads_to_its_verdict(site: TestClient) -> None:
    code = case(1).product.code
    answer = site.get("/zh/products", params={"q": code.lower()})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/v/{code.lower()}")
    filtered = page(site, urlencode({"q": code, "kind": "cement"}))
    assert f"/v/{code}" in filtered.links


def test_one_address_answers_page_and_fragment_and_says_so(site: TestClient) -> None:
    whole = site.get("/zh/products?kind=glass")
    part = site.get("/zh/products?kind=glass", headers={"X-Partial": "1"})
    assert "X-Partial" in whole.headers["vary"]
    assert "X-Partial" in part.headers["vary"]
    assert "<html" in whole.text
    assert "<html" not in part.text
    assert part.text.strip() in whole.text
    assert case(STRONG).product.code not in part.text


def test_a_name_is_text_wherever_it_stands(site: TestClient) -> None:
    name = case(FORMULA).product.name_zh
    assert name.startswith("=")
    assert "<script>" in name
    shown = site.get("/zh/products?status=all&q=HYPERLINK")
    assert "&lt;script&gt;" in shown.text
    assert "<script>" not in shown.text
    assert name in Page(shown.text).words


def test_a_csv_holds_every_row_and_no_formula(site: TestClient) -> None:
    answer = site.get("/zh/products.csv?status=all")
    lines = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert "演示数据·无效凭证" in lines[0]
    assert "attachment" in answer.headers["content-disposition"]
    head = next(place for place, line in enumerate(lines) if line[:1] == ["登记号"])
    rows = {line[0]: line for line in lines[head + 1 :]}
    assert rows.keys() == filed.codes(range(1, LAST + 1))
    assert rows[case(FORMULA).product.code][1] == "'" + case(FORMULA).product.name_zh
    value = lines[head].index("A1–A3")
    assert rows[case(1).product.code][value] == "610"
    assert rows[case(BARE).product.code][value] == ""


def test_a_workbook_holds_no_formula(site: TestClient) -> None:
    answer = site.get("/en/products.xlsx?status=all&q=HYPERLINK")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s", "n", "d"}
    assert case(FORMULA).product.name_en in [cell.value for cell in cells]


def test_suggestions_lead_to_products_and_verdicts(site: TestClient) -> None:
    kinds = site.get("/en/suggest?q=Ceme").json()["suggestions"]
    assert {"text": "Cement", "detail": "Material kind", "url": "/en/products?kind=cement"} in kinds
    number = case(1).certificate
    assert number is not None
    found = site.get("/zh/suggest", params={"q": number.number[:-1]}).json()["suggestions"]
    assert any(one["text"] == number.number and one["url"].startswith("/v/") for one in found)


def test_a_file_names_things_in_words_and_keeps_the_codes_beside_them(site: TestClient) -> None:
    query = "kind=cement&performance=42.5&sort=gwp&province=520000"
    lines = list(csv.reader(StringIO(site.get(f"/zh/products.csv?{query}").content.decode("utf-8-sig"))))
    filters = {line[2]: line[1] for line in lines if line[:1] == ["筛选条件"]}
    assert filters["kind = cement"] == "材料种类：水泥"
    assert filters["province = 520000"] == "产地：贵州省"
    assert filters["status = valid"] == "证书状态：证书有效"
    head = next(place for place, line in enumerate(lines) if line[:1] == ["登记号"])
    row = dict(zip(lines[head], lines[head + 1], strict=True))
    assert (row["材料种类"], row["材料种类代码"]) == ("水泥", "cement")
    assert row["认证机构"]
    assert "|" not in row["比较口径"]
    assert row["比较口径代码"].count("|") == 4


def test_a_number_says_what_number_it_is(site: TestClient) -> None:
    assert f"登记号 {case(1).product.code}" in page(site, "kind=cement&performance=42.5&sort=gwp").words


@pytest.mark.parametrize(
    ("query", "name"), [("status=bogus", "status"), ("per_page=abc", "per_page"), ("per_page=0", "per_page")]
)
def test_the_interface_lists_what_it_could_not_use(site: TestClient, query: str, name: str) -> None:
    answer = site.get(f"/api/v1/search?{query}&lang=en").json()
    assert [one["parameter"] for one in answer["problems"]] == [name]
    assert re.search("ignored|are given", answer["problems"][0]["message"])


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("number", ["YS-PXRZYR-4P239-X", "演示-2024-9999999"])
def test_a_number_on_no_record_is_said_to_be_none(site: TestClient, number: str, lang: str) -> None:
    shown = page(site, urlencode({"q": number, "status": "all"}), lang)
    assert shown.total == 0
    assert say("search.no-such-number", lang, {"number": number}) in shown.words
    assert say("search.verify-it", lang, {}) in shown.words
    [problem] = site.get("/api/v1/search", params={"q": number}).json()["problems"]
    assert problem["code"] == "search.number-not-found"
