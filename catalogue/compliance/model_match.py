"""Does a model text fall under a printed model or range: yes, no, or not to be told from the text."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_NUMBERED = re.compile(r"(?P<prefix>[^\d.]*)(?P<number>\d+(?:\.\d+)?)(?P<rest>.*)")
_END = r"[^\d.~]*\d+(?:\.\d+)?[^\d.~]*"
_CLEAR_RANGE = re.compile(rf"({_END})~({_END})")
_HYPHEN_RANGE = re.compile(r"([^\d-]*\d+(?:\.\d+)?[^\d-]*)-([^\d-]*\d+(?:\.\d+)?[^\d-]*)")
_DASHES = str.maketrans(dict.fromkeys("–—―−～〜∼至", "~") | dict.fromkeys("‐‑﹣－", "-"))


@dataclass(frozen=True, slots=True)
class _End:
    prefix: str
    number: Decimal
    rest: str


def covers(printed: Sequence[str], model: str | None) -> bool | None:
    """Whether any printed model or range covers the text; nothing printed restricts nothing."""
    if not printed:
        return True
    if model is None or not model.strip():
        return None
    answers = [_covers_one(text, model) for text in printed]
    if True in answers:
        return True
    return None if None in answers else False


def _covers_one(printed: str, model: str) -> bool | None:
    if _plain(printed) == _plain(model):
        return True
    text = _folded(printed)
    if found := _CLEAR_RANGE.fullmatch(text):
        return _in_range(found[1], found[2], model, sure=True)
    if found := _HYPHEN_RANGE.fullmatch(text):
        # "C15-C60" repeats its prefix, "9.5-15mm" ends in a unit; a bare "400-600" may be one model's name.
        left, right = _end(found[1]), _end(found[2])
        named = bool(right.rest) or (bool(right.prefix) and left.prefix == right.prefix)
        return _in_range(found[1], found[2], model, sure=named)
    return False


def _in_range(low: str, high: str, model: str, *, sure: bool) -> bool | None:
    start, end = _end(low), _end(high)
    found = _NUMBERED.fullmatch(_plain(model))
    if found is None or start.number >= end.number or end.prefix not in ("", start.prefix):
        return False
    if not start.number <= Decimal(found["number"]) <= end.number or found["prefix"] != start.prefix:
        return False
    # A grade with something more ("C30P6") may or may not be meant by "C15–C60".
    same_rest = found["rest"] in (end.rest, "") if end.rest else found["rest"] == ""
    return True if sure and same_rest else None


def _end(text: str) -> _End:
    found = _NUMBERED.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} holds no number")
    return _End(found["prefix"].strip(), Decimal(found["number"]), found["rest"].strip())


def _folded(text: str) -> str:
    """Full width, case, dashes and blanks made alike; a range keeps its dash."""
    plain = unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES)
    return re.sub(r"\s+", "", plain.casefold())


def _plain(text: str) -> str:
    """Hyphens dropped except between two digits, where 6-12 is not 612."""
    return re.sub(r"(?<!\d)-|-(?!\d)", "", _folded(text))
