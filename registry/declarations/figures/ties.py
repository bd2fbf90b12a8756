"""What a document states that ties its declared unit to others: a mass, a density, a thickness."""

from collections.abc import Iterable, Sequence
from decimal import Context, Decimal
from fractions import Fraction

from registry.declarations.dataset import WHOLE_MASS, DeclaredUnit, Property
from registry.declarations.facts import DeclarationFact
from registry.units.convert import TIES, FactKind, ProductFact
from registry.units.parse import parse_unit
from registry.units.table import Dimension, Unit, table

_DIGITS = Context(prec=28)
_BY_DIMENSIONS = {(tie.source, tie.target): kind for kind, tie in TIES.items()}


def of_fact(fact: DeclarationFact, stated: Sequence[ProductFact]) -> tuple[ProductFact, ...]:
    """The declaration's own mass stands before the product's: its value was worked out with it."""
    declared = table().by_code.get(fact.declared_unit)
    kind = None if declared is None else _BY_DIMENSIONS.get((declared.dimension, Dimension.MASS))
    if fact.mass_kg is None or declared is None or kind is None:
        return tuple(stated)
    amount = Fraction(fact.declared_amount) * Fraction(declared.factor)
    own = ProductFact(kind, _decimal(Fraction(fact.mass_kg) / amount), fact.code)
    return (own, *(one for one in stated if one.kind is not kind))


def of_properties(properties: Iterable[Property], per: DeclaredUnit, source: str) -> tuple[ProductFact, ...]:
    """Each property whose unit fits its dimensions; one that fits none ties nothing."""
    declared = table().by_code.get(per.unit or "")
    found = (_tie(_per_unit(one, per), declared, source) for one in properties)
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _per_unit(stated: Property, declared: DeclaredUnit) -> Property:
    """A mass of the whole declared amount as that of one unit: 30 kg of 2 m² are 15 kg/m²."""
    if stated.kind != WHOLE_MASS or declared.amount <= 0:
        return stated
    one = _decimal(Fraction(stated.value) / Fraction(declared.amount))
    return stated.model_copy(update={"value": one})


def _tie(stated: Property, declared: Unit | None, source: str) -> ProductFact | None:
    if stated.kind in set(FactKind):
        kind = FactKind(stated.kind)
        value = _in_unit_of(kind, stated)
        return None if value is None or value <= 0 else ProductFact(kind, _decimal(value), source)
    measured = _read(stated.unit)
    if measured is None or declared is None or stated.value <= 0:
        return None
    unit, times = measured
    ratio = Fraction(stated.value) * times * Fraction(unit.factor) / Fraction(declared.factor)
    for pair, value in (
        ((declared.dimension, unit.dimension), ratio),
        ((unit.dimension, declared.dimension), 1 / ratio),
    ):
        if (named := _BY_DIMENSIONS.get(pair)) is not None:
            return ProductFact(named, _decimal(value / Fraction(TIES[named].scale)), source)
    return None


def _in_unit_of(kind: FactKind, stated: Property) -> Fraction | None:
    """The figure in the unit of its kind: g/cm³ as kg/m³, a thickness in m as mm."""
    tie = TIES[kind]
    upper, _, lower = stated.unit.partition("/")
    above, below = _read(upper), _read(lower)
    if above is None:
        return None
    value = Fraction(stated.value) * above[1] * Fraction(above[0].factor) / Fraction(tie.scale)
    if not lower and kind is FactKind.THICKNESS:
        return value if above[0].dimension is Dimension.LENGTH else None
    if above[0].dimension is not tie.target:
        return None
    if not lower:
        return value if tie.source is Dimension.PIECE else None
    if below is None or below[0].dimension is not tie.source:
        return None
    return value / (below[1] * Fraction(below[0].factor))


def _read(text: str) -> tuple[Unit, Fraction] | None:
    parsed = parse_unit(text) if text else None
    return None if parsed is None else (parsed.unit, Fraction(parsed.multiplier))


def _decimal(value: Fraction) -> Decimal:
    return _DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))
