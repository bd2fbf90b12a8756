"""The rows of the CSV of ÖKOBAUDAT, and what the rows of one dataset say together."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from registry.declarations.formats.made import figure
from registry.declarations.formats.oekobaudat.columns import ALIASES, MOST_ROWS, NEEDED
from registry.declarations.formats.reading import Remark, Unreadable, Weight

_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file by its headings."""

    number: int
    cells: Mapping[str, str]

    def text(self, name: str) -> str | None:
        return self.cells.get(name) or None


@dataclass(slots=True)
class Draft:
    """What the rows of one dataset say, and what was noticed."""

    lines: Sequence[Line]
    remarks: list[Remark] = field(default_factory=list)
    origins: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def text(self, name: str, target: str = "") -> str | None:
        """The value of a column that is the same in every row; where rows differ, the first counts."""
        self.taken.add(name)
        stated = dict.fromkeys(line.text(name) for line in self.lines)
        found = next(iter(stated))
        if len(stated) > 1:
            self.remark(Weight.DOUBT, "rows-differ", self.lines[0], column=name)
        if found is not None:
            self.origins[target or name] = f"{self.lines[0].number}/{name}"
        return found

    def number(self, name: str) -> Decimal | None:
        text = self.text(name)
        found = number_in(text) if text else None
        if text and found is None:
            self.remark(Weight.NOT_CARRIED, "no-number", self.lines[0], column=name)
        return found

    def remark(self, weight: Weight, key: str, line: Line, *, column: str) -> None:
        place = f"{line.number}/{column}"
        facts = {"column": column, "row": str(line.number)}
        self.remarks.append(Remark(weight=weight, key=f"oekobaudat.{key}", place=place, facts=facts))


def is_oekobaudat(head: str) -> bool:
    """Whether the first line of a text holds the columns every edition has."""
    return set(NEEDED) <= {
        ALIASES.get(one.strip('" \ufeff'), one.strip('" \ufeff')) for one in head.split(";")
    }


def decoded(data: bytes) -> str:
    """UTF-8, else the Windows code page the published files are in."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def number_in(text: str) -> Decimal | None:
    """With a decimal comma or point, never with signs between thousands."""
    return figure(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def lines_of(text: str) -> Iterator[Line]:
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
        head = [ALIASES.get(one.strip(), one.strip()) for one in next(rows, [])]
        if not set(NEEDED) <= set(head):
            raise Unreadable("declaration-oekobaudat-none", columns=NEEDED)
        for number, row in enumerate(rows, 2):
            if number > MOST_ROWS:
                raise Unreadable("declaration-oekobaudat-rows", limit=MOST_ROWS)
            cells = {
                name: cell.strip()
                for name, cell in zip(head, row, strict=False)
                if name and "\x00" not in cell
            }
            if cells.get("UUID"):
                yield Line(number, cells)
    except csv.Error as error:
        raise Unreadable("declaration-oekobaudat-broken") from error
