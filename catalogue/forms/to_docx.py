"""A form as a document to be worked on: tables whose headings repeat on every page, pages numbered."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from catalogue.forms.model import Cell, Form, Sheet, Show, value_of
from registry.kit.types import plain

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "宋体"
LATIN = "SimSun"
PLACES = {Show.SHARE: Decimal("0.01"), Show.POINTS: Decimal("0.001")}


def document(form: Form) -> bytes:
    """Every sheet of the form on A4 across."""
    from docx import Document as new  # noqa: N813, PLC0415  loaded by the process that writes a document
    from docx.enum.text import WD_BREAK  # noqa: PLC0415

    paper = new()
    _set_up(paper, form)
    for place, sheet in enumerate(form.sheets):
        if place:
            paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _sheet(paper, form, sheet)
    content = BytesIO()
    paper.save(content)
    return content.getvalue()


def _set_up(paper: "Document", form: Form) -> None:
    """A4 across, one Chinese font, the mark of demonstration data above and the page number below."""
    from docx.enum.section import WD_ORIENTATION  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Mm, Pt  # noqa: PLC0415

    section = paper.sections[0]
    section.orientation = WD_ORIENTATION.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(18)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(9)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    section.header.paragraphs[0].text = form.stamp
    _page_number(section.footer.paragraphs[0], form.page)
    facts = paper.core_properties
    facts.title, facts.author, facts.comments = form.title, "", form.stamp
    facts.created = facts.modified = datetime.combine(form.made_on, time())


def _page_number(line: "Paragraph", words: str) -> None:
    """The words with fields that a reader works out itself."""
    before, _, rest = words.partition("{page}")
    between, _, after = rest.partition("{pages}")
    for text, code in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        line.add_run(text)
        if code:
            counted = _element("w:fldSimple", instr=code)
            counted.append(line.add_run("1")._r)  # noqa: SLF001  no other way in
            line._p.append(counted)  # noqa: SLF001


def _sheet(paper: "Document", form: Form, sheet: Sheet) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    title = paper.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(sheet.title)
    run.bold, run.font.size = True, Pt(14)
    paper.add_paragraph(form.source)
    _pairs(paper, sheet.head)
    _body(paper, sheet)
    _pairs(paper, [(label, shown(cell, Show.RATIO)) for label, cell in sheet.foot])
    for note in sheet.notes:
        paper.add_paragraph(note)


def _pairs(paper: "Document", pairs: Sequence[tuple[str, str]]) -> None:
    if not pairs:
        return
    table = _table(paper, len(pairs), widths=(60, 207))
    for row, pair in zip(_rows(table), pairs, strict=True):
        for cell, text in zip(row.cells, pair, strict=True):
            cell.text = text
    paper.add_paragraph()


def _body(paper: "Document", sheet: Sheet) -> None:
    """The heading repeats on every page and no row is torn in two."""
    total = sum(column.width for column in sheet.columns)
    widths = [267 * column.width / total for column in sheet.columns]
    table = _table(paper, len(sheet.rows) + 1, widths=widths)
    rows = list(_rows(table))
    _mark(rows[0], "w:tblHeader")
    for box, column in zip(rows[0].cells, sheet.columns, strict=True):
        box.text = column.title
        box.paragraphs[0].runs[0].bold = True
    grid: list[tuple[_Cell, ...]] = []
    for row, cells in zip(rows[1:], sheet.rows, strict=True):
        _mark(row, "w:cantSplit")
        grid.append(row.cells)
        for box, cell, column in zip(row.cells, cells, sheet.columns, strict=True):
            box.text = shown(cell, column.show)
    for span in sheet.spans:
        place = sheet.index(span.column)
        merged = grid[span.first][place].merge(grid[span.last][place])
        merged.text = shown(sheet.rows[span.first][place], sheet.columns[place].show)


def _table(paper: "Document", rows: int, *, widths: Sequence[float]) -> "Table":
    from docx.shared import Mm  # noqa: PLC0415

    table: Table = paper.add_table(rows=rows, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in _rows(table):
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def _rows(table: "Table") -> "Iterator[_Row]":
    yield from table.rows


def _mark(row: "_Row", tag: str) -> None:
    row._tr.get_or_add_trPr().append(_element(tag, val="true"))  # noqa: SLF001  no other way in


def _element(tag: str, **attributes: str) -> Any:  # python-docx makes its own classes of elements
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    made: Any = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def shown(cell: Cell, show: Show) -> str:
    """A cell as it is read: shares in per cent, points to three places, days in full."""
    value = value_of(cell)
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, date):
        return value.isoformat()
    if show is Show.SHARE:
        return f"{(value * 100).quantize(PLACES[show], ROUND_HALF_UP):f}%"
    if show is Show.RATIO:
        return f"{plain(value * 100)}%"
    if show is Show.POINTS:
        value = value.quantize(PLACES[show], ROUND_HALF_UP)
    return plain(value)
