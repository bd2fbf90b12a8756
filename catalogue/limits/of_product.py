"""A product against every limit of its kind on a day: met, missed, refused with its reason, or open."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from catalogue.limits.energy import benchmarks_of
from catalogue.limits.finding import Applicable, Found, Open, limits_for
from catalogue.limits.headroom import Headroom, headroom, not_in_force
from catalogue.limits.tables import Limit
from registry.declarations.facts import DeclarationFact
from registry.declarations.figures.gwp import Refusal
from registry.declarations.figures.stated import Stated, stated_by
from registry.dossiers.dossier import Dossier
from registry.firms.benchmarks import Limit as EnergyLimit
from registry.policies.facts import BenchmarkFact
from registry.products.conversions import unit_facts
from registry.products.facts import ProductFact


@dataclass(frozen=True, slots=True)
class Judged:
    """One limit that applies, and what the product's value has to do with it."""

    applicable: Applicable
    found: Headroom | Refusal


@dataclass(frozen=True, slots=True)
class OfProduct:
    """`energy` are benchmarks of the plants that make the kind; no carbon value is held against them.

    `ended` is why a paper that is not in force on the day is held against none of the limits there are.
    """

    judged: tuple[Judged, ...]
    open: tuple[Open, ...]
    energy: tuple[EnergyLimit, ...]
    ended: Refusal | None = None


def of_product(
    dossier: Dossier,
    benchmarks: Iterable[BenchmarkFact],
    *,
    regions: Collection[str] = (),
    known: Mapping[str, str] | None = None,
) -> OfProduct:
    """`known` is what is said of the product beside its recorded attributes, which stand first."""
    product, day, declaration = dossier.product.fact, dossier.at.on, dossier.declaration
    attributes = {**(known or {}), **product.attributes}
    found = limits_for(product.kind, attributes, day, regions=regions)
    fact = declaration.fact if declaration is not None else None
    document = dossier.documents.get(fact.id) if fact is not None else None
    judged = of_declaration(product, fact, document, found, on=day)
    return replace(judged, energy=tuple(benchmarks_of(product.kind, benchmarks, day)))


def of_declaration(
    product: ProductFact,
    fact: DeclarationFact | None,
    document: Stated | None,
    applying: Found,
    *,
    on: date,
) -> OfProduct:
    """One declaration of a product against limits, whichever other declarations there are."""
    ended = not_in_force(fact, on) if fact is not None else None
    if ended is not None and (applying.applicable or applying.open):
        return OfProduct((), (), (), ended)
    judged = tuple(Judged(one, _against(one.limit, product, fact, document)) for one in applying.applicable)
    return OfProduct(judged, applying.open, ())


def _against(
    limit: Limit, product: ProductFact, fact: DeclarationFact | None, document: Stated | None
) -> Headroom | Refusal:
    if fact is None:
        return Refusal("limits.no-declaration")
    return headroom(limit, stated_by(fact, document, unit_facts(product)), fact)
