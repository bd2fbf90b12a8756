"""Which rows of a product list a reviewer asks to see."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

_MOST_DIGITS = 6


class Which(StrEnum):
    SAMPLE = "sample"
    WARNING = "warning"
    EVERY = "every"


@dataclass(frozen=True, slots=True)
class Asked:
    """Rows of one sort in which some words stand, from which row of the file on; else the sample."""

    which: Which = Which.SAMPLE
    from_row: int = 0
    words: str = ""

    @classmethod
    def of(cls, rows: str, row: str, words: str) -> "Asked":
        number = int(row[:_MOST_DIGITS]) if row.isascii() and row.isdecimal() else 0
        which = Which(rows) if rows in set(Which) else Which.SAMPLE
        narrowed = which is Which.SAMPLE and (number or words)
        return cls(Which.EVERY if narrowed else which, number, words)

    def query(self, row: int) -> str:
        """The same from another row on."""
        return urlencode({"rows": self.which, "row": row, **({"words": self.words} if self.words else {})})


SAMPLE = Asked()
