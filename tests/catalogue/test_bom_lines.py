"""Every row of a list ends as a line, with its problems named, or as skipped with a reason."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.bom.columns import guess_columns
from catalogue.bom.lines import BomLine, SuppliedBy, read_list, read_sheet
from catalogue.bom.rows import SkipReason
from registry.kit.messages import say
from registry.kit.reading.cells import Cell
from registry.kit.sheets import read
from registry.kit.sheets.sheets import FileKind, Merge, Row, Sheet, Sheets
from registry.units.table import unit
from tests.catalogue import bom_files
from tests.catalogue.bom_sheets import HEADER, reading, sheet


def only(*rows: Sequence[Cell], header: Sequence[Cell] = HEADER) -> BomLine:
    found = reading(header, *rows)
    assert len(found.lines) == 1
    for problem in found.lines[0].problems:
        assert f"第 {problem.facts['row']} 行" in say(problem.key, "zh", problem.facts)
        assert f"Row {problem.facts['row']}" in say(problem.key, "en", problem.facts)
    return found.lines[0]


def keys(line: BomLine) -> list[str]:
    return [problem.key.removeprefix("bom.line.") for problem in line.problems]


def test_a_plain_row_becomes_a_line() -> None:
    line = only((Decimal(1), "预拌混凝土", "C30 P6", "m³", "1,250.5"))
    assert (line.row, line.sheet, line.name, line.spec) == (2, "清单", "预拌混凝土", "C30 P6")
    assert (line.unit, line.quantity, line.unit_text) == (unit("m3"), Decimal("1250.5"), "m³")
    assert line.raw == ("1", "预拌混凝土", "C30 P6", "m³", "1,250.5")
    assert line.usable
    assert line.problems == ()


@pytest.mark.parametrize(
    ("measure", "quantity", "key"),
    [
        ("m3", "约五十", "quantity-approximate"),
        ("m3", "50~60", "quantity-range"),
        ("m3", None, "quantity-missing"),
        ("m3", Decimal(0), "quantity-zero"),
        ("m3", Decimal(-5), "quantity-negative"),
        ("m3", "若干", "quantity-not-a-number"),
        ("m3", "12 t", "units-differ"),
        ("车", Decimal(5), "unit-unknown"),
        (None, Decimal(5), "unit-missing"),
    ],
)
def test_a_bad_cell_is_named_by_row_column_and_value(measure: Cell, quantity: Cell, key: str) -> None:
    line = only((Decimal(1), "预拌混凝土", "C30", measure, quantity))
    assert keys(line) == [key]
    assert not line.usable
    facts = line.problems[0].facts
    assert (facts["row"], facts["column"]) == ("2", "D" if key.startswith("unit-") else "E")


def test_an_approximate_quantity_offers_its_figure() -> None:
    line = only((Decimal(1), "预拌混凝土", "C30", "m3", "约五十"))
    assert line.quantity is None
    assert line.problems[0].facts["suggestion"] == "50"
    assert line.problems[0].facts["value"] == "约五十"


def test_a_formula_without_result_is_told_apart_from_a_blank() -> None:
    page = sheet(HEADER, (Decimal(1), "水泥", "42.5", "t"), uncached=[(2, 4)])
    (line,) = read_sheet(page, guess_columns(page)).lines
    assert keys(line) == ["quantity-uncached"]


def test_a_unit_behind_the_figure_serves_where_the_column_is_blank() -> None:
    line = only((Decimal(1), "预拌混凝土", "C30", None, "1,250.5 m3"))
    assert (line.unit, line.quantity, line.problems) == (unit("m3"), Decimal("1250.5"), ())


def test_a_quota_unit_is_multiplied_out_and_said() -> None:
    line = only((Decimal(1), "防水卷材", "4mm", "100m2", "3.5"))
    assert (line.unit, line.quantity, line.multiplier) == (unit("m2"), Decimal(350), Decimal(100))
    assert keys(line) == ["multiplied"]
    assert line.usable


def test_the_other_columns_are_read_by_their_roles() -> None:
    header = (
        *HEADER,
        "单价",
        "合价",
        "生产厂家",
        "品牌",
        "证书编号",
        "楼栋",
        "供货日期",
        "生产日期",
        "损耗率",
        "备注",
    )
    row = (
        Decimal(1), "水泥", "P·O 42.5", "t", Decimal(10), "400", "4,000", "示例企业 017（虚构）", "示例牌",
        "演示-1", "1#楼", "2026年3月5日", Decimal(46000), "3%", "急",
    )  # fmt: skip
    line = only(row, header=header)
    assert (line.price, line.amount, line.loss_rate) == (Decimal(400), Decimal(4000), Decimal("0.03"))
    assert (line.maker_text, line.brand_text, line.certificate_text) == (
        "示例企业 017（虚构）",
        "示例牌",
        "演示-1",
    )
    assert (line.building, line.remark) == ("1#楼", "急")
    assert (line.delivery, line.production_day) == (date(2026, 3, 5), date(2025, 12, 9))
    assert line.problems == ()


@pytest.mark.parametrize(
    ("header", "text", "rate"),
    [("损耗率", "3%", "0.03"), ("损耗率(%)", Decimal("0.5"), "0.005"), ("损耗率", Decimal("0.03"), "0.03"),
     ("损耗率", Decimal(3), "0.03"), ("损耗率(%)", "3%", "0.03")],
)  # fmt: skip
def test_a_loss_rate_is_a_share(header: str, text: Cell, rate: str) -> None:
    line = only((Decimal(1), "水泥", "", "t", Decimal(1), text), header=(*HEADER, header))
    assert line.loss_rate == Decimal(rate)


@pytest.mark.parametrize(
    ("text", "key", "usable"),
    [("待定", "day-not-a-day", False), ("2026-02-30", "day-no-such-day", False),
     ("2026.3", "day-month-only", True), (Decimal("2026.1"), "day-month-unclear", False)],
)  # fmt: skip
def test_an_unclear_delivery_day_is_named(text: Cell, key: str, usable: bool) -> None:
    line = only((Decimal(1), "水泥", "", "t", Decimal(1), text), header=(*HEADER, "供货日期"))
    assert keys(line) == [key]
    assert line.usable is usable


@pytest.mark.parametrize(
    ("header", "text", "supplier"),
    [
        ("供应方式", "甲供", SuppliedBy.OWNER),
        ("供应方式", "乙供", SuppliedBy.CONTRACTOR),
        ("供应方式", "甲指乙供", SuppliedBy.CONTRACTOR),
        ("供应方式", "发包人", SuppliedBy.OWNER),
        ("是否甲供", "是", SuppliedBy.OWNER),
        ("是否甲供", "否", SuppliedBy.CONTRACTOR),
        ("供应方式", None, None),
        ("供应方式", "另议", None),
    ],
)
def test_who_supplies_is_read_from_the_row(header: str, text: Cell, supplier: SuppliedBy | None) -> None:
    line = only((Decimal(1), "水泥", "", "t", Decimal(1), text), header=(*HEADER, header))
    assert line.supplied_by is supplier
    assert line.usable


def test_who_supplies_may_stand_in_the_title() -> None:
    row = (Decimal(1), "水泥", "", "t", Decimal(1))
    assert reading(HEADER, row, name="甲供材料表").lines[0].supplied_by is SuppliedBy.OWNER
    assert reading(HEADER, row).lines[0].supplied_by is None


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((None, "小计", None, None, Decimal(100)), SkipReason.TOTAL),
        (("合 计", None, None, None, Decimal(100)), SkipReason.TOTAL),
        ((None, "本页小计（元）", None, "元", Decimal(100)), SkipReason.TOTAL),
        ((None, "材料费合计", None, None, Decimal(1)), SkipReason.TOTAL),
        (("一", "土建工程"), SkipReason.SECTION),
        ((None, "二、安装工程"), SkipReason.SECTION),
        (("材料",), SkipReason.SECTION),
        ((None, "1#楼"), SkipReason.SECTION),
        (HEADER, SkipReason.REPEATED_HEADER),
        (("1", "2", "3", "4", "5"), SkipReason.COLUMN_NUMBERS),
        (("注：以上数量含损耗",), SkipReason.REMARK),
        (("编制人：", None, "审核人："), SkipReason.REMARK),
        ((None, None, None, None, None, "x"), SkipReason.NOTHING_MAPPED),
    ],
)
def test_rows_that_are_no_material_are_skipped_with_a_reason(
    row: tuple[Cell, ...], reason: SkipReason
) -> None:
    found = reading(HEADER, row, (Decimal(1), "水泥", "", "t", Decimal(1)))
    assert [(item.row, item.reason) for item in found.skipped] == [(1, SkipReason.HEADER), (2, reason)]
    assert len(found.lines) == 1
    assert say(f"bom.skip.{reason.value}", "zh")
    assert say(f"bom.skip.{reason.value}", "en")


@pytest.mark.parametrize("name", ["商品砼C30", "合计量器", "工程胶", "1#水泥", "设计砂浆"])
def test_a_bare_name_without_a_heading_mark_stays_a_line(name: str) -> None:
    assert keys(only((Decimal(1), name))) == ["unit-missing", "quantity-missing"]


def test_the_section_is_kept_beside_its_lines() -> None:
    row = (Decimal(1), "水泥", "", "t", Decimal(1))
    found = reading(HEADER, row, ("一", "地下室工程"), row, ("二", "主体工程"), row)
    assert [line.section for line in found.lines] == [None, "地下室工程", "主体工程"]


def test_words_merged_downwards_hold_for_each_row_and_figures_do_not() -> None:
    found = reading(
        HEADER,
        (Decimal(1), "预拌混凝土", "C30", "m3", Decimal(10)),
        (Decimal(2), None, "C35", "m3", None),
        merges=[Merge(2, 3, 1, 1), Merge(2, 3, 4, 4)],
    )
    assert [line.name for line in found.lines] == ["预拌混凝土", "预拌混凝土"]
    assert [line.quantity for line in found.lines] == [Decimal(10), None]
    assert keys(found.lines[1]) == ["quantity-missing"]


def test_a_file_becomes_lines_from_end_to_end() -> None:
    readings, unread = read_list(read(bom_files.xlsx([("某项目材料表",), *bom_files.LIST]), "a.xlsx"))
    assert [(line.row, line.name, line.quantity) for line in readings[0].lines] == [
        (3, "预拌混凝土", Decimal("120.5")),
        (4, "SBS防水卷材", Decimal(800)),
    ]
    assert unread == ()


def test_sheets_that_are_no_list_are_kept_with_their_problem() -> None:
    book = Sheets(
        FileKind.XLSX, (sheet(HEADER, (None, "水泥", "", "t", Decimal(1))), sheet(("封面",), name="封面"))
    )
    readings, unread = read_list(book)
    assert [found.columns.sheet for found in readings] == ["清单"]
    assert [(item.sheet, item.problems[0].key) for item in unread] == [("封面", "bom.columns.no-header")]
    only_first, others = read_list(book, {"清单": readings[0].columns})
    assert only_first == readings
    assert others[0].problems[0].key == "bom.sheet.not-chosen"


WORDS = st.sampled_from(
    [
        "",
        "合计",
        "水泥",
        "m3",
        "t",
        "一",
        "二、工程",
        "约五十",
        "50",
        "-1",
        "0",
        "2026.3",
        "名称",
        "数量",
        "单位",
        "甲供",
        "注：",
    ]
)
CELLS = st.one_of(
    st.none(), WORDS, st.text(max_size=6), st.decimals(allow_nan=False, allow_infinity=False), st.dates()
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=8), max_size=12), st.booleans())
def test_no_row_vanishes(rows: list[list[Cell]], headed: bool) -> None:
    given_rows = [*([list(HEADER)] if headed else []), *rows]
    page = Sheet("清单", tuple(Row(n, tuple(cells)) for n, cells in enumerate(given_rows, start=1)))
    found = read_sheet(page, guess_columns(page))
    numbers = [line.row for line in found.lines] + [item.row for item in found.skipped]
    assert sorted(numbers) == [row.number for row in page.rows]
    for line in found.lines:
        assert not line.usable or (line.name and line.unit and line.quantity and line.quantity > 0)
        for problem in line.problems:
            assert say(problem.key, "zh", problem.facts)
