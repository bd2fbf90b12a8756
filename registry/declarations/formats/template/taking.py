"""The cells of one row of our table by column, and the faults met while they are taken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from registry.declarations.formats.reading import Reading, Remark
from registry.declarations.formats.template import cells
from registry.declarations.formats.template.columns import Column, unit_in_heading
from registry.kit.errors import Fault
from registry.kit.messages import LANGUAGES, say
from registry.kit.reading.cells import Cell
from registry.kit.reading.numbers import plain_text
from registry.kit.sheets.sheets import Row, Sheet, column_letter, text_of


@dataclass(frozen=True)
class Head:
    """Where the headings stand, and what each column holds."""

    sheet: Sheet
    number: int
    columns: Mapping[int, Column]
    headings: Mapping[int, str]

    @cached_property
    def places(self) -> Mapping[Column, int]:
        return {column: place for place, column in self.columns.items()}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the file: its declaration, or the faults that keep it from being one."""

    number: int
    reading: Reading | None
    faults: tuple[Fault, ...] = ()


@dataclass(slots=True)
class RowCells:
    """The cells of a row by column, with the faults and remarks met so far."""

    head: Head
    row: Row
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    origins: dict[str, str] = field(default_factory=dict)

    def place(self, column: Column) -> str:
        return f"{self.head.sheet.name}!{column_letter(self._column(column) or 0)}{self.row.number}"

    def take(self, column: Column, read: Callable[[Cell], Any]) -> Any:
        """What stands in a column; None where it is blank, or cannot be read, which becomes a fault."""
        found = self._column(column)
        if found is None:
            return None
        try:
            value = read(self.row.at(found))
        except cells.Bad as bad:
            self.fault(column, bad.why, text=text_of(self.row.at(found))[:40])
            return None
        if value is not None:
            self.origins[column.key] = self.place(column)
        return value

    def heading_unit(self, name: str) -> str | None:
        """The unit that a column's own heading states in brackets."""
        found = self._column(Column(name))
        return None if found is None else unit_in_heading(self.head.headings.get(found, ""))

    def text(self, name: str) -> str | None:
        found: str | None = self.take(Column(name), cells.text_in)
        return found

    def number(self, name: str, least: Decimal | None = None) -> Decimal | None:
        found: Decimal | None = self.take(Column(name), cells.number_in)
        if found is not None and least is not None and found <= least:
            self.fault(Column(name), "too-small", text=str(found))
        return found

    def choice(self, name: str, kinds: Any) -> Any:
        """A value of a closed list by its code or by its word in one of our languages."""
        text = self.text(name)
        if text is None:
            return None
        for one in kinds:
            words = {str(one), *(say(f"declarations.table.{name}.{one}", lang) for lang in LANGUAGES)}
            if plain_text(text) in {plain_text(word) for word in words}:
                return one
        self.fault(Column(name), "not-in-list", text=text[:40])
        return None

    def fault(self, column: Column, why: str, **facts: str) -> None:
        heading = self.head.headings.get(self._column(column) or 0, column.name)
        self.faults.append(
            Fault(self.place(column), f"declaration-table-{why}", {"heading": heading, "text": "", **facts})
        )

    def _column(self, column: Column) -> int | None:
        return self.head.places.get(column)
