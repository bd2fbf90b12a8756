"""A product against every limit of its kind on a day: met, missed, refused with its reason, or open."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from catalogue.limits.energy import benchmarks_of
from catalogue.limits.finding import Applicable, Open, limits_for
from catalogue.limits.headroom import Headroom, headroom
from catalogue.limits.tables import Limit
from registry.declarations.figures.gwp import Refusal
from registry.declarations.figures.stated import of_fact
from registry.dossiers.dossier import Dossier
from registry.firms.benchmarks import Limit as EnergyLimit
from registry.policies.facts import BenchmarkFact
from registry.products.conversions import unit_facts


@dataclass(frozen=True, slots=True)
class Judged:
    """One limit that applies, and what the product's value has to do with it."""

    applicable: Applicable
    found: Headroom | Refusal


@dataclass(frozen=True, slots=True)
class OfProduct:
    """`energy` are benchmarks of the plants that make the kind; no carbon value is held against them."""

    judged: tuple[Judged, ...]
    open: tuple[Open, ...]
    energy: tuple[EnergyLimit, ...]


def of_product(
    dossier: Dossier,
    benchmarks: Iterable[BenchmarkFact],
    *,
    regions: Collection[str] = (),
    known: Mapping[str, str] | None = None,
) -> OfProduct:
    """`known` is what is said of the product beside its recorded attributes, which stand first."""
    product, day = dossier.product.fact, dossier.at.on
    attributes = {**(known or {}), **product.attributes}
    found = limits_for(product.kind, attributes, day, regions=regions)
    judged = tuple(Judged(one, _against(one.limit, dossier)) for one in found.applicable)
    return OfProduct(judged, found.open, tuple(benchmarks_of(product.kind, benchmarks, day)))


def _against(limit: Limit, dossier: Dossier) -> Headroom | Refusal:
    declaration = dossier.declaration
    if declaration is None:
        return Refusal("limits.no-declaration")
    fact = declaration.fact
    return headroom(limit, of_fact(fact, unit_facts(dossier.product.fact)), fact.document)
