"""One row's cells by role, each read with its problems named by row, column, value and what is expected."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from catalogue.bom.columns import Columns
from catalogue.bom.headers import ColumnRole
from registry.kit.reading.cells import Cell
from registry.kit.reading.days import DayFault, read_day
from registry.kit.reading.numbers import NumberReading, read_number
from registry.kit.sheets.sheets import Row, Sheet, column_index, column_letter, text_of
from registry.kit.types import plain
from registry.units.parse import parse_unit
from registry.units.table import Unit

_SHOWN = 60  # a longer cell is cut in a sentence
_BOTH = re.compile("规格|型号")
_NAME_FIRST = re.compile(r"((?:\S*\s+)??\S*[一-鿿]\S*)\s+(\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What is wrong in one cell: a message key and its facts; `blocks` keeps the line out of the sums."""

    key: str
    facts: Mapping[str, str]
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class Measure:
    """The quantity of a line in its unit, units such as 100m2 multiplied out."""

    quantity: Decimal | None
    unit_text: str
    unit: Unit | None
    multiplier: Decimal


class FieldReader:
    """Reads the cells of one row and gathers their problems."""

    def __init__(self, sheet: Sheet, row: Row, columns: Columns) -> None:
        self._sheet = sheet
        self._row = row
        self._columns = columns
        self._problems: list[LineProblem] = []

    @property
    def problems(self) -> tuple[LineProblem, ...]:
        """From left to right, as the row reads."""
        return tuple(sorted(self._problems, key=lambda problem: column_index(problem.facts["column"])))

    def text(self, role: ColumnRole) -> str:
        return text_of(self._cell(role))

    def name_and_spec(self) -> tuple[str, str]:
        """Both, also where one column holds them; a name there ends with its first Chinese word."""
        name, spec = self.text(ColumnRole.NAME), self.text(ColumnRole.SPEC)
        if spec or not _BOTH.search(self.header(ColumnRole.NAME)):
            return name, spec
        whole = _NAME_FIRST.match(name)
        return (whole[1], whole[2]) if whole else (name, "")

    def header(self, role: ColumnRole) -> str:
        return next((choice.header for choice in self._columns.choices if choice.role is role), "")

    def require_name(self) -> None:
        if not self.text(ColumnRole.NAME):
            self._problem("name-missing", ColumnRole.NAME)

    def doubt(self, key: str, role: ColumnRole, **facts: str) -> None:
        """Something to look at that does not keep the line out."""
        self._problem(key, role, blocks=False, **facts)

    def measure(self) -> Measure:
        """Unit and quantity together, since a unit may stand behind the figure or carry a multiplier."""
        reading = self._quantity()
        behind = "" if reading is None else reading.unit_text
        unit_text = self.text(ColumnRole.UNIT) or behind or self._columns.unit_in_header
        parsed = parse_unit(unit_text) if unit_text else None
        if not unit_text:
            self._problem("unit-missing", ColumnRole.UNIT)
        elif parsed is None:
            self._problem("unit-unknown", ColumnRole.UNIT, value=unit_text[:_SHOWN])
        if reading is not None and reading.fault is None:
            self._compare_units(behind)
        value = None if reading is None else reading.value
        if parsed is None or value is None:
            return Measure(value, unit_text, None if parsed is None else parsed.unit, Decimal(1))
        quantity = value * parsed.multiplier
        if parsed.multiplier != 1:
            facts = {"multiplier": plain(parsed.multiplier), "quantity": plain(quantity), "unit": unit_text}
            self.doubt("multiplied", ColumnRole.QUANTITY, **facts)
        return Measure(quantity, unit_text, parsed.unit, parsed.multiplier)

    def day(self, role: ColumnRole) -> date | None:
        """A day, or None with the reason; a month alone counts from its first day and says so."""
        reading = read_day(self._cell(role))
        if reading is None:
            return None
        if reading.fault is not None:
            kept = reading.fault is DayFault.MONTH_ONLY
            facts: dict[str, str] = {} if reading.day is None else {"day": reading.day.isoformat()}
            self._problem(f"day-{reading.fault.value}", role, blocks=not kept, **facts)
        return reading.day

    def money(self, role: ColumnRole) -> Decimal | None:
        """A price or amount; unread ones do not keep the line out, money decides nothing."""
        return self._side_figure(role, "money-unread")

    def loss_rate(self) -> Decimal | None:
        """The loss as a share: 3% is 0.03; a bare figure of 1 or more is taken as per cent."""
        rate = self._side_figure(ColumnRole.LOSS_RATE, "loss-rate-unread")
        in_percent = "%" in self.header(ColumnRole.LOSS_RATE) and "%" not in self.text(ColumnRole.LOSS_RATE)
        return rate / 100 if rate is not None and (rate >= 1 or in_percent) else rate

    def _side_figure(self, role: ColumnRole, key: str) -> Decimal | None:
        reading = read_number(self._cell(role))
        if reading is not None and reading.fault is not None and self.text(role) not in {"-", "—", "/", "／"}:
            self.doubt(key, role)
        return None if reading is None else reading.value

    def _quantity(self) -> NumberReading | None:
        reading = read_number(self._cell(ColumnRole.QUANTITY))
        if reading is None:
            index = self._columns.index_of(ColumnRole.QUANTITY)
            formula = (self._row.number, index) in self._sheet.uncached
            self._problem("quantity-uncached" if formula else "quantity-missing", ColumnRole.QUANTITY)
        elif reading.fault is not None:
            offered = "" if reading.suggestion is None else plain(reading.suggestion)
            self._problem(f"quantity-{reading.fault.value}", ColumnRole.QUANTITY, suggestion=offered)
        elif reading.value is not None and reading.value <= 0:
            self._problem("quantity-negative" if reading.value else "quantity-zero", ColumnRole.QUANTITY)
        return reading

    def _compare_units(self, behind: str) -> None:
        """A unit behind the figure that is not the unit column's: 1,250.5 m3 in a row of tonnes."""
        stated = self.text(ColumnRole.UNIT)
        if not behind or not stated:
            if behind and parse_unit(behind) is None:
                self._problem("quantity-not-a-number", ColumnRole.QUANTITY)
            return
        one, other = parse_unit(behind), parse_unit(stated)
        if one is None or other is None or one != other:
            self._problem("units-differ", ColumnRole.QUANTITY, unit=stated[:_SHOWN])

    def _cell(self, role: ColumnRole) -> Cell:
        index = self._columns.index_of(role)
        return None if index is None else self._row.at(index)

    def _problem(self, key: str, role: ColumnRole, *, blocks: bool = True, **facts: str) -> None:
        index = self._columns.index_of(role)
        place = {
            "sheet": self._sheet.name,
            "row": str(self._row.number),
            "column": "—" if index is None else column_letter(index),
            "value": self.text(role)[:_SHOWN],
        }
        self._problems.append(LineProblem(f"bom.line.{key}", place | facts, blocks))
