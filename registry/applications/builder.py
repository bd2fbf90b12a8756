"""What every record is made from: an application's values, and the register's things they name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from registry.applications.fields import Part
from registry.applications.given import Given
from registry.applications.reference import Reference
from registry.applications.values import Values
from registry.kit.ids import public_code
from registry.parties.facts import PlantFact
from registry.products.facts import ProductFact

# The letter of each thing in our 登记号; an application's product is a P like every other.
LETTERS: Mapping[Part, str] = {
    Part.COMPANY: "O",
    Part.PLANT: "F",
    Part.PRODUCT: "P",
    Part.CERTIFICATE: "C",
    Part.REPORT: "R",
    Part.SELF_DECLARATION: "S",
    Part.CARBON: "E",
    Part.HONOUR: "H",
    Part.ENERGY: "N",
    Part.DISCLOSURE: "D",
}


@dataclass(frozen=True, slots=True)
class Builder:
    """What every part's record is made from."""

    given: Given
    values: Values
    reference: Reference

    def code(self, part: Part) -> str:
        demonstration = self.reference.demonstration
        return public_code(LETTERS[part], self.given.key(part), demonstration=demonstration)

    def text(self, path: str) -> str:
        return self.values.need(path, str)

    def day(self, path: str) -> date:
        return self.values.need(path, date)

    def organisation(self, path: str) -> UUID:
        """Blank means the applicant, since nothing is asked twice."""
        code = self.values.get(path, str)
        return self.given.organisation_id if code is None else self.reference.organisations[code].id

    def optional_organisation(self, path: str) -> UUID | None:
        return self.organisation(path) if self.values.get(path, str) else None

    def plants(self, path: str) -> tuple[UUID, ...]:
        return tuple(self.reference.plants[code].id for code in self.values.words(path))

    def plant(self, path: str) -> PlantFact:
        return self.reference.plants[self.text(path)]

    def known_product(self) -> ProductFact | None:
        code = self.values.get("about.product", str)
        return None if code is None else self.reference.products[code]

    def product_id(self) -> UUID:
        known = self.known_product()
        return known.id if known else self.given.key(Part.PRODUCT)
