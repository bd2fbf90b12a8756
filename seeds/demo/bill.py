"""The example bill of materials: sixty lines as untidy as real ones, all of invented makers.

`python -m seeds bill` writes the file that the site offers for download.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Final, Self
from uuid import UUID

import xlsxwriter
from pydantic import model_validator
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from registry.kit.types import Fact
from registry.parties.facts import OrganisationFact
from registry.products.facts import ProductFact
from seeds.demo.cases import CASES
from seeds.demo.keys import key
from seeds.demo.register import Register
from seeds.reference.loading import read_yaml

HERE: Final = Path(__file__).parent
FILE: Final = HERE / "files" / "demo-bill.xlsx"
SHEET: Final = "主要材料设备表"
MADE_ON: Final = datetime(2026, 11, 21)  # noqa: DTZ001 - a workbook's property has no time zone
HEAD: Final = (
    "主要材料设备汇总表（含甲供材料）",
    "工程名称：演示项目·示例中学新建工程（虚构）        演示数据·无效凭证",
    "采购人：示例采购人甲（虚构）    标段：全部    编制日期：2026年11月21日    金额单位：元",
)
# The two header rows; None continues the cell to its left (above: to the one above it).
HEADER: Final[tuple[tuple[str | None, ...], tuple[str | None, ...]]] = (
    ("序号", "材料（设备）名称", "规格型号", "单位", "工程量", "金额（元）", None, "单体", "供应方式",
     "生产与证书信息", None, None, None, "日期", None, "备注"),
    (None, None, None, None, None, "单价", "合价", None, None,
     "生产厂家", "品牌", "生产厂", "证书编号", "供货日期", "生产日期", None),
)  # fmt: skip
COLUMNS: Final = len(HEADER[0])
QUANTITY, PRICE, AMOUNT, DAY, PRODUCED = 4, 5, 6, 13, 14
FIRST_BODY_ROW: Final = len(HEAD) + 1 + len(HEADER)
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_WHOLE_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")

Cell = str | Decimal | date | None


class By(StrEnum):
    """What a line says about whose product it is."""

    NUMBER = "number"
    MAKER = "maker"
    NAME = "name"


class BillLine(Fact):
    """One row as the plan of the bill writes it: a line, the head of a section, or a sub-total."""

    section: str | None = None
    subtotal: str | None = None
    wrong: str | None = None
    name: str | None = None
    spec: str | None = None
    unit: str | None = None
    quantity: str | None = None
    price: str | None = None
    building: str | None = None
    supply: str | None = None
    day: str | None = None
    production: str | None = None
    remark: str | None = None
    product: str | None = None
    by: By | None = None
    certificate: str | None = None
    plant_place: int = 0
    dealer: bool = False

    @model_validator(mode="after")
    def _a_product_says_how_it_is_named(self) -> Self:
        if (self.product is None) != (self.by is None):
            raise ValueError(f"{self.name}: product and by go together")
        return self

    @property
    def is_line(self) -> bool:
        return self.section is None and self.subtotal is None


@dataclass(frozen=True, slots=True)
class Printed:
    """A row of the bill as it will stand on the sheet, with the plan it comes from."""

    plan: BillLine
    cells: tuple[Cell, ...]


def plan() -> tuple[BillLine, ...]:
    return read_yaml(HERE / "bill-lines.yaml", BillLine)


def printed(register: Register) -> tuple[Printed, ...]:
    """Every body row in order; makers, brands and numbers are taken from the register."""
    source = Source(register)
    rows: list[Printed] = []
    number = 0
    for row in plan():
        if row.is_line:
            number += 1
            rows.append(Printed(row, _line(number, row, source)))
        else:
            rows.append(Printed(row, (None, row.section or row.subtotal, *(None,) * (COLUMNS - 2))))
    return tuple(rows)


class Source:
    """The register by id, for filling in makers and certificate numbers."""

    def __init__(self, register: Register) -> None:
        self.products: Mapping[UUID, ProductFact] = {fact.id: fact for fact in register.products}
        self.firms: Mapping[UUID, OrganisationFact] = {fact.id: fact for fact in register.organisations}
        self.plants = {fact.id: fact.name_zh for fact in register.plants}
        self.numbers = {certified.handle: certified.fact.number for certified in register.certificates}
        self.covering = {
            product: certified.fact.number
            for certified in register.certificates
            for row in certified.fact.rows
            for product in row.product_ids
        }

    def maker(self, row: BillLine) -> tuple[str | None, ...]:
        """Maker, brand, plant and certificate number as far as the line states them."""
        if row.dealer:
            return (CASES["dealer-invoice"].numbers["dealer"], None, None, None)
        if row.product is None or row.by is By.NAME:
            return (None,) * 4
        product = self.products[key("product", row.product)]
        maker = self.firms[product.manufacturer_id].name_zh
        plant = self.plants[product.plant_ids[row.plant_place]]
        if row.by is By.MAKER:
            return (maker, product.brand, plant, None)
        number = self.numbers[row.certificate] if row.certificate else self.covering[product.id]
        return (maker, None, plant, number)

    def spec(self, row: BillLine) -> str | None:
        """The specification; a line that names the maker names the model too, where it is not the grade."""
        if row.product is None or row.by is not By.MAKER:
            return row.spec
        model = self.products[key("product", row.product)].models[0]
        return row.spec if row.spec and model in row.spec else f"{row.spec or ''} {model}".strip()


def _line(number: int, row: BillLine, source: Source) -> tuple[Cell, ...]:
    quantity, price = _figure(row.quantity), _figure(row.price)
    return (
        Decimal(number),
        row.name,
        source.spec(row),
        row.unit,
        quantity,
        price,
        amount(quantity, price),
        row.building,
        row.supply,
        *source.maker(row),
        _day(row.day),
        _day(row.production),
        row.remark,
    )


def amount(quantity: Cell, price: Cell) -> Decimal | None:
    """Quantity by price where both are plain numbers, in fen."""
    if isinstance(quantity, Decimal) and isinstance(price, Decimal):
        return (quantity * price).quantize(Decimal("0.01"))
    return None


def _figure(text: str | None) -> Cell:
    """A number cell where it is plainly a number; "1,250.00", "１２０" and "约五十" stay text, as typed."""
    return Decimal(text) if text and _NUMBER.fullmatch(text) else text


def _day(text: str | None) -> Cell:
    """A date cell where the day is written in full; every other notation stays text."""
    return date.fromisoformat(text) if text and _WHOLE_DAY.fullmatch(text) else text


def write(register: Register, path: Path) -> None:
    """Write the workbook; the same register gives the same cells."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": "演示数据·无效凭证", "created": MADE_ON})
        sheet = book.add_worksheet(SHEET)
        bold = book.add_format({"bold": True, "align": "center", "valign": "vcenter", "border": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for row, text in enumerate(HEAD):
            sheet.merge_range(row, 0, row, COLUMNS - 1, text, bold)
        _write_header(sheet, bold)
        rows = printed(register)
        for place, body in enumerate(rows, FIRST_BODY_ROW):
            _write_row(sheet, place, body, day)
        _write_subtotals(sheet, rows, bold)
        sheet.freeze_panes(FIRST_BODY_ROW, 2)
        sheet.set_column(1, 2, 24)
        sheet.set_column(9, 12, 22)
        book.add_worksheet("说明").write(0, 0, "演示数据·无效凭证：企业、证书和项目均为虚构。")


def _write_header(sheet: Worksheet, bold: Format) -> None:
    """Two header rows: a group spans its columns, every other title spans both rows."""
    top, below = len(HEAD) + 1, len(HEAD) + 2
    for column, title in enumerate(HEADER[0]):
        if title is None:
            continue
        last = column
        while last + 1 < COLUMNS and HEADER[0][last + 1] is None:
            last += 1
        if HEADER[1][column] is None:
            sheet.merge_range(top, column, below, column, title, bold)
        else:
            sheet.merge_range(top, column, top, last, title, bold)
    for column, title in enumerate(HEADER[1]):
        if title is not None:
            sheet.write_string(below, column, title, bold)


def _write_row(sheet: Worksheet, place: int, body: Printed, day: Format) -> None:
    for column, cell in enumerate(body.cells):
        if column == AMOUNT and isinstance(cell, Decimal):
            sheet.write_formula(place, column, f"=ROUND(E{place + 1}*F{place + 1},2)", None, float(cell))
        elif isinstance(cell, Decimal):
            sheet.write_number(place, column, float(cell))  # a workbook knows no decimals
        elif isinstance(cell, date):
            sheet.write_datetime(place, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
        elif cell is not None:
            sheet.write_string(place, column, cell)


def _write_subtotals(sheet: Worksheet, rows: Sequence[Printed], bold: Format) -> None:
    for place, first, total in subtotals(rows):
        formula = f"=SUM(G{FIRST_BODY_ROW + first + 1}:G{FIRST_BODY_ROW + place})"
        sheet.write_formula(FIRST_BODY_ROW + place, AMOUNT, formula, bold, float(total))


def subtotals(rows: Sequence[Printed]) -> Iterator[tuple[int, int, Decimal]]:
    """For each sub-total row: its place, the place of its section's first line, and the sum."""
    first, total = 0, Decimal(0)
    for place, row in enumerate(rows):
        value = row.cells[AMOUNT]
        if row.plan.section is not None:
            first, total = place + 1, Decimal(0)
        elif row.plan.subtotal is not None:
            yield place, first, total
        elif isinstance(value, Decimal):
            total += value
