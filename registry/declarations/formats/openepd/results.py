"""The results of an openEPD document: its sets of scopes as indicators, and indicators as sets of scopes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Dataset, Indicator, Value
from registry.declarations.formats.labels import fits
from registry.declarations.formats.openepd.parts import stated
from registry.declarations.formats.openepd.terms import (
    DISTRIBUTIONS,
    END_OF_LIFE,
    KEYS,
    OTHER_KEYS,
    SCOPES,
    SECTIONS,
    unit_written,
)
from registry.declarations.formats.pointing import Node, escaped
from registry.declarations.formats.reading import Remark, Weight
from registry.declarations.indicators import Kind, Row, indicators

LONGEST_SCENARIO = 40


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of a table in the order of the document, each with its place, and what was noticed."""

    rows: tuple[tuple[str, Indicator], ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    value: Value
    unit: str | None
    place: str


def read_results(node: Node, method: str | None, generation: Generation) -> Found:
    """The impacts of one method with the inventory; what another method says stays unread."""
    rows: list[tuple[str, Indicator]] = []
    remarks: list[Remark] = []
    for kind, section in SECTIONS.items():
        holder = node.at(section, method or "") if kind is Kind.IMPACT else node.at(section)
        for key, scopes in holder.members():
            if kind is not Kind.IMPACT and _row(key, kind, generation) is None and key not in OTHER_KEYS:
                continue  # a key of somebody's own: in the inventory it could not be told where it belongs
            cells = list(_cells(scopes, remarks))
            row = _row(key, kind, generation)
            made = _indicators(key, row, cells, remarks=remarks)
            rows += [(scopes.place, one) for one in made]
    return Found(tuple(rows), tuple(remarks))


def laid_out(dataset: Dataset, method: str) -> tuple[dict[str, Any], Mapping[int, str]]:
    """The sections of results, and the place each indicator (by its number) got; others have none."""
    sections: dict[str, Any] = {}
    slots: dict[int, str] = {}
    for number, one in enumerate(dataset.indicators):
        section, key, row = _slot(one, dataset.generation)
        if not key or not one.values:
            continue
        path = (section, method) if section == SECTIONS[Kind.IMPACT] else (section,)
        holder = sections
        for step in path:
            holder = holder.setdefault(step, {})
        if key in holder:
            continue
        scopes = _scopes(one, unit_written(one.unit, row))
        if scopes:
            holder[key] = scopes
            slots[number] = "".join(f"/{escaped(step)}" for step in (*path, key))
    return sections, slots


def _row(key: str, kind: Kind, generation: Generation) -> Row | None:
    return next(
        (
            row
            for row in indicators().rows
            if row.kind is kind and key in row.openepd and row.generation in (generation, None)
        ),
        None,
    )


def _indicators(
    key: str, row: Row | None, cells: Sequence[_Cell], *, remarks: list[Remark]
) -> Iterator[Indicator]:
    """One indicator for each unit its cells are in; a cell without one is in the unit of the others."""
    units = {cell.unit for cell in cells} - {None}
    only = next(iter(units)) if len(units) == 1 else ""
    for cell in cells:
        if cell.unit is None:
            facts = {"unit": only or "—"}
            remarks.append(
                Remark(weight=Weight.DEFAULTED, key="openepd.unit-missing", place=cell.place, facts=facts)
            )
    by_unit: dict[str, list[Value]] = {}
    for cell in cells:
        by_unit.setdefault(cell.unit or only or "", []).append(cell.value)
    for unit, values in by_unit.items():
        if row is not None and unit and not fits(unit, row.unit):
            facts = {"unit": unit, "expected": row.unit, "indicator": row.code}
            remarks.append(
                Remark(weight=Weight.DOUBT, key="openepd.unit-differs", place=cells[0].place, facts=facts)
            )
        yield Indicator(
            code=row.code if row else None,
            names={} if row and key == row.openepd[0] else {"": key},
            unit=unit,
            matched_by="key" if row else "none",
            values=tuple(values),
        )


def _cells(scopes: Node, remarks: list[Remark]) -> Iterator[_Cell]:
    for key, inside in scopes.members():
        if key in SCOPES:
            yield from _cell(inside, SCOPES[key], None)
        elif key == "C_scenarios":
            for scenario in inside.each():
                yield from _scenario(scenario)
        elif key.endswith("_years") and inside.number() is not None:
            facts = {"module": key.removesuffix("_years"), "years": str(inside.value)}
            remarks.append(Remark(weight=Weight.DOUBT, key="openepd.years", place=inside.place, facts=facts))


def _scenario(node: Node) -> Iterator[_Cell]:
    name = node.at("name").text()
    if name is not None:
        for module in END_OF_LIFE:
            yield from _cell(node.at(module), module, name)


def _cell(node: Node, module: str, scenario: str | None) -> Iterator[_Cell]:
    mean = node.at("mean").number()
    if mean is None:
        return
    value = Value(
        module=module,
        scenario=scenario,
        amount=mean,
        rsd=node.at("rsd").number(),
        distribution=node.at("dist").text(),
    )
    yield _Cell(value, node.at("unit").text(), node.place)


def _slot(one: Indicator, generation: Generation) -> tuple[str, str | None, Row | None]:
    """The section and key an indicator is written under; no key where openEPD has none for it."""
    own = one.names.get("", "")
    row = indicators().of(one.code, generation) if one.code is not None else None
    if row is not None:
        key = own if own in row.openepd else next(iter(row.openepd), None)
        return SECTIONS[row.kind], key, row
    section = OTHER_KEYS.get(own, SECTIONS[Kind.IMPACT])
    usable = own.isascii() and own[:1].isalpha() and own != "ext" and "_" not in own
    known = own in OTHER_KEYS or any(own in named.openepd for named in indicators().rows)
    return section, own if one.code is None and (usable or known) else None, None


def _scopes(one: Indicator, unit: str) -> dict[str, Any]:
    scopes: dict[str, Any] = {}
    for value in one.values:
        if value.amount is None:
            continue
        measured = stated(
            mean=value.amount,
            unit=unit or None,
            rsd=value.rsd if value.rsd is not None and value.rsd > 0 else None,
            dist=value.distribution if value.distribution in DISTRIBUTIONS else None,
        )
        if value.scenario is None:
            scopes.setdefault(KEYS[value.module], measured)
        elif value.module in END_OF_LIFE and 0 < len(value.scenario) <= LONGEST_SCENARIO:
            _end_of_life(scopes, value, measured)
    return scopes


def _end_of_life(scopes: dict[str, Any], value: Value, measured: dict[str, Any]) -> None:
    entries = scopes.setdefault("C_scenarios", [])
    for entry in entries:
        if entry["name"] == value.scenario and value.module not in entry:
            entry[value.module] = measured
            return
    entries.append({"name": value.scenario, value.module: measured})
