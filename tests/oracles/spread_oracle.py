"""A second answer for a cell: one product after another, by hand-written conditions and a slow percentile."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple


class Told(NamedTuple):
    """One declaration of one product in plain words."""

    product: int
    declaration: int
    performance: str
    rules: str
    data: str
    verified: bool
    ends: int
    value: Fraction | None


def counted(told: Sequence[Told], today: int, performance: str, rules: str) -> list[tuple[int, Fraction]]:
    """(declaration, value) of a cell, lowest first; a product speaks by what lasts longest."""
    best: dict[int, Told] = {}
    for one in told:
        if one.data != "specific" or not one.verified or one.ends < today or one.value is None:
            continue
        if (one.performance, one.rules) != (performance, rules):
            continue
        known = best.get(one.product)
        if known is None or (one.ends, -one.declaration) > (known.ends, -known.declaration):
            best[one.product] = one
    values = {(one.declaration, one.value) for one in best.values() if one.value is not None}
    return sorted(values, key=lambda pair: (pair[1], pair[0]))


def percentile(values: Sequence[Fraction], percent: int) -> Fraction:
    """Walked along the straight lines between neighbours."""
    place = Fraction(percent, 100) * (len(values) - 1)
    for n, (low, high) in enumerate(zip(values, [*values[1:], values[-1]], strict=True)):
        if n <= place < n + 1:
            return low + (high - low) * (place - n)
    return values[-1]
