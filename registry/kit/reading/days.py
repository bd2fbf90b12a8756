"""Days as people type them: 2026/3/5, 2026年3月5日, 20260305, Excel's serial numbers, a month alone."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from registry.kit.reading.cells import Cell

# Excel's 1900 calendar counts from here, its false 29 February 1900 included.
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(32874, 73051)  # 1990-01-01 to 2100-01-01: other whole numbers are not taken for days
_YEARS = range(1990, 2101)
_DAY = re.compile(
    r"([0-9]{4})(?:[-/.]|年)([0-9]{1,2})(?:[-/.]|月)([0-9]{1,2})日?(?:[t\s]?[0-9]{1,2}:[0-9:.]+)?"
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})(?:[-/.]|年)([0-9]{1,2})月?")


class DayFault(StrEnum):
    """Why a cell is not one day; the last part of a message key."""

    NOT_A_DAY = "not-a-day"
    NO_SUCH_DAY = "no-such-day"
    MONTH_ONLY = "month-only"
    MONTH_UNCLEAR = "month-unclear"


@dataclass(frozen=True, slots=True)
class DayReading:
    """A day, or the fault; with `MONTH_ONLY` the day is the month's first, a convention of this tool."""

    day: date | None
    fault: DayFault | None = None


def read_day(cell: Cell) -> DayReading | None:
    """The civil day of a cell; None where it is blank."""
    if cell is None:
        return None
    if isinstance(cell, bool):
        return DayReading(None, DayFault.NOT_A_DAY)
    if isinstance(cell, date):
        return DayReading(cell) if cell.year in _YEARS else DayReading(None, DayFault.NO_SUCH_DAY)
    if isinstance(cell, Decimal):
        return _read_figure(cell)
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", cell)).strip().casefold()
    return _read_text(text) if text else None


def _read_figure(cell: Decimal) -> DayReading:
    """A serial number, 20260305, or 2026.3 typed as a number (where 2026.1 may have been 2026.10)."""
    if cell == cell.to_integral_value():
        whole = int(cell)
        return (
            DayReading(_SERIAL_ZERO + timedelta(days=whole)) if whole in _SERIALS else _read_text(str(whole))
        )
    text = format(cell.normalize(), "f")
    if re.fullmatch(r"[0-9]{4}\.1", text):
        return DayReading(None, DayFault.MONTH_UNCLEAR)
    return (
        _read_text(text)
        if int(cell) not in _SERIALS
        else DayReading(_SERIAL_ZERO + timedelta(days=int(cell)))
    )


def _read_text(text: str) -> DayReading:
    if text.isdecimal() and text.isascii() and len(text) == 5 and int(text) in _SERIALS:
        return DayReading(_SERIAL_ZERO + timedelta(days=int(text)))
    bare = re.sub(r"(?<=[-/.年月]) | (?=[-/.年月日])", "", text)
    match = _DAY.fullmatch(bare) or _COMPACT.fullmatch(bare)
    if match is not None:
        return _made(int(match[1]), int(match[2]), int(match[3]))
    month = _MONTH.fullmatch(bare)
    if month is None:
        return DayReading(None, DayFault.NOT_A_DAY)
    first = _made(int(month[1]), int(month[2]), 1)
    return first if first.day is None else DayReading(first.day, DayFault.MONTH_ONLY)


def _made(year: int, month: int, day: int) -> DayReading:
    try:
        made = date(year, month, day)
    except ValueError:
        return DayReading(None, DayFault.NO_SUCH_DAY)
    return DayReading(made) if year in _YEARS else DayReading(None, DayFault.NO_SUCH_DAY)
