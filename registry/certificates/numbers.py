"""Certificate numbers as people type them: made alike for look-up, several in one cell told apart."""

import re
import unicodedata

_SEPARATORS = re.compile(r"[,，;；、\n]+")
_DASHES = "‐‑‒–—−－_"
LONGEST = 120


def fold(number: str) -> str:
    """A number for look-up: NFKC, no spaces or control characters, one kind of dash, upper case."""
    text = unicodedata.normalize("NFKC", number).upper()
    seen = (c for c in text if c.isprintable() and not c.isspace())
    return "".join("-" if c in _DASHES else c for c in seen)[:LONGEST]


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of a cell, folded: each part, and the whole, since a body may print a comma.

    A dash alone is how people write that there is none.
    """
    found = (fold(part) for part in (*_SEPARATORS.split(text), text))
    return tuple(dict.fromkeys(number for number in found if any(map(str.isalnum, number))))
