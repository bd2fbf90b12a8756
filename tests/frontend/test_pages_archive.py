"""A kept search: the rows the search had, whatever the register says later, for whoever has the address."""

import csv
import hashlib
import json
import re
from datetime import datetime
from io import BytesIO, StringIO
from urllib.parse import parse_qsl

import openpyxl
import pytest
from fastapi.testclient import TestClient

from tests.factories import key
from tests.frontend import filed
from tests.frontend.kept import document, numbers, page, post, press
from tests.frontend.reading import Page
from tests.frontend.register import BARE, CLASS, DAY, FORMULA, LAST, STAGES, STRONG, VALUES, YEARLY, case
from tests.oracles import canonical_oracle

LANGS = ("zh", "en")
CLASS_QUERY = "kind=cement&performance=42.5&province=520000&sort=gwp"


@pytest.mark.parametrize(
    "query", ["", "status=all", CLASS_QUERY, "q=HYPERLINK&status=all", "status=all&star=2"]
)
def test_it_holds_what_the_search_found_in_the_same_order(site: TestClient, query: str) -> None:
    listed: list[str] = []
    for n in (1, 2):
        shown = Page(site.get(f"/zh/products?{query}&page={n}").text)
        listed += [one for one in shown.cards if one not in listed]
    sealed = document(site, press(site, query))
    assert numbers(sealed) == listed
    assert sealed["content"]["total"] == shown.total == len(listed)


def test_the_page_says_number_time_criteria_and_every_row(site: TestClient) -> None:
    address = press(site, CLASS_QUERY)
    sealed, shown = document(site, address), page(site, address)
    facts = shown.facts
    assert facts["存档编号"] == [sealed["number"]]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", facts["存档时间（北京时间）"][0])
    kept_at = datetime.fromisoformat(sealed["kept_at"])
    assert f"{(kept_at.minute):02d}:{kept_at.second:02d}" in facts["存档时间（北京时间）"][0]
    assert facts["数据截至"] == [f"2026年6月1日，变更序号 {sealed['as_of']}", "2026年6月1日"], (
        "page and frame"
    )
    assert (facts["材料种类"], facts["性能等级"], facts["产地"]) == (["水泥"], ["42.5"], ["贵州省"])
    assert facts["证书状态"] == ["证书有效"]
    assert facts["比较口径"] == ["42.5 · EN 15804+A2 · GWP-total · 吨"]
    assert facts["排序"] == ["碳足迹从低到高"]
    assert facts["结果数"] == [f"{CLASS} 个"]
    table = shown.one("table")
    assert [row.below("th")[0].below("a")[0].text for row in table.below("tr")[1:]] == [
        case(n).product.name_zh for n in range(1, CLASS + 1)
    ]
    for n in range(1, CLASS + 1):
        assert f"{VALUES[n]} kgCO₂e/吨" in table.text
    assert "演示数据·无效凭证" in shown.words


def test_a_row_holds_everything_that_was_registered(site: TestClient) -> None:
    sealed = document(site, press(site, "kind=cement&performance=52.5&status=all"))
    row = next(one for one in sealed["content"]["rows"] if one["number"] == case(YEARLY).product.code)
    held = case(YEARLY).certificate
    assert held is not None
    assert row["name"] == {"zh": case(YEARLY).product.name_zh, "en": case(YEARLY).product.name_en}
    assert row["region"] == {"code": "510100", "said": {"zh": "四川省 成都市", "en": "Chengdu Sichuan"}}
    assert row["state"] == {"code": "valid", "said": {"zh": "证书有效", "en": "Certificate valid"}}
    assert row["certificate"]["number"] == held.number
    assert (row["certificate"]["star"], row["certificate"]["body"]["zh"][:2]) == (2, "示例")
    assert row["certificate"]["valid_to"] == {"day": held.valid_to.isoformat(), "precision": "day"}
    declared = row["declared"]
    assert declared["valid_to"] == {"day": "2026-01-01", "precision": "year"}, "no more precise than stated"
    assert declared["data_kind"]["code"] == "average"
    assert (declared["figure"]["value"], declared["figure"]["unit"]["code"]) == ("900", "t")
    assert declared["figure"]["basis"]["code"] == "cement|52.5|t|EN 15804+A2|GWP-total"


def test_what_is_not_stated_is_kept_as_not_stated(site: TestClient) -> None:
    rows = document(site, press(site, "status=all&kind=cement"))["content"]["rows"]
    bare = next(one for one in rows if one["number"] == case(BARE).product.code)
    assert (bare["certificate"], bare["declared"]) == (None, None)
    address = press(site, f"status=all&q={case(BARE).product.code}%20")
    assert "未声明" in page(site, address).one("table").text


@pytest.mark.parametrize("lang", LANGS)
def test_the_document_hashes_to_the_digest_on_the_page(site: TestClient, lang: str) -> None:
    address = press(site, "status=all", lang)
    answer = site.get(f"{address}.json")
    shown = page(site, address)
    digest = shown.facts["指纹 SHA-256" if lang == "zh" else "Digest (SHA-256)"][0][:64]
    assert hashlib.sha256(answer.content).hexdigest() == digest
    told = json.loads(answer.content)
    assert canonical_oracle.sha256(told) == digest
    assert canonical_oracle.canonical(told).encode() == answer.content
    assert told["number"] in answer.headers["content-disposition"]
    assert told["notice"]["zh"] == "演示数据·无效凭证"
    assert told["feed"] == "demonstration"


def test_an_empty_list_is_kept_too_and_says_why(site: TestClient) -> None:
    address = press(site, "kind=glass&star=1")
    shown = page(site, address)
    assert document(site, address)["content"]["total"] == 0
    assert "当时没有符合条件的产品" in shown.words
    assert not shown.all("table")
    hidden = press(site, f"kind=cement&q={case(BARE).product.code}")
    assert document(site, hidden)["content"]["total"] == 0
    assert "1 个" in document(site, hidden)["content"]["notices"][0]["zh"]


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("kind=no-such-kind", "no-such-kind"),
        ("status=bogus", "bogus"),
        ("max=abc&kind=cement&performance=42.5", "abc"),
        ("near=999999", "999999"),
        ("sort=gwp", "材料种类"),
        ("q=水泥 zzzzzz", "全部词语"),
    ],
)
def test_what_the_search_could_not_use_is_kept_beside_the_list(
    site: TestClient, query: str, word: str
) -> None:
    """A wrong query gives what the search gives, and says so in both languages."""
    address = post(site, parse_qsl(query))
    sealed = document(site, address)
    assert sealed["content"]["total"] == Page(site.get(f"/zh/products?{query}").text).total
    said = " ".join(one["zh"] for one in sealed["content"]["notices"])
    assert word in said
    assert word in page(site, address).words
    assert all(one["en"] and one["en"] != one["zh"] for one in sealed["content"]["notices"])


@pytest.mark.parametrize("tail", ["", ".json", ".csv", ".xlsx", "?print=1", "?today=1"])
@pytest.mark.parametrize("token", ["no-such-token", "%00", "S-2026-7K3M9Q-4", "x" * 300])
def test_another_address_is_answered_in_words(site: TestClient, token: str, tail: str) -> None:
    answer = site.get(f"/zh/archive/{token}{tail}")
    assert answer.status_code == 404
    assert "没有找到这份存档" in Page(answer.text).words


def test_a_mangled_address_opens_nothing(site: TestClient) -> None:
    address = press(site)
    assert site.get(address[:-1]).status_code == 404
    assert site.get(address.swapcase().replace("/ZH/ARCHIVE", "/zh/archive")).status_code == 404
    number = document(site, address)["number"]
    assert site.get(f"/zh/archive/{number}").status_code == 404
    shown = site.get(f"/v/{number}")
    assert shown.status_code == 404
    assert "这是存档的编号" in shown.text


def test_a_form_from_another_site_keeps_nothing(site: TestClient) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.invalid"}):
        assert site.post("/zh/archive", data={"kind": "cement"}, headers=headers).status_code == 403
    assert site.post("/zh/archive", data={"q": "x" * 100_000}).status_code == 413


def test_the_address_of_the_form_opened_anew_leads_to_the_search(site: TestClient) -> None:
    answer = site.get("/en/archive")
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/products")


def test_the_files_hold_the_same_rows_as_the_download_of_that_day(site: TestClient) -> None:
    address = press(site, CLASS_QUERY)
    kept = rows_of(site, f"{address}.csv")
    assert kept == rows_of(site, f"/zh/products.csv?{CLASS_QUERY}")
    head = site.get(f"{address}.csv").content.decode("utf-8-sig")
    sealed = document(site, address)
    digest = hashlib.sha256(site.get(f"{address}.json").content).hexdigest()
    assert all(one in head for one in (sealed["number"], digest, "演示数据·无效凭证", "材料种类：水泥"))
    sheet = openpyxl.load_workbook(BytesIO(site.get(f"{address}.xlsx").content)).worksheets[0]
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert {row[0] for row in kept} <= set(cells)
    assert sealed["number"] in cells


def rows_of(site: TestClient, address: str) -> list[list[str]]:
    lines = list(csv.reader(StringIO(site.get(address).content.decode("utf-8-sig"))))
    head = next(place for place, line in enumerate(lines) if line[:1] == ["登记号"])
    return lines[head:]


def test_no_cell_of_a_kept_file_is_read_as_a_formula(site: TestClient) -> None:
    address = press(site, "status=all&q=HYPERLINK")
    row = next(one for one in rows_of(site, f"{address}.csv") if one[0] == case(FORMULA).product.code)
    assert row[1] == "'" + case(FORMULA).product.name_zh
    assert "<script>" not in site.get(address).text


@pytest.mark.parametrize("level", ["p20", "p50"])
def test_a_level_is_kept_with_the_limit_it_stood_for(site: TestClient, level: str) -> None:
    sealed = document(site, press(site, f"kind=cement&performance=42.5&level={level}"))
    named = {one["name"]: one for one in sealed["content"]["filters"]}
    limit = named["gwp_max"]["value"]
    assert named["level"]["value"] == level
    assert named["gwp_max"]["said"]["zh"] == f"A1–A3 ≤ {limit} kgCO₂e/吨"
    expected = [case(n).product.code for n in range(1, CLASS + 1) if VALUES[n] <= type(VALUES[n])(limit)]
    assert expected
    assert sorted(numbers(sealed)) == sorted(expected)


def test_a_circle_and_a_maker_are_kept_by_name(site: TestClient) -> None:
    maker = str(key("organisation"))
    named = {
        one["name"]: one["said"]
        for one in document(site, press(site, f"near=520100&within=30&maker_id={maker}"))["content"][
            "filters"
        ]
    }
    assert named["near"]["zh"] == "离贵州省 贵阳市 30 km 以内生产"
    assert named["maker_id"]["zh"].startswith("示例企业")
    assert "plant" not in named


def test_a_product_opens_as_it_was_known_then(site: TestClient) -> None:
    address = press(site, f"kind=cement&q={case(STRONG).product.code}")
    link = page(site, address).one("table").below("a")[0].attributes["href"]
    sealed = document(site, address)
    assert link == f"/zh/products/{case(STRONG).product.code}?on={DAY}&as_of={sealed['as_of']}"
    assert site.get(link).status_code == 200


def test_a_search_that_finds_too_much_offers_no_button_and_keeps_nothing(
    site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalogue.searches.kept.MOST_ROWS", 5)
    monkeypatch.setattr("frontend.pages.results.MOST_ROWS", 5)
    shown = Page(site.get("/zh/products?status=all").text)
    assert not shown.all("form", method="post")
    assert "缩小范围" in shown.words
    answer = site.post("/zh/archive", data={"status": "all"})
    assert answer.status_code == 422
    words = Page(answer.text).words
    assert str(LAST) in words
    assert "筛选条件" in words


def test_filters_of_the_document_name_the_codes_of_the_search(site: TestClient) -> None:
    sealed = document(site, press(site, "province=510000&province=520000&star=2&evidence=certificate"))
    pairs = {(one["name"], one["value"]) for one in sealed["content"]["filters"]}
    assert pairs == {
        ("province", "510000"),
        ("province", "520000"),
        ("star", "2"),
        ("evidence", "certificate"),
        ("status", "valid"),
    }
    assert set(numbers(sealed)) == filed.codes([STRONG, YEARLY, STAGES])
