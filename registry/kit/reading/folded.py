"""Numbers of documents as people type them, made alike for look-up."""

import unicodedata

_DASHES = "‐‑‒–—−－_"
LONGEST = 120


def fold(number: str) -> str:
    """A number for look-up: NFKC, no spaces or control characters, one kind of dash, upper case."""
    text = unicodedata.normalize("NFKC", number).upper()
    seen = (c for c in text if c.isprintable() and not c.isspace())
    return "".join("-" if c in _DASHES else c for c in seen)[:LONGEST]
