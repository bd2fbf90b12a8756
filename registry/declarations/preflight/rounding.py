"""How far printed figures may be apart and still agree: half of each last figure, and a small share."""

from collections.abc import Iterable
from decimal import Decimal

HALF = Decimal("0.5")
SHARE = Decimal(
    "0.01"
)  # of the largest term: what published tables are apart by rounding (formats: A1-A3 rule)


def half_unit(value: Decimal) -> Decimal:
    """Half of the last figure as it was written: 0.05 for 43.5; a plain 0 means nothing, not up to a half."""
    exponent = value.as_tuple().exponent
    return HALF.scaleb(exponent) if value and isinstance(exponent, int) else Decimal(0)


def agree(total: Decimal, parts: Iterable[Decimal], *, share: Decimal = SHARE) -> bool:
    """Whether a total and its parts can be the same figures, rounded one by one."""
    terms = tuple(parts)
    slack = sum((half_unit(term) for term in (total, *terms)), Decimal(0))
    largest = max(abs(term) for term in (total, *terms))
    return abs(total - sum(terms, Decimal(0))) <= slack + share * largest
