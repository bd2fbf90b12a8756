"""Checks of the declared unit and of the figures that tie it to others: mass, density, thickness."""

import re
from collections.abc import Iterator
from decimal import Decimal

from registry.declarations.preflight.conditions import A2, KIND, MODULAR, NOT_A2
from registry.declarations.preflight.model import Family, Fault, Severity, at
from registry.declarations.preflight.view import HEAVIEST, LIGHTEST, MASS, PLACEHOLDER, View, symbol
from registry.units.convert import TIES, FactKind
from registry.units.parse import ParsedUnit, parse_unit
from registry.units.table import Dimension, table

checks = Family()
NOT_GOODS = frozenset(
    {Dimension.LABOUR, Dimension.PLANT_TIME, Dimension.MONEY, Dimension.SHARE, Dimension.LUMP}
)
IMPERIAL = frozenset({"yd3", "ft3", "ft2", "ft", "in", "lb"})
NEAR, HOLLOW = Decimal("0.05"), Decimal("0.4")
_TON = re.compile(r"\b(?:short |long |us )?tons?\b")
_YARD = re.compile(r"\byd\b|yd3|yd³|cubic ?yard|立方码")
_PER_MM = re.compile(r"(?:per|/|je|每)\s*(?:1\s*)?(?:mm|毫米)")
_SAID = re.compile(r"(\d+(?:\.\d+)?)\s*(m2|m²|㎡|m3|m³|kg|t|pcs|平方米|立方米|千克|公斤|吨)(?![\w/²³])")


def written(view: View) -> ParsedUnit | None:
    return parse_unit(view.dataset.declared.stated)


checks.ask("unit-unknown", Severity.ERROR, lambda view: view.unit is None, place="declared.unit")
checks.ask(
    "unit-no-goods",
    Severity.ERROR,
    lambda view: view.unit is not None and view.unit.dimension in NOT_GOODS,
    place="declared.unit",
)


@checks.check("unit-imperial", Severity.NOTE)
def unit_imperial(view: View) -> Iterator[Fault]:
    if view.unit is not None and view.unit.code in IMPERIAL:
        yield at("declared.unit", unit=view.unit.symbol_en)


@checks.check("unit-ton-ambiguous", Severity.WARNING, source="a US ton is 907 kg (high)")
def unit_ton_ambiguous(view: View) -> Iterator[Fault]:
    if _TON.search(view.dataset.declared.stated.casefold()):
        yield at("declared.unit", stated=view.dataset.declared.stated)


@checks.check("unit-stated-otherwise", Severity.ERROR)
def unit_stated_otherwise(view: View) -> Iterator[Fault]:
    read = written(view)
    if read is not None and view.unit is not None and read.unit != view.unit:
        yield at("declared.unit", stated=view.dataset.declared.stated, unit=view.unit.code)


@checks.check("unit-yard-as-metre", Severity.WARNING, source="1 yd³ = 0.764554857984 m³ (high)")
def unit_yard_as_metre(view: View) -> Iterator[Fault]:
    if view.unit is not None and view.unit.code == "m3" and _YARD.search(view.words):
        yield at("declared.unit")


@checks.check("unit-per-millimetre", Severity.WARNING)
def unit_per_millimetre(view: View) -> Iterator[Fault]:
    if view.unit is not None and view.unit.dimension is Dimension.AREA and _PER_MM.search(view.words):
        yield at("declared.unit")


checks.ask(
    "amount-not-positive",
    Severity.ERROR,
    lambda view: view.dataset.declared.amount <= 0,
    place="declared.amount",
)


@checks.check("amount-implausible", Severity.WARNING)
def amount_implausible(view: View) -> Iterator[Fault]:
    amount = view.dataset.declared.amount
    if amount > 0 and not Decimal("0.001") <= amount <= 100_000:
        yield at("declared.amount", amount=amount, unit=view.dataset.declared.stated)


checks.ask(
    "functional-unit-unsaid",
    Severity.WARNING,
    lambda view: view.dataset.declared.functional and not any(view.dataset.declared.words.values()),
    place="declared.words",
)


def _said(view: View) -> Iterator[tuple[Decimal, ParsedUnit]]:
    for text in view.dataset.declared.words.values():
        found = _SAID.search(text.casefold())
        read = parse_unit(found[2]) if found else None
        if found and read:
            yield Decimal(found[1]), read


@checks.check("unit-said-otherwise", Severity.WARNING)
def unit_said_otherwise(view: View) -> Iterator[Fault]:
    for amount, read in _said(view):
        if view.unit is not None and read.unit.dimension is not view.unit.dimension:
            yield at("declared.words", said=f"{amount} {read.unit.code}", unit=view.unit.code)


@checks.check("amount-said-otherwise", Severity.WARNING)
def amount_said_otherwise(view: View) -> Iterator[Fault]:
    own = view.dataset.declared.amount
    for amount, read in _said(view):
        unit = view.unit
        if unit is not None and read.unit.dimension is unit.dimension:
            said = amount * read.unit.factor
            if said != own * unit.factor:
                yield at("declared.words", said=f"{amount} {read.unit.code}", amount=own, unit=unit.code)


def _usual(view: View) -> Dimension | None:
    unit = table().by_code.get(view.context.kind_unit or "")
    return unit.dimension if unit and view.unit and unit.dimension is not view.unit.dimension else None


def _reached(view: View) -> bool:
    return view.amount_in(view.context.kind_unit or "") is not None


@checks.check("unit-not-comparable", Severity.WARNING, when=KIND)
def unit_not_comparable(view: View) -> Iterator[Fault]:
    if _usual(view) and view.unit and view.unit.dimension not in NOT_GOODS and not _reached(view):
        yield at("declared.unit", unit=view.unit.code, usual=view.context.kind_unit, kind=view.context.kind)


@checks.check("unit-unusual", Severity.NOTE, when=KIND)
def unit_unusual(view: View) -> Iterator[Fault]:
    if _usual(view) and view.unit and _reached(view):
        yield at("declared.unit", unit=view.unit.code, usual=view.context.kind_unit, kind=view.context.kind)


@checks.check("property-not-positive", Severity.ERROR)
def property_not_positive(view: View) -> Iterator[Fault]:
    for one in view.dataset.properties:
        if one.value <= 0:
            yield at(f"properties.{one.kind}", kind=one.kind, value=one.value)


@checks.check("property-twice", Severity.WARNING)
def property_twice(view: View) -> Iterator[Fault]:
    seen: dict[tuple[str, str], Decimal] = {}
    for one in view.dataset.properties:
        first = seen.setdefault((one.kind, symbol(one.unit)), one.value)
        if first != one.value:
            yield at(f"properties.{one.kind}", kind=one.kind, first=first, second=one.value)


@checks.check("property-unit-unknown", Severity.WARNING)
def property_unit_unknown(view: View) -> Iterator[Fault]:
    """A figure of a kind we convert with, in a unit that is not the kind's: it is left unused."""
    kinds = {kind.value for kind in FactKind}
    used = {fact.kind.value for fact in view.facts}
    for one in view.dataset.properties:
        believable = one.kind != FactKind.DENSITY or symbol(one.unit) != "kg/m3"
        if one.kind in kinds and one.kind not in used and one.value > 0 and believable:
            yield at(
                f"properties.{one.kind}", kind=one.kind, unit=one.unit, usual=TIES[FactKind(one.kind)].symbol
            )


def _densities(view: View) -> Iterator[Decimal]:
    """Densities as stated: an unbelievable one is not converted with."""
    for one in view.dataset.properties:
        if one.kind == FactKind.DENSITY and symbol(one.unit) == "kg/m3" and one.value > 0:
            yield one.value


@checks.check("density-too-low", Severity.WARNING)
def density_too_low(view: View) -> Iterator[Fault]:
    for density in _densities(view):
        if density < LIGHTEST:
            yield at("properties.density", density=density)


@checks.check("density-too-high", Severity.WARNING)
def density_too_high(view: View) -> Iterator[Fault]:
    for density in _densities(view):
        if density > HEAVIEST:
            yield at("properties.density", density=density)


@checks.check("thickness-implausible", Severity.WARNING)
def thickness_implausible(view: View) -> Iterator[Fault]:
    thickness = view.property(FactKind.THICKNESS)
    if thickness is not None and not Decimal("0.02") <= thickness <= 1500:
        yield at("properties.thickness", thickness=thickness)


@checks.check("grammage-disagrees", Severity.WARNING)
def grammage_disagrees(view: View) -> Iterator[Fault]:
    """Mass per area against density × thickness; hollow bodies weigh less, down to four tenths."""
    grammage, density = view.property(FactKind.AREA_MASS), view.property(FactKind.DENSITY)
    thickness = view.property(FactKind.THICKNESS)
    if grammage is None or density is None or thickness is None:
        return
    expected = density * thickness / 1000
    if not HOLLOW * expected <= grammage <= (1 + NEAR) * expected:
        yield at("properties.area-mass", stated=grammage, expected=expected)


def _without_mass(view: View) -> bool:
    """Of goods, in a unit that leads neither to mass nor (its own finding) to the kind's usual unit."""
    goods = (
        view.unit is not None and view.unit.dimension not in NOT_GOODS and view.dataset.declared.amount > 0
    )
    if any(one.kind == MASS and one.value == PLACEHOLDER for one in view.dataset.properties):
        return False  # a finding of its own
    return goods and view.mass() is None and (_usual(view) is None or _reached(view))


checks.ask(
    "mass-missing",
    Severity.WARNING,
    _without_mass,
    place="properties.mass",
    when=A2,
    source="EN 15804+A2: a factor to mass belongs to the declared unit (medium)",
)
checks.ask("mass-unstated", Severity.NOTE, _without_mass, place="properties.mass", when=NOT_A2)


@checks.check("mass-placeholder", Severity.WARNING, source="seen in real files (high)")
def mass_placeholder(view: View) -> Iterator[Fault]:
    """Exactly 1 kg for a m², a m³ or a piece; it is not converted with."""
    weighed = view.unit is None or view.unit.dimension is Dimension.MASS or view.mass() is not None
    if not weighed and any(one.kind == MASS and one.value == PLACEHOLDER for one in view.dataset.properties):
        yield at("properties.mass", unit=view.unit.code if view.unit else "-")


@checks.check("mass-of-mass", Severity.ERROR)
def mass_of_mass(view: View) -> Iterator[Fault]:
    for one in view.dataset.properties:
        if one.kind != MASS or one.unit != "kg" or one.value <= 0 or view.unit is None:
            continue
        if view.unit.dimension is Dimension.MASS and one.value != view.unit.factor:
            yield at("properties.mass", stated=one.value, unit=view.unit.code, expected=view.unit.factor)


@checks.check("service-life-implausible", Severity.WARNING, when=MODULAR)
def service_life_implausible(view: View) -> Iterator[Fault]:
    years = view.dataset.service_life_years
    if years is not None and not 1 <= years <= 200:
        yield at("service_life_years", years=years)


@checks.check(
    "service-life-missing", Severity.NOTE, when=MODULAR, source="EN 15804: needed for B modules (medium)"
)
def service_life_missing(view: View) -> Iterator[Fault]:
    used = [m for m in ("B2", "B3", "B4", "B5", "B6", "B7") if view.number(view.climate or "", m)]
    if used and view.dataset.service_life_years is None:
        yield at("service_life_years", modules=used)
