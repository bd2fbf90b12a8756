"""Where a value stands among the values of its own basis, with the recipe that makes the figure checkable."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

# Below this many products a percentile says more than is known; the values themselves are shown instead.
FEWEST = 10
_DIGITS = Context(prec=28)


@dataclass(frozen=True, slots=True)
class Distribution:
    """Sorted values (kg CO₂e per basis unit) of one product each; cut-offs are None when n is below 10."""

    basis: str
    values: tuple[Decimal, ...]
    p20: Decimal | None
    p50: Decimal | None
    p80: Decimal | None

    @property
    def n(self) -> int:
        return len(self.values)

    def higher_share(self, value: Decimal) -> int | None:
        """Percent of the products with a strictly higher value, rounded down; None when n is below 10."""
        if self.n < FEWEST:
            return None
        return sum(1 for other in self.values if other > value) * 100 // self.n


def distribution(basis: str, values: Sequence[Decimal]) -> Distribution:
    """The distribution of values; order does not matter."""
    ordered = tuple(sorted(values))
    if len(ordered) < FEWEST:
        return Distribution(basis, ordered, None, None, None)
    return Distribution(
        basis, ordered, percentile(ordered, 20), percentile(ordered, 50), percentile(ordered, 80)
    )


def percentile(ordered: Sequence[Decimal], percent: int) -> Decimal:
    """Linear between the two closest ranks, rank (n - 1) × percent ÷ 100: what numpy does by default."""
    place, part = divmod((len(ordered) - 1) * percent, 100)
    low = ordered[place]
    if not part:
        return low
    return _DIGITS.add(low, _DIGITS.multiply(_DIGITS.subtract(ordered[place + 1], low), Decimal(part) / 100))
