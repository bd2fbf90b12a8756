"""Checks for copied tables: cells all alike, rows or modules twice, another declaration's numbers."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

from registry.declarations.dataset import Dataset
from registry.declarations.preflight.conditions import KNOWN, MODULAR
from registry.declarations.preflight.model import Family, Fault, Severity, at
from registry.declarations.preflight.view import ARITHMETIC, PARTS, SUM, Context, KnownTable, View, look
from registry.kit.types import plain

checks = Family()
# Rows that are rightly the same where one term of their sum is nothing.
TWINS = frozenset({
    frozenset({"PERE", "PERT"}), frozenset({"PENRE", "PENRT"}), frozenset({"GWP-total", "GWP-fossil"}),
    frozenset({"GWP-total", "GWP-GHG"}), frozenset({"GWP-fossil", "GWP-GHG"}), frozenset({"ADPF", "PENRT"}),
    frozenset({"ADPF", "PENRE"}), frozenset({"PERM", "PERT"}), frozenset({"PENRM", "PENRT"}),
    frozenset({"GWP", "GWP-fossil"}), frozenset({"MFR", "MER"}), frozenset({"MFR", "SM"}),
})  # fmt: skip
CORE = ("GWP-total", "GWP", "AP", "EP", "EP-marine", "EP-terrestrial", "EP-freshwater", "POCP", "ADPF", "ODP",
        "ADPE", "PENRT", "PERT", "FW")  # fmt: skip
FEWEST = 3  # numbers that are alike before chance is out
NO_DAY = date.min  # a print is the same on every day


def _numbers(view: View) -> dict[str, tuple[tuple[tuple[str, str | None], Decimal], ...]]:
    """The rows with at least two numbers that are not 0, as they can be held against one another."""
    found = {code: tuple(sorted(cells.items(), key=lambda one: (one[0][0], one[0][1] or "")))
             for code, cells in view.numbers.items()}  # fmt: skip
    return {code: cells for code, cells in found.items() if len({v for _, v in cells if v}) > 1}


@checks.check("modules-all-alike", Severity.ERROR, when=MODULAR)
def modules_all_alike(view: View) -> Iterator[Fault]:
    """Every module of a row holds the same number."""
    for code in CORE:
        values = [value for (_, scenario), value in view.numbers.get(code, {}).items() if scenario is None]
        if len(values) > FEWEST and values[0] and len(set(values)) == 1:
            yield at(f"indicators.{code}", code=code, value=values[0], modules=len(values))


@checks.check("gate-parts-alike", Severity.WARNING, when=MODULAR)
def gate_parts_alike(view: View) -> Iterator[Fault]:
    for code in CORE:
        parts = [view.number(code, part) for part in PARTS]
        later = {value for (m, _), value in view.numbers.get(code, {}).items() if m not in {SUM, *PARTS}}
        if parts[0] and parts[0] == parts[1] == parts[2] and later != {parts[0]}:
            yield at(f"indicators.{code}", code=code, value=parts[0])


@checks.check("rows-alike", Severity.ERROR)
def rows_alike(view: View) -> Iterator[Fault]:
    seen: dict[object, list[str]] = {}
    for code, cells in _numbers(view).items():
        seen.setdefault(cells, []).append(code)
    for codes in seen.values():
        for first, second in combinations(codes, 2):
            if frozenset({first, second}) not in TWINS:
                yield at(f"indicators.{second}", first=first, second=second)


def _ratio(first: Sequence[Decimal], second: Sequence[Decimal]) -> Decimal | None:
    """The one factor between two rows over the same cells; None where they are not proportional."""
    top, base = second[0], first[0]
    if not top or not base:
        return None
    # Cross products, so that nearly every pair of rows is done with after one multiplication.
    pairs = zip(first[1:], second[1:], strict=True)
    proportional = all(abs(b * base - a * top) <= abs(a * top) / 100_000 for a, b in pairs)
    return ARITHMETIC.divide(top, base) if proportional and len(set(first)) > FEWEST else None


@checks.check("rows-proportional", Severity.WARNING, when=MODULAR)
def rows_proportional(view: View) -> Iterator[Fault]:
    """A row that is another times one factor in every module was reckoned, not modelled."""
    rows = [
        (code, [cell for cell, _ in cells], [value for _, value in cells])
        for code, cells in _numbers(view).items()
        if code in CORE
    ]
    for (first, cells, values), (second, others, amounts) in combinations(rows, 2):
        if cells == others:
            factor = _ratio(values, amounts)
            if factor is not None and factor != 1 and frozenset({first, second}) not in TWINS:
                yield at(f"indicators.{second}", first=first, second=second, factor=factor)


@checks.check("modules-copied", Severity.WARNING, when=MODULAR)
def modules_copied(view: View) -> Iterator[Fault]:
    """Two modules with the same number in every core row; a sum beside its only part is left out."""
    columns: dict[str, dict[str, Decimal]] = {}
    for code in CORE:
        for (module, scenario), value in view.numbers.get(code, {}).items():
            if scenario is None:
                columns.setdefault(module, {})[code] = value
    full = {
        module: column
        for module, column in columns.items()
        if len([v for v in column.values() if v]) >= FEWEST
    }
    alike = [pair for pair in combinations(sorted(full), 2) if full[pair[0]] == full[pair[1]]]
    if len(alike) == 1 and SUM not in alike[0]:
        yield at(f"indicators.{alike[0][1]}", first=alike[0][0], second=alike[0][1])


def print_of(dataset: Dataset) -> KnownTable:
    """What a declaration's table is recognised by: its numbers, and its shape whatever it is per."""
    view = look(dataset, Context(day=NO_DAY))
    base = view.whole()
    cells = sorted((code, cell[0], cell[1] or "", value) for code, cell, value in view.cells() if value)
    label = dataset.number or next(iter(dataset.names.values()), "")
    if len(cells) <= FEWEST or not base:
        return KnownTable(label, dataset.uuid, dataset.version, "", "")
    exact = ((*where, plain(value)) for *where, value in cells)
    shape = ((*where, f"{ARITHMETIC.divide(value, base):.5E}") for *where, value in cells)
    return KnownTable(label, dataset.uuid, dataset.version, _digest(exact), _digest(shape))


def _digest(cells: Iterator[tuple[str, ...]]) -> str:
    return hashlib.sha256("\n".join("|".join(cell) for cell in cells).encode()).hexdigest()


def _others(view: View) -> Iterator[tuple[KnownTable, KnownTable]]:
    """This table beside each known one that is of another document, not an earlier version of it."""
    own, earlier = print_of(view.dataset), view.dataset.replaces
    for known in view.context.known:
        replaced = earlier is not None and earlier.uuid is not None and earlier.uuid == known.uuid
        if own.exact and not replaced and (known.uuid is None or known.uuid != view.dataset.uuid):
            yield own, known


@checks.check("table-copied", Severity.WARNING, when=KNOWN)
def table_copied(view: View) -> Iterator[Fault]:
    for own, known in _others(view):
        if own.exact == known.exact:
            yield at("indicators", known=known.label)


@checks.check("table-copied-scaled", Severity.WARNING, when=KNOWN)
def table_copied_scaled(view: View) -> Iterator[Fault]:
    for own, known in _others(view):
        if own.exact != known.exact and own.shape == known.shape:
            yield at("indicators", known=known.label)


@checks.check("version-conflict", Severity.ERROR, when=KNOWN, source="identity is UUID and version (high)")
def version_conflict(view: View) -> Iterator[Fault]:
    own = print_of(view.dataset)
    for known in view.context.known:
        same = known.uuid is not None and (known.uuid, known.version) == (own.uuid, own.version)
        if same and known.exact != own.exact:
            yield at("version", version=own.version or "-")
