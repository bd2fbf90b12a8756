"""The CSV of ÖKOBAUDAT: `;` between columns, one row for each module and scenario, decimal commas."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from registry.declarations.comparable import Generation, generation
from registry.declarations.dataset import (
    Classification,
    Dataset,
    DeclaredUnit,
    Indicator,
    Level,
    Party,
    Property,
    Reference,
    Scenario,
    Value,
)
from registry.declarations.facts import MODULES, DocumentKind, PartialDay
from registry.declarations.formats.oekobaudat.columns import (
    CARBON,
    CARBON_PACKAGING,
    CLASSES,
    COLUMNS,
    PROPERTIES,
    SUBTYPES,
)
from registry.declarations.formats.oekobaudat.lines import Draft, Line, decoded, lines_of, number_in
from registry.declarations.formats.reading import Reading, Source, Unreadable, Weight
from registry.declarations.formats.template.cells import Bad, day_in
from registry.declarations.indicators import indicators
from registry.units.parse import parse_unit

FORMAT = "ÖKOBAUDAT CSV"


def read(data: bytes, *, name: str = "") -> tuple[Reading, ...]:  # noqa: ARG001  all readers are asked alike
    """A declaration for each UUID and version, in the order of the file."""
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in lines_of(decoded(data)):
        groups.setdefault((line.cells["UUID"], line.cells.get("Version", "")), []).append(line)
    if not groups:
        raise Unreadable("declaration-oekobaudat-empty")
    return tuple(_reading(lines) for lines in groups.values())


def _reading(lines: Sequence[Line]) -> Reading:
    draft = Draft(lines)
    fields = {**_identity(draft), **_declared(draft), **_rules(draft), **_results(draft)}
    unread = dict.fromkeys(
        name for line in lines for name, cell in line.cells.items() if cell and name not in draft.taken
    )
    for name in unread:
        draft.remark(Weight.NOT_CARRIED, "not-carried", lines[0], column=name)
    stated = {name: value for name, value in fields.items() if value is not None}
    dataset = Dataset(document=DocumentKind.EPD, **stated)
    return Reading(dataset, Source(FORMAT), tuple(draft.remarks), draft.origins)


def _identity(draft: Draft) -> dict[str, Any]:
    names = {"de": draft.text("Name (de)"), "en": draft.text("Name (en)")}
    owner, authority = (
        draft.text("Declaration owner", "owner"),
        draft.text("Registrierungsstelle", "operator"),
    )
    before, version = _uuid(draft, "UUID des Vorgaengers"), draft.text("Version des Vorgaengers")
    address = draft.text("URL des Vorgaengers")
    kind, original = draft.text("Typ", "subtype"), draft.text("URL", "original")
    if kind and kind not in SUBTYPES:
        draft.remark(Weight.NOT_CARRIED, "not-carried", draft.lines[0], column="Typ")
    return {
        "uuid": _uuid(draft, "UUID"),
        "version": draft.text("Version", "version"),
        "number": draft.text("Registrierungsnummer", "number"),
        "names": {lang: text for lang, text in names.items() if text},
        "classifications": tuple(_classes(draft)),
        "subtype": SUBTYPES.get(kind or ""),
        "owner": Party(names={"": owner}) if owner else None,
        "operator": Party(names={"": authority}) if authority else None,
        "location": draft.text("Laenderkennung", "location"),
        "reference_year": _year(draft),
        "published": _day(draft, "Veroeffentlicht am"),
        "valid_to": _day(draft, "Gueltig bis"),
        "replaces": Reference(uuid=before, version=version, uri=address)
        if before or version or address
        else None,
        "original": Reference(uri=original) if original else None,
    }


def _classes(draft: Draft) -> Iterator[Classification]:
    """The path of the classification as the file spells it; its English twin is the same path."""
    for column, system in CLASSES.items():
        path = draft.text(column, "classifications")
        names = [one.strip().strip("'") for one in (path or "").split("/")]
        levels = tuple(Level(name=one) for one in names if one)
        if levels:
            yield Classification(system=system, levels=levels)


def _declared(draft: Draft) -> dict[str, Any]:
    amount, written = draft.number("Bezugsgroesse"), draft.text("Bezugseinheit", "declared") or ""
    found = parse_unit({"qm": "m2"}.get(written, written)) if written else None
    if amount is None:
        draft.remark(Weight.DEFAULTED, "no-amount", draft.lines[0], column="Bezugsgroesse")
    if found is None:
        draft.remark(Weight.DOUBT, "unit-unknown", draft.lines[0], column="Bezugseinheit")
    whole = (Decimal(1) if amount is None else amount) * (found.multiplier if found else 1)
    figures = [(kind, draft.number(name), unit) for name, (kind, unit) in PROPERTIES.items()]
    return {
        "declared": DeclaredUnit(amount=whole, unit=found.unit.code if found else None, stated=written),
        "properties": tuple(
            Property(kind=kind, value=value, unit=unit) for kind, value, unit in figures if value is not None
        ),
        "biogenic_carbon_kg": draft.number(CARBON),
        "biogenic_carbon_packaging_kg": draft.number(CARBON_PACKAGING),
    }


def _rules(draft: Draft) -> dict[str, Any]:
    conformity = draft.text("Konformitaet", "compliance")
    background = draft.text("Hintergrunddatenbank(en)", "background")
    names = [one.strip().strip("'") for one in re.split(r"[/,;]", conformity or "")]
    return {
        "compliance": tuple(Reference(names={"": one}) for one in names if one),
        "background": (Reference(names={"": background}),) if background else (),
    }


def _results(draft: Draft) -> dict[str, Any]:
    """Results of one set of rules with the inventory; the other's columns, where filled, are told."""
    named = generation(draft.lines[0].text("Konformitaet") or "")
    filled = {
        COLUMNS[name][1]
        for line in draft.lines
        for name, cell in line.cells.items()
        if cell and name in COLUMNS
    }
    by_text = named in (Generation.EN15804_A1, Generation.EN15804_A2)
    order = (Generation.EN15804_A2, Generation.EN15804_A1)
    family = named if by_text else next((one for one in order if one in filled), Generation.OTHER)
    scenarios: dict[str, Scenario] = {}
    cells: dict[str, list[Value]] = {}
    for line in draft.lines:
        module, scenario = _place(draft, line, scenarios)
        if module is None:
            continue
        for name, (code, its) in COLUMNS.items():
            text = line.cells.get(name)
            if not text or its not in (None, family):
                continue
            amount = number_in(text)
            known = cells.setdefault(code, [])
            if amount is None or any((v.module, v.scenario) == (module, scenario) for v in known):
                draft.remark(
                    Weight.NOT_CARRIED, "no-number" if amount is None else "twice", line, column=name
                )
            else:
                known.append(Value(module=module, scenario=scenario, amount=amount))
    draft.taken |= {name for name, (_, its) in COLUMNS.items() if its in (None, family)}
    draft.remark(Weight.DEFAULTED, "units", draft.lines[0], column="Modul")
    return {
        "generation": family,
        "generation_by": "text" if by_text else "indicators" if family is not Generation.OTHER else "none",
        "scenarios": tuple(scenarios.values()),
        "indicators": tuple(_row(code, family, values) for code, values in cells.items() if values),
    }


def _row(code: str, family: Generation, values: Sequence[Value]) -> Indicator:
    row = indicators().of(code, family)
    unit = row.unit if row else ""
    return Indicator(code=code if row else None, unit=unit, matched_by="key", values=tuple(values))


def _place(draft: Draft, line: Line, scenarios: dict[str, Scenario]) -> tuple[str | None, str | None]:
    """The module and scenario of a row; a row under neither is told."""
    draft.taken |= {"Modul", "Szenario", "Szenariobeschreibung"}
    module, scenario, words = line.text("Modul"), line.text("Szenario"), line.text("Szenariobeschreibung")
    if module not in MODULES:
        draft.remark(Weight.NOT_CARRIED, "module-unknown", line, column="Modul")
        return None, None
    if scenario is not None:
        scenarios.setdefault(scenario, Scenario(name=scenario, words={"": words} if words else {}))
    elif words is not None:
        draft.remark(Weight.NOT_CARRIED, "not-carried", line, column="Szenariobeschreibung")
    return module, scenario


def _day(draft: Draft, name: str) -> PartialDay | None:
    text = draft.text(name)
    try:
        return day_in(text)
    except Bad:
        draft.remark(Weight.NOT_CARRIED, "no-day", draft.lines[0], column=name)
        return None


def _year(draft: Draft) -> int | None:
    text = draft.text("Referenzjahr", "reference_year") or ""
    if re.fullmatch("(?:19|20|21)[0-9]{2}", text):
        return int(text)
    if text:
        draft.remark(Weight.NOT_CARRIED, "no-day", draft.lines[0], column="Referenzjahr")
    return None


def _uuid(draft: Draft, name: str) -> UUID | None:
    text = draft.text(name)
    try:
        return UUID(text) if text else None
    except ValueError:
        draft.remark(Weight.NOT_CARRIED, "no-uuid", draft.lines[0], column=name)
        return None
