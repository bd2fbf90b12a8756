"""The whole demonstration register, made from a seed: the same records in every build."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from registry.certificates.service import BodyAct
from registry.declarations.facts import DeclarationFact
from registry.parties.facts import OrganisationFact, PlantFact
from registry.products.facts import ProductFact
from registry.reports.facts import SelfDeclarationFact, TestReportFact
from seeds.demo import (
    batches,
    case_scope,
    case_states,
    certificates,
    documents,
    evidence,
    hard_carbon,
    ladder,
)
from seeds.demo.carbon import declare, varied
from seeds.demo.certificates import Certified
from seeds.demo.lines import groups
from seeds.demo.parties import CONTROLLER, Firm, institutions, make_firm, scattered_cities
from seeds.demo.products import Made, catalogue
from seeds.demo.workshop import Reference, Workshop

SEED: Final = 20261121
DECLARED_SHARE: Final = 0.78


@dataclass(frozen=True, slots=True)
class Register:
    """Every invented record, in the order in which it is stored."""

    organisations: tuple[OrganisationFact, ...]
    plants: tuple[PlantFact, ...]
    products: tuple[ProductFact, ...]
    certificates: tuple[Certified, ...]
    reports: tuple[TestReportFact, ...]
    self_declarations: tuple[SelfDeclarationFact, ...]
    declarations: tuple[DeclarationFact, ...]
    documented: tuple[DeclarationFact, ...]  # what their documents are made from

    @property
    def acts(self) -> Iterator[tuple[Certified, BodyAct]]:
        """The acts of the bodies, each certificate's first to last."""
        return ((certified, act) for certified in self.certificates for act in certified.acts)


def build(reference: Reference) -> Register:
    """Make the register; nothing but the seed and the reference tables decides what is in it."""
    shop = Workshop(Random(SEED), reference)  # noqa: S311 - invented data, no secret
    trades = _makers(shop)
    _ladder(shop)
    for case in (case_states, case_scope, evidence):
        case.build(shop)
    rest = catalogue(
        shop.rng, trades, reference.kinds, reserved=(shop.firms[number].id for number in ladder.VALUES)
    )
    for certified in certificates.bulk(shop.rng, rest, reference.kinds, reference.categories):
        shop.add(certified)
    named = {
        product for c in shop.certificates.values() for row in c.fact.rows for product in row.product_ids
    }
    evidence.bulk(shop, (made for made in rest if made.id not in named))
    hard_carbon.build(shop)
    everything = [*shop.products.values(), *rest]
    _declarations(shop, [made for made in everything if made.handle not in shop.declarations])
    return _collected(shop, everything)


def _makers(shop: Workshop) -> dict[str, list[Firm]]:
    """The firms of every trade, numbered through; Zhejiang's concrete firms stay in their province."""
    found: dict[str, list[Firm]] = {}
    zhejiang = [city for city in shop.reference.cities if city.startswith(ladder.PROVINCE[:2])]
    number = 0
    for group in groups():
        for _ in range(group.firms):
            number += 1
            here = zhejiang if number in ladder.VALUES else shop.reference.cities
            firm = make_firm(
                number,
                scattered_cities(shop.rng, here, most_plants=1 if number in ladder.VALUES else 3),
                radius_km=group.radius,
                controller=CONTROLLER if number in ladder.SAME_CONTROLLER else None,
            )
            shop.firms[number] = firm
            found.setdefault(group.group, []).append(firm)
    return found


def _ladder(shop: Workshop) -> None:
    tables = shop.reference
    for step in ladder.steps(shop.rng, shop.firms, tables.kinds, tables.categories):
        shop.products[step.product.handle] = step.product
        shop.declarations[step.product.handle] = step.declaration
        shop.add(step.certificate)


def _declarations(shop: Workshop, products: Sequence[Made]) -> None:
    """A declaration for most products; every case product has one, so that its page is complete."""
    for serial, made in enumerate(products, 1):
        is_case = made.handle.startswith("case-")
        if not is_case and shop.rng.random() > DECLARED_SHARE:
            continue
        mass = made.spec.density or made.spec.mass_m2 or made.spec.mass_piece
        impact = varied(shop.rng, made.spec.gwp, made.fact.unit, mass_kg=mass)
        plants = made.fact.plant_ids if shop.rng.random() < 0.5 else ()
        fact = declare(made.handle, serial, [made.id], impact, plants=plants)
        shop.declarations[made.handle] = fact if is_case else hard_carbon.with_gaps(shop.rng, fact)
    named = {made.handle: made for made in products if not made.handle.startswith("case-")}
    plain = {handle: shop.declarations[handle] for handle in named if handle in shop.declarations}
    shop.declarations |= dict(hard_carbon.editions_beside(shop.rng, plain, named))


def _collected(shop: Workshop, products: Sequence[Made]) -> Register:
    firms = [shop.firms[number] for number in sorted(shop.firms)]
    seats = shop.reference.cities
    return Register(
        organisations=(
            *institutions(list(shop.reference.categories.values()), seats),
            *(firm.fact for firm in firms),
        ),
        plants=tuple(plant for firm in firms for plant in firm.plants),
        products=tuple(batches.labelled(made.fact, made.handle) for made in products),
        certificates=tuple(shop.certificates.values()),
        reports=tuple(shop.reports.values()),
        self_declarations=tuple(shop.self_declarations.values()),
        declarations=tuple(
            documents.as_entered(fact) if documents.is_stated(handle, fact) else fact
            for handle, fact in shop.declarations.items()
        ),
        documented=tuple(
            fact for handle, fact in shop.declarations.items() if documents.is_stated(handle, fact)
        ),
    )
