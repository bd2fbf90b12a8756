"""Typed text → value, or the reason why it is none: nothing is guessed, units least of all."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from stdnum import ean
from stdnum.exceptions import ValidationError

from registry.applications.fields import Field, FieldKind
from registry.applications.typed import lines
from registry.declarations.facts import PartialDay, Precision
from registry.kit.ids import parse_code
from registry.kit.reading.days import DayFault, read_day
from registry.kit.reading.numbers import Fault, plain_text, read_number
from registry.kit.types import is_writable, plain
from registry.parties.credit_code import compact
from registry.units.parse import normal, parse_unit

Value = str | int | Decimal | bool | date | PartialDay | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A value, or the last part of a message key and the facts its sentence names; both None: blank."""

    value: Value = None
    fault: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


BLANK = Reading()
_YES = {"是": True, "yes": True, "true": True, "否": False, "no": False, "false": False}
_YEAR = re.compile(r"([0-9]{4})年?")
_SERIAL = re.compile(r"[0-9]{5}")
_YEARS = range(1990, 2101)


def read(asked: Field, text: str) -> Reading:
    """What a field's text says; never raises, whatever stands in it."""
    if not text.strip():
        return BLANK
    if len(text) > asked.longest and asked.kind is FieldKind.TEXT:
        return _fault("too-long", limit=str(asked.longest))
    return _READERS.get(asked.kind, _text)(asked, text)


def _fault(name: str, **facts: str) -> Reading:
    return Reading(None, name, facts)


def _text(_asked: Field, text: str) -> Reading:
    bare = text.strip()
    # No column and no canonical JSON holds half a character or a NUL.
    if "\0" in bare or any(0xD800 <= ord(sign) < 0xE000 for sign in bare):
        return _fault("unreadable-characters")
    return Reading(bare)


def _lines(asked: Field, text: str) -> Reading:
    whole = _text(asked, text)
    return whole if whole.fault else Reading(tuple(dict.fromkeys(lines(text))))


def _number(asked: Field, text: str) -> Reading:
    folded = plain_text(text)
    percent = folded.endswith("%") and asked.unit == "%"
    if "%" in folded and not percent:
        return _fault("unit-behind", unit="%")
    reading = read_number(folded.removesuffix("%") if percent else text)
    if reading is None:
        return _fault("not-a-number")
    if reading.value is None:
        return _number_fault(reading.fault, reading.suggestion)
    if reading.unit_text and not _is_unit(reading.unit_text, asked.unit):
        return _fault("unit-behind", unit=reading.unit_text[:40])
    return _held(asked, reading.value)


def _held(asked: Field, value: Decimal) -> Reading:
    if not is_writable(value):
        return _fault("too-long-number")
    if asked.positive and value <= 0:
        return _fault("not-positive")
    return Reading(Decimal(plain(value)))


def _number_fault(fault: Fault | None, suggestion: Decimal | None) -> Reading:
    match fault:
        case Fault.COMMA if suggestion is not None:
            return _fault("decimal-comma", suggestion=plain(suggestion))
        case Fault.TOO_LONG:
            return _fault("too-long-number")
        case Fault.RANGE:
            return _fault("range")
        case Fault.APPROXIMATE | Fault.IN_WORDS if suggestion is not None:
            return _fault("not-digits", suggestion=plain(suggestion))
        case _:
            return _fault("not-a-number")


def _is_unit(text: str, unit: str | None) -> bool:
    return unit is not None and normal(text).replace("₂", "2") == normal(unit)


def _whole(asked: Field, text: str) -> Reading:
    reading = _number(asked, text)
    if reading.fault or not isinstance(reading.value, Decimal):
        return reading
    if reading.value != reading.value.to_integral_value() or abs(reading.value) >= 10**9:
        return _fault("not-whole")
    return Reading(int(reading.value))


def _day(_asked: Field, text: str) -> Reading:
    folded = unicodedata.normalize("NFKC", text).strip()
    if _SERIAL.fullmatch(folded):
        return _fault("not-a-day")  # a worksheet's serial number; nobody types one into a form
    reading = read_day(text)
    if reading is None or (reading.day is None and reading.fault is not DayFault.NO_SUCH_DAY):
        return _fault("not-a-day")
    if reading.day is None:
        return _fault("no-such-day")
    if reading.fault is DayFault.MONTH_ONLY:
        return _fault("day-missing")
    return Reading(reading.day)


def _partial_day(asked: Field, text: str) -> Reading:
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    year = _YEAR.fullmatch(folded)
    if year is not None:
        if int(year[1]) not in _YEARS:
            return _fault("no-such-day")
        return Reading(PartialDay(day=date(int(year[1]), 1, 1), precision=Precision.YEAR))
    if not _SERIAL.fullmatch(folded):
        reading = read_day(text)
        if reading is not None and reading.day is not None and reading.fault is DayFault.MONTH_ONLY:
            return Reading(PartialDay(day=reading.day, precision=Precision.MONTH))
    whole = _day(asked, text)
    if isinstance(whole.value, date):
        return Reading(PartialDay(day=whole.value, precision=Precision.DAY))
    return whole


def _choice(asked: Field, text: str) -> Reading:
    chosen = text.strip()
    return Reading(chosen) if chosen in asked.options else _fault("not-an-option")


def _choices(asked: Field, text: str) -> Reading:
    chosen = tuple(dict.fromkeys(lines(text)))
    return Reading(chosen) if set(chosen) <= set(asked.options) else _fault("not-an-option")


def _yes_no(_asked: Field, text: str) -> Reading:
    answer = _YES.get(text.strip().casefold())
    return _fault("not-yes-or-no") if answer is None else Reading(answer)


def _unit(_asked: Field, text: str) -> Reading:
    """One known unit and nothing around it: 1000 kg or m²(投影) is no declared unit."""
    parsed = parse_unit(text.strip())
    if parsed is None:
        return _fault("unit-unknown")
    if parsed.multiplier != 1 or parsed.qualifier:
        return _fault("unit-not-plain", unit=parsed.unit.symbol_zh)
    return Reading(parsed.unit.code)


def _credit_code(_asked: Field, text: str) -> Reading:
    code = compact(unicodedata.normalize("NFKC", text))
    if not (len(code) == 18 and code.isascii() and code.isalnum()):
        return _fault("not-a-credit-code")
    return Reading(code)


def _gtin(_asked: Field, text: str) -> Reading:
    digits = "".join(unicodedata.normalize("NFKC", text).split())
    try:
        if digits.isascii() and digits.isdecimal() and len(digits) in (8, 12, 13, 14):
            return Reading(ean.validate(digits))
    except ValidationError:
        pass
    return _fault("not-a-gtin")


def _code(_asked: Field, text: str) -> Reading:
    code = parse_code(text)
    return _fault("not-a-code") if code is None else Reading(code)


def _codes(_asked: Field, text: str) -> Reading:
    codes = [parse_code(line) for line in lines(text)]
    found = tuple(dict.fromkeys(code for code in codes if code is not None))
    return _fault("not-a-code") if None in codes else Reading(found)


_READERS: Mapping[FieldKind, Callable[[Field, str], Reading]] = {
    FieldKind.LINES: _lines,
    FieldKind.NUMBER: _number,
    FieldKind.WHOLE: _whole,
    FieldKind.DAY: _day,
    FieldKind.PARTIAL_DAY: _partial_day,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.YES_NO: _yes_no,
    FieldKind.UNIT: _unit,
    FieldKind.CREDIT_CODE: _credit_code,
    FieldKind.GTIN: _gtin,
    FieldKind.ORGANISATION: _code,
    FieldKind.PLANT: _code,
    FieldKind.PLANTS: _codes,
    FieldKind.PRODUCT: _code,
    FieldKind.CERTIFICATE: _code,
}
