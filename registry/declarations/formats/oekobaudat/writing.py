"""Declarations as the CSV of ÖKOBAUDAT, and what the file cannot hold."""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from registry.declarations.dataset import Classification, Dataset, Party, Value
from registry.declarations.facts import PartialDay
from registry.declarations.formats.oekobaudat.columns import (
    CARBON,
    CARBON_PACKAGING,
    CLASSES,
    COLUMNS,
    PROPERTIES,
    SUBTYPES,
    TEXTS,
)
from registry.declarations.formats.oekobaudat.reading import read
from registry.declarations.formats.reading import Remark, Unreadable, Weight, Written
from registry.kit.types import plain

MEDIA_TYPE = "text/csv; charset=utf-8"
HEADINGS = (
    *TEXTS,
    *PROPERTIES,
    CARBON,
    CARBON_PACKAGING,
    "Modul",
    "Szenario",
    "Szenariobeschreibung",
    *COLUMNS,
)
_TYPES = {subtype: word for word, subtype in SUBTYPES.items()}


def write(datasets: Sequence[Dataset]) -> Written:
    """A row for each module and scenario of a dataset; a dataset without results or UUID has no row."""
    text = io.StringIO()
    table = csv.DictWriter(text, HEADINGS, delimiter=";", restval="", lineterminator="\r\n")
    table.writeheader()
    remarks: list[Remark] = []
    for dataset in datasets:
        rows = list(_rows(dataset)) if dataset.uuid is not None else []
        table.writerows(rows)
        remarks += _remarks(dataset, rows)
    return Written(
        text.getvalue().encode("utf-8-sig"), MEDIA_TYPE, "declarations.oekobaudat.csv", tuple(remarks)
    )


def _rows(dataset: Dataset) -> Iterator[dict[str, str]]:
    described = {name: _clean(cell) for name, cell in _described(dataset).items() if cell}
    words = {one.name: next(iter(one.words.values()), "") for one in dataset.scenarios}
    for place, cells in _cells(dataset).items():
        module, scenario = place
        where = {
            "Modul": module,
            "Szenario": scenario or "",
            "Szenariobeschreibung": words.get(scenario or "", ""),
        }
        yield {**described, **{name: _clean(cell) for name, cell in where.items()}, **cells}


def _cells(dataset: Dataset) -> dict[tuple[str, str | None], dict[str, str]]:
    """Numbers by module and scenario; a mark is an empty cell here, like a module that is not there."""
    names = {(code, family): name for name, (code, family) in COLUMNS.items()}
    found: dict[tuple[str, str | None], dict[str, str]] = {}
    for one in dataset.indicators:
        name = names.get((one.code or "", dataset.generation)) or names.get((one.code or "", None))
        for value in one.values if name else ():
            _put(found, value, name or "")
    return found


def _put(found: dict[tuple[str, str | None], dict[str, str]], value: Value, name: str) -> None:
    if value.amount is not None:
        found.setdefault((value.module, value.scenario), {}).setdefault(name, _number(value.amount))


def _described(dataset: Dataset) -> dict[str, str | None]:
    declared, before = dataset.declared, dataset.replaces
    figures = {(one.kind, one.unit): one.value for one in reversed(dataset.properties)}
    standards = [text for one in dataset.compliance if (text := next(iter(one.names.values()), None))]
    background = next((text for one in dataset.background for text in one.names.values()), None)
    return {
        "UUID": str(dataset.uuid),
        "Version": dataset.version,
        "Name (de)": dataset.names.get("de"),
        "Name (en)": dataset.names.get("en"),
        **{column: _path(dataset.classifications, system) for column, system in CLASSES.items()},
        "Konformitaet": " / ".join(standards),
        "Hintergrunddatenbank(en)": background,
        "Laenderkennung": dataset.location,
        "Typ": _TYPES.get(dataset.subtype) if dataset.subtype else None,
        "Referenzjahr": None if dataset.reference_year is None else str(dataset.reference_year),
        "Gueltig bis": _day(dataset.valid_to),
        "URL": dataset.original.uri if dataset.original else None,
        "Declaration owner": _name(dataset.owner),
        "Veroeffentlicht am": _day(dataset.published),
        "Registrierungsnummer": dataset.number,
        "Registrierungsstelle": _name(dataset.operator),
        "UUID des Vorgaengers": str(before.uuid) if before and before.uuid else None,
        "Version des Vorgaengers": before.version if before else None,
        "URL des Vorgaengers": before.uri if before else None,
        "Bezugsgroesse": _number(declared.amount),
        "Bezugseinheit": declared.unit or declared.stated or None,
        **{name: _optional(figures.get(key)) for name, key in PROPERTIES.items()},
        CARBON: _optional(dataset.biogenic_carbon_kg),
        CARBON_PACKAGING: _optional(dataset.biogenic_carbon_packaging_kg),
    }


def _path(classifications: Sequence[Classification], system: str) -> str | None:
    found = next((one for one in classifications if one.system == system), None)
    return None if found is None else " / ".join(level.name for level in found.levels)


def _name(party: Party | None) -> str | None:
    return None if party is None else next(iter(party.names.values()), None)


def _day(day: PartialDay | None) -> str | None:
    return None if day is None else day.stated()


def _optional(value: Decimal | None) -> str | None:
    return None if value is None else _number(value)


def _number(value: Decimal) -> str:
    return plain(value).replace(".", ",")


def _clean(cell: str) -> str:
    return " ".join(cell.split())


def _remarks(dataset: Dataset, rows: Sequence[dict[str, str]]) -> Iterator[Remark]:
    """The rows are read back: whatever does not come back as it was is told, field by field."""
    text = io.StringIO()
    table = csv.DictWriter(text, HEADINGS, delimiter=";", restval="")
    table.writeheader()
    table.writerows(rows)
    try:
        back: Dataset | None = read(text.getvalue().encode())[0].dataset
    except Unreadable:
        back = None
    for name in Dataset.model_fields:
        if back is None or getattr(back, name) != getattr(dataset, name):
            facts = {"field": name, "declaration": str(dataset.uuid or dataset.number or "—")}
            yield Remark(weight=Weight.NOT_CARRIED, key="oekobaudat.not-held", place=name, facts=facts)
