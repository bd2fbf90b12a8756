"""The example bill: shipped as generated, untidy on purpose, and at the edge where it says so."""

import csv
import io
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import frontend
from registry.kit.sheets import Sheet, read
from registry.units.parse import parse_unit
from seeds.demo.bill import (
    AMOUNT,
    COLUMNS,
    FILE,
    FIRST_BODY_ROW,
    HEAD,
    HEADER,
    QUANTITY,
    SHEET,
    By,
    Printed,
    plan,
    printed,
    subtotals,
    write,
)
from seeds.demo.cases import CASES
from tests.seeds.demo_fixtures import register

# Not in GBK; a list exported as CSV on an office computer has lost them.
_PLAIN = str.maketrans({"³": "3", "²": "2", "㎡": "m2"})


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bill") / "bill.xlsx"
    write(register(), path)
    return path


@pytest.fixture(scope="module")
def rows() -> tuple[Printed, ...]:
    return printed(register())


def _cells(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_the_shipped_file_is_what_the_register_gives_today(written: Path) -> None:
    assert _cells(FILE) == _cells(written)


def test_writing_it_again_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    write(register(), again)
    assert again.read_bytes() == written.read_bytes()


def test_sixty_lines_with_six_wrong_ones_and_a_third_of_each_kind() -> None:
    lines = [row for row in plan() if row.is_line]
    named = Counter(row.by for row in lines)
    assert len(lines) == 60
    assert {row.wrong for row in lines if row.wrong} == {
        "quantity",
        "quantity-negative",
        "unit-missing",
        "unit-unknown",
        "day",
        "name-missing",
    }
    assert named[By.NUMBER] >= 20
    assert named[By.MAKER] >= 20
    assert {row.building for row in lines} == {"1号楼", "2号楼", "裙房"}
    assert {row.supply for row in lines} >= {"甲供", "乙供"}


def test_every_unit_but_the_wrong_ones_is_known() -> None:
    unknown = [
        row.name
        for row in plan()
        if row.is_line and not (row.wrong or "").startswith("unit") and parse_unit(row.unit or "") is None
    ]
    assert unknown == []
    assert parse_unit(next(row.unit or "" for row in plan() if row.wrong == "unit-unknown")) is None


def test_lines_by_number_carry_a_number_of_the_register(rows: tuple[Printed, ...]) -> None:
    known = {certified.fact.number for certified in register().certificates}
    stated = [(row.plan.by, row.cells[12]) for row in rows if row.plan.is_line]
    assert all((number in known) == (by is By.NUMBER) for by, number in stated)


def test_concrete_stands_at_80_percent_in_building_1_and_at_79_99_in_building_2() -> None:
    shares = {building: _concrete_share(building) for building in ("1号楼", "2号楼")}
    assert shares == {"1号楼": Decimal("0.8"), "2号楼": Decimal("0.7999")}


def _concrete_share(building: str) -> Decimal:
    certified, other = (
        CASES["two-buildings-and-podium"].records[f"product_{w}certified"] for w in ("", "un")
    )
    quantities = {
        row.product: Decimal(row.quantity or "")
        for row in plan()
        if row.is_line and row.building == building
        if row.product in (certified.handle, other.handle)
    }
    return quantities[certified.handle] / sum(quantities.values())


def test_the_head_says_that_it_is_a_demonstration(written: Path) -> None:
    sheets = _cells(written)
    assert any("演示数据·无效凭证" in str(row[0]) for row in sheets[SHEET][: len(HEAD)])
    assert "演示数据·无效凭证" in str(sheets["说明"][0][0])


def test_subtotals_add_up_their_own_section(rows: tuple[Printed, ...]) -> None:
    found = list(subtotals(rows))
    sums = [row.cells[AMOUNT] for row in rows if isinstance(row.cells[AMOUNT], Decimal)]
    assert len(found) == 3
    assert sum(total for _, _, total in found) == sum(value for value in sums if isinstance(value, Decimal))


def test_the_site_hands_out_the_bill_that_the_seeds_wrote() -> None:
    """It was once left behind when the register grew, and named firms that were not there."""
    assert (Path(frontend.__file__).parent / "static" / FILE.name).read_bytes() == FILE.read_bytes()


def test_our_own_reader_sees_every_line_of_the_workbook(rows: tuple[Printed, ...]) -> None:
    sheet = _sheet(read(FILE.read_bytes(), "demo-bill.xlsx").sheets)
    read_rows = {row.number: row.cells for row in sheet.rows}
    assert read_rows[len(HEAD) + 2][1] == HEADER[0][1]
    assert read_rows[len(HEAD) + 3][9] == HEADER[1][9]
    for place, row in enumerate(rows, FIRST_BODY_ROW + 1):
        if row.plan.is_line:
            seen = (*read_rows[place], *(None,) * COLUMNS)[:COLUMNS]
            assert seen[QUANTITY] == row.cells[QUANTITY]
            assert seen[1:4] == row.cells[1:4]


def test_the_same_bill_as_gbk_csv_reads_to_the_same_lines(rows: tuple[Printed, ...]) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([text] for text in HEAD)
    writer.writerows([cell or "" for cell in row] for row in HEADER)
    writer.writerows(["" if cell is None else str(cell) for cell in row.cells] for row in rows)
    data = out.getvalue().translate(_PLAIN).encode("gbk")
    sheet = _sheet(read(data, "demo-bill.csv").sheets)
    names = [row.at(1) for row in sheet.rows[len(HEAD) + len(HEADER) :]]
    assert names == [row.cells[1] and str(row.cells[1]).translate(_PLAIN) for row in rows]


def _sheet(sheets: tuple[Sheet, ...]) -> Sheet:
    return sheets[0]
