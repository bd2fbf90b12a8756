"""GTINs: their lengths, their check digit, the one form they are compared in, and how people type them.

A GTIN has 8, 12, 13 or 14 figures and is compared as 14, filled up with zeros in front. The last figure
checks the others, which weigh 3 and 1 in turn from the right (GS1 General Specifications, 7.9).
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

LENGTHS = (8, 12, 13, 14)
LONGEST = LENGTHS[-1]
_BETWEEN = "-‐‑‒–—−"


class GtinFault(StrEnum):
    """Why a text is no GTIN."""

    NOT_FIGURES = "not-figures"
    LENGTH = "length"
    CHECK_DIGIT = "check-digit"


@dataclass(frozen=True, slots=True)
class NoGtin:
    """A text that is none; `expected` is the check digit that its other figures have."""

    fault: GtinFault
    figures: str = ""
    expected: str = ""


def read_gtin(text: str) -> str | NoGtin:
    """The fourteen figures of a GTIN as typed or scanned; blanks, dashes and full width do not matter."""
    figures = _figures(text)
    if not (figures.isascii() and figures.isdecimal()):
        return NoGtin(GtinFault.NOT_FIGURES)
    if len(figures) not in LENGTHS:
        return NoGtin(GtinFault.LENGTH, figures[:40])
    expected = check_digit(figures[:-1])
    return (
        figures.zfill(LONGEST)
        if figures[-1] == expected
        else NoGtin(GtinFault.CHECK_DIGIT, figures, expected)
    )


def check_digit(body: str) -> str:
    """The last figure of a GTIN that begins with these."""
    total = sum(int(figure) * (3, 1)[place % 2] for place, figure in enumerate(reversed(body)))
    return str(-total % 10)


def spellings(gtin: str) -> tuple[str, ...]:
    """Every length in which fourteen figures may have been written down: only zeros may be left out."""
    return tuple(gtin[LONGEST - length :] for length in LENGTHS if not gtin[: LONGEST - length].strip("0"))


def _figures(text: str) -> str:
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return "".join(one for one in folded if one not in _BETWEEN)
