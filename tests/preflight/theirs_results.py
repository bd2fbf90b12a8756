"""Faults of the results table: pasted, shifted, doubled, left out, or under another label."""

import random
from collections.abc import Callable, Mapping
from decimal import Decimal

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Dataset, Indicator, Mark, Value
from registry.declarations.indicators import Kind, indicators
from tests.preflight import theirs_tools as tools
from tests.preflight.theirs_tools import GATE, WHOLE, Fault, cells, row

_END = ("C1", "C2", "C3", "C4")
# EN 15804+A2, table 3, without GWP-luluc (may stay out under 5 %) and the parts of GWP.
_CORE = ("ODP", "AP", "EP-freshwater", "EP-marine", "EP-terrestrial", "POCP", "ADPE", "ADPF", "WDP")


def _is_a2(dataset: Dataset) -> bool:
    return dataset.generation is Generation.EN15804_A2


def _pasted(one: Indicator, source: str, target: str) -> Indicator:
    given = [amount for at, amount in cells(one).items() if at[0] == source]

    def in_target(value: Value) -> Value:
        if value.module != target or value.amount is None:
            return value
        return value.model_copy(update={"amount": given[0]})

    return tools.refill(one, in_target) if given else one


def column_pasted(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """One module's numbers stand under another module too, in every row."""
    at_hand = sorted(tools.modules(dataset) - {"A1", "A2", "A3"})
    pairs = [(a, b) for a in at_hand for b in at_hand if a != b and a[0] + b[0] != "BB"]
    rng.shuffle(pairs)
    for source, target in pairs:
        pasted = [_pasted(one, source, target) for one in dataset.indicators]
        told = [new for new, old in zip(pasted, dataset.indicators, strict=True) if new != old]
        if sum(any(amount for at, amount in cells(one).items() if at[0] == target) for one in told) >= 5:
            return dataset.model_copy(update={"indicators": tuple(pasted)})
    return None


def row_pasted(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """The row below repeats a row measured in another unit, number by number."""
    rows = list(dataset.indicators)
    places = list(range(1, len(rows)))
    rng.shuffle(places)
    for at in places:
        upper, lower = rows[at - 1], rows[at]
        told = {amount for amount in tools.numbers(upper) if len(amount.as_tuple().digits) >= 3}
        if upper.unit != lower.unit and upper.code and lower.code and len(told) >= 2:
            rows[at] = lower.model_copy(update={"values": upper.values})
            return dataset.model_copy(update={"indicators": tuple(rows)})
    return None


def rows_shifted(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """The numbers slip one row down against the labels; the last row's go to the top."""
    rows = dataset.indicators
    if len(rows) < 6 or tools.gate(dataset, *WHOLE) is None:
        return None
    moved = (rows[-1], *rows[:-1])
    shifted = [old.model_copy(update={"values": new.values}) for old, new in zip(rows, moved, strict=True)]
    after = dataset.model_copy(update={"indicators": tuple(shifted)})
    told = (tools.gwp_sum_broken, tools.energy_sum_broken, tools.fossils_disagree, tools.unheard_of)
    return after if any(rule(after) for rule in told) else None


def columns_turned(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """Module D stands first: its benefits, fuels and carbon below 0, are read as A1–A3."""
    fuel = cells(row(dataset, "PENRT"))
    names = {"D": "A1-A3", "A1-A3": "D"}
    first, last = fuel.get(("A1-A3", None)), fuel.get(("D", None))
    if ("A1", None) in fuel or first is None or last is None or not last < 0 < first:
        return None

    def turned(value: Value) -> Value:
        return value.model_copy(update={"module": names.get(value.module, value.module)})

    return tools.recut(dataset, lambda one: tools.refill(one, turned))


def cell_twice(dataset: Dataset, rng: random.Random) -> Dataset | None:
    rows = [one for one in dataset.indicators if any(tools.numbers(one))]
    if not rows:
        return None
    chosen = rng.choice(rows)
    value = rng.choice([one for one in chosen.values if one.amount])
    again = value.model_copy(update={"amount": (value.amount or Decimal(0)) * Decimal("1.31")})
    doubled = chosen.model_copy(update={"values": (*chosen.values, again)})
    return tools.recut(dataset, lambda one: doubled if one is chosen else one)


def row_twice(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """A row of the last version was left under the new one."""
    rows = [one for one in dataset.indicators if one.code and any(tools.numbers(one))]
    if not rows:
        return None
    chosen = rng.choice(rows)
    old = tools.refill(
        chosen, lambda v: v.model_copy(update={"amount": v.amount * Decimal("0.87")}) if v.amount else v
    )
    return dataset.model_copy(update={"indicators": (*dataset.indicators, old)})


def transport_zero(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """A transport nobody worked out is filled with 0 in every row, as if nothing were burnt."""
    rows = [one for one in dataset.indicators if cells(one)]
    if len(rows) < 7:
        return None
    module = rng.choice(("A4", "C2"))
    zero = Value(module=module, amount=Decimal(0))

    def filled(one: Indicator) -> Indicator:
        kept = tuple(value for value in one.values if value.module != module)
        return one.model_copy(update={"values": (*kept, zero)})

    return tools.recut(dataset, filled)


def all_zero(dataset: Dataset, rng: random.Random) -> Dataset | None:
    if not tools.gate(dataset, *WHOLE):
        return None
    return tools.put(dataset, tools.codes_of(dataset), lambda *_: Decimal(0))


def _left_out(*modules: str) -> Fault:
    """One of these modules goes, by a mark or without a word, where all of the end of life was declared."""

    def fault(dataset: Dataset, rng: random.Random) -> Dataset | None:
        if not _is_a2(dataset) or not {*_END, "D"} <= tools.modules(dataset):
            return None
        return _without(dataset, rng.choice(modules), marked=rng.random() < 0.5)

    return fault


def _without(dataset: Dataset, *modules: str, marked: bool) -> Dataset:
    def gone(value: Value) -> Value | None:
        if value.module not in modules:
            return value
        return Value(module=value.module, scenario=value.scenario, mark=Mark.MND) if marked else None

    return tools.recut(dataset, lambda one: tools.refill(one, gone))


def gate_not_declared(dataset: Dataset, rng: random.Random) -> Dataset | None:
    if tools.gate(dataset, *WHOLE) is None or not tools.modules(dataset) - set(GATE):
        return None
    return _without(dataset, *GATE, marked=True)


def only_a1(dataset: Dataset, rng: random.Random) -> Dataset | None:
    if ("A1", None) not in cells(row(dataset, *WHOLE)):
        return None
    return _without(dataset, "A2", "A3", "A1-A3", marked=False)


def hole(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """One row has no number in a module that all other rows have."""
    rows = [one for one in dataset.indicators if one.code and cells(one)]
    shared = set.intersection(*({at[0] for at in cells(one)} for one in rows)) if len(rows) > 5 else set()
    able = [one for one in rows if one.code in (*WHOLE, "GWP-fossil", *_CORE)]
    parts = shared - ({"A1-A3"} if {"A1", "A2", "A3"} <= shared else {"A1", "A2", "A3"})
    if not parts or not able:
        return None
    module, chosen = rng.choice(sorted(parts)), rng.choice(able)
    thinner = tools.refill(chosen, lambda value: None if value.module == module else value)
    return tools.recut(dataset, lambda one: thinner if one is chosen else one)


def _row_left_out(*codes: str) -> Fault:
    def fault(dataset: Dataset, rng: random.Random) -> Dataset | None:
        present = [code for code in tools.codes_of(dataset) if code in codes]
        if not _is_a2(dataset) or not present:
            return None
        gone = rng.choice(present)
        return tools.recut(dataset, lambda one: None if one.code == gone else one)

    return fault


def names_swapped(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """Identifier and name of a row mean two different things."""
    rows = [one for one in dataset.indicators if one.uuid and one.code and one.names]
    pairs = [(a, b) for a in rows for b in rows if a.unit != b.unit and a.names != b.names]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    swapped = {id(a): b.names, id(b): a.names}
    return tools.recut(dataset, lambda one: one.model_copy(update={"names": swapped.get(id(one), one.names)}))


def _label(change: Callable[[Dataset], Mapping[str, str]]) -> Fault:
    """Other units written beside the numbers, which stay."""

    def fault(dataset: Dataset, rng: random.Random) -> Dataset | None:
        able = [(code, unit) for code, unit in change(dataset).items() if cells(row(dataset, code))]
        if not able:
            return None
        code, unit = rng.choice(able)
        return tools.recut(
            dataset, lambda one: one.model_copy(update={"unit": unit}) if one.code == code else one
        )

    return fault


def _other_edition(dataset: Dataset) -> Mapping[str, str]:
    """The unit the same name has in the other edition of EN 15804."""
    if dataset.generation is Generation.EN15804_A1:
        return {"AP": "mol H+ eq", "POCP": "kg NMVOC eq"}
    return {"AP": "kg SO2 eq", "POCP": "kg ethene eq"} if _is_a2(dataset) else {}


def editions_mixed(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """One row of carbon by EF 3.0 among rows by EF 3.1, or the other way round."""
    if not _is_a2(dataset):
        return None
    known = indicators().by_uuid
    rows = [one for one in dataset.indicators if one.uuid in known and (one.code or "").startswith("GWP-")]
    if len(rows) < 3:
        return None
    chosen = rng.choice(rows)
    kind = next(line for line in indicators().rows if chosen.uuid in (line.uuid, line.uuid_ef30))
    other = kind.uuid_ef30 if chosen.uuid == kind.uuid else kind.uuid
    return tools.recut(dataset, lambda one: one.model_copy(update={"uuid": other}) if one is chosen else one)


def resources_left_out(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """The second page of the table, use of resources and waste, was not copied."""
    impacts = {line.code for line in indicators().rows if line.kind is Kind.IMPACT}
    en15804 = dataset.generation in (Generation.EN15804_A1, Generation.EN15804_A2)
    if not en15804 or not {"PENRT", "PERT"} <= set(tools.codes_of(dataset)):
        return None
    return tools.recut(dataset, lambda one: one if one.code in impacts else None)


FAULTS: Mapping[str, Fault] = {
    "one column is pasted over another": column_pasted,
    "one row is pasted over the next": row_pasted,
    "numbers slipped one row down against their labels": rows_shifted,
    "module D stands in the column of A1-A3": columns_turned,
    "one cell is stated twice with two numbers": cell_twice,
    "one indicator is listed twice with two sets of numbers": row_twice,
    "a transport not worked out is filled with 0": transport_zero,
    "all numbers are 0, as in the empty template": all_zero,
    "one of C1 to C4 is left out while the others stand": _left_out(*_END),
    "module D is left out although the end of life is declared": _left_out("D"),
    "A1-A3 is marked not declared": gate_not_declared,
    "only A1 of A1-A3 is given": only_a1,
    "one core indicator has a hole in a module all others declare": hole,
    "one core indicator of EN 15804+A2 is left out": _row_left_out(*_CORE),
    "GWP-total is left out": _row_left_out("GWP-total"),
    "the rows of resources and waste are left out": resources_left_out,
    "name and identifier of a row mean two indicators": names_swapped,
    "carbon is labelled MJ": _label(lambda _: dict.fromkeys(WHOLE, "MJ")),
    "ADPF is labelled kg Sb eq": _label(lambda _: {"ADPF": "kg Sb eq"}),
    "fuel energy is labelled kg": _label(lambda _: {"PENRT": "kg", "PERT": "kg"}),
    "a unit of the other edition of EN 15804 stands beside a name": _label(_other_edition),
    "EP-freshwater is labelled as phosphate": _label(
        lambda ds: {"EP-freshwater": "kg PO4 eq"} if _is_a2(ds) else {}
    ),
    "one row is by another edition of EF than the rest": editions_mixed,
}
