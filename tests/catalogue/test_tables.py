"""Files for a spreadsheet: numbers and days are what they are, digit for digit, and nothing is a formula."""

import re
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.tables import Cell, csv_bytes, xlsx_bytes

LONG = Decimal("0.3333333333333333333333333333")


def cell(value: Cell) -> openpyxl.cell.Cell:
    found = openpyxl.load_workbook(BytesIO(xlsx_bytes([(value,)]))).worksheets[0]["A1"]
    assert isinstance(found, openpyxl.cell.Cell)
    return found


def stored(value: Cell) -> str:
    """The digits as they stand in the file."""
    with ZipFile(BytesIO(xlsx_bytes([(value,)]))) as book:
        found = re.search("<v>(.*?)</v>", book.read("xl/worksheets/sheet1.xml").decode())
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("value", "shown"),
    [("612.5", "0.0"), ("-12", "0"), ("0", "0"), ("0.00012", "0.00000"), ("123456789012345", "0")],
)
def test_a_number_is_a_number_with_the_places_it_was_declared_with(value: str, shown: str) -> None:
    found = cell(Decimal(value))
    assert (found.data_type, found.number_format) == ("n", shown)
    assert Decimal(stored(Decimal(value))) == Decimal(value)


@given(
    value=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6)
)
def test_no_digit_changes(value: Decimal) -> None:
    assert Decimal(stored(value)) == value


def test_more_digits_than_a_cell_holds_stay_text() -> None:
    found = cell(LONG)
    assert (found.data_type, found.value) == ("s", str(LONG))


def test_a_day_is_a_day_and_a_count_a_number() -> None:
    found = cell(date(2026, 6, 1))
    assert isinstance(found.value, datetime)
    assert (found.data_type, str(found.value.date()), found.number_format) == (
        "d",
        "2026-06-01",
        "yyyy-mm-dd",
    )
    assert (cell(3).data_type, cell(3).value) == ("n", 3)


@pytest.mark.parametrize("text", ["=1+1", "12", "2026-06-01", "-5"])
def test_text_stays_text(text: str) -> None:
    assert (cell(text).data_type, cell(text).value) == ("s", text)


def test_a_table_of_text_escapes_formulas_and_no_number() -> None:
    line = csv_bytes([("-5", Decimal(-5), date(2026, 6, 1), 3, LONG)]).decode("utf-8-sig").strip()
    assert line == f"'-5,-5,2026-06-01,3,{LONG}"
