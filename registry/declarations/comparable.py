"""What two declarations must share before their numbers may stand side by side."""

from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction

from registry.declarations.facts import DeclarationFact
from registry.units.table import Unit, table

_DIGITS = Context(prec=28)


class Generation(StrEnum):
    """Families of calculation rules; values of two families never share a comparison or a percentile."""

    EN15804_A1 = "EN 15804+A1"
    EN15804_A2 = "EN 15804+A2"
    ISO21930 = "ISO 21930"
    ISO14067 = "ISO 14067"
    GBT24067 = "GB/T 24067"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Basis:
    """Values compare only inside one basis. The boundary is cradle to gate, A1–A3, throughout."""

    kind: str
    performance: str | None
    unit: str
    generation: Generation
    indicator: str

    @property
    def key(self) -> str:
        return "|".join((self.kind, self.performance or "-", self.unit, self.generation, self.indicator))


@dataclass(frozen=True, slots=True)
class Cell:
    """kg CO₂e of A1–A3 per one `basis.unit`."""

    value: Decimal
    basis: Basis


def generation(standard: str) -> Generation:
    """The family a standard's name belongs to; EN 15804 without an amendment named is not guessed."""
    text = "".join(standard.upper().split())
    if "15804" in text:
        if "A2" in text:
            return Generation.EN15804_A2
        return Generation.EN15804_A1 if "A1" in text else Generation.OTHER
    for mark, family in (
        ("21930", Generation.ISO21930),
        ("24067", Generation.GBT24067),
        ("14067", Generation.ISO14067),
    ):
        if mark in text:
            return family
    return Generation.OTHER


def per_unit(value: Decimal, fact: DeclarationFact, unit: Unit) -> Decimal | None:
    """A declared value for one `unit`; None when the declared unit measures something else."""
    declared = table().by_code.get(fact.declared_unit)
    if declared is None or declared.dimension is not unit.dimension:
        return None
    amount = Fraction(fact.declared_amount) * Fraction(declared.factor) / Fraction(unit.factor)
    exact = Fraction(value) / amount
    return _DIGITS.divide(Decimal(exact.numerator), Decimal(exact.denominator))
