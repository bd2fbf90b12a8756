"""Declarations as our table, in CSV or XLSX, and what a row of it cannot hold."""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from registry.declarations.comparable import Generation, generation
from registry.declarations.dataset import Dataset, Indicator, Property, Words
from registry.declarations.formats.masses import mass_of, stated_mass
from registry.declarations.formats.reading import Remark, Weight, Written
from registry.declarations.formats.template.cells import density_of
from registry.declarations.formats.template.columns import (
    DAYS,
    DEFAULTS,
    RESULTS,
    Column,
    columns_for,
    columns_of,
    default_names,
)
from registry.declarations.formats.template.rows import row_of
from registry.declarations.formats.template.taking import Head
from registry.kit.messages import say
from registry.kit.sheets.sheets import Row, Sheet, text_of
from registry.kit.types import plain
from registry.units.convert import FactKind

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "'")
_WIDTH = 16
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

Cells = list[str | Decimal | None]


def write_csv(datasets: Sequence[Dataset], lang: str) -> Written:
    """With a byte order mark, so that a spreadsheet reads it as UTF-8; no datasets make an empty template."""
    text = io.StringIO()
    writer = csv.writer(text)
    columns = columns_for(datasets)
    writer.writerow(_headings(columns, lang))
    rows = [_cells(dataset, columns, lang) for dataset in datasets]
    writer.writerows([_plain_text(cell) for cell in row] for row in rows)
    remarks = tuple(_remarks(datasets, rows, _headings(columns, lang)))
    return Written(text.getvalue().encode("utf-8-sig"), CSV_TYPE, "declarations.csv", remarks)


def write_xlsx(datasets: Sequence[Dataset], lang: str) -> Written:
    """Days are texts, so that a spreadsheet does not make the first of a month of 2026-05."""
    import xlsxwriter  # noqa: PLC0415  loaded by the process that writes a workbook

    content, columns = io.BytesIO(), columns_for(datasets)
    rows = [_cells(dataset, columns, lang) for dataset in datasets]
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        sheet = book.add_worksheet(say("declarations.table.sheet", lang))
        text = book.add_format({"num_format": "@"})
        sheet.set_column(0, len(columns) - 1, _WIDTH, text)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, _headings(columns, lang), book.add_format({"bold": True}))
        for line, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                _write(sheet, (line, place), cell)
    remarks = tuple(_remarks(datasets, rows, _headings(columns, lang)))
    return Written(content.getvalue(), XLSX_TYPE, "declarations.xlsx", remarks)


def _headings(columns: Sequence[Column], lang: str) -> list[str]:
    return [column.heading(lang) for column in columns]


def _write(sheet: Any, at: tuple[int, int], cell: str | Decimal | None) -> None:
    """A number of more digits than a spreadsheet keeps is written as a text, which loses none."""
    if isinstance(cell, Decimal) and Decimal(format(float(cell), ".15g")) == cell:
        sheet.write_number(*at, float(cell))
    elif cell is not None:
        sheet.write_string(*at, plain(cell) if isinstance(cell, Decimal) else cell)


def _plain_text(cell: str | Decimal | None) -> str:
    if isinstance(cell, Decimal):
        return plain(cell)
    return f"'{cell}" if cell and cell.startswith(_FORMULAS) else cell or ""


def _cells(dataset: Dataset, columns: Sequence[Column], lang: str) -> Cells:
    rows = {one.code: one for one in reversed(dataset.indicators) if one.code}
    fields = {**_own(dataset, lang), **_named(dataset), "default_scenario": _defaults(dataset, columns)}
    return [fields[one.name] if one.module is None else _result(dataset, rows, one) for one in columns]


def _defaults(dataset: Dataset, columns: Sequence[Column]) -> str | None:
    """The default scenarios that the row's own columns name, as a reader finds their names again."""
    cells = {(one.module, one.scenario) for row in dataset.indicators for one in row.values}
    used = {one.scenario for one in columns if one.scenario and (one.module, one.scenario) in cells}
    named = (one.name for one in dataset.scenarios if one.default and one.name in used)
    return DEFAULTS.join(name for name in named if default_names(name) == {text_of(name)}) or None


def _result(dataset: Dataset, rows: dict[str, Indicator], column: Column) -> str | Decimal | None:
    row = rows.get(RESULTS[column.name].get(dataset.generation, ""))
    values, cell = row.values if row is not None else (), (column.module, column.scenario)
    value = next((one for one in values if (one.module, one.scenario) == cell), None)
    return None if value is None else value.mark or value.amount


def _own(dataset: Dataset, lang: str) -> dict[str, str | Decimal | None]:
    """Numbers, days, codes and words of closed lists."""
    declared, footprint = dataset.declared, dataset.footprint
    mass = stated_mass(dataset.properties, declared)
    is_density = mass is not None and mass_of(mass[0], mass[1], declared).kind == FactKind.DENSITY
    days = {name: getattr(dataset, name) for name in DAYS}
    return {
        "uuid": None if dataset.uuid is None else str(dataset.uuid),
        "version": dataset.version,
        "number": dataset.number,
        "name_zh": dataset.names.get("zh"),
        "name_en": dataset.names.get("en"),
        "document": _word("document", dataset.document, lang),
        "data_kind": _word("data_kind", dataset.subtype, lang),
        "verification": _word("verification", dataset.verification, lang),
        "location": dataset.location,
        "amount": declared.amount,
        "unit": declared.unit or declared.stated or None,
        "functional": _first(declared.words) if declared.functional else None,
        "mass_kg": mass[0] if mass and mass[1] == "kg" else None,
        "density": None if is_density else _density(dataset.properties),
        "biogenic_carbon_kg": dataset.biogenic_carbon_kg,
        "biogenic_carbon_packaging_kg": dataset.biogenic_carbon_packaging_kg,
        "service_life_years": dataset.service_life_years,
        "reference_year": None if dataset.reference_year is None else str(dataset.reference_year),
        "footprint_total": footprint.total if footprint else None,
        "footprint_boundary": footprint.boundary if footprint else None,
        **{name: None if day is None else day.stated() for name, day in days.items()},
    }


def _density(properties: Sequence[Property]) -> Decimal | None:
    """The first stated density, in kg/m³."""
    stated = (one for one in properties if one.kind == FactKind.DENSITY)
    return next((found for one in stated if (found := density_of(one.value, one.unit)) is not None), None)


def _named(dataset: Dataset) -> dict[str, str | Decimal | None]:
    """Organisations, plants and references by their name."""
    holders: dict[str, Any] = {
        "owner": dataset.owner,
        "operator": dataset.operator,
        "method": dataset.method,
        "pcr": dataset.pcr,
        "background": next(iter(dataset.background), None),
        "verifier": next(iter(dataset.verifiers), None),
    }
    return {
        "standard": _standard(dataset),
        "plant": next((one.name for one in dataset.plants), None),
        "licence": dataset.licence.type if dataset.licence else None,
        "source": dataset.original.uri if dataset.original else None,
        **{name: None if one is None else _first(one.names) for name, one in holders.items()},
    }


def _standard(dataset: Dataset) -> str | None:
    """The stated standard that names the rules, else the rules themselves."""
    stated = [text for one in dataset.compliance if (text := _first(one.names))]
    fitting = (text for text in stated if generation(text) is dataset.generation)
    return next(fitting, None if dataset.generation is Generation.OTHER else str(dataset.generation))


def _word(name: str, value: Any, lang: str) -> str | None:
    return None if value is None else say(f"declarations.table.{name}.{value}", lang)


def _first(words: Words) -> str | None:
    return next((words[one] for one in ("", "zh", "en") if one in words), next(iter(words.values()), None))


def _remarks(datasets: Sequence[Dataset], rows: Sequence[Cells], headings: Sequence[str]) -> Iterator[Remark]:
    """Each row is read back: whatever does not come back as it was is told, field by field."""
    head = Head(Sheet("", ()), 1, columns_of(headings), dict(enumerate(headings)))
    for number, (dataset, row) in enumerate(zip(datasets, rows, strict=True), 2):
        found = row_of(head, Row(number, tuple(row)))
        back = found.reading.dataset if found.reading else None
        for name in Dataset.model_fields:
            if back is None or getattr(back, name) != getattr(dataset, name):
                facts = {"field": name, "row": str(number)}
                place = f"{number}/{name}"
                yield Remark(
                    weight=Weight.NOT_CARRIED, key="declarations.table.not-held", place=place, facts=facts
                )
