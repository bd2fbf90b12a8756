"""A declared A1–A3 value for units it was not declared in, by what the papers themselves state."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal
from fractions import Fraction

from registry.declarations.comparable import Generation, generation
from registry.declarations.facts import DeclarationFact, a1_a3
from registry.units.convert import Converted, FactKind, ProductFact, convert
from registry.units.table import Dimension, Unit, table

PER = ("kg", "t", "m2", "m3")  # what buyers compare by beside a kind's own unit
_DIGITS = Context(prec=28)
# The indicator that counts every greenhouse gas; a part of it, such as GWP-fossil, is no footprint.
_WHOLE: Mapping[Generation, tuple[str, ...]] = {
    Generation.EN15804_A1: ("gwp", "gwp-total"),
    Generation.EN15804_A2: ("gwp-total",),
    Generation.ISO21930: ("gwp", "gwp-total"),
    Generation.ISO14067: ("carbon-footprint", "gwp", "gwp-total"),
    Generation.GBT24067: ("carbon-footprint", "gwp", "gwp-total"),
}
_MASSES = {
    Dimension.VOLUME: FactKind.DENSITY,
    Dimension.AREA: FactKind.AREA_MASS,
    Dimension.LENGTH: FactKind.LENGTH_MASS,
    Dimension.PIECE: FactKind.PIECE_MASS,
}


def figures(
    fact: DeclarationFact, units: Iterable[Unit], stated: Sequence[ProductFact]
) -> Mapping[str, Decimal]:
    """In kg CO₂e per one of each unit it can be had in; a unit without a way there is left out."""
    total, declared = a1_a3(fact), table().by_code.get(fact.declared_unit)
    whole = _WHOLE.get(generation(fact.standard), ())
    if total is None or declared is None or fact.indicator.strip().casefold() not in whole:
        return {}
    facts = _facts(fact, declared, stated)
    found: dict[str, Decimal] = {}
    for unit in units:
        amount = convert(fact.declared_amount, declared, unit, facts=facts)
        if isinstance(amount, Converted):
            found[unit.code] = _DIGITS.divide(total, amount.value)
    return found


def _facts(fact: DeclarationFact, declared: Unit, stated: Sequence[ProductFact]) -> tuple[ProductFact, ...]:
    """The declaration's own mass stands before the product's: its value was worked out with it."""
    kind = _MASSES.get(declared.dimension)
    if fact.mass_kg is None or kind is None:
        return tuple(stated)
    amount = Fraction(fact.declared_amount) * Fraction(declared.factor)
    exact = Fraction(fact.mass_kg) / amount
    mass = _DIGITS.divide(Decimal(exact.numerator), Decimal(exact.denominator))
    return (ProductFact(kind, mass, fact.code), *(one for one in stated if one.kind is not kind))
