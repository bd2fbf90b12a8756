"""Faults of single numbers: sums not redone, signs and decimal points lost, figures in another unit."""

import random
from collections.abc import Callable, Mapping
from decimal import Decimal

from registry.declarations.dataset import Dataset, Indicator
from tests.preflight import theirs_material as materials
from tests.preflight import theirs_tools as tools
from tests.preflight.theirs_tools import GATE, WHOLE, Cell, Fault, cells, row

THOUSAND = Decimal(1000)
_SUM: Cell = ("A1-A3", None)
_CARBON = (*WHOLE, "GWP-fossil", "GWP-biogenic", "GWP-luluc", "GWP-GHG")


def _gate_sum(*counted: str) -> Fault:
    """The sum of the gate worked out over these modules in every row."""

    def wrong(one: Indicator) -> Indicator:
        found = cells(one)
        if not all((module, None) in found for module in GATE):
            return one
        total = sum((found.get((module, None), Decimal(0)) for module in counted), Decimal(0))
        return tools.refill(
            one, lambda v: v.model_copy(update={"amount": total}) if (v.module, v.scenario) == _SUM else v
        )

    def fault(dataset: Dataset, rng: random.Random) -> Dataset | None:
        return tools.newly(tools.gate_sum_broken, dataset, tools.recut(dataset, wrong))

    return fault


def one_part_ten_times(dataset: Dataset, rng: random.Random) -> Dataset | None:
    at = (rng.choice(("A1", "A3")), None)
    codes = [code for code in tools.codes_of(dataset) if at in cells(row(dataset, code))]
    if not codes:
        return None
    after = tools.put(dataset, (rng.choice(codes),), lambda cell, old: old * 10 if cell == at else old)
    return tools.newly(tools.gate_sum_broken, dataset, after)


def _total(change: Callable[[Decimal, Mapping[str, Decimal]], Decimal], *modules: str) -> Fault:
    """GWP-total rewritten from itself and its parts, in all modules or in some; its parts stay."""

    def fault(dataset: Dataset, rng: random.Random) -> Dataset | None:
        parts = {part: cells(row(dataset, f"GWP-{part}")) for part in ("fossil", "biogenic", "luluc")}

        def number(at: Cell, old: Decimal) -> Decimal:
            if modules and at[0] not in modules:
                return old
            return change(old, {part: found.get(at, Decimal(0)) for part, found in parts.items()})

        return tools.newly(tools.gwp_sum_broken, dataset, tools.put(dataset, ("GWP-total",), number))

    return fault


def _without_point(amount: Decimal) -> Decimal:
    digits = amount.as_tuple().digits[:12]  # what a spreadsheet's column shows
    return Decimal((amount.is_signed(), digits, 0)) if "." in f"{amount:f}" else amount * 100


def _transposed(amount: Decimal) -> Decimal:
    """The first two digits the wrong way round: 391 is typed as 931."""
    digits = amount.as_tuple().digits
    first, second, *rest = digits if len(digits) > 1 else (0, *digits)
    turned = Decimal((amount.is_signed(), (second, first, *rest), 0))
    return turned.scaleb(amount.adjusted() - len(digits) + 1)


def _scale(codes: tuple[str, ...], factor: Decimal, rule: Callable[[Dataset], bool]) -> Fault:
    def fault(dataset: Dataset, rng: random.Random) -> Dataset | None:
        return tools.newly(rule, dataset, tools.scaled(dataset, codes, factor))

    return fault


def old_fossil_part(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """The fossil part is brought up to date, the total of an earlier version stays."""
    after = tools.scaled(dataset, ("GWP-fossil",), Decimal(rng.randint(125, 160)) / 100)
    return tools.newly(tools.gwp_sum_broken, dataset, after)


def totals_swapped(dataset: Dataset, rng: random.Random) -> Dataset | None:
    first, second = row(dataset, "PERT"), row(dataset, "PENRT")
    if first is None or second is None:
        return None
    numbers = {"PERT": second.values, "PENRT": first.values}
    after = tools.recut(
        dataset, lambda one: one.model_copy(update={"values": numbers.get(one.code or "", one.values)})
    )
    return tools.newly(tools.energy_sum_broken, dataset, after)


def _energy_total(total: str, part: str) -> Fault:
    def fault(dataset: Dataset, rng: random.Random) -> Dataset | None:
        return tools.newly(tools.energy_sum_broken, dataset, tools.copied(dataset, part, total))

    return fault


def _of(dataset: Dataset, code: str) -> Decimal:
    return tools.gate(dataset, code) or Decimal(0)


def exponent_lost(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """3.2E-09 is copied as 3.2: more of it, in kg or cases, than a thousandth of the carbon in kg."""
    codes = ("ODP", "PM", "HTP-c", "HTP-nc")
    total = tools.gate(dataset, *WHOLE)
    tiny = [code for code in codes if 0 < abs(_of(dataset, code)) < Decimal("0.001")]
    if not tiny or total is None:
        return None
    code = rng.choice(tiny)
    after = tools.put(dataset, (code,), lambda _, old: old.scaleb(-old.adjusted()) if old else old)
    return after if abs(_of(after, code)) > abs(total) / 1000 else None


def _more_than(code: str, factor: Decimal, times: int, module: str = "A1-A3") -> Fault:
    """A flow in the wrong unit: beyond `times` the product's own mass (water: kg in a m³)."""
    weight_of_one = THOUSAND if code == "FW" else Decimal(1)

    def over(dataset: Dataset) -> bool:
        weight, one = tools.mass(dataset), row(dataset, code)
        amounts = [amount for at, amount in cells(one).items() if at[0] == module]
        amount = tools.at_gate(one) if module == "A1-A3" else max(amounts, default=None)
        return bool(weight and amount and amount * weight_of_one > times * weight)

    return _scale((code,), factor, over)


def transport_negative(dataset: Dataset, rng: random.Random) -> Dataset | None:
    found = cells(row(dataset, *WHOLE))
    ways = sorted({at[0] for at, amount in found.items() if at[0] in ("A4", "C2") and amount > 0})
    if not ways:
        return None
    way = rng.choice(ways)
    return tools.put(dataset, _CARBON, lambda at, old: -old if at[0] == way else old)


def _negative_at_gate(*codes: str) -> Fault:
    def fault(dataset: Dataset, rng: random.Random) -> Dataset | None:
        able = [code for code in codes if _of(dataset, code) > 0]
        if not able:
            return None
        return tools.put(dataset, (rng.choice(able),), lambda at, old: -old if at[0] in GATE else old)

    return fault


def fossil_negative(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """A credit for waste burnt in the kiln is taken off at the gate: fossil carbon goes below 0."""
    fossil = cells(row(dataset, "GWP-fossil"))
    if _of(dataset, "GWP-fossil") <= 0 or row(dataset, *WHOLE) is None:
        return None
    after = tools.put(
        dataset, WHOLE, lambda at, old: old - 2 * fossil.get(at, Decimal(0)) if at[0] in GATE else old
    )
    return tools.put(after, ("GWP-fossil",), lambda at, old: -old if at[0] in GATE else old)


_ENERGY = ("PERE", "PERM", "PERT", "PENRE", "PENRM", "PENRT")

FAULTS: Mapping[str, Fault] = {
    "the sum A1-A3 holds A1 alone": _gate_sum("A1"),
    "the sum A1-A3 leaves out A3": _gate_sum("A1", "A2"),
    "the sum A1-A3 counts A1 twice": _gate_sum("A1", "A1", "A2", "A3"),
    "the sum A1-A3 counts A4 too": _gate_sum("A1", "A2", "A3", "A4"),
    "the sum A1-A3 counts the benefits of module D": _gate_sum("A1", "A2", "A3", "D"),
    "one part of A1-A3 is ten times too large": one_part_ten_times,
    "GWP-total repeats GWP-fossil": _total(lambda _, parts: parts["fossil"]),
    "GWP-total takes GWP-biogenic with the wrong sign": _total(lambda old, p: old - 2 * p["biogenic"]),
    "the minus of GWP-biogenic is lost": _scale(("GWP-biogenic",), Decimal(-1), tools.gwp_sum_broken),
    "GWP-luluc is in grams": _scale(("GWP-luluc",), THOUSAND, tools.gwp_sum_broken),
    "GWP-fossil is of a later version than the total": old_fossil_part,
    "the decimal point of GWP-total is lost": _total(lambda old, _: _without_point(old), *GATE),
    "two digits of GWP-total are transposed": _total(lambda old, _: _transposed(old), *GATE),
    "GWP-total is rounded to 0 in the end-of-life modules": _total(
        lambda *_: Decimal(0), "C1", "C2", "C3", "C4"
    ),
    "the minus of GWP-total in module D is lost": _total(lambda old, _: abs(old), "D"),
    "PERT repeats PERE and leaves out the material": _energy_total("PERT", "PERE"),
    "PENRT repeats PENRE and leaves out the material": _energy_total("PENRT", "PENRE"),
    "renewable and non-renewable totals are swapped": totals_swapped,
    "ADPF is in GJ under the label MJ": _scale(("ADPF",), 1 / THOUSAND, tools.fossils_disagree),
    "primary energy is in kWh under the label MJ": _scale(
        _ENERGY, 1 / Decimal("3.6"), tools.fossils_disagree
    ),
    "all carbon is in tonnes under the label kg": _scale(_CARBON, 1 / THOUSAND, materials.implausible),
    "all carbon is in grams under the label kg": _scale(_CARBON, THOUSAND, materials.implausible),
    "the exponent of a tiny figure is lost": exponent_lost,
    "fresh water is in litres under the label m3": _more_than("FW", THOUSAND, 1000),
    "hazardous waste is in grams under the label kg": _more_than("HWD", THOUSAND, 2),
    "secondary material is in grams under the label kg": _more_than("SM", THOUSAND, 5),
    "more is recycled at the end than the product weighs": _more_than("MFR", Decimal(10), 3, "C3"),
    "the carbon of a transport is negative": transport_negative,
    "acidification or eutrophication is negative at the gate": _negative_at_gate("AP", "EP", "EP-marine"),
    "waste, water or secondary material is negative at the gate": _negative_at_gate(
        "NHWD", "HWD", "RWD", "FW", "SM"
    ),
    "fossil carbon is negative at the gate": fossil_negative,
}
