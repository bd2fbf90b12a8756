"""Checks of the content declaration: shares that add up, ranges the right way round, each part once."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from registry.declarations.dataset import Component
from registry.declarations.preflight.conditions import COMPONENTS, MODULAR
from registry.declarations.preflight.model import Family, Fault, Severity, at
from registry.declarations.preflight.view import ZERO, View

checks = Family()
ROUNDING = Decimal("0.5")  # percent: shares are printed rounded
SECONDARY = "SM"
MOST_SECONDARY = Decimal("1.5")  # kg per kg of product


def _sides(view: View) -> Iterator[tuple[str, list[Component]]]:
    """The product and its packaging: each is 100 % of its own mass."""
    for packaging in (False, True):
        found = [one for one in view.dataset.components if one.packaging is packaging]
        if found:
            yield ("packaging" if packaging else "product"), found


def _total(parts: list[Component], share: Callable[[Component], Decimal | None]) -> Decimal:
    return sum((found for one in parts if (found := share(one)) is not None), ZERO)


@checks.check("components-over-100", Severity.ERROR, when=COMPONENTS)
def components_over_100(view: View) -> Iterator[Fault]:
    for side, parts in _sides(view):
        total = _total(parts, lambda one: one.percent)
        if total > 100 + ROUNDING and all(one.percent is None or one.percent <= 100 for one in parts):
            yield at("components", side=side, total=total)


@checks.check("components-lowest-over-100", Severity.ERROR, when=COMPONENTS)
def components_lowest_over_100(view: View) -> Iterator[Fault]:
    for side, parts in _sides(view):
        total = _total(parts, lambda one: one.lowest)
        if total > 100 + ROUNDING and all(one.lowest is None or one.lowest <= 100 for one in parts):
            yield at("components", side=side, total=total)


@checks.check("components-as-fractions", Severity.WARNING, when=COMPONENTS)
def components_as_fractions(view: View) -> Iterator[Fault]:
    for side, parts in _sides(view):
        stated = [one.percent for one in parts if one.percent is not None]
        total = sum(stated, ZERO)
        if len(stated) > 1 and len(stated) == len(parts) and Decimal("0.98") <= total <= Decimal("1.02"):
            yield at("components", side=side, total=total)


@checks.check("component-share-impossible", Severity.ERROR, when=COMPONENTS)
def component_share_impossible(view: View) -> Iterator[Fault]:
    for one in view.dataset.components:
        for share in (one.percent, one.lowest, one.highest):
            if share is not None and not 0 <= share <= 100:
                yield at("components", name=one.name, share=share)


@checks.check("component-range-reversed", Severity.ERROR, when=COMPONENTS)
def component_range_reversed(view: View) -> Iterator[Fault]:
    for one in view.dataset.components:
        if one.lowest is not None and one.highest is not None and one.lowest > one.highest:
            yield at("components", name=one.name, lowest=one.lowest, highest=one.highest)


@checks.check("component-outside-range", Severity.WARNING, when=COMPONENTS)
def component_outside_range(view: View) -> Iterator[Fault]:
    for one in view.dataset.components:
        low, high, share = one.lowest, one.highest, one.percent
        if share is None or low is None or high is None or low > high:
            continue
        if not low <= share <= high:
            yield at("components", name=one.name, share=share, lowest=low, highest=high)


@checks.check("component-twice", Severity.WARNING, when=COMPONENTS)
def component_twice(view: View) -> Iterator[Fault]:
    seen: set[tuple[str, bool]] = set()
    for one in view.dataset.components:
        key = (one.name.casefold(), one.packaging)
        if one.name and key in seen:
            yield at("components", name=one.name)
        seen.add(key)


@checks.check("secondary-material-above-weight", Severity.WARNING, when=MODULAR)
def secondary_material_above_weight(view: View) -> Iterator[Fault]:
    """More recycled material than product: scrap is lost in making, and 0.79 kg/kg is the most seen."""
    used, mass = view.gate(SECONDARY), view.mass()
    if used is not None and mass and used > mass * MOST_SECONDARY:
        yield at(f"indicators.{SECONDARY}", used=used, mass=mass)


@checks.check("component-unnamed", Severity.WARNING, when=COMPONENTS)
def component_unnamed(view: View) -> Iterator[Fault]:
    for number, one in enumerate(view.dataset.components, 1):
        if not one.name.strip("-–— "):
            yield at("components", number=number)


@checks.check("component-without-share", Severity.NOTE, when=COMPONENTS)
def component_without_share(view: View) -> Iterator[Fault]:
    for one in view.dataset.components:
        if one.percent is None and one.lowest is None and one.highest is None:
            yield at("components", name=one.name)
