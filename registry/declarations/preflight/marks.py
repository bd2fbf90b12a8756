"""Checks of cells and rows: marks against numbers, nothing twice, each row the indicator it says it is."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Mark
from registry.declarations.indicators import indicators
from registry.declarations.preflight.completeness import IMPACTS
from registry.declarations.preflight.conditions import A2, EN, MODULAR
from registry.declarations.preflight.model import Family, Fault, Severity, at
from registry.declarations.preflight.view import END, PARTS, SUM, View

checks = Family()
_ABBREVIATION = re.compile(r"\(([A-Za-z][\w-]{1,20})\)\s*$")


@checks.check("indicator-twice", Severity.ERROR)
def indicator_twice(view: View) -> Iterator[Fault]:
    for code, times in Counter(row.code for row in view.dataset.indicators if row.code).items():
        if times > 1:
            yield at(f"indicators.{code}", code=code, times=times)


@checks.check("cell-twice", Severity.ERROR)
def cell_twice(view: View) -> Iterator[Fault]:
    for code, row in view.rows.items():
        for (module, scenario), times in Counter((v.module, v.scenario) for v in row.values).items():
            if times > 1:
                cell = module if scenario is None else f"{module} ({scenario})"
                yield at(f"indicators.{code}.{module}", code=code, cell=cell)


@checks.check("indicator-unknown", Severity.NOTE)
def indicator_unknown(view: View) -> Iterator[Fault]:
    for row in view.dataset.indicators:
        if row.code is None:
            yield at("indicators", name=next(iter(row.names.values()), str(row.uuid or "?")))


@checks.check("indicator-by-name", Severity.NOTE)
def indicator_by_name(view: View) -> Iterator[Fault]:
    for code, row in view.rows.items():
        if row.matched_by == "name":
            yield at(f"indicators.{code}", code=code)


@checks.check("indicator-of-other-rules", Severity.WARNING, when=MODULAR)
def indicator_of_other_rules(view: View) -> Iterator[Fault]:
    """A code that these rules do not have, as a plain EP in a declaration by EN 15804+A2."""
    for code in view.rows:
        if indicators().of(code, view.dataset.generation) is None:
            yield at(f"indicators.{code}", code=code, rules=view.dataset.generation.value)


@checks.check(
    "indicator-uuid-of-another", Severity.ERROR, source="ILCD+EPD reference data of InDataWG (high)"
)
def indicator_uuid_of_another(view: View) -> Iterator[Fault]:
    for code, row in view.rows.items():
        owner = indicators().by_uuid.get(row.uuid) if row.uuid else None
        if owner is not None and owner.code != code:
            yield at(f"indicators.{code}", code=code, owner=owner.code)


@cache
def _named() -> Mapping[str, str]:
    """The indicator that a name in either language means; a name that two bear means none."""
    found: dict[str, str] = {}
    for row in indicators().rows:
        for name in (row.name_zh, row.name_en):
            key = name.casefold()
            found[key] = row.code if found.setdefault(key, row.code) == row.code else ""
    return found


def _meant(name: str, rules: Generation) -> str | None:
    """The code a row's name ends with in brackets, or whose whole name it is; None where it says neither."""
    short = _ABBREVIATION.search(name)
    if short is not None and indicators().of(short[1], rules) is not None:
        return short[1]
    return _named().get(name.strip().casefold()) or None


@checks.check(
    "indicator-named-as-another", Severity.WARNING, source="ILCD+EPD reference data of InDataWG (high)"
)
def indicator_named_as_another(view: View) -> Iterator[Fault]:
    """A row whose UUID is that of one indicator while its name is that of another."""
    for code, row in view.rows.items():
        owner = indicators().by_uuid.get(row.uuid) if row.uuid else None
        for name in row.names.values() if owner is not None and owner.code == code else ():
            meant = _meant(name, view.dataset.generation)
            if meant is not None and meant != code:
                yield at(f"indicators.{code}", code=code, name=name, meant=meant)


@checks.check("indicator-uuid-of-other-rules", Severity.WARNING, when=EN)
def indicator_uuid_of_other_rules(view: View) -> Iterator[Fault]:
    """The same code, with the UUID it has in another set: an A1 AP is in kg SO₂, an A2 AP in mol H⁺."""
    for code, row in view.rows.items():
        owner = indicators().by_uuid.get(row.uuid) if row.uuid else None
        own = {None, view.dataset.generation}
        if owner is not None and owner.code == code and owner.generation not in own:
            yield at(f"indicators.{code}", code=code, rules=str(owner.generation))


@checks.check(
    "ef-mixed", Severity.WARNING, when=A2, source="EF 3.0 and EF 3.1 have UUIDs of their own (high)"
)
def ef_mixed(view: View) -> Iterator[Fault]:
    older: list[str] = []
    newer: list[str] = []
    for code, row in view.rows.items():
        known = indicators().by_code.get((code, Generation.EN15804_A2))
        if row.uuid and known and known.uuid_ef30 and known.uuid != known.uuid_ef30:
            (older if row.uuid == known.uuid_ef30 else newer if row.uuid == known.uuid else []).append(code)
    if older and newer:
        yield at("indicators", older=older, newer=newer)


@checks.check("mark-core-not-declared", Severity.WARNING, when=MODULAR)
def mark_core_not_declared(view: View) -> Iterator[Fault]:
    """A core indicator with marks and no number at all."""
    for code in sorted(IMPACTS & set(view.rows)):
        if view.marks[code] and not view.numbers[code] and any(view.numbers.values()):
            yield at(f"indicators.{code}", code=code)


@checks.check("row-empty", Severity.WARNING)
def row_empty(view: View) -> Iterator[Fault]:
    for code, row in view.rows.items():
        if not row.values:
            yield at(f"indicators.{code}", code=code)


@checks.check("mark-not-declared-among-numbers", Severity.WARNING)
def mark_not_declared_among_numbers(view: View) -> Iterator[Fault]:
    for code, marks in view.marks.items():
        if view.numbers[code] and Mark.ND in marks.values():
            yield at(f"indicators.{code}", code=code)


@checks.check("mark-not-assessed-among-numbers", Severity.WARNING)
def mark_not_assessed_among_numbers(view: View) -> Iterator[Fault]:
    for code, marks in view.marks.items():
        if view.numbers[code] and Mark.INA in marks.values():
            yield at(f"indicators.{code}", code=code)


@checks.check(
    "mark-gate-not-relevant",
    Severity.ERROR,
    when=MODULAR,
    source="A1-A3 are relevant to every product (high)",
)
def mark_gate_not_relevant(view: View) -> Iterator[Fault]:
    for (module, _), mark in view.marks.get(view.climate or "", {}).items():
        if mark is Mark.MNR and module in {SUM, *PARTS}:
            yield at(f"indicators.{view.climate}.{module}", module=module)


@checks.check("mark-end-not-relevant", Severity.WARNING, when=A2, source="EN 15804+A2, 5.2 (low)")
def mark_end_not_relevant(view: View) -> Iterator[Fault]:
    for (module, _), mark in view.marks.get(view.climate or "", {}).items():
        if mark is Mark.MNR and module in END:
            yield at(f"indicators.{view.climate}.{module}", module=module)


@checks.check("mark-on-sum-only", Severity.WARNING, when=MODULAR)
def mark_on_sum_only(view: View) -> Iterator[Fault]:
    """A1-A3 marked as not declared although its three parts are: readers of the sum find nothing."""
    marks, have = view.marks.get(view.climate or "", {}), view.modules(view.climate)
    if (SUM, None) in marks and marks[SUM, None] is Mark.MND and have >= set(PARTS):
        yield at(f"indicators.{view.climate}", code=view.climate)
