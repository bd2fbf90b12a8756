"""Checks of how figures are stated: digits, noise, and uncertainty."""

from collections.abc import Iterator
from decimal import Decimal

from registry.declarations.dataset import Subtype
from registry.declarations.preflight.conditions import MODULAR
from registry.declarations.preflight.model import Family, Fault, Severity, at
from registry.declarations.preflight.view import View

checks = Family()
MOST_DIGITS = 17  # more than any double holds: typed or glued together
NOISE = Decimal("1E-25")  # below what any model resolves: 7.65E-30 is the rest of a subtraction
DISTRIBUTIONS = frozenset({"lognormal", "normal", "uniform", "triangular"})


def significant(value: Decimal) -> int:
    """Figures of a number without the zeros on either side."""
    return len(value.normalize().as_tuple().digits) if value else 0


@checks.check("digits-many", Severity.NOTE)
def digits_many(view: View) -> Iterator[Fault]:
    for code, (module, _), value in view.cells():
        if len(str(value)) > MOST_DIGITS and significant(value) > MOST_DIGITS:
            yield at(f"indicators.{code}.{module}", code=code, module=module, digits=significant(value))


@checks.check("digits-all-one", Severity.WARNING, when=MODULAR)
def digits_all_one(view: View) -> Iterator[Fault]:
    """A whole table of one-figure numbers was estimated or cut off."""
    used = [value for _, _, value in view.cells() if value]
    if len(used) >= 10 and all(significant(value) == 1 for value in used):
        yield at("indicators", numbers=len(used))


@checks.check("digits-one-at-gate", Severity.NOTE)
def digits_one_at_gate(view: View) -> Iterator[Fault]:
    value = view.whole()
    others = [one for _, _, one in view.cells() if one]
    if value and significant(value) == 1 and (not others or any(significant(one) > 1 for one in others)):
        yield at(f"indicators.{view.climate or 'CFP'}", value=value)


@checks.check("figure-noise", Severity.NOTE)
def figure_noise(view: View) -> Iterator[Fault]:
    for code, (module, _), value in view.cells():
        if value and abs(value) < NOISE:
            yield at(f"indicators.{code}.{module}", code=code, module=module, value=f"{value:.2E}")


@checks.check("rsd-negative", Severity.ERROR)
def rsd_negative(view: View) -> Iterator[Fault]:
    for code, value in view.uncertain:
        if value.rsd is not None and value.rsd < 0:
            yield at(f"indicators.{code}.{value.module}", code=code, module=value.module, rsd=value.rsd)


@checks.check("rsd-as-percent", Severity.WARNING)
def rsd_as_percent(view: View) -> Iterator[Fault]:
    for code, value in view.uncertain:
        if value.rsd is not None and 2 < value.rsd <= 100:
            yield at(f"indicators.{code}.{value.module}", code=code, module=value.module, rsd=value.rsd)


@checks.check("rsd-absurd", Severity.WARNING)
def rsd_absurd(view: View) -> Iterator[Fault]:
    for code, value in view.uncertain:
        if value.rsd is not None and (1 < value.rsd <= 2 or value.rsd > 100):
            yield at(f"indicators.{code}.{value.module}", code=code, module=value.module, rsd=value.rsd)


@checks.check("rsd-without-number", Severity.WARNING)
def rsd_without_number(view: View) -> Iterator[Fault]:
    for code, value in view.uncertain:
        if value.mark is not None and (value.rsd is not None or value.samples is not None):
            yield at(f"indicators.{code}.{value.module}", code=code, module=value.module)


@checks.check("samples-not-positive", Severity.ERROR)
def samples_not_positive(view: View) -> Iterator[Fault]:
    for code, value in view.uncertain:
        if value.samples is not None and value.samples < 1:
            yield at(f"indicators.{code}.{value.module}", code=code, samples=value.samples)


@checks.check("spread-of-one-sample", Severity.WARNING)
def spread_of_one_sample(view: View) -> Iterator[Fault]:
    for code, value in view.uncertain:
        if value.samples == 1 and value.rsd:
            yield at(f"indicators.{code}.{value.module}", code=code, module=value.module, rsd=value.rsd)


@checks.check("average-of-one", Severity.WARNING)
def average_of_one(view: View) -> Iterator[Fault]:
    if view.dataset.subtype is Subtype.AVERAGE:
        for code, value in view.uncertain:
            if value.samples == 1 and not value.rsd:
                yield at(f"indicators.{code}", code=code)


@checks.check("distribution-unknown", Severity.NOTE, source="openEPD: kinds of distribution (medium)")
def distribution_unknown(view: View) -> Iterator[Fault]:
    for code, value in view.uncertain:
        kind = (value.distribution or "").casefold().replace("-", "").replace("_", "")
        if kind and kind not in DISTRIBUTIONS:
            yield at(f"indicators.{code}.{value.module}", code=code, distribution=value.distribution)


@checks.check("distribution-without-spread", Severity.NOTE)
def distribution_without_spread(view: View) -> Iterator[Fault]:
    for code, value in view.uncertain:
        if value.distribution and value.rsd is None and value.amount is not None:
            yield at(f"indicators.{code}.{value.module}", code=code, module=value.module)
