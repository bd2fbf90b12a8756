"""The words of a report and of the match page: names instead of codes, and what each line still needs."""

import json
import re

import pytest
from fastapi.testclient import TestClient

from registry.units.table import table
from tests.frontend.check_site import LIKELY, NOBODY, UNCLASSED, Visitor, line, offered, page
from tests.frontend.reading import Page
from tests.frontend.test_report_page import EXAMPLE, PACKS, reported, shown, words

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}")
KIND = re.compile(r"\b[a-z-]+\.[a-z][a-z-]+\b")
UNITS = {unit.code for unit in table().by_code.values()} - {
    unit.symbol_en for unit in table().by_code.values()
}


@pytest.mark.parametrize("pack", PACKS)
def test_no_reason_of_a_report_shows_an_id_or_a_code(checks: TestClient, pack: str) -> None:
    address = reported(checks, pack=pack)
    for lang in ("zh", "en"):
        said = words(shown(checks, address.replace("/zh/", f"/{lang}/") + "?print=1"))
        said = said.replace(EXAMPLE.name, "")
        assert UUID.findall(said) == []
        assert KIND.findall(said) == []
        assert [
            code for code in UNITS if re.search(rf"(?<![A-Za-z0-9]){re.escape(code)}(?![A-Za-z0-9])", said)
        ] == []


def test_machines_read_the_reasons_of_candidates_in_words(checks: TestClient) -> None:
    visitor = Visitor(checks)
    token = visitor.match(LIKELY).split("/")[3]
    for lang, kind in (("zh", "预拌混凝土"), ("en", "concrete")):
        answer = checks.get(f"/api/v1/checks/{token}/lines", headers={"Accept-Language": lang})
        said = " ".join(one for found in answer.json()["lines"][0]["candidates"] for one in found["reasons"])
        assert kind in said
        assert KIND.findall(said) == []


def test_a_rule_without_its_list_is_announced_and_leaves_every_line_open(checks: TestClient) -> None:
    form = words(page(checks.get("/zh/check")))
    assert "品类清单未载入，只能得出“无法判定”" in form
    said = words(shown(checks, reported(checks, LIKELY, UNCLASSED, pack="procurement-2025")))
    assert "规则不计" not in said
    assert said.count("无法判定（清单未载入）") >= 2


def test_no_rule_is_chosen_for_the_user(checks: TestClient) -> None:
    select = page(checks.get("/zh/check")).one("select", id="pack")
    chosen = [one.attributes["value"] for one in select.below("option") if "selected" in one.attributes]
    assert chosen == [""]
    answer = Visitor(checks).upload(b"a,b\n", pack="")
    assert "选择一个核算规则" in page(answer, 422).one("div", class_="summary").text


def test_after_saving_the_page_says_which_lines_still_need_what(checks: TestClient) -> None:
    visitor = Visitor(checks)
    match = visitor.match(UNCLASSED)
    product = offered(line(visitor.page(match), 0))[0]
    saved = visitor.page(visitor.send(match, **{"m-0": product}).headers["location"])
    notice = saved.one("div", class_="notice warn").text
    assert "第 2 行 纸面石膏板：缺归入哪一类" in notice
    assert "还缺：归入哪一类" in line(saved, 0).text


def test_a_chosen_product_brings_its_kind(checks: TestClient) -> None:
    visitor = Visitor(checks)
    match = visitor.match(NOBODY)
    assert "材料种类未定" in line(visitor.page(match), 0).text
    searching = visitor.send(match, then="search:0").headers["location"]
    found = visitor.send(searching, **{"q-0": "岩棉板", "then": ""}).headers["location"]
    visitor.send(found, **{"m-0": offered(line(visitor.page(found), 0))[0]})
    stored = json.loads(checks.get(visitor.send(match, then="report").headers["location"] + ".json").content)
    given = stored["input"]["lines"][0]
    assert (given["material_kind"], given["ratio_kind"]) == ("insulation.mineral-wool", "Q1f")


def test_a_line_without_a_name_is_given_one(checks: TestClient) -> None:
    visitor = Visitor(checks)
    match = visitor.match(("", *LIKELY[1:]))
    assert "name-0" in {one.attributes.get("name") for one in line(visitor.page(match), 0).below("input")}
    visitor.send(match, **{"name-0": "预拌混凝土"})
    named = line(visitor.page(match), 0)
    assert offered(named)
    assert "没有材料名称" not in named.text
    refused = page(visitor.send(match, **{"name-0": "料" * 200}), 422)
    assert "不能超过" in refused.words


def test_pieces_keep_the_words_of_the_bill(checks: TestClient) -> None:
    said = words(shown(checks, reported(checks, ("木门", "900×2100", "樘", "48", "", "", ""))))
    assert "48 樘" in said.replace("\N{NO-BREAK SPACE}", " ")


def test_the_number_carries_the_civil_day(checks: TestClient) -> None:
    found: Page = shown(checks, reported(checks, LIKELY))
    number, made = (re.search(p, words(found)) for p in (r"R-(\d{8})-", r"生成时间(\d+)年(\d+)月(\d+)日"))
    assert number is not None
    assert made is not None
    year, month, day = made.groups()
    assert number[1] == f"{year}{int(month):02}{int(day):02}"


def test_a_column_of_makers_or_dealers_is_asked_about(checks: TestClient) -> None:
    head = ("材料名称", "规格型号", "单位", "数量", "供应商/厂家", "证书编号", "供货日期")
    visitor = Visitor(checks)
    assert "可能是生产厂家，也可能是供应商" in visitor.page(visitor.columns(LIKELY, head=head)).words
    assert "可能是供应商" not in visitor.page(visitor.columns(LIKELY)).words
