"""The bench on which single cases are made: firms, products and certificates by their handles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final
from uuid import UUID

from registry.categories.facts import CategoryFact, MaterialKindFact
from registry.declarations.facts import DeclarationFact
from registry.reports.facts import SelfDeclarationFact, TestReportFact
from seeds.demo.certificates import Certified
from seeds.demo.lines import Line, drawn, lines
from seeds.demo.parties import Firm, make_firm
from seeds.demo.products import Made, make_product

CHENGDU: Final = "510100"


@dataclass(frozen=True, slots=True)
class Reference:
    """What the invented records lean on: our kinds, the certification categories and the cities."""

    kinds: Mapping[str, MaterialKindFact]
    categories: Mapping[str, CategoryFact]
    cities: tuple[str, ...]


@dataclass(slots=True)
class Workshop:
    """Collects what is made; every record is found again by its handle."""

    rng: Random
    reference: Reference
    firms: dict[int, Firm] = field(default_factory=dict)
    products: dict[str, Made] = field(default_factory=dict)
    certificates: dict[str, Certified] = field(default_factory=dict)
    reports: dict[str, TestReportFact] = field(default_factory=dict)
    self_declarations: dict[str, SelfDeclarationFact] = field(default_factory=dict)
    declarations: dict[str, DeclarationFact] = field(default_factory=dict)
    _lines: Mapping[str, Line] = field(default_factory=lambda: {line.kind: line for line in lines()})

    def firm(self, number: int, *cities: str, seat: str | None = None) -> Firm:
        """A firm with a plant in each city named; without a city and a seat, one plant in Chengdu."""
        made = make_firm(number, cities or (() if seat else (CHENGDU,)), seat=seat)
        self.firms[number] = made
        return made

    def product(
        self, handle: str, kind: str, firm: Firm, *, variant: int = 0, model: str = "", **extra: object
    ) -> Made:
        """A product of one of the line's specifications; `extra` replaces single fields."""
        line = self._lines[kind]
        chosen = line.variants[variant]
        spec = drawn(self.rng, line, chosen)
        default = f"{line.model}-{firm.number}-{variant + 1:02d}" if line.model else chosen.spec
        made = make_product(
            handle,
            firm=firm,
            kind=self.reference.kinds[kind],
            spec=spec,
            models=(model or default,),
            **extra,
        )
        self.products[handle] = made
        return made

    def add(self, certificate: Certified) -> Certified:
        self.certificates[certificate.handle] = certificate
        return certificate

    def category(self, name: str) -> CategoryFact:
        return self.reference.categories[name]


def plant_ids(firm: Firm, places: Sequence[int] = (0,)) -> list[UUID]:
    return [firm.plants[place].id for place in places]
