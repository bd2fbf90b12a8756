"""The unified social credit code: its check character, and the weaker check inside it as a hint.

Source: GB 32100-2015 (18 characters, weights 3^(i-1) mod 31); GB 11714 for the organisation code.
Real codes that fail exist, so an officer may override with a note.
"""

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORG_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def compact(text: str) -> str:
    return "".join(text.split()).replace("-", "").upper()


def is_valid(code: str) -> bool:
    """Whether the 18 characters carry the right check character."""
    text = compact(code)
    try:
        return len(text) == 18 and uscc.calc_check_digit(text[:-1]) == text[-1]
    except (ValidationError, ValueError, KeyError):
        return False


def organisation_part_agrees(code: str) -> bool:
    """Whether characters 9 to 17 pass GB 11714; a hint only, real codes fail it."""
    text = compact(code)[8:17]
    if len(text) != 9 or any(c not in _ORG_ALPHABET for c in text):
        return False
    total = sum(_ORG_ALPHABET.index(c) * w for c, w in zip(text, _ORG_WEIGHTS, strict=False))
    check = (11 - total % 11) % 11
    return text[8] == ("X" if check == 10 else str(check))
