"""A form as a workbook to be worked on: figures are numbers, sums are formulas with their values kept.

A spreadsheet holds binary doubles, so this is a place where exact figures become floats.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from catalogue.forms.model import TO_FILL, Cell, Figure, Form, Rule, Sheet, Show

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FONT = "宋体"
A4 = 9
NUMBERS = {
    Show.QUANTITY: "#,##0.######",
    Show.SHARE: "0.00%",
    Show.RATIO: "0.0##%",
    Show.POINTS: "0.000",
    Show.ROUNDED: "0.0##",
    Show.DAY: "yyyy-mm-dd",
}


def workbook(form: Form) -> bytes:
    """Every sheet of the form, printable as it is: A4 across, headings repeated, pages numbered."""
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    import xlsxwriter  # noqa: PLC0415  loaded by the process that writes a workbook

    with xlsxwriter.Workbook(content, options) as book:
        made = datetime.combine(form.made_on, time())
        book.set_properties({"title": form.title, "comments": form.stamp, "created": made})
        for sheet in form.sheets:
            _Writer(book, form, sheet).write()
    return content.getvalue()


@dataclass(frozen=True, slots=True)
class _Style:
    """The look of a cell: its number format, whether it heads a column, whether it is still to be filled."""

    number: str = ""
    bold: bool = False
    to_fill: bool = False
    framed: bool = True
    centred: bool = False


class _Writer:
    """One sheet from top to bottom; `first` is the row where its body starts."""

    def __init__(self, book: Any, form: Form, sheet: Sheet) -> None:
        self._book, self._form, self._sheet = book, form, sheet
        self._out = book.add_worksheet(sheet.tab)
        self._styles: dict[_Style, Any] = {}
        self._last = len(sheet.columns) - 1
        self._top = [
            (text, _Style(bold=True, framed=False, centred=centred))
            for text, centred in ((form.stamp, False), (sheet.title, True), (form.source, False))
            if text
        ]
        self._first = len(self._top) + len(sheet.head) + 1

    def write(self) -> None:
        self._page()
        for row, (text, style) in enumerate(self._top):
            self._across(row, 0, text, style)
        for row, (label, text) in enumerate(self._sheet.head, len(self._top)):
            self._pair(row, label, text)
        for column, one in enumerate(self._sheet.columns):
            self._put(self._first - 1, column, one.title, _Style(bold=True, centred=True))
        for row, cells in enumerate(self._sheet.rows):
            for column, cell in enumerate(cells):
                self._put(self._first + row, column, cell, self._look(column))
        self._merge()
        self._below()

    def _page(self) -> None:
        out = self._out
        out.set_landscape()
        out.set_paper(A4)
        out.fit_to_pages(1, 0)
        out.repeat_rows(self._first - 1)
        out.set_footer(f"&C{self._form.page.format(page='&P', pages='&N')}")
        if self._form.stamp:
            out.set_header(f"&C{self._form.stamp}")
        for column, one in enumerate(self._sheet.columns):
            out.set_column(column, column, 2 * one.width)

    def _merge(self) -> None:
        for span in self._sheet.spans:
            column = self._sheet.index(span.column)
            cell = self._sheet.rows[span.first][column]
            first, last = self._first + span.first, self._first + span.last
            self._out.merge_range(first, column, last, column, "", self._style(self._look(column)))
            self._put(first, column, cell, self._look(column))

    def _below(self) -> None:
        row = self._first + len(self._sheet.rows)
        for label, cell in self._sheet.foot:
            self._pair(row, label, cell)
            row += 1
        for note in self._sheet.notes:
            self._across(row, 0, note, _Style(framed=False))
            row += 1

    def _pair(self, row: int, label: str, cell: Cell) -> None:
        """A label over the first two columns, its value over all the others."""
        bold = _Style(bold=True)
        self._out.merge_range(row, 0, row, 1, label, self._style(bold))
        style = _Style(number="" if isinstance(cell, str) else NUMBERS[Show.RATIO])
        self._out.merge_range(row, 2, row, self._last, "", self._style(style))
        self._put(row, 2, cell, style)

    def _across(self, row: int, column: int, text: str, style: _Style) -> None:
        self._out.merge_range(row, column, row, self._last, text, self._style(style))

    def _look(self, column: int) -> _Style:
        show = self._sheet.columns[column].show
        return _Style(number=NUMBERS.get(show, ""))

    def _put(self, row: int, column: int, cell: Cell, style: _Style) -> None:
        """Text is always written as a string, so `=1+1` in a bill stays four characters."""
        if cell == TO_FILL:
            style = _Style(to_fill=True)
        shaped = self._style(style)
        if isinstance(cell, Figure):
            self._out.write_formula(row, column, self._formula(cell), shaped, float(cell.value))
        elif isinstance(cell, Decimal):
            self._out.write_number(row, column, float(cell), shaped)
        elif isinstance(cell, date):
            self._out.write_datetime(row, column, datetime.combine(cell, time()), shaped)
        elif cell:
            self._out.write_string(row, column, cell, shaped)
        else:
            self._out.write_blank(row, column, None, shaped)

    def _formula(self, figure: Figure) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell  # noqa: PLC0415  as above

        cells = [
            xl_rowcol_to_cell(self._first + place.row, self._sheet.index(place.column))
            for place in figure.places
        ]
        if figure.rule is Rule.SHARE:
            return f"=ROUNDDOWN({cells[0]}/{cells[1]},4)"
        added = "+".join(cells)
        return f"=({added})/100" if figure.rule is Rule.OF_HUNDRED else f"={added}"

    def _style(self, style: _Style) -> Any:
        if style not in self._styles:
            shape: dict[str, Any] = {"font_name": FONT, "font_size": 10, "text_wrap": True}
            shape |= {"valign": "vcenter", "border": int(style.framed), "bold": style.bold}
            shape |= {"align": "center"} if style.centred else {}
            shape |= {"num_format": style.number} if style.number else {}
            shape |= {"bg_color": "#FFF6D6"} if style.to_fill else {}
            self._styles[style] = self._book.add_format(shape)
        return self._styles[style]
