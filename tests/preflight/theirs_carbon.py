"""Faults of the carbon held in a product, of its parts, and of the figures' spread and scenarios."""

import random
import re
from collections.abc import Mapping
from decimal import Decimal

from registry.declarations.dataset import Component, Dataset, Value
from tests.preflight import theirs_tools as tools
from tests.preflight.theirs_tools import GATE, Cell, Fault, cells, row

_CO2_OF_C = Decimal(44) / 12
_END = ("C1", "C2", "C3", "C4")
# Most clinker in percent: EN 197-1; P·S by GB 175-2007, which leaves over 20 or 50 % to slag.
_CLINKER = {
    r"CEM\s*III/C": 19,
    r"CEM\s*III/B": 34,
    r"CEM\s*III/A": 64,
    r"CEM\s*II/B": 79,
    r"P·S·B": 50,
    r"P·S·A": 80,
}


def _held(dataset: Dataset) -> Decimal:
    """CO₂ taken up at the gate as GWP-biogenic tells it, above 0; else 0."""
    return max(Decimal(0), -(tools.gate(dataset, "GWP-biogenic") or Decimal(0)))


def _matters(dataset: Dataset) -> bool:
    fossil = tools.gate(dataset, "GWP-fossil")
    return fossil is not None and _held(dataset) > abs(fossil) / 5


def carbon_as_co2(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """kg of CO₂ in the field for kg of carbon: 44/12 too much against the uptake."""
    carbon = dataset.biogenic_carbon_kg
    if not carbon or not _held(dataset) or tools.apart(_held(dataset), (carbon * _CO2_OF_C,)):
        return None
    return dataset.model_copy(update={"biogenic_carbon_kg": tools.short(carbon * _CO2_OF_C)})


def carbon_in_grams(dataset: Dataset, rng: random.Random) -> Dataset | None:
    carbon, weight = dataset.biogenic_carbon_kg, tools.mass(dataset)
    if not carbon or not weight or carbon * 1000 <= weight:
        return None
    return dataset.model_copy(update={"biogenic_carbon_kg": carbon * 1000})


def carbon_left_out(dataset: Dataset, rng: random.Random) -> Dataset | None:
    if not dataset.biogenic_carbon_kg or not _matters(dataset):
        return None
    none = {"biogenic_carbon_kg": None, "biogenic_carbon_packaging_kg": None}
    return dataset.model_copy(update=none)


def carbon_negative(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """The sign of the uptake is copied to the carbon held."""
    if not dataset.biogenic_carbon_kg:
        return None
    return dataset.model_copy(update={"biogenic_carbon_kg": -dataset.biogenic_carbon_kg})


def _biogenic_gone(*modules: str) -> Fault:
    """EN 15804+A2: what is taken up leaves again, −1 and +1; here one side is 0 and the total follows."""

    def fault(dataset: Dataset, rng: random.Random) -> Dataset | None:
        biogenic = cells(row(dataset, "GWP-biogenic"))
        total = cells(row(dataset, "GWP-total"))
        left = max((amount for at, amount in biogenic.items() if at[0] in ("C3", "C4")), default=Decimal(0))
        ends = {module for module, _ in total} >= {"C3", "C4"}
        if not _matters(dataset) or not ends or left < _held(dataset) / 2:
            return None

        def without(at: Cell, old: Decimal) -> Decimal:
            return old - biogenic.get(at, Decimal(0)) if at[0] in modules else old

        after = tools.put(dataset, ("GWP-total",), without)
        return tools.put(after, ("GWP-biogenic",), without)

    return fault


def _parts(dataset: Dataset) -> tuple[Component, ...]:
    return tuple(one for one in dataset.components if one.percent is not None and not one.packaging)


def _stated(dataset: Dataset) -> tuple[Component, ...]:
    """The parts of the product where their figures make up the whole."""
    parts = _parts(dataset)
    total = sum((one.percent or Decimal(0) for one in parts), Decimal(0))
    return parts if len(parts) > 1 and 95 <= total <= 105 else ()


def _percent(dataset: Dataset, factor: Decimal, chosen: tuple[Component, ...]) -> Dataset:
    def changed(one: Component) -> Component:
        if one.percent is None or not any(one is other for other in chosen):
            return one
        return one.model_copy(update={"percent": one.percent * factor})

    return dataset.model_copy(update={"components": tuple(map(changed, dataset.components))})


def over_100(dataset: Dataset, rng: random.Random) -> Dataset | None:
    parts = _stated(dataset)
    largest = max(parts, key=lambda one: one.percent or 0, default=None)
    return _percent(dataset, Decimal("1.4"), (largest,)) if largest else None


def as_fractions(dataset: Dataset, rng: random.Random) -> Dataset | None:
    parts = _stated(dataset)
    return _percent(dataset, Decimal("0.01"), parts) if parts else None


def upside_down(dataset: Dataset, rng: random.Random) -> Dataset | None:
    for one in dataset.components:
        if one.lowest is not None and one.highest is not None and one.lowest < one.highest:
            turned = one.model_copy(update={"lowest": one.highest, "highest": one.lowest})
            parts = tuple(turned if other is one else other for other in dataset.components)
            return dataset.model_copy(update={"components": parts})
    return None


def cas_wrong(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """The check digit of Portland cement's number, 65997-15-1, or of the number stated, is mistyped."""
    if not dataset.components:
        return None
    chosen = next((one for one in dataset.components if one.cas), dataset.components[0])
    cas = chosen.cas or "65997-15-1"
    wrong = f"{cas[:-1]}{(int(cas[-1]) + rng.randint(1, 9)) % 10}" if cas[-1].isdigit() else None
    if wrong is None:
        return None
    parts = [one.model_copy(update={"cas": wrong}) if one is chosen else one for one in dataset.components]
    return dataset.model_copy(update={"components": tuple(parts)})


def _is_clinker(one: Component) -> bool:
    return "clinker" in one.name.casefold() or "熟料" in one.name


def clinker_of_another(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """The parts were copied from the Portland cement of the same works: 97 % clinker."""
    named = " ".join(dataset.names.values())
    most = next((top for pattern, top in _CLINKER.items() if re.search(pattern, named)), None)
    parts = _stated(dataset)
    clinker = sum((one.percent or Decimal(0) for one in parts if _is_clinker(one)), Decimal(0))
    rest = sum((one.percent or Decimal(0) for one in parts if not _is_clinker(one)), Decimal(0))
    if most is None or not 0 < clinker <= most or not rest:
        return None
    richer = _percent(dataset, 97 / clinker, tuple(filter(_is_clinker, parts)))
    others = tuple(one for one in _parts(richer) if not _is_clinker(one))
    return _percent(richer, 3 / rest, others)


def scenario_undescribed(dataset: Dataset, rng: random.Random) -> Dataset | None:
    used = sorted({value.module for one in dataset.indicators for value in one.values if value.amount})
    later = [module for module in used if module[0] != "A" or module == "A4"]
    if not later or any(scenario.name == "S9" for scenario in dataset.scenarios):
        return None
    module = rng.choice(later)

    def under(value: Value) -> Value:
        return value.model_copy(update={"scenario": "S9"}) if value.module == module else value

    return tools.recut(dataset, lambda one: tools.refill(one, under) if _single(cells(one), module) else one)


def _single(found: dict[Cell, Decimal], module: str) -> bool:
    return sum(1 for at in found if at[0] == module) == 1


def two_defaults(dataset: Dataset, rng: random.Random) -> Dataset | None:
    groups = [one.group for one in dataset.scenarios]
    shared = sorted({group for group in groups if group is not None and groups.count(group) > 1})
    if not shared:
        return None
    group = rng.choice(shared)
    both = [
        one.model_copy(update={"default": True}) if one.group == group else one for one in dataset.scenarios
    ]
    after = dataset.model_copy(update={"scenarios": tuple(both)})
    return after if after != dataset else None


def _spread(**stated: Decimal | int) -> Fault:
    def fault(dataset: Dataset, rng: random.Random) -> Dataset | None:
        def with_spread(value: Value) -> Value:
            return value.model_copy(update=stated) if value.module in GATE and value.amount else value

        after = tools.recut(
            dataset, lambda one: tools.refill(one, with_spread) if one.code in tools.WHOLE else one
        )
        return after if after != dataset else None

    return fault


FAULTS: Mapping[str, Fault] = {
    "biogenic carbon is given as CO2": carbon_as_co2,
    "biogenic carbon is in grams and outweighs the product": carbon_in_grams,
    "biogenic carbon is left out of a product that took it up": carbon_left_out,
    "biogenic carbon held is negative": carbon_negative,
    "biogenic carbon taken up never leaves": _biogenic_gone(*_END),
    "biogenic carbon leaves that was never taken up": _biogenic_gone(*GATE),
    "the parts add up to far more than 100 percent": over_100,
    "the parts are fractions under the label percent": as_fractions,
    "a range of a part is upside down": upside_down,
    "the check digit of a CAS number is wrong": cas_wrong,
    "the clinker share is that of another cement": clinker_of_another,
    "numbers stand under a scenario nobody described": scenario_undescribed,
    "two scenarios of one group are the default": two_defaults,
    "the deviation is in percent where a fraction belongs": _spread(rsd=Decimal(12)),
    "the deviation is negative": _spread(rsd=Decimal("-0.08")),
    "a deviation is stated from a single sample": _spread(rsd=Decimal("0.08"), samples=1),
}
