"""Rows that are no material: totals, section headings, repeated headers, remarks; each with its reason."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import StrEnum

from catalogue.bom.columns import Columns
from catalogue.bom.headers import ColumnRole
from registry.kit.sheets.sheets import Row, text_of


class SkipReason(StrEnum):
    """Why a row is no line; the last part of the message key `bom.skip.…`."""

    ABOVE_HEADER = "above-header"
    HEADER = "header"
    REPEATED_HEADER = "repeated-header"
    COLUMN_NUMBERS = "column-numbers"
    TOTAL = "total"
    SECTION = "section"
    REMARK = "remark"
    NOTHING_MAPPED = "nothing-mapped"


_SCOPE = (
    "[0-9A-Za-z一二三四五六七八九十]+(?:#|号)?(?:楼|栋|幢|座)|地下室|裙房(?:及室外)?|主楼|塔楼|室外"
    "|本页|本表|分部|分项|单位工程|单项工程|工程|其中"
    "|材料费?|人工费?|机械费?|主材费?|设备费?|费用|价税|含税|不含税"
)
_TOTAL = re.compile(
    rf"(?:{_SCOPE})*(?:小计|合计|总计|共计|累计|总合计)(?:\(?(?:人民币)?元?\)?)?|(?:sub|grand)?total"
)
_SECTION_MARK = re.compile(
    r"(?:[(]?[一二三四五六七八九十]{1,3}[)]?[、.．]|第[一二三四五六七八九十0-9]+[章节部]|[A-Z][、.])"
)
_SECTION_NUMBER = re.compile(r"[(]?[一二三四五六七八九十]{1,3}[)]?|[IVX]{1,4}|[A-Z]")
_SECTION_WORDS = re.compile(
    r"(?:人工|材料|机械|主材|辅材|设备|人工类|材料类|机械类|(?:甲供|乙供|其他|主要)(?:材料|设备)"
    r"|[^0-9]{0,12}(?:工程|专业|部分)|[0-9A-Za-z一二三四五六七八九十]+(?:#|号)?(?:楼|栋|幢|地下室))"
)
_REMARK = re.compile(
    r"(?:注|备注|说明|编制人|编制单位|编制日期|审核人|审核|复核人|复核|制表|制表人|填表人|日期|建设单位|施工单位"
    r"|监理单位|工程名称|项目名称|标段)[:：]|第[0-9]+页|共[0-9]+页|\(?以下空白\)?"
)

# Only what is plainly a building: 单位工程：1号楼土建工程 is a trade, and a trade is no calculation unit.
_BUILDING = re.compile(
    r"(?:单位工程|单项工程|单体|楼栋|楼号|栋号)(?:名称)?\s*[:：]\s*"
    r"(\S{0,14}(?:楼|栋|幢|座|馆|院|食堂|裙房|地下室|车库))(?=\s|$)"
)

_MEASURE = (ColumnRole.UNIT, ColumnRole.QUANTITY)
_LINE_ROLES = (ColumnRole.NAME, ColumnRole.SPEC, ColumnRole.UNIT, ColumnRole.QUANTITY)


def skip_reason(
    row: Row, columns: Columns, *, header_texts: Sequence[str], numbered: bool = False
) -> SkipReason | None:
    """The reason a row is no line, or None where it is to be read as one; `numbered` lists number theirs."""
    if columns.header_rows and row.number <= columns.header_rows[-1]:
        return SkipReason.HEADER if row.number in columns.header_rows else SkipReason.ABOVE_HEADER
    texts = [compact(text_of(cell)) for cell in row.cells]
    filled = [text for text in texts if text]
    below_header = bool(columns.header_rows) and row.number == columns.header_rows[-1] + 1
    tests: tuple[tuple[SkipReason, Callable[[], bool]], ...] = (
        (SkipReason.REPEATED_HEADER, lambda: _repeats(texts, header_texts)),
        (SkipReason.COLUMN_NUMBERS, lambda: below_header and _counts_columns(row)),
        (SkipReason.TOTAL, lambda: bool(filled) and _is_total(row, columns, filled)),
        (SkipReason.REMARK, lambda: bool(filled) and _REMARK.match(filled[0]) is not None),
        (SkipReason.SECTION, lambda: _is_section(row, columns) or (numbered and _stands_alone(row, columns))),
        (SkipReason.NOTHING_MAPPED, lambda: not any(_stated(row, columns, role) for role in _LINE_ROLES)),
    )
    return next((reason for reason, holds in tests if holds()), None)


def building_in(words: str) -> str | None:
    """The building that the words above a list name, as 单位工程：1号楼 does."""
    found = _BUILDING.search(words)
    return found[1] if found else None


def compact(text: str) -> str:
    """The words without spaces, full-width signs in their plain form."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _stated(row: Row, columns: Columns, role: ColumnRole) -> str:
    index = columns.index_of(role)
    return "" if index is None else compact(text_of(row.at(index)))


def _repeats(texts: Sequence[str], header_texts: Sequence[str]) -> bool:
    """A header printed again on the next page: three of its words in their places, and no other."""
    same = sum(1 for here, there in zip(texts, header_texts, strict=False) if here and here == there)
    other = sum(1 for here, there in zip(texts, header_texts, strict=False) if here and here != there)
    return same >= 3 and not other


def _counts_columns(row: Row) -> bool:
    """The row 1 2 3 4 … that official forms print under their header."""
    figures = [text_of(cell).strip("()（）") for cell in row.cells if text_of(cell)]
    return len(figures) >= 3 and figures == [str(number) for number in range(1, len(figures) + 1)]


def _is_total(row: Row, columns: Columns, filled: Sequence[str]) -> bool:
    """合计 as the first words or as the name; a row that states a unit as well is a line."""
    named = _stated(row, columns, ColumnRole.NAME)
    if _stated(row, columns, ColumnRole.UNIT) not in {"", "元"}:
        return False
    return any(_TOTAL.fullmatch(text.lower().rstrip(":：")) for text in (filled[0], named) if text)


def _is_section(row: Row, columns: Columns) -> bool:
    """A heading: words only, with the mark or the words of a heading, and neither unit nor quantity."""
    if any(_stated(row, columns, role) for role in (ColumnRole.UNIT, ColumnRole.QUANTITY)):
        return False
    number, name = _stated(row, columns, ColumnRole.NUMBER), _stated(row, columns, ColumnRole.NAME)
    if _stated(row, columns, ColumnRole.SPEC):
        return False
    if any(
        isinstance(cell, Decimal) and index != columns.index_of(ColumnRole.NUMBER)
        for index, cell in enumerate(row.cells)
    ):
        return bool(name) and _SECTION_NUMBER.fullmatch(number) is not None
    if not name:
        return bool(number) and not number.isdecimal()
    if _SECTION_NUMBER.fullmatch(number):
        return True
    return bool(_SECTION_MARK.match(name) or _SECTION_WORDS.fullmatch(name))


def _stands_alone(row: Row, columns: Columns) -> bool:
    """A name and nothing else, not even the running number that every line of the list has."""
    filled = [text for cell in row.cells if (text := text_of(cell))]
    return len(filled) == 1 and bool(_stated(row, columns, ColumnRole.NAME))


def numbers_its_lines(rows: Sequence[Row], columns: Columns) -> bool:
    """Whether every row that states a unit and a quantity has a running number as well."""
    lines = [row for row in rows if all(_stated(row, columns, role) for role in _MEASURE)]
    numbers = [_stated(row, columns, ColumnRole.NUMBER) for row in lines]
    return bool(numbers) and all(numbers)
