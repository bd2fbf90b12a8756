"""A form as plain values: sheets of rows and columns, figures with the sum they are, notes and blanks."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

TO_FILL: Final = "待填"
UNUSED: Final = "—"
SHARE_PLACES: Final = Decimal("0.0001")


class Show(StrEnum):
    """How a column writes its figures."""

    TEXT = "text"
    QUANTITY = "quantity"
    SHARE = "share"
    RATIO = "ratio"
    POINTS = "points"
    ROUNDED = "rounded"
    DAY = "day"


class Rule(StrEnum):
    """How a figure follows from others: added up, divided and cut, or added up out of a hundred."""

    SUM = "sum"
    SHARE = "share"
    OF_HUNDRED = "of-hundred"


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the same sheet: its row in the body and the key of its column."""

    row: int
    column: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a spreadsheet works out again from its places; `value` is what the report says."""

    value: Decimal
    rule: Rule
    places: tuple[Place, ...]
    show: Show


Cell = str | Decimal | date | Figure | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is in Chinese characters; a column filled `by_hand` is blank in every row."""

    key: str
    title: str
    width: int
    show: Show
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Span:
    """Cells of one column merged downwards, both rows inclusive."""

    column: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table with what stands above and below it."""

    tab: str
    title: str
    head: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    spans: tuple[Span, ...]
    foot: tuple[tuple[str, Cell], ...]
    notes: tuple[str, ...]

    def index(self, key: str) -> int:
        return next(place for place, column in enumerate(self.columns) if column.key == key)


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form; `stamp` marks demonstration data, `page` is the footer with {page} and {pages}."""

    id: str
    title: str
    source: str
    number: str
    made_on: date
    stamp: str
    page: str
    sheets: tuple[Sheet, ...]


def cut(share: Fraction) -> Decimal:
    """Four places, cut and not rounded: 79.996 % must not read as 80 % that is met."""
    return decimal(share).quantize(SHARE_PLACES, ROUND_DOWN)


def decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def value_of(cell: Cell) -> str | Decimal | date | None:
    return cell.value if isinstance(cell, Figure) else cell
