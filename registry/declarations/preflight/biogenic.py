"""Checks of biogenic carbon: what a product takes in it gives back, and its content is 12/44 of that."""

from collections.abc import Iterator
from decimal import Decimal

from registry.declarations.preflight.conditions import A2, EN
from registry.declarations.preflight.model import Family, Fault, Severity, at
from registry.declarations.preflight.signs import BIO_KINDS
from registry.declarations.preflight.view import ARITHMETIC, END, ZERO, View

checks = Family()
TO_CO2 = ARITHMETIC.divide(Decimal(44), Decimal(12))
BALANCE = "EN 15804+A2, 6.3: -1/+1; carbon content × 44/12 (medium)"
SMALLEST = Decimal("0.05")  # kg of carbon: below, rounding and process emissions hide the rest


def _content(view: View) -> Decimal:
    """Carbon in the product and its packaging, kg."""
    data = view.dataset
    return (data.biogenic_carbon_kg or ZERO) + (data.biogenic_carbon_packaging_kg or ZERO)


def _uptake(view: View) -> Decimal | None:
    """CO₂ in kg taken in at the gate by GWP-biogenic, as a positive number."""
    gate = view.gate("GWP-biogenic")
    return -gate if gate is not None and gate < 0 else None


@checks.check("carbon-negative", Severity.ERROR)
def carbon_negative(view: View) -> Iterator[Fault]:
    data = view.dataset
    for field in ("biogenic_carbon_kg", "biogenic_carbon_packaging_kg"):
        value: Decimal | None = getattr(data, field)
        if value is not None and value < 0:
            yield at(field, value=value)


@checks.check("carbon-above-mass", Severity.ERROR, source="the part is not more than the whole")
def carbon_above_mass(view: View) -> Iterator[Fault]:
    carbon, mass = view.dataset.biogenic_carbon_kg, view.mass()
    if carbon is not None and mass is not None and carbon > mass:
        yield at("biogenic_carbon_kg", carbon=carbon, mass=mass)


@checks.check("carbon-share-high", Severity.WARNING, source="dry wood is half carbon (EN 16449, low)")
def carbon_share_high(view: View) -> Iterator[Fault]:
    carbon, mass = view.dataset.biogenic_carbon_kg, view.mass()
    if carbon is not None and mass is not None and Decimal("0.6") * mass < carbon <= mass:
        yield at("biogenic_carbon_kg", carbon=carbon, mass=mass)


@checks.check("carbon-share-low", Severity.WARNING, source="dry wood is half carbon (EN 16449, low)")
def carbon_share_low(view: View) -> Iterator[Fault]:
    """Timber of which less than a fifth is carbon: one of mass, content and amount is in another unit."""
    carbon, mass = view.dataset.biogenic_carbon_kg, view.mass()
    if carbon and mass and carbon < mass / 5 and (view.context.kind or "").startswith("timber"):
        yield at("biogenic_carbon_kg", carbon=carbon, mass=mass)


@checks.check(
    "carbon-placeholder", Severity.WARNING, source="1.0 stands for nothing in some real files (high)"
)
def carbon_placeholder(view: View) -> Iterator[Fault]:
    data = view.dataset
    if data.biogenic_carbon_kg == 1 and data.biogenic_carbon_packaging_kg == 1:
        yield at("biogenic_carbon_kg")


@checks.check(
    "carbon-missing",
    Severity.WARNING,
    when=A2,
    source="EN 15804+A2, 7.2: carbon content is declared (medium)",
)
def carbon_missing(view: View) -> Iterator[Fault]:
    uptake, fossil = _uptake(view), view.gate("GWP-fossil")
    data = view.dataset
    unstated = data.biogenic_carbon_kg is None and data.biogenic_carbon_packaging_kg is None
    if unstated and uptake and fossil and uptake > abs(fossil) / 10:
        yield at("biogenic_carbon_kg", uptake=uptake, carbon=uptake / TO_CO2)


@checks.check("carbon-of-timber-missing", Severity.NOTE, when=EN)
def carbon_of_timber_missing(view: View) -> Iterator[Fault]:
    timber = (view.context.kind or "").startswith(BIO_KINDS)
    if timber and view.dataset.biogenic_carbon_kg is None and not (_uptake(view) and view.gate("GWP-fossil")):
        yield at("biogenic_carbon_kg", kind=view.context.kind)


@checks.check("uptake-missing", Severity.WARNING, when=A2, source=BALANCE)
def uptake_missing(view: View) -> Iterator[Fault]:
    """A product that holds carbon took it in at the gate."""
    carbon, fossil, gate = _content(view), view.gate("GWP-fossil"), view.gate("GWP-biogenic")
    if carbon <= SMALLEST or gate is None or gate < 0 or fossil is None or _placeholder(view):
        return
    if carbon * TO_CO2 > abs(fossil) / 10:
        yield at("indicators.GWP-biogenic", carbon=carbon, held=carbon * TO_CO2, value=gate)


def _placeholder(view: View) -> bool:
    data = view.dataset
    return data.biogenic_carbon_kg == 1 and data.biogenic_carbon_packaging_kg == 1


@checks.check("uptake-differs", Severity.WARNING, when=A2, source=BALANCE)
def uptake_differs(view: View) -> Iterator[Fault]:
    """Twice or half of 44/12 of the content: sales of by-products and process emissions explain less."""
    carbon, uptake = _content(view), _uptake(view)
    if uptake and carbon > SMALLEST and not _placeholder(view) and not _is_co2(carbon, uptake):
        held = carbon * TO_CO2
        if not held / 2 <= uptake <= held * 2:
            yield at("indicators.GWP-biogenic", carbon=carbon, held=held, uptake=uptake)


def _is_co2(carbon: Decimal, uptake: Decimal) -> bool:
    """Whether the content equals the uptake itself: CO₂ was written where carbon was asked for."""
    return abs(carbon - uptake) < uptake * Decimal("0.03")


@checks.check("carbon-as-dioxide", Severity.WARNING, when=A2, source=BALANCE)
def carbon_as_dioxide(view: View) -> Iterator[Fault]:
    carbon, uptake, mass = _content(view), _uptake(view), view.mass()
    if uptake and carbon > SMALLEST and _is_co2(carbon, uptake) and not (mass is not None and carbon > mass):
        yield at("biogenic_carbon_kg", carbon=carbon, divided=carbon / TO_CO2)


def _later(view: View) -> Iterator[tuple[str | None, Decimal]]:
    """GWP-biogenic of A5, B and C under each scenario, where all of C is declared."""
    for scenario in view.scenarios():
        found = {m: view.under("GWP-biogenic", m, scenario) for m in ("A4", "A5", "B1", *END)}
        if all(found[module] is not None for module in END):
            yield scenario, sum((value for value in found.values() if value is not None), ZERO)


@checks.check("uptake-not-returned", Severity.WARNING, when=A2, source=BALANCE)
def uptake_not_returned(view: View) -> Iterator[Fault]:
    uptake, fossil = _uptake(view), view.gate("GWP-fossil")
    if uptake and fossil is not None and uptake > abs(fossil) / 50:
        for scenario, later in _later(view):
            if later < uptake * Decimal("0.85"):
                yield at("indicators.GWP-biogenic.C", uptake=uptake, returned=later, scenario=scenario or "-")


@checks.check("more-returned-than-taken", Severity.WARNING, when=A2, source=BALANCE)
def more_returned_than_taken(view: View) -> Iterator[Fault]:
    uptake, fossil = _uptake(view), view.gate("GWP-fossil")
    if uptake and fossil is not None and uptake > abs(fossil) / 50:
        for scenario, later in _later(view):
            if later > 2 * uptake:
                yield at("indicators.GWP-biogenic.C", uptake=uptake, returned=later, scenario=scenario or "-")


@checks.check("biogenic-without-content", Severity.WARNING, when=A2, source=BALANCE)
def biogenic_without_content(view: View) -> Iterator[Fault]:
    """A content of 0 that is stated, beside an uptake that is not small."""
    uptake, fossil, data = _uptake(view), view.gate("GWP-fossil"), view.dataset
    stated = data.biogenic_carbon_kg is not None and (data.biogenic_carbon_packaging_kg or ZERO) <= SMALLEST
    if stated and uptake and fossil and _content(view) <= SMALLEST and uptake > abs(fossil) / 10:
        yield at("biogenic_carbon_kg", uptake=uptake)


@checks.check("land-use-large", Severity.WARNING, when=A2)
def land_use_large(view: View) -> Iterator[Fault]:
    land, fossil = view.gate("GWP-luluc"), view.gate("GWP-fossil")
    if land and fossil and abs(land) > abs(fossil):
        yield at("indicators.GWP-luluc", land=land, fossil=fossil)
