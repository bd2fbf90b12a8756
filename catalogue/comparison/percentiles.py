"""Where a value stands among the values of its own basis, with the recipe that makes the figure checkable."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

# Below this many products a percentile says more than is known; the values themselves are shown instead.
FEWEST = 10


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
        basis, ordered, nearest_rank(ordered, 20), nearest_rank(ordered, 50), nearest_rank(ordered, 80)
    )


def nearest_rank(ordered: Sequence[Decimal], percent: int) -> Decimal:
    """Nearest-rank percentile: the smallest value that at least `percent` % of the values do not exceed."""
    rank = -(-percent * len(ordered) // 100)
    return ordered[max(rank, 1) - 1]
