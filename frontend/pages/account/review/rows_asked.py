"""Which rows of a product list a reviewer asks to see."""

from dataclasses import dataclass
from enum import StrEnum

_MOST_DIGITS = 6


class Which(StrEnum):
    SAMPLE = "sample"
    WARNING = "warning"
    EVERY = "every"


@dataclass(frozen=True, slots=True)
class Asked:
    """Rows of one sort, from which row of the file on; what is no such thing asks for the sample."""

    which: Which = Which.SAMPLE
    from_row: int = 0

    @classmethod
    def of(cls, rows: str, row: str) -> "Asked":
        number = int(row[:_MOST_DIGITS]) if row.isascii() and row.isdecimal() else 0
        which = Which(rows) if rows in set(Which) else Which.EVERY if number else Which.SAMPLE
        return cls(which, number)


SAMPLE = Asked()
