"""Faults of the declared unit, mass and density, and of what kind of thing the papers are about."""

import random
from collections.abc import Mapping
from decimal import Decimal

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Dataset, DeclaredUnit, Property, Reference
from registry.units.table import Dimension, table
from tests.preflight import theirs_material as materials
from tests.preflight import theirs_tools as tools
from tests.preflight.theirs_tools import Fault

THOUSAND = Decimal(1000)
_TIES = ("density", "area-mass", "length-mass", "piece-mass", "mass-per-declared-unit", "piece-volume")
_EN15804 = (Generation.EN15804_A1, Generation.EN15804_A2)


def _dimension(dataset: Dataset) -> Dimension | None:
    unit = table().by_code.get(dataset.declared.unit or "")
    return unit.dimension if unit else None


def _declared(dataset: Dataset, **change: object) -> Dataset:
    return dataset.model_copy(update={"declared": dataset.declared.model_copy(update=change)})


def thousand_as_one(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """1000 kg became "kg" on the way: the numbers are still those of the 1000."""
    if dataset.declared.amount < 100:
        return None
    unit: DeclaredUnit = dataset.declared
    after = _declared(dataset, amount=Decimal(1), stated=f"1 {unit.unit}" if unit.unit else unit.stated)
    return tools.newly(materials.implausible, dataset, after)


def _unit_becomes(old: str, new: str) -> Fault:
    def fault(dataset: Dataset, rng: random.Random) -> Dataset | None:
        if dataset.declared.unit != old:
            return None
        stated = dataset.declared.stated.replace(old, new)
        return tools.newly(materials.implausible, dataset, _declared(dataset, unit=new, stated=stated))

    return fault


def amount_zero(dataset: Dataset, rng: random.Random) -> Dataset | None:
    return _declared(dataset, amount=Decimal(0))


def unit_unknown(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """ "ton" is short, long or metric; "VE" is a pallet or a box; "-" was never filled in."""
    return _declared(dataset, unit=None, stated=rng.choice(("ton", "VE", "-")))


def sentence_disagrees(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """The sentence of the declared unit is that of the last product."""
    dimension, declared = _dimension(dataset), dataset.declared
    if declared.functional or dimension not in (Dimension.MASS, Dimension.AREA, Dimension.VOLUME):
        return None
    if dimension is Dimension.MASS:
        other = "1 kg" if declared.unit == "t" or declared.amount >= 100 else "1 t"
    else:
        other = "1 m³" if dimension is Dimension.AREA else "1 m²"
    words = {"zh": f"{other} 产品"} if "zh" in dataset.names else {"en": f"{other} of the product"}
    return _declared(dataset, words=words)


def mass_left_out(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """EN 15804 wants the way from the declared unit to kg; without it nobody can plan a transport."""
    if _dimension(dataset) in (None, Dimension.MASS) or dataset.generation not in _EN15804:
        return None
    if tools.mass(dataset) is None:
        return None
    kept = tuple(one for one in dataset.properties if one.kind not in _TIES and "kg" not in one.unit)
    return dataset.model_copy(update={"properties": kept})


def _property(kind: str, factor: Decimal, least: Decimal, most: Decimal) -> Fault:
    """A figure in another unit under its label, told because it falls outside all building materials."""

    def fault(dataset: Dataset, rng: random.Random) -> Dataset | None:
        found = next((one for one in dataset.properties if one.kind == kind), None)
        if found is None or least <= found.value * factor <= most or not least <= found.value <= most:
            return None
        return _with(dataset, found, found.value * factor)

    return fault


def _with(dataset: Dataset, old: Property, value: Decimal) -> Dataset:
    new = old.model_copy(update={"value": value})
    return dataset.model_copy(
        update={"properties": tuple(new if one is old else one for one in dataset.properties)}
    )


def _of_three(kind: str, factor: Decimal) -> Fault:
    """Density, thickness and mass per m² agree until one of them slips."""

    def disagree(dataset: Dataset) -> bool:
        facts = {one.kind: one.value for one in dataset.properties}
        if not {"density", "thickness", "area-mass"} <= facts.keys():
            return False
        return tools.apart(facts["area-mass"], (facts["density"] * facts["thickness"] / THOUSAND,))

    def fault(dataset: Dataset, rng: random.Random) -> Dataset | None:
        found = next((one for one in dataset.properties if one.kind == kind), None)
        if found is None:
            return None
        return tools.newly(disagree, dataset, _with(dataset, found, found.value * factor))

    return fault


def negative_density(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """A dash before the figure became a minus."""
    found = [one for one in dataset.properties if one.kind in _TIES and one.value > 0]
    return _with(dataset, found[0], -found[0].value) if found else None


def life_in_months(dataset: Dataset, rng: random.Random) -> Dataset | None:
    years = dataset.service_life_years
    if years is None or years * 12 <= 200:
        return None
    return dataset.model_copy(update={"service_life_years": years * 12})


def rules_of_another(dataset: Dataset, rng: random.Random) -> Dataset | None:
    name = materials.rules_of_another(dataset, rng)
    if name is None or dataset.generation not in _EN15804:
        return None
    return dataset.model_copy(update={"pcr": Reference(names={"en": name})})


def text_of_another(dataset: Dataset, rng: random.Random) -> Dataset | None:
    words = materials.text_of_another(dataset, rng)
    return None if words is None else dataset.model_copy(update={"descriptions": words})


def placeholder_name(dataset: Dataset, rng: random.Random) -> Dataset | None:
    left = rng.choice(("XXX", "[product name]", "请输入产品名称", "Please enter the product name", "TBD"))
    return dataset.model_copy(update={"names": dict.fromkeys(dataset.names, left)})


def no_name(dataset: Dataset, rng: random.Random) -> Dataset | None:
    return dataset.model_copy(update={"names": {}})


FAULTS: Mapping[str, Fault] = {
    "1000 kg are declared as 1 kg": thousand_as_one,
    "a tonne is declared where the numbers are per kg": _unit_becomes("kg", "t"),
    "a kg is declared where the numbers are per tonne": _unit_becomes("t", "kg"),
    "m2 is declared as m3": _unit_becomes("m2", "m3"),
    "the declared amount is 0": amount_zero,
    "the declared unit is none that can be told": unit_unknown,
    "the sentence of the declared unit names another unit": sentence_disagrees,
    "nothing leads from the declared unit to kg": mass_left_out,
    "density is in g/cm3 under the label kg/m3": _property(
        "density", 1 / THOUSAND, Decimal(8), Decimal(25000)
    ),
    "density is a thousand times too large": _property("density", THOUSAND, Decimal(8), Decimal(25000)),
    "thickness is in metres under the label mm": _of_three("thickness", 1 / THOUSAND),
    "thickness is in cm under the label mm": _of_three("thickness", Decimal("0.1")),
    "mass per m2 is ten times too large": _of_three("area-mass", Decimal(10)),
    "density is that of another product": _of_three("density", Decimal("1.6")),
    "a density or mass is negative": negative_density,
    "service life is in months under the label years": life_in_months,
    "the product category rules are those of another material": rules_of_another,
    "the description is that of another material": text_of_another,
    "the name is still the template's placeholder": placeholder_name,
    "the product has no name": no_name,
}
