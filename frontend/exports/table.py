"""One sheet of a workbook before it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

Cell = str | int | Decimal | Fraction | date | None
Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """What stands above, its columns by key, and its rows."""

    title: str
    top: tuple[Row, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
