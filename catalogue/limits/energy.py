"""Energy benchmarks of the kinds they are for: they judge plants, so no product's carbon meets them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from registry.firms.benchmarks import Limit, limits
from registry.firms.facts import EnergyProduct
from registry.policies.facts import BenchmarkFact

# Flat glass and rolled PV glass are made into our kinds; their benchmarks are not for the finished pane.
KINDS: Mapping[str, EnergyProduct] = {
    "cement.clinker": EnergyProduct.CLINKER,
    "ceramic.tile": EnergyProduct.CERAMIC_TILE,
    "sanitary.ware": EnergyProduct.SANITARY_CERAMICS,
}


def benchmarks_of(kind: str, facts: Iterable[BenchmarkFact], day: date) -> Iterator[Limit]:
    """The rows of the table in force that surely stood by the day, for a kind of ours."""
    product = KINDS.get(kind)
    return (one for one in limits(facts) if one.product is product and one.since <= day)
