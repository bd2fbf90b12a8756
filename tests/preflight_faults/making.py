"""Clean declarations to spoil, and the ways to spoil them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any, Final, NamedTuple

from registry.declarations.dataset import Component, Dataset, Indicator, Mark, Property, Stage, Value
from registry.declarations.preflight.view import Context
from tests.clean_declarations import FOOTPRINTS, MODULAR, footprint, modular


class Case(NamedTuple):
    """A declaration and what is known beside it."""

    dataset: Dataset
    context: Context


@cache
def epd(kind: str, style: str = "sum", *, scenarios: bool = False) -> Case:
    """A clean EPD of a kind of material, with A1-A3 as a sum, in parts, or both."""
    profile = next(one for one in MODULAR if one.kind == kind)
    return Case(*modular(Random(7), profile, style=style, scenarios=scenarios))


@cache
def carbon(kind: str, *, label: bool) -> Case:
    """A clean footprint report, or a certified label, by GB/T 24067."""
    which = next(one for one in FOOTPRINTS if one[0] == kind)
    drawn = (Case(*footprint(Random(seed), which)) for seed in range(200))
    wanted = "footprint_label" if label else "footprint_report"
    return next(
        one for one in drawn if (one.dataset.document, one.dataset.generation) == (wanted, "GB/T 24067")
    )


CONCRETE: Final = epd("concrete.ready-mixed")
PARTED: Final = epd("concrete.ready-mixed", "both")
SPLIT: Final = epd("concrete.ready-mixed", "parts")
STAGED: Final = epd("concrete.ready-mixed", scenarios=True)
TIMBER: Final = epd("timber.structural")
CEMENT: Final = epd("cement")
GYPSUM: Final = epd("gypsum.plasterboard")
BRICK: Final = epd("masonry.fired-brick")
ALUMINIUM: Final = epd("formwork.aluminium")
SLAB: Final = epd("concrete.precast")
REPORT: Final = carbon("pipe.plastic", label=False)
LABEL: Final = carbon("cement", label=True)


def put(case: Case, **fields: Any) -> Case:
    return case._replace(dataset=case.dataset.model_copy(update=fields))


def know(case: Case, **fields: Any) -> Case:
    return case._replace(context=replace(case.context, **fields))


def inside(case: Case, field: str, **fields: Any) -> Case:
    """The same with fields of one part changed: owner, declared, footprint …"""
    return put(case, **{field: getattr(case.dataset, field).model_copy(update=fields)})


def rows(case: Case, codes: str, change: Callable[[Indicator], Indicator]) -> Case:
    """Rows changed by their codes, separated by blanks; "*" is every row."""
    wanted = codes.split()
    assert codes == "*" or set(wanted) <= {row.code for row in case.dataset.indicators}, codes
    table = (change(row) if codes == "*" or row.code in wanted else row for row in case.dataset.indicators)
    return put(case, indicators=tuple(table))


def only(case: Case, code: str) -> tuple[Indicator, ...]:
    return tuple(row for row in case.dataset.indicators if row.code == code)


def without(case: Case, codes: str) -> Case:
    return put(case, indicators=tuple(r for r in case.dataset.indicators if r.code not in codes.split()))


def row(case: Case, codes: str, **fields: Any) -> Case:
    return rows(case, codes, lambda one: one.model_copy(update=fields))


def scaled(case: Case, codes: str, factor: str, *, modules: str = "*") -> Case:
    """Numbers times a factor, in every module or in some."""

    def change(value: Value) -> Value:
        if value.amount is None or not (modules == "*" or value.module in modules.split()):
            return value
        return value.model_copy(update={"amount": value.amount * Decimal(factor)})

    return rows(case, codes, lambda one: one.model_copy(update={"values": tuple(map(change, one.values))}))


def cells(case: Case, codes: str, amounts: Mapping[str, str]) -> Case:
    """Cells set, or added where the row has none of the module."""

    def change(one: Indicator) -> Indicator:
        kept = tuple(value for value in one.values if value.module not in amounts)
        new = tuple(Value(module=module, amount=Decimal(amount)) for module, amount in amounts.items())
        return one.model_copy(update={"values": (*kept, *new)})

    return rows(case, codes, change)


def dropped(case: Case, codes: str, modules: str) -> Case:
    """Rows without some of their modules."""

    def change(one: Indicator) -> Indicator:
        return one.model_copy(
            update={"values": tuple(v for v in one.values if v.module not in modules.split())}
        )

    return rows(case, codes, change)


def marked(case: Case, codes: str, modules: str, *, mark: Mark) -> Case:
    """Cells with a mark in place of what they held; every cell of the row with "*"."""

    def change(one: Indicator) -> Indicator:
        wanted = [v.module for v in one.values] if modules == "*" else modules.split()
        kept = tuple(value for value in one.values if value.module not in wanted)
        return one.model_copy(update={"values": (*kept, *(Value(module=m, mark=mark) for m in wanted))})

    return rows(case, codes, change)


def valued(case: Case, code: str, module: str, **fields: Any) -> Case:
    """One cell with other uncertainty, and the like."""

    def change(one: Indicator) -> Indicator:
        values = (v.model_copy(update=fields) if v.module == module else v for v in one.values)
        return one.model_copy(update={"values": tuple(values)})

    return rows(case, code, change)


def amount(case: Case, code: str, module: str) -> Decimal:
    """The number of a cell."""
    table = (row for row in case.dataset.indicators if row.code == code)
    found = next(value.amount for row in table for value in row.values if value.module == module)
    assert found is not None
    return found


def stated(kind: str, value: str, unit: str) -> tuple[Property, ...]:
    return (Property(kind=kind, value=Decimal(value), unit=unit),)


def parts(*shares: tuple[str, str]) -> tuple[Component, ...]:
    return tuple(Component(name=name, percent=Decimal(share)) for name, share in shares)


def stages(case: Case, named: Mapping[str, str]) -> Case:
    """Stages with their sum as the footprint's total."""
    found = tuple(Stage(words={"zh": name}, amount=Decimal(value)) for name, value in named.items())
    return inside(case, "footprint", stages=found, total=sum((one.amount for one in found), Decimal(0)))
