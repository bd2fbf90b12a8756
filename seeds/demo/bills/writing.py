"""Writing a bill as a workbook: pages of forty rows, each with title and heading again, and sub-totals."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from seeds.demo.bill import MADE_ON, Source
from seeds.demo.bills.layouts import Layout, Value, layouts
from seeds.demo.bills.plan import BillPlan, Entry, FormName, SheetPlan, entries, plans
from seeds.demo.keys import key
from seeds.demo.register import Register

STAMP: Final = "演示数据·无效凭证"
PAGE: Final = 40
FOLDER: Final = Path(__file__).parents[1] / "files"


@dataclass(frozen=True, slots=True)
class Printed:
    """One row below a heading: its cells from the first column on, and the entry it stands for."""

    cells: tuple[Value, ...]
    entry: Entry | None = None


def write_all(register: Register, folder: Path) -> None:
    """Every bill into the folder; the same register gives the same bytes."""
    source = Source(register)
    forms = layouts(lambda entry: named(entry, source))
    for bill in plans():
        write(bill, forms, folder / bill.file_name)


def named(entry: Entry, source: Source) -> tuple[str | None, str | None]:
    """Maker and certificate number of the product behind a line, where the plan names one."""
    handle = entry.item.products.get(entry.spec)
    if handle is None:
        return None, None
    product = source.products[key("product", handle)]
    return source.firms[product.manufacturer_id].name_zh, source.covering.get(product.id)


def write(bill: BillPlan, forms: Mapping[FormName, Layout], path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": f"{bill.project} {STAMP}", "created": MADE_ON})
        bold = book.add_format({"bold": True, "align": "center", "border": 1, "text_wrap": True})
        for sheet, lines in entries(bill):
            layout = forms[sheet.form]
            _Sheet(book.add_worksheet(sheet.tab), layout, bold).write(_head(bill, sheet), body(layout, lines))
        book.add_worksheet("编制说明").write(0, 0, f"{STAMP}：项目、企业和证书均为虚构。")


def _head(bill: BillPlan, sheet: SheetPlan) -> str:
    unit = f"    单位工程：{sheet.building}" if sheet.building else ""
    return f"工程名称：{bill.project}{unit}    {STAMP}"


def body(layout: Layout, lines: Sequence[Entry]) -> Iterator[Printed]:
    """The rows between heading and notes: lines under their trades where the form has them, with sums."""
    number = 0
    for section, group in groupby(lines, key=lambda entry: entry.item.section if layout.sections else ""):
        members = list(group)
        if section:
            yield Printed((*(None,) * layout.name_place, section))
        for entry in members:
            number += 1
            yield Printed((Decimal(number), *(column.value(entry) for column in layout.columns)), entry)
        if any(column.amount for column in layout.columns):
            yield Printed(_total("小计" if section else "合计", layout, members))


def _total(word: str, layout: Layout, members: Sequence[Entry]) -> tuple[Value, ...]:
    added = sum((entry.amount for entry in members), Decimal(0))
    values: list[Value] = [added if column.amount else None for column in layout.columns]
    place = next(place for place, column in enumerate(layout.columns) if not column.amount)
    values[place] = word
    return (None, *values)


class _Sheet:
    """One sheet, page after page."""

    def __init__(self, out: Worksheet, layout: Layout, bold: Format) -> None:
        self._out, self._layout, self._bold = out, layout, bold
        self._row = 0
        self._last = len(layout.columns)

    def write(self, head: str, rows: Iterator[Printed]) -> None:
        every = list(rows)
        breaks: list[int] = []
        pages = [every[start : start + PAGE] for start in range(0, len(every), PAGE)]
        for number, page in enumerate(pages, 1):
            self._heading(head, f"第 {number} 页 共 {len(pages)} 页")
            for printed in page:
                self._line(printed)
            breaks.append(self._row)
        self._out.set_h_pagebreaks(breaks[:-1])
        for note in self._layout.notes:
            self._across(note)
        self._out.set_landscape()
        self._out.set_paper(9)
        for place, column in enumerate(self._layout.columns, 1):
            self._out.set_column(place, place, column.width)

    def _heading(self, head: str, page: str) -> None:
        """Title, project, and one or two rows of column titles, as every page of a form has them."""
        self._across(self._layout.title)
        self._across(f"{head}    {page}")
        titles = ["序号", *(column.title for column in self._layout.columns)]
        above = ["", *(column.above for column in self._layout.columns)]
        if self._layout.grouped:
            self._grouped(titles, above)
        else:
            for place, title in enumerate(titles):
                self._out.write_string(self._row, place, title, self._bold)
            self._row += 1

    def _grouped(self, titles: Sequence[str], above: Sequence[str]) -> None:
        """A title above several columns spans them; every other title spans both rows."""
        for words, group in groupby(range(len(titles)), key=lambda place: above[place]):
            places = list(group)
            if words:
                self._out.merge_range(self._row, places[0], self._row, places[-1], words, self._bold)
            for place in places:
                if words:
                    self._out.write_string(self._row + 1, place, titles[place], self._bold)
                else:
                    self._out.merge_range(self._row, place, self._row + 1, place, titles[place], self._bold)
        self._row += 2

    def _line(self, printed: Printed) -> None:
        for place, value in enumerate(printed.cells):
            if isinstance(value, Decimal):
                self._out.write_number(self._row, place, float(value))  # a workbook knows no decimals
            elif value:
                self._out.write_string(self._row, place, value)
        self._row += 1

    def _across(self, text: str) -> None:
        self._out.merge_range(self._row, 0, self._row, self._last, text, self._bold)
        self._row += 1
