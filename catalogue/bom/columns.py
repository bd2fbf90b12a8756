"""Which columns of a sheet hold what: guessed from its headers with a confidence, corrected by the user."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from catalogue.bom.contents import by_content
from catalogue.bom.headers import REQUIRED, ColumnRole, role_of, split_header
from registry.kit.sheets.sheets import Merge, Note, Row, Sheet, column_letter, text_of
from registry.units.parse import parse_unit

_HEADER_SEARCH = 30  # titles and project data stand above a header; further down it is data


class ListForm(StrEnum):
    """The usual forms of a list, known by their title."""

    LABOUR_MATERIAL_PLANT = "labour-material-plant"
    MAIN_MATERIALS = "main-materials"
    OWNER_SUPPLIED = "owner-supplied"
    CONTRACTOR_SUPPLIED = "contractor-supplied"
    PROVISIONAL_PRICE = "provisional-price"
    WORK_ITEMS = "work-items"
    PLAIN = "plain"


# Titles of GB/T 50500 and the usual cost software; the first that fits names the form.
# Work items (分部分项) come before 暂估价, which is also one of their columns' words.
_TITLES: Mapping[ListForm, tuple[str, ...]] = {
    ListForm.OWNER_SUPPLIED: ("甲供材", "甲供", "发包人提供", "发包人供应"),
    ListForm.CONTRACTOR_SUPPLIED: ("承包人提供", "承包人供应", "乙供材"),
    ListForm.WORK_ITEMS: ("分部分项", "单价措施", "综合单价分析"),
    ListForm.PROVISIONAL_PRICE: ("暂估价", "暂估单价"),
    ListForm.LABOUR_MATERIAL_PLANT: ("人材机", "工料机", "人工材料机械", "人工、材料、机械"),
    ListForm.MAIN_MATERIALS: ("主要材料", "主材", "材料汇总", "材料设备一览"),
}


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column with its role; `header` are the words above it, blank where the content decided."""

    role: ColumnRole
    index: int
    confidence: Decimal
    header: str

    @property
    def letter(self) -> str:
        return column_letter(self.index)


@dataclass(frozen=True, slots=True)
class Columns:
    """How a sheet is to be read; `unit_in_header` serves lists headed 数量（m³）."""

    sheet: str
    header_rows: tuple[int, ...]
    choices: tuple[ColumnChoice, ...]
    form: ListForm = ListForm.PLAIN
    title: str = ""
    unit_in_header: str = ""

    def index_of(self, role: ColumnRole) -> int | None:
        return next((choice.index for choice in self.choices if choice.role is role), None)

    @property
    def missing(self) -> tuple[ColumnRole, ...]:
        """Required roles with no column."""
        return tuple(
            role
            for role in REQUIRED
            if self.index_of(role) is None and not (role is ColumnRole.UNIT and self.unit_in_header)
        )

    @property
    def confidence(self) -> Decimal:
        """As sure as the least sure required column; 0 while one is missing."""
        if self.missing:
            return Decimal(0)
        return min(choice.confidence for choice in self.choices if choice.role in REQUIRED)

    @property
    def problems(self) -> tuple[Note, ...]:
        """What the user must point out before the sheet can be read."""
        if self.missing and not self.header_rows:
            return (Note("bom.columns.no-header", {"sheet": self.sheet}),)
        facts = {"sheet": self.sheet, "row": "–".join(str(row) for row in self.header_rows)}
        return tuple(Note(f"bom.columns.no-{role.value}", facts) for role in self.missing)

    def choose(self, role: ColumnRole, index: int | None) -> "Columns":
        """The user's word: a role moves to a column (which gives up its old role), or to none."""
        kept = tuple(c for c in self.choices if c.role is not role and c.index != index)
        if index is None:
            return replace(self, choices=kept)
        header = next((c.header for c in self.choices if c.index == index), "")
        return replace(self, choices=(*kept, ColumnChoice(role, index, Decimal(1), header)))


def guess_columns(sheet: Sheet) -> Columns:
    """The likeliest header and roles of a sheet; where no header is found the content is looked at."""
    best = max(_candidates(sheet), key=_worth, default=None)
    if best is None or best.score < 2:
        header: tuple[int, ...] = ()
        choices: tuple[ColumnChoice, ...] = ()
    else:
        header, choices = best.rows, best.choices
    below = [row for row in sheet.rows if not header or row.number > header[-1]]
    choices = (*choices, *_from_content(below, choices))
    title = " ".join((sheet.name, *_texts_above(sheet, header)))
    quantity = next((c.header for c in choices if c.role is ColumnRole.QUANTITY), "")
    inside = split_header(quantity)[1]
    return Columns(
        sheet=sheet.name,
        header_rows=header,
        choices=tuple(sorted(choices, key=lambda choice: choice.index)),
        form=_form(title),
        title=title[:200],
        unit_in_header=inside if parse_unit(inside) else "",
    )


@dataclass(frozen=True, slots=True)
class _Header:
    rows: tuple[int, ...]
    choices: tuple[ColumnChoice, ...]

    @property
    def score(self) -> Decimal:
        return sum((choice.confidence for choice in self.choices), Decimal(0))


def _worth(header: _Header) -> tuple[Decimal, int, int]:
    """The most roles; among equals one row rather than two, and the higher one."""
    return header.score, -len(header.rows), -header.rows[0]


def _candidates(sheet: Sheet) -> Iterator[_Header]:
    top = sheet.rows[:_HEADER_SEARCH]
    for row in top:
        words = [text_of(cell) for cell in row.cells]
        yield _Header((row.number,), _choices([(text,) for text in words]))
    for upper, lower in pairwise(top):
        if lower.number == upper.number + 1 and not _holds_figures(lower):
            yield _Header((upper.number, lower.number), _choices(_two_rows(sheet, upper, lower)))


def _two_rows(sheet: Sheet, upper: Row, lower: Row) -> list[tuple[str, ...]]:
    """Per column the words to try, both cells together first: 供货 above 单位 is 供货单位, not 单位."""
    above = _spread(upper, sheet.merges)
    width = max(len(upper.cells), len(lower.cells))
    words: list[tuple[str, ...]] = []
    for column in range(width):
        high, low = above.get(column, ""), text_of(lower.at(column))
        words.append((high + low, low, high) if low else (high,))
    return words


def _spread(row: Row, merges: Sequence[Merge]) -> dict[int, str]:
    """The row's words, those of a block merged sideways standing over each of its columns."""
    texts = {column: text_of(cell) for column, cell in enumerate(row.cells)}
    for merge in merges:
        if merge.first_row == row.number and merge.last_column > merge.first_column:
            last = min(merge.last_column, merge.first_column + 30)
            for column in range(merge.first_column, last + 1):
                texts[column] = texts.get(merge.first_column, "")
    return texts


def _choices(columns: Sequence[tuple[str, ...]]) -> tuple[ColumnChoice, ...]:
    """One column per role: the surest header wins, then the leftmost."""
    found: dict[ColumnRole, ColumnChoice] = {}
    for index, texts in enumerate(columns):
        named = [(text, *known) for text in texts if (known := role_of(text)) is not None]
        if not named:
            continue
        text, role, confidence = max(named, key=lambda item: item[2])
        held = found.get(role)
        if held is None or confidence > held.confidence:
            found[role] = ColumnChoice(role, index, confidence, text)
    return tuple(found.values())


def _from_content(rows: Sequence[Row], taken: Sequence[ColumnChoice]) -> tuple[ColumnChoice, ...]:
    used = {choice.index for choice in taken}
    wanted = [role for role in REQUIRED if role not in {choice.role for choice in taken}]
    return tuple(
        ColumnChoice(role, index, confidence, "")
        for role, index, confidence in by_content(rows, wanted=wanted, used=used)
    )


def _holds_figures(row: Row) -> bool:
    return any(not isinstance(cell, str | None) or text_of(cell)[:1].isdigit() for cell in row.cells)


def _texts_above(sheet: Sheet, header: Sequence[int]) -> Iterator[str]:
    for row in sheet.rows[:_HEADER_SEARCH]:
        if header and row.number < header[0]:
            yield from filter(None, (text_of(cell) for cell in row.cells))


def _form(title: str) -> ListForm:
    words = title.replace(" ", "")
    return next(
        (form for form, marks in _TITLES.items() if any(mark in words for mark in marks)), ListForm.PLAIN
    )
