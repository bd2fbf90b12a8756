"""Rows to lines: each row of a sheet ends as a line (with its problems) or as skipped with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from catalogue.bom.columns import Columns, ListForm, guess_columns
from catalogue.bom.fields import FieldReader, LineProblem
from catalogue.bom.headers import ColumnRole
from catalogue.bom.merged import fill_merged
from catalogue.bom.rows import SkipReason, building_in, compact, numbers_its_lines, skip_reason
from registry.kit.reading.cells import Cell
from registry.kit.sheets.sheets import Note, Row, Sheet, Sheets, text_of
from registry.units.table import Unit


class SuppliedBy(StrEnum):
    """Who buys the material: 甲供 by the owner, 乙供 by the contractor (also when the owner names it)."""

    OWNER = "owner"
    CONTRACTOR = "contractor"


@dataclass(frozen=True, slots=True)
class BomLine:
    """One material of a list; `row` is the number at the sheet's edge, `quantity` is in `unit`.

    A unit such as 100m2 is multiplied out: `quantity` is then the written figure × `multiplier`.
    """

    sheet: str
    row: int
    name: str
    spec: str
    unit_text: str
    unit: Unit | None
    quantity: Decimal | None
    raw: tuple[str, ...]
    multiplier: Decimal = Decimal(1)
    building: str | None = None
    delivery: date | None = None
    production_day: date | None = None
    maker_text: str = ""
    plant_text: str = ""
    brand_text: str = ""
    certificate_text: str = ""
    supplied_by: SuppliedBy | None = None
    loss_rate: Decimal | None = None
    price: Decimal | None = None
    amount: Decimal | None = None
    section: str | None = None
    remark: str = ""
    hidden: bool = False
    problems: tuple[LineProblem, ...] = ()

    @property
    def usable(self) -> bool:
        """Nothing stands in the way of counting the line."""
        return not any(problem.blocks for problem in self.problems)


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is no material, why, and its words."""

    sheet: str
    row: int
    reason: SkipReason
    text: str


@dataclass(frozen=True, slots=True)
class ListReading:
    """What one sheet says; lines and skipped rows together are all its rows."""

    columns: Columns
    lines: tuple[BomLine, ...]
    skipped: tuple[SkippedRow, ...]


@dataclass(frozen=True, slots=True)
class UnreadSheet:
    """A sheet that could not be read as a list, and what the user must point out."""

    sheet: str
    rows: int
    problems: tuple[Note, ...]


def read_sheet(sheet: Sheet, columns: Columns) -> ListReading:
    """Every row of the sheet as a line or as skipped; refuses nothing, loses nothing."""
    header_texts = _header_texts(sheet, columns)
    filled = fill_merged(sheet, columns)
    lines: list[BomLine] = []
    skipped: list[SkippedRow] = []
    numbered = numbers_its_lines(sheet.rows, columns)
    place = _Heading()
    for row in sheet.rows:
        reason = skip_reason(row, columns, header_texts=header_texts, numbered=numbered)
        if reason is None:
            lines.append(_line(sheet, filled.get(row.number, row), columns, under=place))
            continue
        words = " ".join(filter(None, (text_of(cell) for cell in row.cells)))
        place = replace(place, building=building_in(words) or place.building)
        skipped.append(SkippedRow(sheet.name, row.number, reason, words[:200]))
        if reason is SkipReason.SECTION:
            place = replace(place, section=_heading(row, columns))
    return ListReading(columns, tuple(lines), tuple(skipped))


def read_list(
    sheets: Sheets, chosen: Mapping[str, Columns] | None = None
) -> tuple[tuple[ListReading, ...], tuple[UnreadSheet, ...]]:
    """Every sheet the user mapped, or else every visible one whose columns can be guessed."""
    readings: list[ListReading] = []
    unread: list[UnreadSheet] = []
    for sheet in sheets.sheets:
        columns = (chosen or {}).get(sheet.name)
        if columns is None and (chosen or sheet.hidden):
            notes = (Note("bom.sheet.not-chosen", {"sheet": sheet.name}),)
            unread.append(UnreadSheet(sheet.name, len(sheet.rows), notes))
            continue
        columns = columns or guess_columns(sheet)
        if columns.missing:
            unread.append(UnreadSheet(sheet.name, len(sheet.rows), columns.problems))
        else:
            readings.append(read_sheet(sheet, columns))
    return tuple(readings), tuple(unread)


@dataclass(frozen=True, slots=True)
class _Heading:
    """What stands above a row and holds for it: the section's heading, the building a page names."""

    section: str | None = None
    building: str | None = None


def _line(sheet: Sheet, row: Row, columns: Columns, *, under: _Heading) -> BomLine:
    reader = FieldReader(sheet, row, columns)
    measure = reader.measure()
    name, spec = reader.name_and_spec()
    reader.require_name()
    return BomLine(
        sheet=sheet.name,
        row=row.number,
        name=name,
        spec=spec,
        unit_text=measure.unit_text,
        unit=measure.unit,
        quantity=measure.quantity,
        multiplier=measure.multiplier,
        raw=tuple(text_of(cell) for cell in row.cells),
        building=reader.text(ColumnRole.BUILDING) or under.building,
        delivery=reader.day(ColumnRole.DELIVERY),
        production_day=reader.day(ColumnRole.PRODUCTION),
        maker_text=reader.text(ColumnRole.MAKER),
        plant_text=reader.text(ColumnRole.PLANT),
        brand_text=reader.text(ColumnRole.BRAND),
        certificate_text=reader.text(ColumnRole.CERTIFICATE),
        supplied_by=_supplied_by(reader, columns.form),
        loss_rate=reader.loss_rate(),
        price=reader.money(ColumnRole.PRICE),
        amount=reader.money(ColumnRole.AMOUNT),
        section=under.section,
        remark=reader.text(ColumnRole.REMARK),
        hidden=row.number in sheet.hidden_rows,
        problems=reader.problems,
    )


# 甲指乙供 (the owner names, the contractor buys) is the contractor's purchase, so it stands first.
_SUPPLIERS: Sequence[tuple[SuppliedBy, tuple[str, ...]]] = (
    (
        SuppliedBy.CONTRACTOR,
        ("甲指乙", "甲定乙", "乙供", "乙方", "承包", "施工", "自购", "自采", "contractor"),
    ),
    (SuppliedBy.OWNER, ("甲供", "甲方", "发包", "业主", "建设单位", "owner", "employer")),
)
_YES = frozenset({"是", "√", "✓", "y", "yes", "true"})
_NO = frozenset({"否", "×", "x", "n", "no", "false"})


def _supplied_by(reader: FieldReader, form: ListForm) -> SuppliedBy | None:
    """The row's own word, else what the list's title says of all its rows."""
    words = compact(reader.text(ColumnRole.SUPPLIED_BY)).casefold()
    if words in _YES and "甲" in reader.header(ColumnRole.SUPPLIED_BY):
        return SuppliedBy.OWNER
    if words in _NO and "甲" in reader.header(ColumnRole.SUPPLIED_BY):
        return SuppliedBy.CONTRACTOR
    for supplier, marks in _SUPPLIERS:
        if any(mark in words for mark in marks):
            return supplier
    if words:
        reader.doubt("supplied-by-unclear", ColumnRole.SUPPLIED_BY)
        return None
    by_form = {
        ListForm.OWNER_SUPPLIED: SuppliedBy.OWNER,
        ListForm.CONTRACTOR_SUPPLIED: SuppliedBy.CONTRACTOR,
    }
    return by_form.get(form)


def _heading(row: Row, columns: Columns) -> str:
    index = columns.index_of(ColumnRole.NAME)
    named: Cell = None if index is None else row.at(index)
    return text_of(named) or next((text for cell in row.cells if (text := text_of(cell))), "")


def _header_texts(sheet: Sheet, columns: Columns) -> tuple[str, ...]:
    last = columns.header_rows[-1] if columns.header_rows else None
    header = next((row for row in sheet.rows if row.number == last), None)
    return () if header is None else tuple(compact(text_of(cell)) for cell in header.cells)
