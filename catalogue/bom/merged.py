"""Blocks merged downwards: their words hold for every row they cover, their figures only for the first."""

from catalogue.bom.columns import Columns
from catalogue.bom.headers import ColumnRole
from registry.kit.reading.cells import Cell
from registry.kit.sheets.sheets import Row, Sheet

# A figure merged over several rows is one figure for all of them: repeating it would count it twice.
_WORDS = frozenset(ColumnRole) - {
    ColumnRole.NUMBER,
    ColumnRole.QUANTITY,
    ColumnRole.PRICE,
    ColumnRole.AMOUNT,
}


def fill_merged(sheet: Sheet, columns: Columns) -> dict[int, Row]:
    """The rows a downward merge reaches, with its words filled in; by row number."""
    by_number = {row.number: row for row in sheet.rows}
    wordy = {choice.index for choice in columns.choices if choice.role in _WORDS}
    filled: dict[int, dict[int, Cell]] = {}
    for merge in sheet.merges:
        first = by_number.get(merge.first_row)
        if first is None or merge.first_column not in wordy or merge.last_row == merge.first_row:
            continue
        value = first.at(merge.first_column)
        last = min(merge.last_row, sheet.rows[-1].number)
        for number in range(merge.first_row + 1, last + 1):
            if number in by_number and by_number[number].at(merge.first_column) is None:
                filled.setdefault(number, {})[merge.first_column] = value
    return {number: _with(by_number[number], cells) for number, cells in filled.items()}


def _with(row: Row, cells: dict[int, Cell]) -> Row:
    width = max(len(row.cells), *(column + 1 for column in cells))
    return Row(row.number, tuple(cells.get(column, row.at(column)) for column in range(width)))
