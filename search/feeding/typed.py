"""The typed values of a product: closed lists, texts and yes or no by name, and numbers by name."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TypeAlias

from registry.categories.facts import AttributeSpec, AttributeType, MaterialKindFact
from registry.products.facts import ProductFact
from search.documents.product import ATTRIBUTE_NAME

Units: TypeAlias = Mapping[str, set[str]]  # by the name of a number
_STATED = (("density", "kg/m3"), ("thickness", "mm"), ("area_mass", "kg/m2"))  # of any product, with the unit
_UNSPOKEN = re.compile(r"[^a-z0-9]+")


def attributes(product: ProductFact, kind: MaterialKindFact) -> Mapping[str, str]:
    """Values of closed lists, texts, and "true" or "false"."""
    return {
        spec.name: product.attributes[spec.name]
        for spec in kind.attributes
        if spec.type is not AttributeType.DECIMAL
        and product.attributes.get(spec.name)
        and ATTRIBUTE_NAME.fullmatch(spec.name)
    }


def quantities(product: ProductFact, kind: MaterialKindFact, units: Units) -> Mapping[str, Decimal]:
    """Numbers of the kind's own, and what the product states of its mass and thickness where they lack."""
    stated = dict(
        zip(_STATED, (product.density_kg_m3, product.thickness_mm, product.mass_kg_m2), strict=True)
    )
    found = {name: value for name, value in stated.items() if value is not None}
    for spec in _numbers(kind):
        if spec.name in product.attributes:
            found[spec.name, spec.unit or ""] = Decimal(product.attributes[spec.name])
    named = {_named(name, unit, units): value for (name, unit), value in found.items()}
    return {name: value for name, value in named.items() if ATTRIBUTE_NAME.fullmatch(name)}


def specs(
    kinds: Iterable[MaterialKindFact], every: Iterable[MaterialKindFact]
) -> Mapping[str, AttributeSpec]:
    """Attributes of some of all kinds by the names they are searched by, as the first of them has each."""
    found: dict[str, AttributeSpec] = {}
    for name, spec in searched(kinds, every):
        found.setdefault(name, spec)
    return found


def searched(
    kinds: Iterable[MaterialKindFact], every: Iterable[MaterialKindFact]
) -> Iterator[tuple[str, AttributeSpec]]:
    """Every attribute of some of all kinds, with the name it is searched by."""
    units = units_of(every)
    for kind in kinds:
        for spec in kind.attributes:
            is_number = spec.type is AttributeType.DECIMAL
            yield _named(spec.name, spec.unit or "", units) if is_number else spec.name, spec


def limited(every: Iterable[MaterialKindFact]) -> frozenset[str]:
    """The names of all numbers that can be limited: of the kinds, and what products state of themselves."""
    kinds = tuple(every)
    units = units_of(kinds)
    own = {(spec.name, spec.unit or "") for kind in kinds for spec in _numbers(kind)}
    return frozenset(_named(name, unit, units) for name, unit in own | set(_STATED))


def units_of(kinds: Iterable[MaterialKindFact]) -> Units:
    """The units each number is stated in by some of all kinds."""
    found: dict[str, set[str]] = {}
    for kind in kinds:
        for spec in _numbers(kind):
            found.setdefault(spec.name, set()).add(spec.unit or "")
    return found


def _numbers(kind: MaterialKindFact) -> Iterable[AttributeSpec]:
    return (spec for spec in kind.attributes if spec.type is AttributeType.DECIMAL)


def _named(name: str, unit: str, units: Units) -> str:
    """With its unit where kinds state it in several: voc_g_l and voc_g_kg are never compared."""
    if len(units.get(name, ())) < 2:
        return name
    return f"{name}_{_UNSPOKEN.sub('_', unit.lower()).strip('_')}".rstrip("_")
