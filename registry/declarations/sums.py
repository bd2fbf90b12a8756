"""Whether a stated sum and its parts agree: one rule for reading, checking, entering and answering."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

PARTS = ("A1", "A2", "A3")
SUM = "A1-A3"
# Published sums are rounded apart from their parts; further apart than this share of the largest term
# (a part or the sum, whatever its sign) they contradict one another.
SHARE = Fraction(1, 100)


def agree(total: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether the parts make up the total within 1 % of the largest term."""
    terms = [Fraction(part) for part in parts]
    apart = abs(sum(terms, Fraction(0)) - Fraction(total))
    return apart <= max(map(abs, (*terms, Fraction(total)))) * SHARE


def added(parts: Sequence[Decimal]) -> Decimal:
    """The sum of the parts, as it is told."""
    return sum(parts, Decimal(0))
