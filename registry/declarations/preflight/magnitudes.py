"""Checks of size: kg CO₂e by kind of material, indicators against one another, densities, slips of a unit."""

import csv
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib import resources

from registry.declarations.preflight.conditions import EN, KIND, MODULAR
from registry.declarations.preflight.model import Check, Family, Fault, Severity, When, at
from registry.declarations.preflight.view import View
from registry.units.convert import FactKind

checks = Family()
THOUSAND = Decimal(1000)
NOISE = Decimal("0.0001")  # of the gate: what is smaller is the rounding of whoever printed it
KWH = (Decimal("3.2"), Decimal("4.2"))  # around 3.6 MJ, rounded figures allowed for
# How many times its row's share per MJ a cell may be: ten published declarations have up to 13, and 91 where
# packaging or plastics burn.
OUT_OF_LINE = {"GWP": 300, "EP-freshwater": 300} | dict.fromkeys(
    ("GWP-fossil", "AP", "EP", "EP-marine", "EP-terrestrial", "ODP", "ADPE", "PM", "IRP", "HTP-c", "HTP-nc"),
    100,
)
OBSERVED = "observed in ten published declarations, made twenty times wider (medium)"


@cache
def _table(name: str) -> tuple[Mapping[str, str], ...]:
    text = (resources.files(__package__) / f"{name}.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def _bound(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _of_kind(row: Mapping[str, str]) -> When:
    kinds = tuple(row["kinds"].split())
    return When(f"kinds {row['kinds']}", lambda view: (view.context.kind or "").startswith(kinds))


def _gates(view: View) -> Iterator[tuple[Mapping[str, str], Decimal, Decimal, Decimal]]:
    """Every gate of the product's kind with the value per its unit, where the value can be had."""
    for row in _table("gates"):
        if _of_kind(row).holds(view):
            value = view.per(row["per"])
            if value is not None and value > 0:
                yield row, value, Decimal(row["low"]), Decimal(row["high"])


def _slip(value: Decimal, low: Decimal, high: Decimal) -> str | None:
    """Whether a value outside its gate stands inside when a thousand is taken out or put in."""
    if value > high and low <= value / THOUSAND <= high:
        return "high"
    return "low" if value < low <= value * THOUSAND <= high else None


def _outside(name: str) -> Callable[[View], Iterator[Fault]]:
    def find(view: View) -> Iterator[Fault]:
        for row, value, low, high in _gates(view):
            if row["id"] == name and not low <= value <= high and _slip(value, low, high) is None:
                facts = {"low": low, "high": high, "per": row["per"], "source": row["source"]}
                yield at(f"indicators.{view.climate or 'CFP'}", value=value, **facts)

    return find


checks.checks.extend(
    Check(row["id"], Severity.WARNING, _outside(row["id"]), _of_kind(row),
          f"{row['source']} ({row['confidence']})", "gate")
    for row in _table("gates")
)  # fmt: skip


def _slipped(side: str) -> Callable[[View], Iterator[Fault]]:
    def find(view: View) -> Iterator[Fault]:
        for row, value, low, high in _gates(view):
            if _slip(value, low, high) == side:
                yield at(
                    f"indicators.{view.climate or 'CFP'}", value=value, low=low, high=high, per=row["per"]
                )

    return find


checks.check("slip-thousand-too-much", Severity.WARNING, when=KIND)(_slipped("high"))
checks.check("slip-thousand-too-little", Severity.WARNING, when=KIND)(_slipped("low"))


def _dense(row: Mapping[str, str]) -> Callable[[View], Iterator[Fault]]:
    low, high = Decimal(row["low"]), Decimal(row["high"])

    def find(view: View) -> Iterator[Fault]:
        density = view.property(FactKind.DENSITY)
        if density is not None and not low <= density <= high:
            yield at("properties.density", density=density, low=low, high=high, source=row["source"])

    return find


checks.checks.extend(
    Check(row["id"], Severity.WARNING, _dense(row), _of_kind(row), f"{row['source']} ({row['confidence']})",
          "density-of-kind")
    for row in _table("densities")
)  # fmt: skip


def _against_energy(row: Mapping[str, str]) -> Callable[[View], Iterator[Fault]]:
    """An indicator per MJ of fossil energy, in every module or at the gate only: a slip of a unit shows."""
    code, everywhere = row["code"], row["cells"] == "all"
    # A narrower row for A1-A3 alone tells of that cell, so that one figure is told once.
    elsewhere = everywhere and any(
        (one["rules"], one["code"], one["cells"]) == (row["rules"], code, "gate") for one in _table("ratios")
    )
    low, high = _bound(row["low"]), _bound(row["high"])

    def pairs(view: View) -> Iterator[tuple[str, Decimal, Decimal]]:
        gate, value = view.gate("ADPF"), view.gate(code)
        if gate is not None and gate > 0:
            if value is not None and not elsewhere:
                yield "A1-A3", value, gate
            for cell, one in view.numbers.get(code, {}).items() if everywhere else ():
                energy = abs(view.numbers["ADPF"].get(cell, Decimal(0)))
                if energy > NOISE * gate and cell[0] != "A1-A3":
                    yield cell[0], one, energy

    def find(view: View) -> Iterator[Fault]:
        for module, value, energy in pairs(view):
            size = abs(value)
            if size and (
                (low is not None and size < low * energy) or (high is not None and size > high * energy)
            ):
                unit = view.rows[code].unit
                yield at(f"indicators.{code}.{module}", code=code, module=module, value=value, unit=unit,
                         energy=energy)  # fmt: skip

    return find


def _by(rules: str) -> When:
    return EN if rules == "EN 15804" else When(rules, lambda view: view.dataset.generation == rules)


def _ratios() -> Iterator[Check]:
    for row in _table("ratios"):
        at_gate = "-at-gate" if row["cells"] == "gate" else ""
        name = f"size-{row['rules'].split('+')[-1].replace(' ', '-')}-{row['code']}{at_gate}".casefold()
        yield Check(name, Severity.WARNING, _against_energy(row), _by(row["rules"]), OBSERVED, "size")


checks.checks.extend(_ratios())


@checks.check("cell-out-of-line", Severity.WARNING, when=EN, source=OBSERVED)
def cell_out_of_line(view: View) -> Iterator[Fault]:
    """One cell far above what its module's energy makes of the row; a whole row has the checks above."""
    energy = view.gate("ADPF")
    for code, most in OUT_OF_LINE.items():
        gate = view.gate(code)
        if not gate or not energy or energy < 0:
            continue
        for cell, value in view.numbers[code].items():
            used = abs(view.numbers["ADPF"].get(cell, Decimal(0)))
            if used > NOISE * energy and abs(value) * energy > most * abs(gate) * used:
                times = abs(value) * energy / (abs(gate) * used)
                yield at(f"indicators.{code}.{cell[0]}", code=code, module=cell[0], value=value, times=times)


def _energies(view: View) -> tuple[Decimal, Decimal] | None:
    """ADPF and PENRT at the gate; both count fossil energy, the second nuclear besides."""
    fossil, whole = view.gate("ADPF"), view.gate("PENRT")
    return None if fossil is None or whole is None or fossil <= 0 or whole <= 0 else (fossil, whole)


def _in_kwh(view: View, fossil: str, whole: str) -> bool:
    """Whether one row is the other times 3.6 in every module: nuclear power differs from module to module."""
    low, high = KWH
    pairs = [
        (abs(value), abs(view.numbers[whole].get(cell, Decimal(0))))
        for cell, value in view.numbers.get(fossil, {}).items()
        if whole in view.numbers
    ]
    known = [(first, second) for first, second in pairs if first and second]
    return len(known) > 1 and all(low * second <= first <= high * second for first, second in known)


@checks.check("energy-resources-in-kwh", Severity.WARNING, when=MODULAR, source="1 kWh = 3.6 MJ (high)")
def energy_resources_in_kwh(view: View) -> Iterator[Fault]:
    if _in_kwh(view, "ADPF", "PENRT"):
        yield at("indicators.PENRT", code="PENRT", other="ADPF")


@checks.check("depletion-in-kwh", Severity.WARNING, when=MODULAR, source="1 kWh = 3.6 MJ (high)")
def depletion_in_kwh(view: View) -> Iterator[Fault]:
    if _in_kwh(view, "PENRT", "ADPF"):
        yield at("indicators.ADPF", code="ADPF", other="PENRT")


@checks.check(
    "depletion-above-energy", Severity.WARNING, when=MODULAR, source="ADPF counts part of PENRT (medium)"
)
def depletion_above_energy(view: View) -> Iterator[Fault]:
    both = _energies(view)
    if both and both[0] > both[1] * Decimal("1.2") and not _in_kwh(view, "ADPF", "PENRT"):
        yield at("indicators.ADPF", fossil=both[0], whole=both[1])


@checks.check("energy-far-above-depletion", Severity.WARNING, when=MODULAR, source=OBSERVED)
def energy_far_above_depletion(view: View) -> Iterator[Fault]:
    both = _energies(view)
    if both and both[1] > 20 * both[0]:
        yield at("indicators.PENRT", fossil=both[0], whole=both[1])
