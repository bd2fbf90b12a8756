"""The report as a workbook: the figures of the report as numbers, words as words, no formula anywhere."""

import io
import json
import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from python_calamine import load_workbook

from frontend.views.report import cut, cut_percent
from tests.frontend.check_site import PROVEN, Visitor, bill

EXAMPLE = Path("frontend/static/demo-bill.xlsx")
EVIL = ('=HYPERLINK("http://example.invalid","x")', "+1+1", "m³", "5", "@SUM(A1)", "", "2026-04-15")
SHEETS = {
    "zh": ["汇总", "类别得分", "品类", "逐行", "碳排放估算"],
    "en": ["Summary", "Groups", "Kinds", "Lines", "Carbon estimate"],
}
STAMP = "演示数据·无效凭证 Demonstration data, no valid evidence"
Rows = list[list[Any]]


def reported(site: TestClient, content: bytes, name: str, lang: str = "zh") -> str:
    visitor = Visitor(site, lang)
    match = visitor.send(visitor.upload(content, name).headers["location"]).headers["location"]
    address: str = visitor.send(match, then="report").headers["location"]
    return address


@pytest.fixture(scope="module")
def example(checks: TestClient) -> str:
    return reported(checks, EXAMPLE.read_bytes(), EXAMPLE.name)


def opened(site: TestClient, address: str) -> dict[str, Rows]:
    answer = site.get(f"{address}.xlsx")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].endswith('.xlsx"')
    book = load_workbook(io.BytesIO(answer.content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def table(rows: Rows, first: str) -> list[dict[str, Any]]:
    """The rows below the header that begins with a word."""
    start = next(place for place, row in enumerate(rows) if row[0] == first and len(set(row)) > 2)
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]


def report(site: TestClient, address: str) -> Any:
    return json.loads(site.get(f"{address}.json").content)


def parts(found: Any) -> list[Any]:
    return [
        part
        for unit in found["units"]
        for group in unit["breakdown"]["groups"]
        for kind in group["kinds"]
        for part in kind["parts"]
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_sheet_is_named_and_stamped(checks: TestClient, example: str, lang: str) -> None:
    sheets = opened(checks, example.replace("/zh/", f"/{lang}/"))
    assert list(sheets) == SHEETS[lang]
    assert [rows[0][0] for rows in sheets.values()] == [STAMP] * 5
    assert {rows[1][1] for rows in sheets.values()} == {example.rpartition("/")[2]}


def test_quantities_and_shares_are_the_numbers_of_the_report(checks: TestClient, example: str) -> None:
    written = table(opened(checks, example)["品类"], "计算单元")
    wanted = parts(report(checks, example))
    assert len(written) == len(wanted) > 20
    for row, part in zip(written, wanted, strict=True):
        green, total = Decimal(part["green"]), Decimal(part["total"])
        assert row["绿色建材用量"] == float(green)
        assert row["总用量"] == float(total)
        assert row["待定用量"] == float(Decimal(part["undecided"]))
        assert isinstance(row["占比"], float)
        exact = green / total
        assert Decimal(str(row["占比"])) <= exact < Decimal(str(row["占比"])) + Decimal("0.0001")


def test_scores_and_ratios_are_the_numbers_of_the_report(checks: TestClient, example: str) -> None:
    sheets, found = opened(checks, example), report(checks, example)
    groups = [group for unit in found["units"] for group in unit["breakdown"]["groups"]]
    written = table(sheets["类别得分"], "计算单元")
    assert [row["得分（取位后）"] for row in written] == [float(one["score"]["lower"]) for one in groups]
    assert [row["使用 N 种"] for row in written] == [one["n"] for one in groups]
    units = table(sheets["汇总"], "计算单元")
    assert [row["应用比例（%，下限）"] for row in units] == [
        float(Decimal(unit["breakdown"]["lower"]["printed"])) for unit in found["units"]
    ]
    assert [row["得分（下限）"] for row in units] == [
        unit["breakdown"]["lower"]["points"] for unit in found["units"]
    ]


def test_every_line_stands_with_its_outcome_and_reasons(checks: TestClient, example: str) -> None:
    written, found = table(opened(checks, example)["逐行"], "工作表"), report(checks, example)
    lines = found["input"]["lines"]
    assert [row["行号"] for row in written] == [line["row"] for line in lines]
    assert [row["名称"] for row in written] == [line["name"] for line in lines]
    judged = {"pass": "计入", "fail": "不计入", "undecided": "无法判定"}
    for row, line, out in zip(written, lines, found["lines"], strict=True):
        if line["ratio_kind"] and line["standing"] != "not_a_material":
            assert row["结论"] == judged[out["outcome"]]
        assert row["原因"], "no line without a reason"
        assert row["产品登记号"] == (out["product_code"] or "")


def test_text_that_begins_like_a_formula_stays_text(checks: TestClient) -> None:
    address = reported(checks, bill(PROVEN, EVIL), "清单.csv")
    answer = checks.get(f"{address}.xlsx")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
        whole = "".join(book.read(name).decode() for name in sheets)
    assert len([name for name in sheets if name.endswith(".xml")]) == 5
    assert not re.search(r"<f[ >]", whole)
    assert "<hyperlink" not in whole
    names = [row["名称"] for row in table(opened(checks, address)["逐行"], "工作表")]
    assert names == [PROVEN[0], EVIL[0]]


def test_a_share_just_under_the_line_is_not_shown_as_reached() -> None:
    share = Fraction(79996, 100000)
    assert cut(share) == Decimal("0.7999")
    assert cut_percent(share) == "79.99%"


def columns(rows: Sequence[dict[str, Any]]) -> list[str]:
    return list(rows[0])


def test_headers_speak_the_language_of_the_page(checks: TestClient, example: str) -> None:
    english = opened(checks, example.replace("/zh/", "/en/"))
    heads = [
        *columns(table(english["Kinds"], "Calculation unit")),
        *columns(table(english["Lines"], "Sheet")),
        *columns(table(english["Carbon estimate"], "Sheet")),
    ]
    assert not [head for head in heads if re.search(r"[\u4e00-\u9fff]", head)]
