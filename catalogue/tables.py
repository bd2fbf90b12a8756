"""Rows as files for a spreadsheet: numbers and days as what they are, and no text read as a formula."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from io import BytesIO, StringIO
from typing import TypeAlias

from registry.kit.types import plain

Cell: TypeAlias = str | int | Decimal | date
Row: TypeAlias = Sequence[Cell]
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
COLUMN_WIDTH = 18
MOST_DIGITS = 15  # a cell's number holds no more; a longer one stays text, with all its digits


class Form(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


MEDIA: Mapping[Form, str] = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def written(form: Form, lines: Iterable[Row]) -> bytes:
    return csv_bytes(lines) if form is Form.CSV else xlsx_bytes(list(lines))


def csv_bytes(lines: Iterable[Row]) -> bytes:
    """With a byte order mark, so that a spreadsheet reads it as UTF-8."""
    text = StringIO()
    csv.writer(text).writerows([[_text(value) for value in line] for line in lines])
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(lines: Sequence[Row]) -> bytes:
    content = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    import xlsxwriter  # noqa: PLC0415  loaded by the process that writes a workbook

    with xlsxwriter.Workbook(content, options) as book:
        sheet = book.add_worksheet("GreenMat")
        styled = cache(lambda shown: book.add_format({"num_format": shown}))
        sheet.set_column(0, max(map(len, lines), default=1), COLUMN_WIDTH)
        for place, line in enumerate(lines):
            for column, value in enumerate(line):
                if isinstance(value, date):
                    sheet.write_datetime(place, column, value, styled("yyyy-mm-dd"))
                elif isinstance(value, (int, Decimal)) and _fits(Decimal(value)):
                    sheet.write_number(place, column, value, styled(_as_declared(Decimal(value))))
                else:
                    sheet.write_string(place, column, _shown(value))
    return content.getvalue()


def _text(value: Cell) -> str:
    return safe(value) if isinstance(value, str) else _shown(value)


def _shown(value: Cell) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return plain(value) if isinstance(value, Decimal) else str(value)


def _fits(value: Decimal) -> bool:
    """Whether a cell can hold a number digit for digit."""
    return len(plain(value).replace(".", "").lstrip("-0")) <= MOST_DIGITS


def _as_declared(value: Decimal) -> str:
    """With as many places as the text of it has: 612.50 shows its last nought."""
    _, _, places = plain(value).partition(".")
    return f"0.{'0' * len(places)}" if places else "0"


def safe(value: str) -> str:
    """A spreadsheet takes a cell that begins like a formula for one; an apostrophe keeps it text."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value
