"""The carbon sheet of a report's workbook: the numbers and words of the page, read back, never added up."""

import re
from decimal import Decimal
from typing import Any

import pytest
from fastapi.testclient import TestClient

from frontend.pages.words import figure
from tests.frontend.check_site import SERVICE, bill
from tests.frontend.reading import Page
from tests.frontend.test_report_xlsx import EXAMPLE, Rows, opened, reported, table

SHEET = {"zh": "碳排放估算", "en": "Carbon estimate"}
FIRST = {"zh": "工作表", "en": "Sheet"}
VALUE = {"zh": "A1–A3 排放量（kgCO₂e）", "en": "A1–A3 emissions (kgCO₂e)"}
KIND = {"zh": "来源类别", "en": "Kind of source"}
SAID = {"zh": "出处或没有数值的原因", "en": "Where it comes from, or why there is no figure"}
STANDS_IN = {"zh": "替代值（是/否）", "en": "Stand-in (yes/no)"}
PATH = {"zh": "换算路径", "en": "Conversion"}
YES = {"zh": "是", "en": "yes"}
DECLARATION = {"zh": "碳声明登记号", "en": "Registry number of the declaration"}
STRANGE = ("预拌混凝土", "C30", "m3", "100", "", "", "2026-04-18")
WEIGHED = ("商品混凝土", "C30", "t", "10", "", "", "2026-04-18")


@pytest.fixture(scope="module")
def example(checks: TestClient) -> str:
    return reported(checks, EXAMPLE.read_bytes(), EXAMPLE.name)


@pytest.fixture(scope="module", params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture(scope="module")
def sheet(checks: TestClient, example: str, lang: str) -> Rows:
    return opened(checks, example.replace("/zh/", f"/{lang}/"))[SHEET[lang]]


@pytest.fixture(scope="module")
def answer(checks: TestClient, example: str, lang: str) -> Any:
    token, number = example.split("/")[-3], example.rpartition("/")[2]
    found = checks.get(f"/api/v1/checks/{token}/reports/{number}/carbon", headers={"Accept-Language": lang})
    assert found.status_code == 200, found.text
    return found.json()


def pages(site: TestClient, address: str) -> list[Page]:
    """Every page of the carbon of a report."""
    first = Page(site.get(f"{address}/carbon").text)
    others = [link for link in dict.fromkeys(first.links) if re.search(r"carbon\?page=\d+$", link)]
    numbers = sorted({int(link.rpartition("=")[2]) for link in others} - {1})
    return [first, *(Page(site.get(f"{address}/carbon?page={number}").text) for number in numbers)]


def test_every_line_has_the_figure_and_the_words_of_the_interface(
    sheet: Rows, answer: Any, lang: str
) -> None:
    written = table(sheet, FIRST[lang])
    assert len(written) == len(answer["lines"]) > 20
    assert {one["source"] for one in answer["lines"]} >= {"declared", "stand-in", "none"}
    for row, one in zip(written, answer["lines"], strict=True):
        stated = None if one["kilograms"] is None else float(Decimal(one["kilograms"]))
        assert row[VALUE[lang]] == ("" if stated is None else stated)
        assert (row[STANDS_IN[lang]] == YES[lang]) is (one["source"] == "stand-in")
        assert row[DECLARATION[lang]] == (one["declaration"] or "")
        assert bool(row[PATH[lang]]) is bool(one["path"])
        if one["refusal"]:
            assert row[SAID[lang]] == one["refusal"]["message"]
        if one["stand_in"]:
            assert one["stand_in"]["document"] in row[SAID[lang]]


def test_the_page_shows_the_same_lines(checks: TestClient, example: str, sheet: Rows, lang: str) -> None:
    shown = [
        (item.below("b"), " ".join(item.text.split()))
        for page in pages(checks, example.replace("/zh/", f"/{lang}/"))
        for item in page.all("li")
        if item.below("h3")
    ]
    written = table(sheet, FIRST[lang])
    assert len(shown) == len(written)
    for (value, text), row in zip(shown, written, strict=True):
        for said in (row[KIND[lang]], row[SAID[lang]]):
            assert same(said) in same(text)
        if row[VALUE[lang]] == "":
            assert value == []
        else:
            assert value[0].text.replace(
                " ", ""
            ) == f"{figure(Decimal(str(row[VALUE[lang]])))}kgCO₂e".replace(" ", "")


def same(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_sums_stand_apart_and_no_cell_adds_one_to_the_other(sheet: Rows, answer: Any, lang: str) -> None:
    start = next(place for place, row in enumerate(sheet) if row[0] == FIRST[lang])
    place = sheet[start].index(VALUE[lang])
    numbers = [row[place] for row in sheet[:start] if isinstance(row[place], float)]
    wanted = [float(Decimal(one["kilograms"])) for one in (*answer["declared"], *answer["stand_ins"])]
    assert numbers == wanted
    assert len(wanted) > 1
    everything = {cell for row in sheet for cell in row if isinstance(cell, float)}
    assert sum(wanted) not in everything


def test_the_sheet_says_what_the_page_says_of_adding(
    checks: TestClient, example: str, sheet: Rows, lang: str
) -> None:
    page = same(Page(checks.get(f"{example.replace('/zh/', f'/{lang}/')}/carbon").text).words)
    start = next(place for place, row in enumerate(sheet) if row[0] == FIRST[lang])
    notes = [cell for row in sheet[2:start] for cell in row if isinstance(cell, str) and len(cell) > 10]
    assert len(notes) >= 4  # never added, by rules apart, what a stand-in is, how many have none
    assert [note for note in notes if same(note) not in page] == []
    assert any(("不相加" if lang == "zh" else "never added") in note for note in notes)


def test_a_bill_of_nothing_but_services_and_stand_ins_is_written_too(checks: TestClient) -> None:
    address = reported(checks, bill(STRANGE, WEIGHED, SERVICE), "清单.csv")
    rows = table(opened(checks, address)["碳排放估算"], "工作表")
    assert [(row["替代值（是/否）"], row[VALUE["zh"]]) for row in rows] == [("是", 29500.0), ("", "")]
