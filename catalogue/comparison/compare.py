"""Comparing two to four products: the same basis, or a coded refusal that says what differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalogue.comparison.likeness import Like, Refusal, Refused, differences
from registry.declarations.comparable import Cell
from registry.declarations.dataset import Subtype
from registry.declarations.facts import MODULES
from registry.declarations.figures.modules import WHOLE
from registry.dossiers.dossier import Dossier

MOST = 4
FEWEST = 2


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
    refusals = _refusals(dossiers, cells)
    values = [cell.value for cell in cells if cell is not None]
    low = min(values) if values and not refusals else None
    return Comparison(
        tuple(_column(dossier, cell, low) for dossier, cell in zip(dossiers, cells, strict=True)), refusals
    )


def _refusals(dossiers: Sequence[Dossier], cells: Sequence[Cell | None]) -> tuple[Refused, ...]:
    found = differences([_like(dossier, cell) for dossier, cell in zip(dossiers, cells, strict=True)])
    missing = tuple(d.product.fact.code for d, cell in zip(dossiers, cells, strict=True) if cell is None)
    return (*found, Refused(Refusal.MISSING, missing)) if missing else found


def _like(dossier: Dossier, cell: Cell | None) -> Like:
    product = dossier.product.fact
    if cell is None or dossier.declaration is None:
        return Like(product.kind, product.performance)
    return Like(
        kind=product.kind,
        performance=product.performance,
        unit=cell.basis.unit,
        generation=cell.basis.generation,
        indicator=cell.basis.indicator,
        modules=(WHOLE,),
        data=Subtype(dossier.declaration.fact.data_kind.value),
    )


def _column(dossier: Dossier, cell: Cell | None, low: Decimal | None) -> Column:
    declaration = dossier.declaration.fact if dossier.declaration else None
    declared = declaration.modules if declaration else {}
    modules = {module: declared[module] for module in MODULES if module in declared}
    if cell is None or low is None:
        return Column(dossier, cell, modules, None, None, lowest=False)
    above = cell.value - low
    # A share of nothing, or of a negative value as timber has, says nothing.
    percent = above * 100 / low if low > 0 else None
    return Column(dossier, cell, modules, above, percent, lowest=above == 0)
