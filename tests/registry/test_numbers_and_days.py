"""Numbers and days are read as people type them, and what is unclear is offered, never assumed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.kit.reading.cells import Cell
from registry.kit.reading.days import DayFault, read_day
from registry.kit.reading.numbers import Fault, read_number


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("50", "50", ""),
        ("１２３．５", "123.5", ""),
        ("1,250.5", "1250.5", ""),
        ("1，250.5", "1250.5", ""),
        ("1 250.5", "1250.5", ""),
        ("1,250.5 m3", "1250.5", "m3"),
        ("12.5吨", "12.5", "吨"),
        (" 0 ", "0", ""),
        ("-3", "-3", ""),
        ("−3", "-3", ""),
        ("(1,200)", "-1200", ""),
        ("（1,200）", "-1200", ""),
        ("3%", "0.03", ""),
        ("1.2E+3", "1200", ""),
        (".5", "0.5", ""),
        ("5.", "5", ""),
        ("¥100", "100", ""),
    ],
)
def test_a_number_is_read(text: str, value: str, unit: str) -> None:
    reading = read_number(text)
    assert reading is not None
    assert (reading.value, reading.unit_text, reading.fault) == (Decimal(value), unit, None)


@pytest.mark.parametrize(
    ("text", "fault", "suggestion"),
    [
        ("约五十", Fault.APPROXIMATE, "50"),
        ("约50", Fault.APPROXIMATE, "50"),
        ("50左右", Fault.APPROXIMATE, "50"),
        ("五十", Fault.IN_WORDS, "50"),
        ("一百二十三", Fault.IN_WORDS, "123"),
        ("一万二千", Fault.IN_WORDS, "12000"),
        ("50~60", Fault.RANGE, None),
        ("50-60", Fault.RANGE, None),
        ("50至60", Fault.RANGE, None),
        ("1250,5", Fault.COMMA, "1250.5"),
        ("3×4", Fault.NOT_A_NUMBER, None),
        ("=A1", Fault.NOT_A_NUMBER, None),
        ("1.2.3", Fault.NOT_A_NUMBER, None),
        ("约若干", Fault.NOT_A_NUMBER, None),
        ("若干", Fault.NOT_A_NUMBER, None),
        ("NaN", Fault.NOT_A_NUMBER, None),
        ("9" * 40, Fault.TOO_LONG, None),
        ("1e99", Fault.TOO_LONG, None),
    ],
)
def test_what_is_not_one_number_is_named(text: str, fault: Fault, suggestion: str | None) -> None:
    reading = read_number(text)
    assert reading is not None
    assert reading.value is None
    assert reading.fault is fault
    assert reading.suggestion == (None if suggestion is None else Decimal(suggestion))


def test_blank_is_not_zero() -> None:
    assert read_number(None) is None
    assert read_number("  ") is None
    assert read_number(Decimal(0)) is not None


@given(st.decimals(min_value=Decimal("-1e9"), max_value=Decimal("1e9"), places=4))
def test_a_grouped_number_reads_back(value: Decimal) -> None:
    for text in (f"{value:f}", f"{value:,f}", f"{value:,f} m3"):
        reading = read_number(text)
        assert reading is not None
        assert reading.value == value


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text: str) -> None:
    reading = read_number(text)
    assert reading is None or (reading.value is None) == (reading.fault is not None)
    day = read_day(text)
    assert day is None or day.day is not None or day.fault is not None


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 3, 5),
        Decimal(46086),
        Decimal("46086.75"),
        Decimal(20260305),
        "2026/3/5",
        "2026-03-05",
        "2026.3.5",
        "2026年3月5日",
        "2026 年 3 月 5 日",
        "２０２６年３月５日",
        "20260305",
        "46086",
        "2026-03-05 00:00:00",
        "2026-03-05T08:30",
    ],
)
def test_one_day_in_many_spellings(cell: Cell) -> None:
    reading = read_day(cell)
    assert reading is not None
    assert (reading.day, reading.fault) == (date(2026, 3, 5), None)


@pytest.mark.parametrize(
    ("cell", "fault", "day"),
    [
        ("2026.3", DayFault.MONTH_ONLY, date(2026, 3, 1)),
        ("2026年3月", DayFault.MONTH_ONLY, date(2026, 3, 1)),
        (Decimal("2026.3"), DayFault.MONTH_ONLY, date(2026, 3, 1)),
        (Decimal("2026.1"), DayFault.MONTH_UNCLEAR, None),
        ("2026-02-30", DayFault.NO_SUCH_DAY, None),
        ("2026-13-01", DayFault.NO_SUCH_DAY, None),
        ("3/5/2026", DayFault.NOT_A_DAY, None),
        ("26/3/5", DayFault.NOT_A_DAY, None),
        ("待定", DayFault.NOT_A_DAY, None),
        (Decimal(12), DayFault.NOT_A_DAY, None),
        (True, DayFault.NOT_A_DAY, None),
    ],
)
def test_what_is_not_one_day_is_named(cell: Cell, fault: DayFault, day: date | None) -> None:
    reading = read_day(cell)
    assert reading is not None
    assert (reading.fault, reading.day) == (fault, day)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_reads_back_in_every_spelling(day: date) -> None:
    serial = Decimal((day - date(1899, 12, 30)).days)
    spellings: list[Cell] = [
        day, serial, day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}",
        f"{day:%Y.%m.%d}",
    ]  # fmt: skip
    for cell in spellings:
        reading = read_day(cell)
        assert reading is not None
        assert reading.day == day
