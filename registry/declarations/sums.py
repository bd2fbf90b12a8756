"""Whether a stated sum and its parts agree: one rule for reading, checking, entering and answering.

Published figures are rounded one by one, so a sum and its parts may be apart by half of each last figure as
it is written, and by a small share of the largest term, whatever its sign.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

PARTS = ("A1", "A2", "A3")
SUM = "A1-A3"
SHARE = Fraction(1, 100)


def half_unit(value: Decimal) -> Fraction:
    """Half of the last figure as it was written: 0.05 for 43.5; a plain 0 means nothing, not up to a half."""
    exponent = value.as_tuple().exponent
    return Fraction(10) ** exponent / 2 if value and isinstance(exponent, int) else Fraction(0)


def agree(total: Decimal, parts: Iterable[Decimal], *, share: Fraction = SHARE) -> bool:
    """Whether a total and its parts can be the same figures, rounded one by one."""
    terms = tuple(parts)
    if share == SHARE and abs(sum(terms, -total)) * 200 < max(map(abs, terms)):
        return True  # well inside, whatever the last of 28 figures; exact numbers take ten times as long
    apart = abs(sum(map(Fraction, terms), Fraction(0)) - Fraction(total))
    largest = max(abs(Fraction(term)) for term in (total, *terms))
    return apart <= sum(map(half_unit, (total, *terms)), share * largest)


def added(parts: Sequence[Decimal]) -> Decimal:
    """The sum of the parts, as it is told."""
    return sum(parts, Decimal(0))
