"""What a cell of our table holds: a text, a number, a day with its precision, a mark, or a fault."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from registry.declarations.dataset import Mark
from registry.declarations.facts import PartialDay, Precision
from registry.declarations.formats.made import figure
from registry.kit.reading.cells import Cell
from registry.kit.reading.days import DayFault, read_day
from registry.kit.reading.numbers import plain_text, read_number
from registry.kit.types import is_writable

MARKS = {
    "mnd": Mark.MND, "mnr": Mark.MNR, "nd": Mark.ND, "ina": Mark.INA, "mna": Mark.INA,
    "未声明": Mark.MND, "不相关": Mark.MNR,
}  # fmt: skip
# To kg/m³, as they are spelled after folding; both are exact.
DENSITIES = {
    "kg/m3": 1, "千克/立方米": 1, "公斤/立方米": 1, "g/cm3": 1000, "克/立方厘米": 1000,
}  # fmt: skip
_YEAR = re.compile(r"([0-9]{4})年?")
_PLAIN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]{1,3})?")
_FORMULA = re.compile(r"'(?=[=+\-@\t\r'])")
_YEARS = range(1900, 2201)


class Bad(Exception):
    """A cell that cannot be read; the name is the last part of a message key."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def text_in(cell: Cell) -> str | None:
    """The words of a cell; an apostrophe that kept a formula from being one is no part of them."""
    if cell is None:
        return None
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return _FORMULA.sub("", cell.strip(), count=1) or None


def number_in(cell: Cell) -> Decimal | None:
    """A number without a unit behind it, 5.2E-13 and 1,250.5 among them; about 5 is none."""
    plain = figure(plain_text(cell)) if isinstance(cell, str) and _PLAIN.fullmatch(plain_text(cell)) else cell
    if isinstance(plain, Decimal) and is_writable(plain):
        return plain
    found = read_number(cell)
    if found is None:
        return None
    if found.value is None or found.unit_text:
        raise Bad("not-a-number")
    return found.value


def density_in(cell: Cell, heading_unit: str | None) -> Decimal | None:
    """A density in kg/m³: the unit stands behind the number, else in the heading; without any it is kg/m³."""
    try:
        value, unit = number_in(cell), heading_unit
    except Bad:
        found = read_number(cell)
        if found is None or found.value is None:
            raise
        value, unit = found.value, found.unit_text
    if value is None:
        return None
    factor = DENSITIES.get(_spelled(unit)) if unit else 1
    if factor is None:
        raise Bad("density-unit")
    return value * factor


def density_of(value: Decimal, unit: str) -> Decimal | None:
    """A stated density in kg/m³; None where its unit is none that the table takes."""
    factor = DENSITIES.get(_spelled(unit))
    return None if factor is None else value * factor


def _spelled(unit: str) -> str:
    return plain_text(unit).replace("^", "")


def amount_in(cell: Cell) -> Decimal | Mark | None:
    """A result: a number, or the mark that says why there is none; blank states nothing."""
    mark = MARKS.get(plain_text(cell)) if isinstance(cell, str) else None
    return mark if mark is not None else number_in(cell)


def day_in(cell: Cell) -> PartialDay | None:
    """2026, 2026-05, 2026年5月, 2026-05-01: as precise as it is written."""
    year = _YEAR.fullmatch(unicodedata.normalize("NFKC", text_in(cell) or "").strip())
    if year is not None and int(year[1]) in _YEARS:
        return PartialDay(day=date(int(year[1]), 1, 1), precision=Precision.YEAR)
    found = read_day(cell)
    if found is None:
        return None
    if found.day is None:
        raise Bad("not-a-day")
    precision = Precision.MONTH if found.fault is DayFault.MONTH_ONLY else Precision.DAY
    return PartialDay(day=found.day, precision=precision)
