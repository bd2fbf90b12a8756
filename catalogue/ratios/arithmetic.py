"""Exact sums and the one rounding that a clause asks for."""

from collections.abc import Iterable
from decimal import Decimal, localcontext
from fractions import Fraction

from registry.policies.pack_terms import Tie


def total(quantities: Iterable[Decimal]) -> Decimal:
    """The exact sum; the default 28 digits would round a long column of long quantities."""
    with localcontext() as context:
        context.prec = 200
        return sum(quantities, Decimal(0))


def rounded(value: Fraction, places: int, tie: Tie) -> Decimal:
    """A non-negative value rounded once; `half_even` is the tie rule of GB/T 8170."""
    scaled = value * 10**places
    whole = round(scaled) if tie is Tie.HALF_EVEN else (2 * scaled + 1) // 2
    return Decimal(int(whole)).scaleb(-places)
