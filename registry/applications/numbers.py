"""An application's number: the year, fifty random bits and a check character, told by nobody's count."""

import re
import secrets
import unicodedata

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

from registry.kit.ids import ALPHABET

SIGNS = 10
LONGEST = 24
_SHAPE = re.compile(r"D([0-9]{4})([0-9A-Z]{10})([0-9A-Z])")
_LOOKALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_number(year: int) -> str:
    """`D-2026-K7M3QX-9TZ2-H` or the like; it cannot be guessed from another."""
    stem = f"D{year:04d}" + "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))
    return _printed(stem + mod_37_36.calc_check_digit(stem))


def parse_number(text: str) -> str | None:
    """The printed form of what somebody typed, or None when it is no number of ours."""
    compact = re.sub(r"[\s\-‐‑‒–—−_]", "", unicodedata.normalize("NFKC", text[: LONGEST * 2]).upper())
    if len(compact) != SIGNS + 6:
        return None
    compact = compact[:5] + compact[5:15].translate(_LOOKALIKE) + compact[15:]
    if not _SHAPE.fullmatch(compact):
        return None
    try:
        mod_37_36.validate(compact)
    except ValidationError:
        return None
    return _printed(compact)


def _printed(compact: str) -> str:
    return f"D-{compact[1:5]}-{compact[5:11]}-{compact[11:15]}-{compact[15:]}"
