"""What the standard forms of bills write differently: names with specifications, headings, buildings."""

from decimal import Decimal

import pytest

from catalogue.bom.columns import ListForm
from catalogue.bom.rows import SkipReason
from catalogue.checks.service import _guessed
from registry.kit.reading.cells import Cell
from registry.kit.sheets.sheets import FileKind, Sheets
from tests.catalogue.bom_sheets import HEADER, guessed, reading, sheet

WHOLE: tuple[Cell, ...] = ("序号", "材料（工程设备）名称、规格、型号", "单位", "数量", "单价（元）")
LINE: tuple[Cell, ...] = (Decimal(1), "水泥", "P·O 42.5", "t", Decimal(5))


@pytest.mark.parametrize(
    ("text", "name", "spec"),
    [
        ("预拌混凝土 C30 P6", "预拌混凝土", "C30 P6"),
        ("SBS 改性沥青防水卷材 II PY 4.0mm", "SBS 改性沥青防水卷材", "II PY 4.0mm"),
        ("JDG管 Φ20", "JDG管", "Φ20"),
        ("预拌混凝土C30", "预拌混凝土C30", ""),
        ("BV 2.5", "BV 2.5", ""),
    ],
)
def test_a_name_with_its_specification_in_one_cell_is_taken_apart(text: str, name: str, spec: str) -> None:
    [line] = reading(WHOLE, (Decimal(1), text, "m3", Decimal(3), None)).lines
    assert (line.name, line.spec) == (name, spec)
    assert text in line.raw


def test_a_name_alone_keeps_its_spaces() -> None:
    [line] = reading(HEADER, (Decimal(1), "预拌 混凝土", None, "m3", Decimal(3))).lines
    assert (line.name, line.spec) == ("预拌 混凝土", "")


def test_an_unnumbered_name_among_numbered_lines_is_a_heading() -> None:
    found = reading(HEADER, (None, "主体结构"), LINE, (Decimal(2), "砌块"))
    assert [(row.row, row.reason) for row in found.skipped][1:] == [(2, SkipReason.SECTION)]
    assert [line.section for line in found.lines] == ["主体结构"] * 2


def test_where_lines_have_no_number_a_bare_name_stays_a_line() -> None:
    found = reading(HEADER, (None, "主体结构"), (None, *LINE[1:]))
    assert [line.name for line in found.lines] == ["主体结构", "水泥"]


@pytest.mark.parametrize(
    ("words", "building"),
    [
        ("工程名称：示例（虚构）  单位工程：3号教学楼  第 1 页", "3号教学楼"),
        ("单体名称: 地下室", "地下室"),
        ("单位工程：1号楼土建工程", None),
        ("单位工程：安装工程", None),
        ("工程名称：示例大楼", None),
    ],
)
def test_the_building_above_a_list_holds_for_its_lines(words: str, building: str | None) -> None:
    [line] = reading((words,), HEADER, LINE).lines
    assert line.building == building


def test_a_further_page_may_name_another_building_and_a_column_outranks_both() -> None:
    titled: tuple[Cell, ...] = (*HEADER, "单体")
    found = reading(
        ("单位工程：1号楼",),
        titled,
        (*LINE, None),
        ("单位工程：2号楼",),
        titled,
        (*LINE, None),
        (*LINE, "门卫房"),
    )
    assert [line.building for line in found.lines] == ["1号楼", "2号楼", "门卫房"]


@pytest.mark.parametrize("title", ["分部分项工程和单价措施项目清单与计价表", "综合单价分析表（含暂估价）"])
def test_work_items_are_told_from_materials(title: str) -> None:
    assert guessed((title,), HEADER, LINE).form is ListForm.WORK_ITEMS


def test_work_items_are_used_only_where_there_is_no_list_of_materials() -> None:
    works = sheet(("分部分项工程清单与计价表",), HEADER, LINE, name="表-08")
    materials = sheet(("主要材料表",), HEADER, LINE, name="材料")
    both = Sheets(FileKind.XLSX, (works, materials))
    alone = Sheets(FileKind.XLSX, (works,))
    assert [columns.sheet for columns in _guessed(both)] == ["材料"]
    assert [columns.sheet for columns in _guessed(alone)] == ["表-08"]
