"""Does a model text fall under a printed model or range: yes, no, or not to be told from the text."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

_NUMBERED = re.compile(r"(?P<prefix>[^\d.]*)(?P<number>\d+(?:\.\d+)?)(?P<rest>.*)")
_END = r"[^\d.~]*\d+(?:\.\d+)?[^\d.~]*"
_CLEAR_RANGE = re.compile(rf"({_END})~({_END})")
_HYPHEN_RANGE = re.compile(r"([^\d-]*\d+(?:\.\d+)?[^\d-]*)-([^\d-]*\d+(?:\.\d+)?[^\d-]*)")
_DASHES = str.maketrans(dict.fromkeys("–—―−～〜∼至", "~") | dict.fromkeys("‐‑﹣－", "-"))
_LISTED = re.compile(r"[、;；，\n]|,(?!\d)")  # a comma before a figure may belong to the figure
_POINTS = re.compile(r"[·•‧⋅]|(?<!\d)\.|\.(?!\d)")  # any point that is not a decimal one


@dataclass(frozen=True, slots=True)
class _End:
    prefix: str
    number: Decimal
    rest: str


@dataclass(frozen=True, slots=True)
class _Range:
    """`sure`: the text cannot be the name of one model."""

    low: _End
    high: _End
    sure: bool = True


def covers(printed: Sequence[str], model: str | None) -> bool | None:
    """Whether any printed model or range covers the text; nothing printed restricts nothing."""
    if not printed:
        return True
    if model is None or not model.strip():
        return None
    answers = [_covers_one(part, model) for text in printed for part in _LISTED.split(text) if part.strip()]
    if True in answers:
        return True
    return None if None in answers else False


def _covers_one(printed: str, model: str) -> bool | None:
    if _plain(printed) == _plain(model):
        return True
    wide, asked = _range(printed), _range(model)
    if wide is None:
        return _same(printed, model) if asked is None else None
    if asked is not None:
        return _encloses(wide, asked)
    return _in_range(wide, model)


def _same(printed: str, model: str) -> bool | None:
    """Only figures behind the same letters can be told apart; P6 behind C30 may or may not matter."""
    one, other = _end(printed), _end(model)
    if one is None or other is None or one.prefix != other.prefix:
        return None
    if one.number != other.number:
        return False
    return True if one.rest == other.rest else None


def _in_range(wide: _Range, model: str) -> bool | None:
    start, end, found = wide.low, wide.high, _end(model)
    if found is None or start.number >= end.number or end.prefix not in ("", start.prefix):
        return False
    if not start.number <= found.number <= end.number or found.prefix != start.prefix:
        return False
    # A grade with something more ("C30P6") may or may not be meant by "C15–C60".
    same_rest = found.rest in (end.rest, "") if end.rest else found.rest == ""
    return True if wide.sure and same_rest else None


def _encloses(wide: _Range, asked: _Range) -> bool | None:
    """A range lies inside another with both its ends; where it reaches out, nothing is told."""
    clear = wide.sure and asked.sure and wide.low.prefix == asked.low.prefix and not asked.high.rest
    inside = wide.low.number <= asked.low.number < asked.high.number <= wide.high.number
    return True if clear and inside else None


def _range(text: str) -> _Range | None:
    folded = _folded(text)
    if found := _CLEAR_RANGE.fullmatch(folded):
        return _between(found[1], found[2])
    if found := _HYPHEN_RANGE.fullmatch(folded):
        # "C15-C60" repeats its prefix, "9.5-15mm" ends in a unit; a bare "400-600" may be one model's name.
        whole = _between(found[1], found[2])
        if whole is None:
            return None
        named = whole.high.rest or (whole.high.prefix and whole.low.prefix == whole.high.prefix)
        return replace(whole, sure=bool(named))
    return None


def _between(low: str, high: str) -> _Range | None:
    start, end = _end(low), _end(high)
    return _Range(start, end) if start and end else None


def _end(text: str) -> _End | None:
    found = _NUMBERED.fullmatch(_plain(text))
    return _End(found["prefix"], Decimal(found["number"]), found["rest"]) if found else None


def _folded(text: str) -> str:
    """Full width, case, dashes, blanks and points between letters made alike; a range keeps its dash."""
    plain = unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES)
    return _POINTS.sub("", re.sub(r"\s+", "", plain.casefold()))


def _plain(text: str) -> str:
    """Hyphens dropped except between two digits, where 6-12 is not 612."""
    return re.sub(r"(?<!\d)-|-(?!\d)", "", _folded(text))
