"""Numbers as people type them: full-width digits, thousands separators, a unit behind, 约五十, 50～60."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from registry.kit.reading.cells import Cell

LONGEST = 24  # digits; more is a typing error, and every later sum stays within 28


class Fault(StrEnum):
    """Why a text is not one number; the last part of a message key."""

    NOT_A_NUMBER = "not-a-number"
    APPROXIMATE = "approximate"
    RANGE = "range"
    IN_WORDS = "in-words"
    COMMA = "comma"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A number, or the fault with a suggestion the user may accept; `unit_text` is what stood behind."""

    value: Decimal | None
    unit_text: str = ""
    fault: Fault | None = None
    suggestion: Decimal | None = None


_PLAIN = r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+"
_GROUPED = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?"
_NUMBER = re.compile(rf"([+-]?)({_GROUPED}|{_PLAIN})(e[+-]?[0-9]{{1,2}})?(%?)(.*)", re.DOTALL)
_BRACKET_NEGATIVE = re.compile(r"\(([0-9.,]+)\)")
_ABOUT = re.compile(r"^(?:约|大约|大概|暂估|暂定|近|~|≈)|(?:左右|上下|余|多)$")
_RANGE = re.compile(r"[0-9一二三四五六七八九十百]\s*(?:~|-|—|–|至|到)\s*[0-9一二三四五六七八九十百]")
_COMMA_DECIMAL = re.compile(r"([0-9]+),([0-9]{1,2}|[0-9]{4,})")
_STARTS_LIKE_A_NUMBER = re.compile(r"[0-9.,/*x×+=]")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10000}


def read_number(cell: Cell) -> NumberReading | None:
    """The number of a cell; None where the cell is blank."""
    if cell is None:
        return None
    if isinstance(cell, Decimal):
        return _held(cell, "")
    if not isinstance(cell, str):
        return NumberReading(None, fault=Fault.NOT_A_NUMBER)
    text = plain_text(cell)
    return _read_text(text) if text else None


def plain_text(text: str) -> str:
    """Full-width digits, signs and spaces in their plain form; no spaces, lower case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"\s+", "", folded).replace("−", "-").replace("'", "").replace("¥", "")


def _read_text(text: str) -> NumberReading:
    if _RANGE.search(text) and not text.startswith("-"):
        return NumberReading(None, fault=Fault.RANGE)
    if _ABOUT.search(text):
        bare = _read_text(_ABOUT.sub("", text))
        offered = bare.suggestion if bare.value is None else bare.value
        fault = Fault.NOT_A_NUMBER if offered is None else Fault.APPROXIMATE
        return NumberReading(None, bare.unit_text, fault, offered)
    negative = _BRACKET_NEGATIVE.fullmatch(text)
    match = _NUMBER.fullmatch(f"-{negative[1]}" if negative else text)
    if match is None:
        return _words(text)
    sign, digits, exponent, percent, behind = match.groups()
    if _STARTS_LIKE_A_NUMBER.match(behind):
        return _unclear(text)
    if len(digits) > LONGEST:
        return NumberReading(None, fault=Fault.TOO_LONG)
    value = Decimal(f"{sign}{digits.replace(',', '')}{exponent or ''}")
    return _held(value / 100 if percent else value, behind)


def _held(value: Decimal, unit_text: str) -> NumberReading:
    """A finite number within what later sums can carry exactly."""
    if not value.is_finite() or (value and not -12 <= value.adjusted() <= 15):
        return NumberReading(None, fault=Fault.TOO_LONG)
    return NumberReading(value, unit_text)


def _unclear(text: str) -> NumberReading:
    """Digits that do not read one way: 1250,5 may be a decimal comma; 3×4 is a sum we do not do."""
    comma = _COMMA_DECIMAL.fullmatch(text)
    if comma is None or len(text) > LONGEST:
        return NumberReading(None, fault=Fault.NOT_A_NUMBER)
    return NumberReading(None, fault=Fault.COMMA, suggestion=Decimal(f"{comma[1]}.{comma[2]}"))


def _words(text: str) -> NumberReading:
    """五十 and 一百二十吨: offered, not taken, since a list should carry digits."""
    length = next(
        (at for at, sign in enumerate(text) if sign not in _DIGITS and sign not in _SCALES), len(text)
    )
    value = _chinese(text[:length])
    if value is None:
        return NumberReading(None, fault=Fault.NOT_A_NUMBER)
    return NumberReading(None, text[length:], Fault.IN_WORDS, value)


def _chinese(text: str) -> Decimal | None:
    total = section = digit = 0
    if not text or len(text) > 12:
        return None
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign == "万":
            total, section, digit = total + (section + digit) * 10000, 0, 0
        else:
            section += (digit or 1) * _SCALES[sign]
            digit = 0
    return Decimal(total + section + digit)
