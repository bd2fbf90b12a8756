"""Kinds of fault as they happen to people, by who wrote the checks: each spoils a clean declaration anew.

A kind answers the spoilt declaration, or None where it does not apply to this one. `tests/preflight/`
holds those of somebody who has not seen the checks.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Final

from registry.declarations.dataset import Component, Dataset, Identifier, Mark, Party
from registry.declarations.facts import PartialDay, Precision
from registry.declarations.preflight.view import Context
from tests.preflight_faults.making import (
    Case,
    cells,
    dropped,
    inside,
    know,
    marked,
    only,
    put,
    row,
    scaled,
    stages,
    without,
)

Kind = Callable[[Random, Dataset, Context], tuple[Dataset, Context] | None]
CORE: Final = ("AP", "EP", "EP-marine", "EP-terrestrial", "EP-freshwater", "POCP", "ODP", "ADPF")


def codes(case: Case) -> tuple[str, ...]:
    return tuple(one.code or "" for one in case.dataset.indicators)


def core(rng: Random, case: Case) -> str | None:
    found = [code for code in CORE if code in codes(case)]
    return rng.choice(found) if found else None


def modules(case: Case, code: str) -> list[str]:
    return sorted({value.module for value in only(case, code)[0].values if value.amount})


def climate(case: Case) -> str | None:
    return next((code for code in ("GWP-total", "GWP") if code in codes(case)), None)


def total_mistyped(rng: Random, case: Case) -> Case | None:
    """One cell of GWP-total, a fifth to twice as large, while its parts stay."""
    if "GWP-total" not in codes(case):
        return None
    module = rng.choice(modules(case, "GWP-total"))
    return scaled(case, "GWP-total", str(Decimal(rng.randint(12, 20)) / 10), modules=module)


def grams_for_kilograms(rng: Random, case: Case) -> Case | None:
    """The whole table of climate a thousand times too large; only a known kind has a gate for it."""
    wanted = [code for code in codes(case) if code.startswith("GWP")]
    return scaled(case, " ".join(wanted), "1000") if wanted else None


def impact_in_grams(rng: Random, case: Case) -> Case | None:
    found = [code for code in ("AP", "EP", "EP-marine", "EP-terrestrial") if code in codes(case)]
    return scaled(case, rng.choice(found), "1000") if "ADPF" in codes(case) and found else None


def sign_lost(rng: Random, case: Case) -> Case | None:
    code = core(rng, case)
    if code is None or code == "POCP":
        return None
    return scaled(case, code, "-1", modules=rng.choice([m for m in modules(case, code) if m != "D"]))


def core_row_lost(rng: Random, case: Case) -> Case | None:
    code = core(rng, case)
    return without(case, code) if code else None


def climate_row_lost(rng: Random, case: Case) -> Case | None:
    code = climate(case)
    return without(case, code) if code else None


def row_pasted_twice(rng: Random, case: Case) -> Case | None:
    found = [code for code in CORE if code in codes(case)]
    if len(found) < 2:
        return None
    source, target = rng.sample(found, 2)
    return row(case, target, values=only(case, source)[0].values)


def end_of_life_module_lost(rng: Random, case: Case) -> Case | None:
    if "GWP-total" not in codes(case):
        return None
    return dropped(case, " ".join(codes(case)), rng.choice(("C1", "C2", "C3", "C4", "D")))


def module_of_one_row_lost(rng: Random, case: Case) -> Case | None:
    code = core(rng, case)
    return dropped(case, code, rng.choice(("A4", "C2", "C4"))) if code else None


def sum_forgotten(rng: Random, case: Case) -> Case | None:
    """A1-A3 stated wrongly beside its parts."""
    code = climate(case)
    if code is None or not {"A1-A3", "A1"} <= set(modules(case, code)):
        return None
    return scaled(case, code, "1.15", modules="A1-A3")


def energy_total_mistyped(rng: Random, case: Case) -> Case | None:
    code = rng.choice(("PERT", "PENRT"))
    if code not in codes(case):
        return None
    return scaled(case, code, str(Decimal(rng.randint(13, 30)) / 10), modules=rng.choice(modules(case, code)))


def energy_in_kilowatt_hours(rng: Random, case: Case) -> Case | None:
    if "PENRT" not in codes(case):
        return None
    return scaled(case, "PENRE PENRM PENRT", "0.27777777778")


def label_of_another_unit(rng: Random, case: Case) -> Case | None:
    code = core(rng, case)
    return row(case, code, unit=rng.choice(("kg PO4 eq", "g", "kWh", "lb"))) if code else None


def zero_for_nothing(rng: Random, case: Case) -> Case | None:
    code = core(rng, case)
    if code in {None, "ODP"} or code is None:
        return None
    return cells(
        case, code, {module: "0" for module in modules(case, code) if module[0] == "A" and module < "A4"}
    )


def gate_marked(rng: Random, case: Case) -> Case | None:
    code = climate(case)
    module = "A1-A3" if code and "A1-A3" in modules(case, code) else "A1"
    return marked(case, code, module, mark=rng.choice((Mark.MNR, Mark.ND))) if code else None


def year_slipped(rng: Random, case: Case) -> Case | None:
    last = case.dataset.valid_to
    if last is None:
        return None
    years = rng.choice((-10, 10, 20, 100))
    return put(
        case,
        valid_to=PartialDay(day=last.day.replace(day=1, year=last.day.year + years), precision=Precision.DAY),
    )


def days_swapped(rng: Random, case: Case) -> Case | None:
    return put(case, valid_from=case.dataset.valid_to, valid_to=case.dataset.valid_from)


def published_tomorrow(rng: Random, case: Case) -> Case | None:
    later = case.context.day + timedelta(days=rng.randint(1, 400))
    return put(case, published=PartialDay(day=later, precision=Precision.DAY))


def tonnes_for_kilograms(rng: Random, case: Case) -> Case | None:
    """The declared unit read as t where it is kg; only kinds with a gate show it."""
    if case.dataset.declared.unit != "kg" or not (case.context.kind or "").startswith(
        ("cement", "steel", "pipe")
    ):
        return None
    return inside(case, "declared", unit="t", stated="t")


def unit_unknown(rng: Random, case: Case) -> Case | None:
    return inside(case, "declared", unit=None, stated="Gebinde")


def weight_lost(rng: Random, case: Case) -> Case | None:
    gone = case.dataset.generation == "EN 15804+A2" and case.dataset.declared.unit in {"m2", "m3"}
    return put(case, properties=()) if gone else None


def content_over_all(rng: Random, case: Case) -> Case | None:
    shares = (
        Component(name="甲", percent=Decimal(rng.randint(60, 95))),
        Component(name="乙", percent=Decimal(55)),
    )
    return put(case, components=shares)


def bar_code_mistyped(rng: Random, case: Case) -> Case | None:
    figures = [*"6901234567892"]
    place = rng.randrange(13)
    figures[place] = str((int(figures[place]) + rng.randint(1, 9)) % 10)
    return put(case, identifiers=(Identifier(scheme="gtin", value="".join(figures)),))


def credit_code_mistyped(rng: Random, case: Case) -> Case | None:
    owner = case.dataset.owner
    if owner is None:
        return None
    code = owner.ids["uscc"]
    place = rng.randint(2, 16)
    other = rng.choice([one for one in "0123456789" if one != code[place]])
    changed = Party(names=owner.names, ids={"uscc": code[:place] + other + code[place + 1 :]})
    return put(case, owner=changed, manufacturers=(changed,))


def verified_by_owner(rng: Random, case: Case) -> Case | None:
    return put(case, verifiers=(case.dataset.owner,))


def stage_forgotten(rng: Random, case: Case) -> Case | None:
    footprint = case.dataset.footprint
    return (
        None
        if footprint is None
        else inside(case, "footprint", stages=footprint.stages[:-1] * 1 + footprint.stages[:1])
    )


def footprint_in_grams(rng: Random, case: Case) -> Case | None:
    footprint = case.dataset.footprint
    if footprint is None:
        return None
    return stages(case, {one.words["zh"]: str(one.amount * 1000) for one in footprint.stages})


def carbon_kept(rng: Random, case: Case) -> Case | None:
    """Timber whose carbon never comes back."""
    if not case.dataset.biogenic_carbon_kg:
        return None
    amounts = {
        code: next(v.amount for v in only(case, code)[0].values if v.module == "C3")
        for code in ("GWP-fossil", "GWP-luluc")
    }
    rest = sum((value or Decimal(0) for value in amounts.values()), Decimal(0))
    return cells(cells(case, "GWP-biogenic", {"C3": "0"}), "GWP-total", {"C3": str(rest)})


def other_cement(rng: Random, case: Case) -> Case | None:
    if case.context.kind != "cement" or case.dataset.footprint is not None:
        return None
    return know(put(case, names={"zh": "水泥 CEM III/B"}))


MADE: Final = (
    total_mistyped,
    grams_for_kilograms,
    impact_in_grams,
    sign_lost,
    core_row_lost,
    climate_row_lost,
    row_pasted_twice,
    end_of_life_module_lost,
    module_of_one_row_lost,
    sum_forgotten,
    energy_total_mistyped,
    energy_in_kilowatt_hours,
    label_of_another_unit,
    zero_for_nothing,
    gate_marked,
    year_slipped,
    days_swapped,
    published_tomorrow,
    tonnes_for_kilograms,
    unit_unknown,
    weight_lost,
    content_over_all,
    bar_code_mistyped,
    credit_code_mistyped,
    verified_by_owner,
    stage_forgotten,
    footprint_in_grams,
    carbon_kept,
    other_cement,
)


def _kind(make: Callable[[Random, Case], Case | None]) -> Kind:
    return lambda rng, dataset, context: make(rng, Case(dataset, context))


KINDS: Final[Mapping[str, Kind]] = {make.__name__: _kind(make) for make in MADE}
