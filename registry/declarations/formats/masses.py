"""The mass of a declared unit as the figure that ties one m³, m² … to kilograms, and back; never rounded."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from registry.declarations.dataset import WHOLE_MASS, DeclaredUnit, Property
from registry.units.convert import TIES, FactKind
from registry.units.table import Dimension, table

_KINDS: Mapping[Dimension, FactKind] = {
    tie.source: kind for kind, tie in TIES.items() if tie.target is Dimension.MASS
}


def mass_of(number: Decimal, unit: str, declared: DeclaredUnit) -> Property:
    """361 kg of 1 m³ are 361 kg/m³; 10 kg of 3 m² have no exact figure for one and stay as they stand."""
    tie = _tie(declared)
    if tie is not None and unit == "kg":
        exact = _finite(Fraction(number) / tie[1])
        if exact is not None:
            return Property(kind=tie[0], value=exact, unit=TIES[tie[0]].symbol)
    return Property(kind=WHOLE_MASS, value=number, unit=unit)


def stated_mass(properties: Iterable[Property], declared: DeclaredUnit) -> tuple[Decimal, str] | None:
    """The mass of the declared unit and its unit, by the first property that states it."""
    tie = _tie(declared)
    for one in properties:
        if one.kind == WHOLE_MASS:
            return one.value, one.unit
        if tie is not None and one.kind == tie[0] and one.unit == TIES[tie[0]].symbol:
            whole = _finite(Fraction(one.value) * tie[1])
            return None if whole is None else (whole, "kg")
    return None


def _tie(declared: DeclaredUnit) -> tuple[FactKind, Fraction] | None:
    """The kind of figure that gives a declared unit its mass, and how many base units it is."""
    unit = table().by_code.get(declared.unit or "")
    if unit is None or unit.dimension not in _KINDS or declared.amount <= 0:
        return None
    return _KINDS[unit.dimension], Fraction(declared.amount) * Fraction(unit.factor)


def _finite(value: Fraction) -> Decimal | None:
    """The same number in at most 28 digits, or None."""
    answer = Decimal(value.numerator) / Decimal(value.denominator)
    return answer if Fraction(answer) == value else None
