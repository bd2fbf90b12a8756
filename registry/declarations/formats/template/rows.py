"""One row of our table: the declaration it states, or every fault in it with its cell."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from registry.declarations.comparable import Generation, generation
from registry.declarations.dataset import (
    Dataset,
    DeclaredUnit,
    Footprint,
    Indicator,
    Licence,
    Mark,
    Party,
    Plant,
    Property,
    Reference,
    Scenario,
    Subtype,
    Value,
)
from registry.declarations.facts import DocumentKind, Verification
from registry.declarations.formats.masses import mass_of
from registry.declarations.formats.reading import Reading, Remark, Source, Weight
from registry.declarations.formats.template import cells
from registry.declarations.formats.template.columns import RESULTS, UNIT, Column, default_names
from registry.declarations.formats.template.taking import Head, RowCells, TableRow
from registry.kit.reading.cells import Cell
from registry.kit.sheets.sheets import Row, column_letter
from registry.units.convert import TIES, FactKind
from registry.units.parse import parse_unit

FORMAT = "GreenMat table"
_FOOTPRINTS = (Generation.GBT24067, Generation.ISO14067)
_YEARS = range(1900, 2201)


def row_of(head: Head, row: Row) -> TableRow:
    """The declaration of a row; a fault anywhere leaves the row without one."""
    found = RowCells(head, row)
    family = _family(found)
    fields = {
        **_identity(found),
        **_declared(found),
        **_rules(found, family),
        **_organisations(found),
        **{name: found.take(Column(name), cells.day_in) for name in ("published", "valid_from", "valid_to")},
        "indicators": tuple(_indicators(found, family)),
        "footprint": _footprint(found, family),
    }
    fields["scenarios"] = tuple(_scenarios(found, fields["indicators"]))
    if found.faults:
        return TableRow(row.number, None, tuple(found.faults))
    found.remarks += _unread(found)
    stated = {name: value for name, value in fields.items() if value is not None}
    reading = Reading(Dataset(**stated), Source(FORMAT), tuple(found.remarks), found.origins)
    return TableRow(row.number, reading)


def _family(found: RowCells) -> Generation:
    """The rules by the name of the standard; a table without them would mix what cannot be compared."""
    standard = found.text("standard")
    family = generation(standard or "")
    if family is Generation.OTHER:
        found.fault(Column("standard"), "standard-unknown", text=(standard or "")[:40])
    return family


def _identity(found: RowCells) -> dict[str, Any]:
    names = {"zh": found.text("name_zh"), "en": found.text("name_en")}
    stated = {lang: text for lang, text in names.items() if text}
    if not stated:
        found.fault(Column("name_zh"), "missing")
    uuid = found.take(Column("uuid"), _uuid)
    source, licence = found.text("source"), found.text("licence")
    return {
        "uuid": uuid,
        "version": found.text("version"),
        "number": found.text("number"),
        "names": stated,
        "document": found.choice("document", DocumentKind) or DocumentKind.EPD,
        "subtype": found.choice("data_kind", Subtype),
        "original": Reference(uri=source) if source else None,
        "licence": Licence(type=licence) if licence else None,
        "reference_year": found.take(Column("reference_year"), _year),
        "service_life_years": found.number("service_life_years"),
        "location": found.text("location"),
    }


def _declared(found: RowCells) -> dict[str, Any]:
    amount, written = found.number("amount", Decimal(0)), found.text("unit")
    unit = parse_unit(written) if written else None
    if amount is None and not any(one.where == found.place(Column("amount")) for one in found.faults):
        found.fault(Column("amount"), "missing")
    if written is None:
        found.fault(Column("unit"), "missing")
    elif unit is None or unit.unit.code == "item":
        place = found.place(Column("unit"))
        found.remarks.append(
            Remark(
                weight=Weight.DOUBT,
                key="declarations.table.unit-unknown",
                place=place,
                facts={"unit": written[:40]},
            )
        )
        unit = None
    if unit is not None and unit.qualifier:
        facts = {"unit": (written or "")[:40], "words": unit.qualifier}
        place = found.place(Column("unit"))
        found.remarks.append(
            Remark(weight=Weight.DOUBT, key="declarations.table.unit-condition", place=place, facts=facts)
        )
    density = found.take(
        Column("density"), lambda cell: cells.density_in(cell, found.heading_unit("density"))
    )
    if density is not None and density <= 0:
        found.fault(Column("density"), "too-small", text=str(density))
    functional, mass = found.text("functional"), found.number("mass_kg", Decimal(0))
    whole = (amount or Decimal(1)) * (unit.multiplier if unit else 1)
    declared = DeclaredUnit(
        amount=whole,
        unit=unit.unit.code if unit else None,
        stated=written or "",
        functional=functional is not None,
        words={"": functional} if functional else {},
    )
    return {
        "declared": declared,
        "properties": tuple(_properties(mass, density, declared)),
        "biogenic_carbon_kg": found.number("biogenic_carbon_kg"),
        "biogenic_carbon_packaging_kg": found.number("biogenic_carbon_packaging_kg"),
    }


def _properties(mass: Decimal | None, density: Decimal | None, declared: DeclaredUnit) -> Iterator[Property]:
    """What ties units together; of 1 m³ the mass and the density are one figure where they agree."""
    stated = mass_of(mass, "kg", declared) if mass else None
    if stated is not None:
        yield stated
    if density is not None:
        own = Property(kind=FactKind.DENSITY, value=density, unit=TIES[FactKind.DENSITY].symbol)
        if own != stated:
            yield own


def _rules(found: RowCells, family: Generation) -> dict[str, Any]:
    standard, method = found.text("standard"), found.text("method")
    pcr, background = found.text("pcr"), found.text("background")
    return {
        "generation": family,
        "generation_by": "text",
        "compliance": (Reference(names={"": standard}),) if standard else (),
        "method": Reference(names={"": method}) if method else None,
        "pcr": Reference(names={"": pcr}) if pcr else None,
        "background": (Reference(names={"": background}),) if background else (),
    }


def _organisations(found: RowCells) -> dict[str, Any]:
    owner, operator, verifier = (found.text(name) for name in ("owner", "operator", "verifier"))
    plant = found.text("plant")
    return {
        "owner": Party(names={"": owner}) if owner else None,
        "operator": Party(names={"": operator}) if operator else None,
        "verifiers": (Party(names={"": verifier}),) if verifier else (),
        "verification": found.choice("verification", Verification),
        "plants": (Plant(name=plant),) if plant else (),
    }


def _indicators(found: RowCells, family: Generation) -> Iterator[Indicator]:
    """A row of results for each indicator with a cell; modules do not go with a footprint's standard."""
    for name, codes in RESULTS.items():
        cells_of = [column for column in found.head.columns.values() if column.name == name and column.module]
        stated = [(column, found.take(column, cells.amount_in)) for column in cells_of]
        values = [(column, one) for column, one in stated if one is not None]
        if not values:
            continue
        if family not in codes:
            if family is not Generation.OTHER:
                why = "modules-of-a-footprint" if family in _FOOTPRINTS else "not-of-the-standard"
                found.fault(values[0][0], why, text=str(family))
            continue
        made = (
            Value(module=column.module or "", scenario=column.scenario, mark=one)
            if isinstance(one, Mark)
            else Value(module=column.module or "", scenario=column.scenario, amount=one)
            for column, one in values
        )
        yield Indicator(code=codes[family], unit=UNIT, matched_by="key", values=tuple(made))


def _scenarios(found: RowCells, indicators: tuple[Indicator, ...]) -> Iterator[Scenario]:
    """The scenarios that a row's cells use, and which of them are shown where none is asked for."""
    used = dict.fromkeys(value.scenario for row in indicators for value in row.values if value.scenario)
    defaults = default_names(found.text("default_scenario") or "")
    for name in sorted(defaults - used.keys()):
        found.fault(Column("default_scenario"), "scenario-unknown", text=name[:40])
    yield from (Scenario(name=name, default=name in defaults) for name in used)


def _footprint(found: RowCells, family: Generation) -> Footprint | None:
    total, boundary = found.number("footprint_total"), found.text("footprint_boundary")
    if total is None:
        if boundary is not None:
            found.fault(Column("footprint_total"), "missing")
        return None
    if family not in _FOOTPRINTS and family is not Generation.OTHER:
        found.fault(Column("footprint_total"), "footprint-of-modules", text=str(family))
        return None
    return Footprint(total=total, boundary=boundary)


def _unread(found: RowCells) -> Iterator[Remark]:
    """What stands in columns that are none of ours."""
    for place, cell in enumerate(found.row.cells):
        if cell is not None and place not in found.head.columns:
            where = f"{found.head.sheet.name}!{column_letter(place)}{found.row.number}"
            facts = {"heading": found.head.headings.get(place, "")[:60]}
            yield Remark(
                weight=Weight.NOT_CARRIED, key="declarations.table.not-carried", place=where, facts=facts
            )


def _uuid(cell: Cell) -> UUID | None:
    text = cells.text_in(cell)
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise cells.Bad("not-a-uuid") from error


def _year(cell: Cell) -> int | None:
    text = (cells.text_in(cell) or "").removesuffix("年").strip()
    if not text:
        return None
    if not text.isdecimal() or int(text) not in _YEARS:
        raise cells.Bad("not-a-year")
    return int(text)
