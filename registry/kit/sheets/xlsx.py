"""An XLSX as rows: the archive is checked and scanned first, then calamine reads the values.

Formulas count by the result saved with them; macros are never run. Runs in the child process only.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import python_calamine

from registry.kit.reading.cells import Cell
from registry.kit.sheets.archive import Part, check_archive, has_macros, worksheets
from registry.kit.sheets.prescan import Scan, scan_sheet
from registry.kit.sheets.sheets import (
    FileKind,
    Limits,
    Merge,
    Note,
    ReadProblem,
    Row,
    Sheet,
    Sheets,
    column_letter,
)

_NAMED_CELLS = 10  # a note names so many cells and counts the rest


def read_xlsx(data: bytes, limits: Limits) -> Sheets:
    """Every worksheet of the file, hidden ones marked."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_archive(archive, limits)
        macros = has_macros(archive)
        parts = worksheets(archive)
        if len(parts) > limits.sheets:
            raise ReadProblem("bom.read.too-many-sheets", count=len(parts), limit=limits.sheets)
        scans = [_scan(archive, part, limits) for part in parts]
    _hold_total(scans, limits)
    try:
        with python_calamine.load_workbook(io.BytesIO(data)) as workbook:
            sheets = tuple(
                _sheet(workbook, part, scan, limits=limits) for part, scan in zip(parts, scans, strict=True)
            )
    except python_calamine.PasswordError as error:
        raise ReadProblem("bom.read.password") from error
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise ReadProblem("bom.read.damaged", part=type(error).__name__) from error
    if not any(sheet.rows for sheet in sheets):
        raise ReadProblem("bom.read.empty")
    notes = (*_macro_note(macros=macros), *_sheet_notes(sheets, scans))
    return Sheets(FileKind.XLSX, sheets, notes)


def _scan(archive: zipfile.ZipFile, part: Part, limits: Limits) -> Scan:
    with archive.open(part.path) as stream:
        return scan_sheet(stream, part.sheet[:80], limits)


def _hold_total(scans: Sequence[Scan], limits: Limits) -> None:
    if sum(scan.cells for scan in scans) > limits.cells:
        names = "、".join(scan.name for scan in scans[:3])
        raise ReadProblem("bom.read.too-many-cells", sheet=names, limit=limits.cells)


def _sheet(workbook: python_calamine.CalamineWorkbook, part: Part, scan: Scan, *, limits: Limits) -> Sheet:
    source = workbook.get_sheet_by_name(part.sheet)
    return Sheet(
        name=part.sheet,
        rows=tuple(_rows(source.to_python(skip_empty_area=False))),
        hidden=part.hidden,
        merges=_merges(source.merged_cell_ranges or (), limits),
        hidden_rows=frozenset(scan.hidden_rows),
        uncached=frozenset(scan.uncached),
    )


def _rows(values: Sequence[Sequence[Any]]) -> Iterator[Row]:
    for number, cells in enumerate(values, start=1):
        row = [_cell(value) for value in cells]
        while row and row[-1] is None:
            row.pop()
        if row:
            yield Row(number, tuple(row))


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        # Excel keeps 15 significant digits; more would show 0.1 + 0.2 as 0.30000000000000004.
        number = Decimal(format(value, ".15g"))
        return number if number.is_finite() else str(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value)
    return text if text.strip() else None


def _merges(ranges: Sequence[Any], limits: Limits) -> tuple[Merge, ...]:
    return tuple(
        Merge(first[0] + 1, last[0] + 1, first[1], last[1])
        for first, last in ranges[: limits.cells]
        if first[0] < limits.rows and first[1] < limits.columns
    )


def _macro_note(*, macros: bool) -> tuple[Note, ...]:
    return (Note("bom.note.macros-ignored", {}),) if macros else ()


def _sheet_notes(sheets: Sequence[Sheet], scans: Sequence[Scan]) -> Iterator[Note]:
    for sheet, scan in zip(sheets, scans, strict=True):
        if sheet.hidden:
            yield Note("bom.note.hidden-sheet", {"sheet": sheet.name})
        filled = {row.number for row in sheet.rows}
        if hidden := sorted(sheet.hidden_rows & filled):
            yield Note("bom.note.hidden-rows", {"sheet": sheet.name, "rows": _named(hidden)})
        if sheet.uncached:
            cells = [f"{column_letter(column)}{row}" for row, column in sorted(sheet.uncached)]
            yield Note("bom.note.formula-uncached", {"sheet": sheet.name, "cells": _named(cells)})
        if scan.errors:
            cells = [f"{column_letter(column)}{row}" for row, column in scan.errors]
            yield Note("bom.note.error-cells", {"sheet": sheet.name, "cells": _named(cells)})


def _named(items: Sequence[object]) -> str:
    shown = "、".join(str(item) for item in items[:_NAMED_CELLS])
    return shown if len(items) <= _NAMED_CELLS else f"{shown} … ({len(items)})"
