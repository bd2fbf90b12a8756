"""A streaming look at a worksheet's XML before calamine, which would allocate every cell up to the farthest.

Measured 2026-11: one cell at XFD1048576 makes python-calamine ask for 549 GB and abort the process.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from registry.kit.sheets.sheets import Limits, ReadProblem, column_index, column_letter

_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_CHUNK = 256 * 1024
_VALUES = ("v", "t")  # <v> holds a value, <is><t> an inline text


@dataclass(slots=True)
class Scan:
    """What stands in one worksheet; rows as the user counts them, columns from zero."""

    name: str
    limits: Limits
    cells: int = 0
    filled_rows: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    uncached: set[tuple[int, int]] = field(default_factory=set)
    errors: list[tuple[int, int]] = field(default_factory=list)
    _row: int = 0
    _column: int = -1
    _row_counted: bool = False
    _in_cell: bool = False
    _formula: bool = False
    _failed: bool = False
    _value: str | None = None
    _has_value: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            self._start_row(attributes)
        elif name == "c":
            self._start_cell(attributes)
        elif self._in_cell and name == "f":
            self._formula = True
        elif self._in_cell and name in _VALUES:
            self._value = name

    def text(self, text: str) -> None:
        if self._value is not None and text:
            self._has_value = True

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "c" and self._in_cell:
            self._end_cell()
        elif name == self._value:
            self._value = None

    def _start_row(self, attributes: dict[str, str]) -> None:
        stated = attributes.get("r", "")
        if stated and not (stated.isdigit() and len(stated) <= 9):
            raise ReadProblem("bom.read.damaged", part=self.name)
        self._row = int(stated) if stated else self._row + 1
        self._column = -1
        self._row_counted = False
        if attributes.get("hidden") in {"1", "true"} and self._row <= self.limits.rows:
            self.hidden_rows.add(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        address = attributes.get("r")
        if address is None:
            self._column += 1
        else:
            match = _ADDRESS.fullmatch(address)
            if match is None:
                raise ReadProblem("bom.read.damaged", part=f"{self.name} {address[:20]}")
            self._column, self._row = column_index(match[1]), int(match[2])
        self._in_cell, self._has_value, self._formula = True, False, False
        self._failed = attributes.get("t") == "e"

    def _end_cell(self) -> None:
        self._in_cell = False
        if not (self._has_value or self._formula):
            return
        self._hold_to_limits()
        here = (self._row, self._column)
        if self._formula and not self._has_value:
            self.uncached.add(here)
        if self._failed:
            self.errors.append(here)

    def _hold_to_limits(self) -> None:
        self.cells += 1
        if not self._row_counted:
            self._row_counted = True
            self.filled_rows += 1
        if self._row > self.limits.rows and self.filled_rows > self.limits.rows // 2:
            raise ReadProblem("bom.read.too-many-rows", sheet=self.name, limit=self.limits.rows)
        if self._row > self.limits.rows or self._column >= self.limits.columns or self._row < 1:
            raise ReadProblem(
                "bom.read.cell-too-far",
                sheet=self.name,
                cell=f"{column_letter(self._column)}{self._row}",
                rows=self.limits.rows,
                columns=column_letter(self.limits.columns - 1),
            )
        if self.cells > self.limits.cells:
            raise ReadProblem("bom.read.too-many-cells", sheet=self.name, limit=self.limits.cells)


def scan_sheet(stream: IO[bytes], name: str, limits: Limits) -> Scan:
    """Walk one worksheet; refuses at the first cell outside the limits, without building anything."""
    scan = Scan(name, limits)
    parser = expat.ParserCreate()
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    walk(stream, parser, name)
    return scan


def walk(stream: IO[bytes], parser: expat.XMLParserType, part: str) -> None:
    """Feed a part to its parser; a document type (where entities hide) or broken XML is damage."""
    parser.StartDoctypeDeclHandler = _refuse_doctype(part)
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ReadProblem("bom.read.damaged", part=part) from error


def _refuse_doctype(part: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise ReadProblem("bom.read.damaged", part=part)

    return refuse
