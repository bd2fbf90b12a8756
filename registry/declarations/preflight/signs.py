"""Checks of signs and of nothing: what cannot be negative, what cannot be zero, what cannot be so large."""

from collections.abc import Iterator
from decimal import Decimal

from registry.declarations.dataset import Dataset
from registry.declarations.preflight.conditions import EN, MODULAR
from registry.declarations.preflight.model import Family, Fault, Severity, at
from registry.declarations.preflight.view import BEFORE_D, END, PARTS, SUM, ZERO, View

checks = Family("own rule, held against real declarations")
# Real tables hold negative POCP (NO from trucks), WDP (water given back) and GWP (carbon stored).
EMISSIONS = frozenset({
    "ODP", "AP", "EP", "EP-freshwater", "EP-marine", "EP-terrestrial", "PM", "IRP", "ETP-fw", "HTP-c",
    "HTP-nc", "ADPE", "ADPF",
})  # fmt: skip
CORE = frozenset({"AP", "EP", "EP-marine", "EP-terrestrial", "EP-freshwater", "POCP", "ADPF"})
GATE = frozenset({SUM, *PARTS})
BIO = (
    "wood", "timber", "bamboo", "straw", "hemp", "cork", "cellulos", "paper", "bio", "holz", "bois",
    "木", "竹", "秸秆", "稻草", "麻", "纸", "纤维素", "生物",
)  # fmt: skip
BIO_KINDS = ("timber", "wood", "wallpaper")  # insulation.organic is foams of oil


def holds_carbon(view: View) -> bool:
    """Whether anything in the file says that the product holds biogenic carbon."""
    data: Dataset = view.dataset
    if data.biogenic_carbon_kg or (view.gate("GWP-biogenic") or ZERO) < 0:
        return True
    named = any(word in view.words for word in BIO)
    return named or (view.context.kind or "").startswith(BIO_KINDS)


def _negative(view: View, codes: frozenset[str], modules: frozenset[str]) -> Iterator[Fault]:
    for code, (module, scenario), value in view.cells(codes):
        if value < 0 and module in modules:
            cell = module if scenario is None else f"{module} ({scenario})"
            yield at(f"indicators.{code}.{module}", code=code, cell=cell, value=value)


BEFORE = frozenset(BEFORE_D)


@checks.check("negative-impact", Severity.WARNING, when=MODULAR)
def negative_impact(view: View) -> Iterator[Fault]:
    return _negative(view, EMISSIONS, BEFORE)


@checks.check("negative-energy", Severity.WARNING, when=MODULAR)
def negative_energy(view: View) -> Iterator[Fault]:
    """Only at the gate: material energy leaves the balance later, so later modules may be negative."""
    return _negative(view, frozenset({"PERE", "PERT", "PENRE", "PENRT"}), frozenset({SUM}))


@checks.check("negative-material-energy", Severity.WARNING, when=MODULAR)
def negative_material_energy(view: View) -> Iterator[Fault]:
    return _negative(view, frozenset({"PERM", "PENRM"}), frozenset({SUM}))


@checks.check("negative-secondary", Severity.WARNING, when=MODULAR)
def negative_secondary(view: View) -> Iterator[Fault]:
    return _negative(view, frozenset({"SM", "RSF", "NRSF"}), BEFORE)


@checks.check("negative-water", Severity.WARNING, when=MODULAR)
def negative_water(view: View) -> Iterator[Fault]:
    return _negative(view, frozenset({"FW"}), GATE)


@checks.check("negative-waste", Severity.WARNING, when=MODULAR)
def negative_waste(view: View) -> Iterator[Fault]:
    return _negative(view, frozenset({"HWD", "NHWD", "RWD"}), BEFORE)


@checks.check("negative-output", Severity.WARNING, when=MODULAR)
def negative_output(view: View) -> Iterator[Fault]:
    return _negative(view, frozenset({"CRU", "MFR", "MER", "EEE", "EET"}), BEFORE)


@checks.check("negative-transport", Severity.WARNING, when=MODULAR)
def negative_transport(view: View) -> Iterator[Fault]:
    return _negative(view, frozenset({view.climate or ""}), frozenset({"A2", "A4", "C2"}))


@checks.check("negative-land", Severity.WARNING, when=MODULAR)
def negative_land(view: View) -> Iterator[Fault]:
    return _negative(view, frozenset({"GWP-luluc"}), BEFORE)


@checks.check("negative-fossil", Severity.WARNING, when=MODULAR)
def negative_fossil(view: View) -> Iterator[Fault]:
    """B1 takes CO₂ up in concrete and lime; nothing else does before the end of life, and D is a credit."""
    modules = frozenset({SUM, *PARTS, "A5"})
    return _negative(view, frozenset({"GWP-fossil"}), modules)


@checks.check("negative-without-carbon", Severity.WARNING, when=MODULAR)
def negative_without_carbon(view: View) -> Iterator[Fault]:
    value = view.gate(view.climate)
    if value is not None and value < 0 and not holds_carbon(view):
        yield at(f"indicators.{view.climate}", value=value)


@checks.check("negative-end-of-life", Severity.WARNING, when=MODULAR)
def negative_end_of_life(view: View) -> Iterator[Fault]:
    """C1 to C4 together below zero: credits of recycling belong to D."""
    cells = view.numbers.get(view.climate or "", {})
    for scenario in view.scenarios():
        found = [
            value for module in END if (value := view.under(view.climate or "", module, scenario)) is not None
        ]
        total = sum(found, ZERO)
        largest = max((abs(value) for value in cells.values()), default=ZERO)
        if found and total < 0 and -total > largest / 20:
            yield at(f"indicators.{view.climate}.C", value=total)


@checks.check("gate-zero", Severity.ERROR)
def gate_zero(view: View) -> Iterator[Fault]:
    if view.climate and view.gate(view.climate) == 0:
        yield at(f"indicators.{view.climate}", code=view.climate)


@checks.check("row-zero", Severity.WARNING, when=MODULAR)
def row_zero(view: View) -> Iterator[Fault]:
    """An impact that is 0 at the gate of a product with a footprint: a missing value was filled in."""
    if not view.gate(view.climate):
        return
    for code in sorted(CORE & set(view.rows)):
        if view.gate(code) == 0:
            yield at(f"indicators.{code}", code=code)


@checks.check("energy-zero", Severity.WARNING, when=EN)
def energy_zero(view: View) -> Iterator[Fault]:
    if view.gate(view.climate) and view.gate("PENRT") == 0:
        yield at("indicators.PENRT")


@checks.check("raw-material-zero", Severity.WARNING, when=MODULAR)
def raw_material_zero(view: View) -> Iterator[Fault]:
    first, last = view.number(view.climate or "", "A1"), view.number(view.climate or "", "A3")
    if first == 0 and last:
        yield at(f"indicators.{view.climate}.A1")


@checks.check("transport-zero", Severity.WARNING, when=MODULAR)
def transport_zero(view: View) -> Iterator[Fault]:
    """A module of 0 in every row was not worked out; not declared is left empty, never 0."""
    for module in ("A4", "C2"):
        stated = [v for _, (m, _), v in view.cells(CORE | {view.climate or ""}) if m == module]
        later = any(view.number(view.climate or "", m) for m in ("A5", "C1", "C3", "C4"))
        if len(stated) > 2 and not any(stated) and later:
            yield at(f"indicators.{module}", module=module)


def _against_gate(
    view: View, modules: tuple[str, ...], factor: Decimal
) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Modules of fossil climate impact that are larger than the gate's by a factor."""
    code = "GWP-fossil" if "GWP-fossil" in view.numbers else view.climate or ""
    gate = view.gate(code)
    if gate is None or gate <= 0 or (code == view.climate and holds_carbon(view)):
        return
    for module in modules:
        for scenario in view.scenarios():
            value = view.under(code, module, scenario)
            if value is not None and abs(value) > factor * gate:
                yield module, value, gate
                break


@checks.check("transport-above-gate", Severity.WARNING, when=MODULAR)
def transport_above_gate(view: View) -> Iterator[Fault]:
    for module, value, gate in _against_gate(view, ("A4", "C2"), Decimal(2)):
        yield at(f"indicators.{module}", module=module, value=value, gate=gate)


@checks.check("installation-above-gate", Severity.WARNING, when=MODULAR)
def installation_above_gate(view: View) -> Iterator[Fault]:
    for module, value, gate in _against_gate(view, ("A5",), Decimal(1)):
        yield at(f"indicators.{module}", module=module, value=value, gate=gate)


@checks.check("end-of-life-above-gate", Severity.WARNING, when=MODULAR)
def end_of_life_above_gate(view: View) -> Iterator[Fault]:
    for module, value, gate in _against_gate(view, ("C1", "C3", "C4"), Decimal(3)):
        yield at(f"indicators.{module}", module=module, value=value, gate=gate)


@checks.check("credit-above-gate", Severity.WARNING, when=MODULAR)
def credit_above_gate(view: View) -> Iterator[Fault]:
    for _, value, gate in _against_gate(view, ("D",), Decimal("1.5")):
        if value < 0:
            yield at("indicators.D", value=value, gate=gate)


@checks.check("credit-positive", Severity.NOTE, when=MODULAR)
def credit_positive(view: View) -> Iterator[Fault]:
    for _, value, gate in _against_gate(view, ("D",), Decimal("0.5")):
        if value > 0:
            yield at("indicators.D", value=value, gate=gate)
