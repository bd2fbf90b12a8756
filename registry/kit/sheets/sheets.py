"""What a read file is: sheets of numbered rows, notes on what was met, and the JSON they travel in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from registry.kit.confined import MEGABYTE, Bounds
from registry.kit.errors import Invalid
from registry.kit.reading.cells import Cell


class ReadProblem(Invalid):
    """The file cannot be read: a message key and the facts (row, cell, limit) its sentence names."""

    code = "bom.read.unreadable"


class FileKind(StrEnum):
    XLSX = "xlsx"
    TEXT = "csv"


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a list may be and what reading it may cost."""

    file_bytes: int = 10 * MEGABYTE
    rows: int = 5_000
    columns: int = 200
    cells: int = 300_000
    text_chars: int = 6_000_000
    sheets: int = 60
    entries: int = 1_000
    inflated_bytes: int = 50 * MEGABYTE
    inflation: int = 100
    bounds: Bounds = field(default_factory=Bounds)


@dataclass(frozen=True, slots=True)
class Note:
    """Something the user should know though the file was read: a message key and its facts."""

    key: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds anything, under the number the user sees at the sheet's edge."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        return self.cells[column] if 0 <= column < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged block, rows as the user counts them and columns from zero, both ends included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `uncached` are (row, column) of formulas saved without a result."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    uncached: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheets:
    """A read file; `held` names the limits that were in force while it was read."""

    kind: FileKind
    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    held: tuple[str, ...] = ()

    @property
    def visible(self) -> tuple[Sheet, ...]:
        return tuple(sheet for sheet in self.sheets if not sheet.hidden)


def column_letter(column: int) -> str:
    """Column 0 is A, 26 is AA, 16383 is XFD."""
    letters = ""
    left = column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def text_of(cell: Cell) -> str:
    """The words of a cell on one line, as the user reads them."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return re.sub(r"\s+", " ", cell).strip()


def pack(sheets: Sheets) -> dict[str, Any]:
    """The sheets as plain JSON values; numbers go as text so that no digit is lost."""
    return {
        "kind": sheets.kind.value,
        "encoding": sheets.encoding,
        "delimiter": sheets.delimiter,
        "held": list(sheets.held),
        "notes": [[note.key, dict(note.facts)] for note in sheets.notes],
        "sheets": [_pack_sheet(sheet) for sheet in sheets.sheets],
    }


def unpack(value: Mapping[str, Any]) -> Sheets:
    return Sheets(
        kind=FileKind(value["kind"]),
        sheets=tuple(_unpack_sheet(sheet) for sheet in value["sheets"]),
        notes=tuple(Note(key, facts) for key, facts in value["notes"]),
        encoding=value["encoding"],
        delimiter=value["delimiter"],
        held=tuple(value["held"]),
    )


def _pack_sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "rows": [[row.number, [_pack_cell(cell) for cell in row.cells]] for row in sheet.rows],
        "merges": [[m.first_row, m.last_row, m.first_column, m.last_column] for m in sheet.merges],
        "hidden_rows": sorted(sheet.hidden_rows),
        "uncached": sorted(sheet.uncached),
    }


def _unpack_sheet(value: Mapping[str, Any]) -> Sheet:
    return Sheet(
        name=value["name"],
        rows=tuple(Row(number, tuple(_unpack_cells(cells))) for number, cells in value["rows"]),
        hidden=value["hidden"],
        merges=tuple(Merge(*ends) for ends in value["merges"]),
        hidden_rows=frozenset(value["hidden_rows"]),
        uncached=frozenset((row, column) for row, column in value["uncached"]),
    )


def _pack_cell(cell: Cell) -> Any:
    if isinstance(cell, Decimal):
        return ["n", str(cell)]
    if isinstance(cell, date):
        return ["d", cell.isoformat()]
    return cell


def _unpack_cells(cells: list[Any]) -> Iterator[Cell]:
    for cell in cells:
        if isinstance(cell, list):
            kind, text = cell
            yield Decimal(text) if kind == "n" else date.fromisoformat(text)
        else:
            yield cell
