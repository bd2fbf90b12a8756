"""A second answer for unit conversion: pint's dimensional analysis, trying every product of stated facts."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pint

from registry.units.convert import FactKind

_REGISTRY: pint.UnitRegistry[Fraction] = pint.UnitRegistry(non_int_type=Fraction, cache_folder=None)
_REGISTRY.define("set_of_parts = [set_of_parts]")
_REGISTRY.define("building_piece = [building_piece]")

NAMES = {
    "m3": "meter**3", "dm3": "decimeter**3", "cm3": "centimeter**3", "l": "liter", "ml": "milliliter",
    "yd3": "yard**3", "ft3": "foot**3", "m2": "meter**2", "cm2": "centimeter**2", "mm2": "millimeter**2",
    "ha": "hectare", "ft2": "foot**2", "m": "meter", "km": "kilometer", "dm": "decimeter", "cm": "centimeter",
    "mm": "millimeter", "ft": "foot", "in": "inch", "kg": "kilogram", "g": "gram", "t": "metric_ton",
    "lb": "pound", "MJ": "megajoule", "GJ": "gigajoule", "kWh": "kilowatt_hour", "MWh": "megawatt_hour",
    "W": "watt", "kW": "kilowatt", "piece": "building_piece", "set": "set_of_parts",
}  # fmt: skip
# Volume, area and length stand as dimensions of their own here: m³ over m is an area to pint, but no
# product's area follows from dividing by the length of a piece.
for _name in ("bulk", "surface", "run", "weight"):
    _REGISTRY.define(f"{_name} = [{_name}]")
TAGGED = {
    "meter**3": "bulk",
    "meter**2": "surface",
    "meter": "run",
    "kilogram": "weight",
    "building_piece": "building_piece",
    "set_of_parts": "set_of_parts",
}
FACTS: dict[FactKind, tuple[Fraction, str]] = {
    FactKind.DENSITY: (Fraction(1), "weight/bulk"),
    FactKind.THICKNESS: (Fraction(1, 1000), "bulk/surface"),
    FactKind.AREA_MASS: (Fraction(1), "weight/surface"),
    FactKind.LENGTH_MASS: (Fraction(1), "weight/run"),
    FactKind.PIECE_AREA: (Fraction(1), "surface/building_piece"),
    FactKind.PIECE_VOLUME: (Fraction(1), "bulk/building_piece"),
    FactKind.PIECE_MASS: (Fraction(1), "weight/building_piece"),
    FactKind.PIECE_LENGTH: (Fraction(1), "run/building_piece"),
    FactKind.PIECES_PER_SET: (Fraction(1), "building_piece/set_of_parts"),
}


def within(value: Decimal, code: str, to: str) -> Fraction:
    """The value in another unit of the same dimension, as pint has it."""
    quantity = _REGISTRY.Quantity(Fraction(value), NAMES[code])
    return Fraction(quantity.to(NAMES[to]).magnitude)


def across(value: Decimal, code: str, to: str, facts: dict[FactKind, Decimal]) -> set[Fraction]:
    """Every answer reachable by multiplying or dividing by each stated fact at most once."""
    start, end = _base(code), _base(to)
    if start == end:
        return {within(value, code, to)}
    if start not in TAGGED or end not in TAGGED:
        return set()
    answers = set()
    inward = within(value, code, _code_of(start))
    outward = within(Decimal(1), _code_of(end), to)
    for powers in product((-1, 0, 1), repeat=len(facts)):
        quantity = _REGISTRY.Quantity(inward, TAGGED[start])
        for (kind, stated), power in zip(facts.items(), powers, strict=True):
            scale, tagged = FACTS[kind]
            quantity *= _REGISTRY.Quantity(Fraction(stated) * scale, tagged) ** power
        if quantity.is_compatible_with(TAGGED[end]):
            answers.add(Fraction(quantity.to(TAGGED[end]).magnitude) * outward)
    return answers


def _base(code: str) -> str:
    """The base unit, in pint's words, of the dimension pint sees in a code."""
    bases = (*TAGGED, "megajoule", "watt")
    return next(name for name in bases if _REGISTRY.Quantity(1, NAMES[code]).is_compatible_with(name))


def _code_of(name: str) -> str:
    return next(code for code, known in NAMES.items() if known == name)
