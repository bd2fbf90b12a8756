"""Rows of text as files for a spreadsheet; no cell is read as a formula."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from io import BytesIO, StringIO

Row = Sequence[str]
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
COLUMN_WIDTH = 18


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
    csv.writer(text).writerows([[safe(value) for value in line] for line in lines])
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
        sheet.set_column(0, max(map(len, lines), default=1), COLUMN_WIDTH)
        for place, line in enumerate(lines):
            for column, value in enumerate(line):
                sheet.write_string(place, column, value)
    return content.getvalue()


def safe(value: str) -> str:
    """A spreadsheet takes a cell that begins like a formula for one; an apostrophe keeps it text."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value
