"""From the read sheets of a product file to the texts of an application, one set for every row."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from catalogue.bulk.columns import (
    ATTRIBUTE,
    FIELDS,
    LISTS,
    Columns,
    attribute_named,
    columns_of,
    field_label,
    folded,
    kinds_by_name,
)
from registry.applications.list_row import Listed, listed
from registry.applications.typed import LONGEST_TEXT
from registry.categories.facts import AttributeType, MaterialKindFact
from registry.kit.reading.cells import Cell
from registry.kit.sheets import Limits, ReadProblem, Row, Sheet, Sheets
from registry.kit.sheets.sheets import text_of

MOST_ROWS = 10_000
# Beside the rows a file may have a heading and a title above it.
LIMITS = Limits(rows=MOST_ROWS + 20, columns=120, cells=400_000)
_ABOVE = 20
_SURE = 3
_KINDS = {field.name: field.kind for field in FIELDS}
_BETWEEN = re.compile(r"[;；、\n]+")
_TRUTH = {True: "true", False: "false"}


@dataclass(frozen=True, slots=True)
class TakenFile:
    """What a file says: its rows, and the headings that nobody reads."""

    rows: tuple[Listed, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    """What the cells of a row may say: the kinds, their codes by name, and attributes met before."""

    kinds: Mapping[str, MaterialKindFact]
    codes: Mapping[str, str]
    met: dict[tuple[str | None, str], str | None]

    def attribute(self, kind: MaterialKindFact | None, word: str) -> str | None:
        asked = (kind.kind if kind else None, word)
        if asked not in self.met:
            self.met[asked] = attribute_named(kind, word, self.kinds.values())
        return self.met[asked]


def taken(sheets: Sheets, kinds: Mapping[str, MaterialKindFact]) -> TakenFile:
    """The rows below the first heading that is recognised; refused where a needed column is missing."""
    sheet, head, columns = _headed(sheets, kinds)
    if columns.missing:
        names = [field_label(name, "zh") for name in columns.missing]
        english = [field_label(name, "en") for name in columns.missing]
        raise ReadProblem("bulk-columns-missing", sheet=sheet.name, columns=names, english=english)
    words = _Words(kinds, kinds_by_name(kinds.values()), {})
    below = (row for row in sheet.rows if row.number > head.number)
    rows = [listed(row.number, typed) for row in below if (typed := _typed(row, columns, words))]
    if not rows:
        raise ReadProblem("bulk-no-rows", sheet=sheet.name)
    if len(rows) > MOST_ROWS:
        raise ReadProblem("bulk-too-many-rows", limit=MOST_ROWS, count=len(rows))
    return TakenFile(tuple(rows), columns.unread)


def _headed(sheets: Sheets, kinds: Mapping[str, MaterialKindFact]) -> tuple[Sheet, Row, Columns]:
    """The sheet and row whose headings say the most; at least three must be known."""
    best: tuple[Sheet, Row, Columns] | None = None
    for sheet in sheets.visible:
        for row in sheet.rows[:_ABOVE]:
            columns = columns_of([text_of(cell) for cell in row.cells], kinds)
            if len(columns.fields) >= _SURE and (best is None or len(columns.fields) > len(best[2].fields)):
                best = (sheet, row, columns)
    if best is None:
        raise ReadProblem("bulk-no-headings")
    return best


def _typed(row: Row, columns: Columns, words: _Words) -> dict[str, str]:
    """A row's texts by path; blank cells are left out, since blank is not stated."""
    typed = {}
    for place, name in columns.fields.items():
        if text := _text(row.at(place)):
            typed[f"product.{name}"] = _split(text) if _KINDS[name] in LISTS else text
    if said := typed.get("product.kind"):
        typed["product.kind"] = words.codes.get(folded(said), said)
    kind = words.kinds.get(typed.get("product.kind", ""))
    for place, word in columns.attributes.items():
        attribute = words.attribute(kind, word)
        if attribute is not None and (text := _text(row.at(place))):
            typed[f"product.{ATTRIBUTE}{attribute}"] = _yes_no(text, kind, attribute)
    return typed


def _text(cell: Cell) -> str:
    """As the user reads it, with its lines kept; the check says what is too long."""
    if isinstance(cell, bool):
        return _TRUTH[cell]
    return (cell.strip() if isinstance(cell, str) else text_of(cell))[:LONGEST_TEXT]


def _split(text: str) -> str:
    """Several models or plants of one cell, one a line; a comma may be part of a model's name."""
    return "\n".join(part.strip() for part in _BETWEEN.split(text) if part.strip())


def _yes_no(text: str, kind: MaterialKindFact | None, name: str) -> str:
    """Yes-no attributes also take the 1 and 0 that some programs write."""
    spec = next((one for one in kind.attributes if one.name == name), None) if kind else None
    if spec is not None and spec.type is AttributeType.BOOL:
        return {"1": "true", "0": "false"}.get(text, text)
    return text
