"""Comparing two to four products: the same basis, or a coded refusal that says what differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from registry.declarations.comparable import Cell
from registry.declarations.facts import MODULES
from registry.dossiers.dossier import Dossier

MOST = 4
FEWEST = 2


class Refusal(StrEnum):
    """Why values do not stand side by side; each is a message key."""

    KIND = "compare.kind-differs"
    PERFORMANCE = "compare.performance-differs"
    UNIT = "compare.unit-differs"
    GENERATION = "compare.standard-differs"
    INDICATOR = "compare.indicator-differs"
    MISSING = "compare.value-missing"


@dataclass(frozen=True, slots=True)
class Refused:
    """One difference, with the values that differ in the order of the products."""

    key: Refusal
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One product: its value if comparable, and how far above the lowest it is."""

    dossier: Dossier
    cell: Cell | None
    modules: Mapping[str, Decimal]
    above_lowest: Decimal | None
    above_lowest_percent: Decimal | None
    lowest: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """`refusals` empty means the values share one basis."""

    columns: tuple[Column, ...]
    refusals: tuple[Refused, ...]


def compare(dossiers: Sequence[Dossier]) -> Comparison:
    """Columns in the order asked, with differences only where every value shares one basis."""
    if not FEWEST <= len(dossiers) <= MOST:
        raise ValueError("a comparison takes two to four products")
    cells = [dossier.cell for dossier in dossiers]
    refusals = tuple(_refusals(dossiers, cells))
    values = [cell.value for cell in cells if cell is not None]
    low = min(values) if values and not refusals else None
    return Comparison(
        tuple(_column(dossier, cell, low) for dossier, cell in zip(dossiers, cells, strict=True)), refusals
    )


def _refusals(dossiers: Sequence[Dossier], cells: Sequence[Cell | None]) -> list[Refused]:
    found = []
    kinds = tuple(dossier.product.fact.kind for dossier in dossiers)
    if len(set(kinds)) > 1:
        found.append(Refused(Refusal.KIND, kinds))
    grades = tuple(dossier.product.fact.performance or "—" for dossier in dossiers)
    if len(set(grades)) > 1 and not found:
        found.append(Refused(Refusal.PERFORMANCE, grades))
    if any(cell is None for cell in cells):
        missing = tuple(d.product.fact.code for d, cell in zip(dossiers, cells, strict=True) if cell is None)
        found.append(Refused(Refusal.MISSING, missing))
    bases = [cell.basis for cell in cells if cell is not None]
    for key, name in (
        (Refusal.UNIT, "unit"),
        (Refusal.GENERATION, "generation"),
        (Refusal.INDICATOR, "indicator"),
    ):
        values = tuple(str(getattr(basis, name)) for basis in bases)
        if len(set(values)) > 1:
            found.append(Refused(key, values))
    return found


def _column(dossier: Dossier, cell: Cell | None, low: Decimal | None) -> Column:
    declaration = dossier.declaration.fact if dossier.declaration else None
    declared = declaration.modules if declaration else {}
    modules = {module: declared[module] for module in MODULES if module in declared}
    if cell is None or low is None:
        return Column(dossier, cell, modules, None, None, lowest=False)
    above = cell.value - low
    percent = above * 100 / abs(low) if low else None
    return Column(dossier, cell, modules, above, percent, lowest=above == 0)
