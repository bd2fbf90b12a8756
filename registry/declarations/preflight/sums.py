"""Checks of sums: a total is its parts, A1–A3 its three modules, stages the footprint."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from registry.declarations.preflight.conditions import A2, FOOTPRINT, MODULAR
from registry.declarations.preflight.model import Family, Fault, Severity, at
from registry.declarations.preflight.view import PARTS, SUM, ZERO, View
from registry.declarations.sums import agree

checks = Family()
FIVE_PERCENT, TENTH = Fraction(5, 100), Decimal("0.1")


def _cells(view: View, total: str, parts: Sequence[str]) -> Iterator[Fault]:
    """Each cell in which a total and all its parts are stated and do not agree."""
    for cell, whole in view.numbers.get(total, {}).items():
        terms = [view.numbers.get(part, {}).get(cell) for part in parts]
        known = [term for term in terms if term is not None]
        if len(known) == len(parts) and not agree(whole, known):
            module = cell[0]
            yield at(f"indicators.{total}.{module}", module=module, total=whole, sum=sum(known, ZERO))


@checks.check(
    "sum-climate-parts",
    Severity.ERROR,
    when=A2,
    source="EN 15804+A2: total = fossil + biogenic + luluc (high)",
)
def sum_climate_parts(view: View) -> Iterator[Fault]:
    return _cells(view, "GWP-total", ("GWP-fossil", "GWP-biogenic", "GWP-luluc"))


@checks.check(
    "sum-climate-two-parts",
    Severity.WARNING,
    when=A2,
    source="EN 15804+A2; luluc may be left out below 5 % (medium)",
)
def sum_climate_two_parts(view: View) -> Iterator[Fault]:
    """Without GWP-luluc the other two make at least 95 % of the total."""
    if view.numbers.get("GWP-luluc"):
        return
    for cell, whole in view.numbers.get("GWP-total", {}).items():
        terms = [view.numbers.get(part, {}).get(cell) for part in ("GWP-fossil", "GWP-biogenic")]
        known = [term for term in terms if term is not None]
        if len(known) == 2 and not agree(whole, known, share=FIVE_PERCENT):
            yield at(f"indicators.GWP-total.{cell[0]}", module=cell[0], total=whole, sum=sum(known, ZERO))


@checks.check("sum-renewable", Severity.ERROR, when=MODULAR, source="EN 15804: PERT = PERE + PERM (high)")
def sum_renewable(view: View) -> Iterator[Fault]:
    return _cells(view, "PERT", ("PERE", "PERM"))


@checks.check(
    "sum-nonrenewable", Severity.ERROR, when=MODULAR, source="EN 15804: PENRT = PENRE + PENRM (high)"
)
def sum_nonrenewable(view: View) -> Iterator[Fault]:
    return _cells(view, "PENRT", ("PENRE", "PENRM"))


def _gate(view: View, code: str) -> Fault | None:
    whole = view.number(code, SUM)
    parts = [one for one in (view.number(code, part) for part in PARTS) if one is not None]
    if whole is None or len(parts) != 3 or agree(whole, parts):
        return None
    return at(f"indicators.{code}.{SUM}", code=code, total=whole, sum=sum(parts, ZERO))


@checks.check("sum-gate-of-others", Severity.WARNING, when=MODULAR, source="A1-A3 = A1 + A2 + A3 (high)")
def sum_gate_of_others(view: View) -> Iterator[Fault]:
    for code in view.rows:
        found = _gate(view, code) if code != view.climate else None
        if found:
            yield found


@checks.check(
    "part-as-sum",
    Severity.WARNING,
    when=MODULAR,
    source="a known fault of readers: A1 given out as A1-A3 (high)",
)
def part_as_sum(view: View) -> Iterator[Fault]:
    """The sum equals A1 to the last figure, and what would tell them apart is not declared."""
    cells = view.numbers.get(view.climate or "", {})
    whole, first = cells.get((SUM, None)), cells.get(("A1", None))
    if whole and whole == first and not {("A2", None), ("A3", None)} <= set(cells):
        yield at(f"indicators.{view.climate}.{SUM}", value=whole)


def _everything(view: View) -> bool:
    """Whether the stated A1-A3 is its parts plus every later module, D too, to the last figure."""
    cells = view.numbers.get(view.climate or "", {})
    rest = [value for (module, scenario), value in cells.items() if module != SUM and scenario is None]
    return (SUM, None) in cells and len(rest) > 3 and agree(cells[SUM, None], rest, share=Fraction(0))


@checks.check("sum-gate", Severity.ERROR, when=MODULAR, source="A1-A3 = A1 + A2 + A3 (high)")
def sum_gate(view: View) -> Iterator[Fault]:
    found = _gate(view, view.climate) if view.climate else None
    if found and not _everything(view):
        yield found


@checks.check(
    "sum-of-everything",
    Severity.ERROR,
    when=MODULAR,
    source="a known fault: all modules summed, D too (high)",
)
def sum_of_everything(view: View) -> Iterator[Fault]:
    found = _gate(view, view.climate) if view.climate else None
    if found and _everything(view):
        yield found


@checks.check(
    "sum-greenhouse-gases", Severity.WARNING, when=A2, source="GWP-GHG leaves biogenic carbon out (medium)"
)
def sum_greenhouse_gases(view: View) -> Iterator[Fault]:
    whole, fossil, land = view.gate("GWP-GHG"), view.gate("GWP-fossil"), view.gate("GWP-luluc")
    if whole is not None and fossil is not None:
        expected = fossil + (land or ZERO)
        if abs(whole - expected) > TENTH * max(abs(whole), abs(expected)):
            yield at("indicators.GWP-GHG", stated=whole, expected=expected)


@checks.check(
    "sum-stages", Severity.ERROR, when=FOOTPRINT, source="ISO 14067, GB/T 24067: stages make the total (high)"
)
def sum_stages(view: View) -> Iterator[Fault]:
    footprint = view.dataset.footprint
    if footprint and len(footprint.stages) > 1 and footprint.total:
        amounts = [stage.amount for stage in footprint.stages]
        if not agree(footprint.total, amounts):
            yield at("footprint", total=footprint.total, sum=sum(amounts, ZERO))
