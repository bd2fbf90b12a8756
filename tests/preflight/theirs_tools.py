"""A dataset in the hand: its rows and cells, its mass, and the evidence a reviewer could see in it."""

import random
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal

from registry.declarations.dataset import Dataset, Indicator, Value
from registry.units.table import Dimension, table

Fault = Callable[[Dataset, random.Random], Dataset | None]
Cell = tuple[str, str | None]  # module and scenario

GATE = ("A1", "A2", "A3", "A1-A3")
WHOLE = ("GWP-total", "GWP", "CFP")  # the row that counts every greenhouse gas, by set of rules
PLAIN = Decimal("0.05")  # of the largest term: five times what rounding is granted
_MASS = {
    Dimension.VOLUME: "density",
    Dimension.AREA: "area-mass",
    Dimension.LENGTH: "length-mass",
    Dimension.PIECE: "piece-mass",
}


def row(dataset: Dataset, *codes: str) -> Indicator | None:
    return next((one for one in dataset.indicators if one.code in codes), None)


def cells(one: Indicator | None) -> dict[Cell, Decimal]:
    """The numbers of a row; marks are no numbers."""
    values = one.values if one else ()
    return {(v.module, v.scenario): v.amount for v in values if v.amount is not None}


def at_gate(one: Indicator | None) -> Decimal | None:
    found = cells(one)
    if ("A1-A3", None) in found:
        return found["A1-A3", None]
    parts = [found[module, None] for module in GATE[:3] if (module, None) in found]
    return sum(parts, Decimal(0)) if len(parts) == 3 else None


def gate(dataset: Dataset, *codes: str) -> Decimal | None:
    return at_gate(row(dataset, *codes))


def carbon(dataset: Dataset) -> Decimal | None:
    """kg CO₂e of the declared amount: of A1–A3, or a footprint's total."""
    total = gate(dataset, *WHOLE)
    return dataset.footprint.total if total is None and dataset.footprint else total


def modules(dataset: Dataset) -> set[str]:
    """Modules with a number in the row that counts every gas."""
    return {module for module, _ in cells(row(dataset, *WHOLE))}


def recut(dataset: Dataset, change: Callable[[Indicator], Indicator | None]) -> Dataset:
    kept = (change(one) for one in dataset.indicators)
    return dataset.model_copy(update={"indicators": tuple(one for one in kept if one is not None)})


def refill(one: Indicator, change: Callable[[Value], Value | None]) -> Indicator:
    kept = (change(value) for value in one.values)
    return one.model_copy(update={"values": tuple(value for value in kept if value is not None)})


def put(dataset: Dataset, codes: Collection[str], numbers: Callable[[Cell, Decimal], Decimal]) -> Dataset:
    """Other numbers in the cells that hold one, in the rows of these codes."""

    def in_cell(value: Value) -> Value:
        if value.amount is None:
            return value
        return value.model_copy(update={"amount": numbers((value.module, value.scenario), value.amount)})

    return recut(dataset, lambda one: refill(one, in_cell) if one.code in codes else one)


def copied(dataset: Dataset, source: str, target: str) -> Dataset:
    """The numbers of one row in another row's cells."""
    return put(dataset, (target,), cells(row(dataset, source)).get)


def scaled(dataset: Dataset, codes: Collection[str], factor: Decimal) -> Dataset:
    return put(dataset, codes, lambda _, amount: amount * factor)


def codes_of(dataset: Dataset) -> list[str]:
    return [one.code for one in dataset.indicators if one.code]


def newly(rule: Callable[[Dataset], bool], before: Dataset, after: Dataset) -> Dataset | None:
    """The fault counts only where the document itself now shows it and did not before."""
    return after if rule(after) and not rule(before) else None


def apart(total: Decimal, parts: Collection[Decimal]) -> bool:
    largest = max((abs(one) for one in (total, *parts)), default=Decimal(0))
    return abs(total - sum(parts, Decimal(0))) > PLAIN * largest


def _sum_broken(total: dict[Cell, Decimal], *parts: dict[Cell, Decimal], least: int = 2) -> bool:
    """Whether a module's parts miss its total; `least` of them must be there, small modules do not count."""
    shared = set(total).intersection(*parts[:least])
    small = max((abs(amount) for part in parts for amount in part.values()), default=Decimal(0)) / 200
    terms = {at: [part.get(at, Decimal(0)) for part in parts] for at in shared}
    return any(apart(total[at], each) and max(map(abs, each)) > small for at, each in terms.items())


def gwp_sum_broken(dataset: Dataset) -> bool:
    """EN 15804+A2: GWP-total = fossil + biogenic + luluc, module by module."""
    parts = [cells(row(dataset, f"GWP-{part}")) for part in ("fossil", "biogenic", "luluc")]
    return _sum_broken(cells(row(dataset, "GWP-total")), *parts)


def gate_sum_broken(dataset: Dataset) -> bool:
    """A1–A3 = A1 + A2 + A3 in every row that gives both."""
    found = (cells(one) for one in dataset.indicators)
    full = [one for one in found if all((module, None) in one for module in GATE)]
    return any(apart(one["A1-A3", None], [one[module, None] for module in GATE[:3]]) for one in full)


def energy_sum_broken(dataset: Dataset) -> bool:
    """Total primary energy = as energy carrier + as material, renewable and not."""
    rows = ([cells(row(dataset, stem + end)) for end in "TEM"] for stem in ("PER", "PENR"))
    return any(_sum_broken(total, energy, material) for total, energy, material in rows)


def fossils_disagree(dataset: Dataset) -> bool:
    """ADP-fossil and PENRT count nearly the same fuels: more than twice apart is a wrong unit."""
    adpf, penrt = gate(dataset, "ADPF"), gate(dataset, "PENRT")
    return bool(adpf and penrt and penrt > 0 and not Decimal("0.5") < adpf / penrt < 2)


def mass(dataset: Dataset) -> Decimal | None:
    """kg of one declared amount, by what the document states."""
    unit = table().by_code.get(dataset.declared.unit or "")
    if unit is None:
        return None
    amount = dataset.declared.amount * unit.factor
    if unit.dimension is Dimension.MASS:
        return amount
    facts = {one.kind: one for one in dataset.properties}
    whole = facts.get("mass-per-declared-unit")
    if whole is not None and whole.unit == "kg":
        return whole.value
    tie = facts.get(_MASS.get(unit.dimension, ""))
    return tie.value * amount if tie else None


def unheard_of(dataset: Dataset) -> bool:
    """No building material has under 0.5 g or over 100 kg of CO₂e in a kg, or fuel so far from its carbon."""
    total, weight, fuel = carbon(dataset), mass(dataset), gate(dataset, "PENRT", "ADPF")
    if total is None or total <= 0:
        return False
    if weight and not Decimal("0.0005") < total / weight < 100:
        return True
    return bool(fuel and fuel > 0 and not Decimal("0.05") < fuel / total < 2000)


def short(amount: Decimal) -> Decimal:
    """Seven figures, as a program prints it."""
    return Decimal(f"{amount:.7g}")


def numbers(one: Indicator) -> Iterator[Decimal]:
    yield from (amount for amount in cells(one).values() if amount != 0)


def text(dataset: Dataset) -> str:
    """What names the product: names and classes, in small letters."""
    levels = (level.name for one in dataset.classifications for level in one.levels)
    return " ".join((*dataset.names.values(), *levels)).casefold()
