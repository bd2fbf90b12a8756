"""What the figures of a carbon declaration must be, and which deserve a question though they may stand.

Plausible ranges are data of the register with their source; a figure outside is a hint and never a refusal.
"""

from collections.abc import Iterator, Mapping
from decimal import Context, Decimal

from registry.applications.findings import Finding, error, warning
from registry.applications.reference import Range, Reference
from registry.applications.rules import validity
from registry.applications.values import Values
from registry.categories.service import ancestors
from registry.declarations import sums
from registry.declarations.facts import MODULES
from registry.kit.reading.folded import fold
from registry.kit.types import plain
from registry.units.table import Dimension, table

_DIGITS = Context(prec=12)
_THOUSAND = Decimal(1000)


def modules(values: Values) -> dict[str, Decimal]:
    """What was declared; a blank module is not declared, which is never 0."""
    found = {module: values.get(f"carbon.modules.{module}", Decimal) for module in MODULES}
    return {module: value for module, value in found.items() if value is not None}


def check(values: Values, reference: Reference, *, kind: str | None) -> Iterator[Finding]:
    """Everything about the carbon part; `kind` is the product's material kind where it is known."""
    yield from validity(values, reference)
    declared = modules(values)
    if not declared and not reference.has_own_stages:
        yield error("carbon.modules.A1-A3", "no-module-declared")
    yield from _sum_agrees(declared)
    number = values.get("carbon.number", str)
    followed = reference.followed.id if reference.followed is not None else None
    for fact in reference.declarations:
        if number is not None and fold(fact.number) == fold(number) and fact.id != followed:
            yield error("carbon.number", "already-recorded", record=fact.code)
    yield from _plausible(values, reference, declared, kind=kind)


def _sum_agrees(declared: Mapping[str, Decimal]) -> Iterator[Finding]:
    """By the one rule of sums that every declaration is held to."""
    parts = [declared[module] for module in ("A1", "A2", "A3") if module in declared]
    total = declared.get("A1-A3")
    if total is None or len(parts) != 3:
        return
    if not sums.agree(total, parts):
        added = plain(sums.added(parts))
        yield error("carbon.modules.A1-A3", "sum-differs", added=added, stated=plain(total))


def total(declared: Mapping[str, Decimal]) -> Decimal | None:
    """A1–A3 as declared: the stated sum, else its three parts."""
    if "A1-A3" in declared:
        return declared["A1-A3"]
    parts = [declared.get(module) for module in ("A1", "A2", "A3")]
    stated = [part for part in parts if part is not None]
    return sum(stated, Decimal(0)) if len(stated) == 3 else None


def _plausible(
    values: Values, reference: Reference, declared: Mapping[str, Decimal], *, kind: str | None
) -> Iterator[Finding]:
    value = total(declared)
    path = "carbon.modules.A1-A3" if "A1-A3" in declared else "carbon.modules.A1"
    if value is None or kind is None:
        return
    per = _per(values, value)
    found = _range(reference, kind, frozenset(per))
    if found is None or found.low <= per[found.per] <= found.high:
        return
    figure = per[found.per]
    facts = {
        "value": plain(_DIGITS.plus(figure)),
        "per": found.per,
        "low": plain(found.low),
        "high": plain(found.high),
    }
    slipped = any(found.low <= other <= found.high for other in (figure / _THOUSAND, figure * _THOUSAND))
    yield warning(path, "unit-slip" if slipped else "outlier", **facts)


def _per(values: Values, value: Decimal) -> dict[str, Decimal]:
    """The value per kg and per m², as far as the declaration itself says how."""
    amount = values.get("carbon.declared_amount", Decimal)
    unit = table().by_code.get(values.get("carbon.declared_unit", str) or "")
    mass = values.get("carbon.mass_kg", Decimal)
    found: dict[str, Decimal] = {}
    if amount and unit is not None and unit.dimension is Dimension.MASS:
        found["kg"] = value / (amount * unit.factor)
    elif mass:
        found["kg"] = value / mass
    if amount and unit is not None and unit.dimension is Dimension.AREA:
        found["m2"] = value / (amount * unit.factor)
    return found


def _range(reference: Reference, kind: str, units: frozenset[str]) -> Range | None:
    """The range of the kind or of its nearest parent, in a unit that the value can be had in."""
    for name in ancestors(kind, dict(reference.kinds)):
        for one in reference.ranges:
            if one.kind == name and one.per in units:
                return one
    return None
