"""Sheets written as plain rows, for tests that need no file."""

from collections.abc import Iterable, Sequence

from catalogue.bom.columns import Columns, guess_columns
from catalogue.bom.lines import ListReading, read_sheet
from registry.kit.reading.cells import Cell
from registry.kit.sheets.sheets import Merge, Row, Sheet

HEADER: tuple[Cell, ...] = ("序号", "材料名称", "规格型号", "单位", "数量")


def sheet(
    *rows: Sequence[Cell],
    name: str = "清单",
    merges: Iterable[Merge] = (),
    uncached: Iterable[tuple[int, int]] = (),
) -> Sheet:
    """Blank rows count in the numbering and are left out, as the readers do."""
    numbered = (Row(number, tuple(cells)) for number, cells in enumerate(rows, start=1))
    kept = tuple(row for row in numbered if any(cell is not None for cell in row.cells))
    return Sheet(name, kept, merges=tuple(merges), uncached=frozenset(uncached))


def guessed(*rows: Sequence[Cell], name: str = "清单", merges: Iterable[Merge] = ()) -> Columns:
    return guess_columns(sheet(*rows, name=name, merges=merges))


def reading(*rows: Sequence[Cell], name: str = "清单", merges: Iterable[Merge] = ()) -> ListReading:
    page = sheet(*rows, name=name, merges=merges)
    return read_sheet(page, guess_columns(page))
