"""The carbon of a quantity by a generic value, always marked as a stand-in and with the way there."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from catalogue.background.generic import Generic
from registry.declarations.figures.gwp import Refusal
from registry.units.convert import ProductFact, Refused, Step, convert
from registry.units.table import Unit

_DIGITS = Context(prec=28)


@dataclass(frozen=True, slots=True)
class StandIn:
    """kg for a quantity; `generic` says what stands in, since no declaration does."""

    kilograms: Decimal
    generic: Generic
    quantity: Decimal
    unit: Unit
    path: tuple[Step, ...]


def stand_in(
    generic: Generic, quantity: Decimal, unit: Unit, *, facts: Sequence[ProductFact] = ()
) -> StandIn | Refusal:
    """The quantity in the unit of the generic value, times that value; never an estimate across units."""
    same = unit.dimension is generic.per.dimension
    found = convert(quantity, unit, generic.per, facts=() if same else facts)
    if isinstance(found, Refused):
        return Refusal(found.key, found.facts)
    return StandIn(_DIGITS.multiply(found.value, generic.value), generic, quantity, unit, found.path)
