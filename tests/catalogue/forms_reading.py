"""Reading forms back: as a machine gets them, sheet by sheet and row by row."""

import io
import re
from decimal import ROUND_DOWN, Decimal
from typing import Any
from urllib.parse import quote

import openpyxl
from fastapi.testclient import TestClient
from python_calamine import CalamineWorkbook

from tests.catalogue.test_checks_api import said

FORMS = ("planned", "completed", "supply", "acceptance", "retest")
UNITS = ("1号楼", "2号楼", "裙房")
TO_FILL = "待填"
STAMP = "演示数据·无效凭证"
Grid = list[list[Any]]


def reported(api: TestClient, check: dict[str, Any]) -> str:
    made = said(api.post(f"{check['href']}/reports", json={"revision": check["revision"]}), 201)
    href: str = made["href"]
    return href


def content(api: TestClient, href: str, form: str, kind: str, unit: str) -> bytes:
    answer = api.get(f"{href}/forms/{form}.{kind}?unit={quote(unit)}")
    assert answer.status_code == 200, answer.text
    assert re.fullmatch(
        rf'attachment; filename="R-[\w-]+-{form}-\d\.{kind}"', answer.headers["content-disposition"]
    )
    return answer.content


def sheets(api: TestClient, href: str, form: str, unit: str) -> list[Grid]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content(api, href, form, "xlsx", unit)))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def table(grid: Grid, first: str) -> list[dict[str, Any]]:
    """The body below the row of headings, by heading, merged cells filled downwards for the first two."""
    start = next(place for place, row in enumerate(grid) if row[0] == first)
    titles = [str(title).removesuffix(f"（{TO_FILL}）") for title in grid[start]]
    rows: list[dict[str, Any]] = []
    for row in grid[start + 1 :]:
        if row[0] in {"备注", "绿色建材应用比例公式", "供货单位（盖章）、日期", "施工单位（盖章）、日期"}:
            break
        rows.append(dict(zip(titles, row, strict=True)))
        for title in titles[:2]:
            if rows[-1][title] == "" and len(rows) > 1:
                rows[-1][title] = rows[-2][title]
    return rows


def formulas(raw: bytes) -> list[tuple[str, float]]:
    """Every formula worked out by hand from the values kept beside it, with its own kept value."""
    written = openpyxl.load_workbook(io.BytesIO(raw))
    kept = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
    found = [
        (worked_out(str(cell.value), kept[sheet.title]), kept[sheet.title][cell.coordinate].value)
        for sheet in written
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    return [(f"{one:.9f}", float(other)) for one, other in found]


def worked_out(formula: str, values: Any) -> Decimal:
    cells = [Decimal(str(values[name].value)) for name in re.findall(r"[A-Z]+\d+", formula)]
    if formula.startswith("=ROUNDDOWN("):
        assert formula.endswith(",4)")
        return (cells[0] / cells[1]).quantize(Decimal("0.0001"), ROUND_DOWN)
    assert set(re.sub(r"[A-Z]+\d+", "", formula)) <= set("=+()/10")
    return sum(cells, Decimal(0)) / (100 if formula.endswith("/100") else 1)
