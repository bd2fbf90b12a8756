"""Honest lists are read whole, with the row numbers the user sees."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from registry.kit.sheets import Sheets, read
from registry.kit.sheets.sheets import column_index, column_letter
from tests.catalogue import bom_files as files


def cells(sheets: Sheets) -> list[list[object]]:
    return [list(row.cells) for row in sheets.sheets[0].rows]


def test_an_xlsx_keeps_its_words_numbers_and_row_numbers() -> None:
    found = read(files.xlsx([(), *files.LIST]), "清单.xlsx")
    assert [row.number for row in found.sheets[0].rows] == [2, 3, 4]
    assert cells(found)[1] == [Decimal(1), "预拌混凝土", "C30", "m3", Decimal("120.5")]
    assert found.sheets[0].name == "清单"
    assert found.notes == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_a_csv_is_read_in_any_usual_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    text = files.csv_text(
        [*files.LIST, ("", "镕基砂浆𠮷" if encoding == "gb18030" else "砂浆", "", "t", "3")], delimiter
    )
    found = read(text.encode(encoding), "清单.csv")
    assert found.delimiter == delimiter
    assert cells(found)[0] == list(files.HEADER)
    assert [row.number for row in found.sheets[0].rows] == [1, 2, 3, 4]
    assert found.notes == ()


def test_blank_csv_rows_still_count_in_row_numbers() -> None:
    found = read("名称,数量\n\n\n水泥,3\n".encode(), "a.csv")
    assert [row.number for row in found.sheets[0].rows] == [1, 4]


def test_a_path_is_read_like_bytes(tmp_path: Path) -> None:
    data = files.xlsx(files.LIST)
    (tmp_path / "list.xlsx").write_bytes(data)
    assert read(tmp_path / "list.xlsx", "清单.xlsx") == read(data, "清单.xlsx")


def test_the_content_decides_not_the_name() -> None:
    found = read(files.csv_text(files.LIST).encode(), "清单.xlsx")
    assert found.kind == "csv"
    assert [note.key for note in found.notes] == ["bom.note.name-differs"]


def test_dates_booleans_and_fifteen_digits_survive() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet("日期")
        page.write_datetime(0, 0, date(2026, 3, 5), book.add_format({"num_format": "yyyy-mm-dd"}))
        page.write(0, 1, 0.1 + 0.2)
        page.write_boolean(0, 2, True)
    found = read(buffer.getvalue(), "a.xlsx")
    assert cells(found) == [[date(2026, 3, 5), Decimal("0.3"), True]]


def test_merges_hidden_rows_and_hidden_sheets_are_reported() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet("清单")
        page.merge_range(1, 0, 3, 0, "混凝土")
        page.write(4, 0, "砂浆")
        page.set_row(4, None, None, {"hidden": True})
        secret = book.add_worksheet("底稿")
        secret.write(0, 0, "x")
        secret.hide()
    found = read(buffer.getvalue(), "a.xlsx")
    merge = found.sheets[0].merges[0]
    assert (merge.first_row, merge.last_row, merge.first_column, merge.last_column) == (2, 4, 0, 0)
    assert found.sheets[0].hidden_rows == {5}
    assert [sheet.name for sheet in found.visible] == ["清单"]
    assert {note.key for note in found.notes} == {"bom.note.hidden-sheet", "bom.note.hidden-rows"}


def test_formulas_count_by_their_saved_result_and_missing_results_are_named() -> None:
    found = read(files.without_cached_results(), "a.xlsx")
    assert found.sheets[0].rows[2].cells == ("砂浆", Decimal(4))
    assert found.sheets[0].uncached == {(2, 1)}
    (note,) = found.notes
    assert (note.key, note.facts["cells"]) == ("bom.note.formula-uncached", "B2")


def test_a_stale_dimension_hides_no_row() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 301))
    found = read(files.raw_xlsx(f'<dimension ref="A1:A2"/><sheetData>{rows}</sheetData>'), "a.xlsx")
    assert len(found.sheets[0].rows) == 300


def test_a_huge_dimension_around_few_cells_costs_nothing() -> None:
    data = files.raw_xlsx(f'<dimension ref="A1:XFD1048576"/>{files.one_cell("B3", "7")}')
    assert cells(read(data, "a.xlsx")) == [[None, Decimal(7)]]


def test_cells_without_addresses_are_placed_by_order() -> None:
    data = files.raw_xlsx("<sheetData><row><c><v>1</v></c><c><v>2</v></c></row></sheetData>")
    assert cells(read(data, "a.xlsx")) == [[Decimal(1), Decimal(2)]]


def test_macros_are_not_run_and_the_values_are_read() -> None:
    data = files.raw_xlsx(files.one_cell("A1"), {"xl/vbaProject.bin": b"\x01macro"})
    found = read(data, "a.xlsm")
    assert cells(found) == [[Decimal(1)]]
    assert [note.key for note in found.notes] == ["bom.note.macros-ignored"]


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (16383, "XFD")]
)
def test_columns_have_the_letters_of_the_sheet(column: int, letters: str) -> None:
    assert column_letter(column) == letters
    assert column_index(letters) == column
