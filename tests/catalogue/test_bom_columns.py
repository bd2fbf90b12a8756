"""Columns are found under odd headers, and the user's word overrides the guess."""

from decimal import Decimal

import pytest

from catalogue.bom.columns import ListForm
from catalogue.bom.headers import ColumnRole, role_of, split_header
from registry.kit.messages import say
from registry.kit.reading.cells import Cell
from registry.kit.sheets.sheets import Merge
from tests.catalogue.bom_sheets import guessed

DATA: tuple[Cell, ...] = (Decimal(1), "预拌混凝土", "C30", "m3", Decimal(120))


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("序号", ColumnRole.NUMBER),
        ("材料编码", ColumnRole.CODE),
        ("名 称", ColumnRole.NAME),
        ("材料（设备）名称", ColumnRole.NAME),
        ("材料名称、规格、型号", ColumnRole.NAME),
        ("规格型号", ColumnRole.SPEC),
        ("项目特征描述", ColumnRole.SPEC),
        ("计量\n单位", ColumnRole.UNIT),
        ("单位", ColumnRole.UNIT),
        ("数量", ColumnRole.QUANTITY),
        ("工程量", ColumnRole.QUANTITY),
        ("单价（元）", ColumnRole.PRICE),
        ("合价(元)", ColumnRole.AMOUNT),
        ("生产厂家", ColumnRole.MAKER),
        ("制造商名称", ColumnRole.MAKER),
        ("供应商", ColumnRole.SUPPLIER),
        ("经销商名称", ColumnRole.SUPPLIER),
        ("品牌/商标", ColumnRole.BRAND),
        ("绿色建材认证证书编号", ColumnRole.CERTIFICATE),
        ("使用部位", ColumnRole.BUILDING),
        ("单位工程", ColumnRole.BUILDING),
        ("楼栋", ColumnRole.BUILDING),
        ("进场日期", ColumnRole.DELIVERY),
        ("供货日期", ColumnRole.DELIVERY),
        ("生产日期", ColumnRole.PRODUCTION),
        ("备注", ColumnRole.REMARK),
        ("供应方式（甲供/乙供）", ColumnRole.SUPPLIED_BY),
        ("损耗率(%)", ColumnRole.LOSS_RATE),
        ("Quantity", ColumnRole.QUANTITY),
        ("Unit", ColumnRole.UNIT),
    ],
)
def test_a_header_names_its_role(header: str, role: ColumnRole) -> None:
    found = role_of(header)
    assert found is not None
    assert found[0] is role


@pytest.mark.parametrize("header", ["", "某某公司", "2026", "annotation", "x" * 90])
def test_other_words_name_no_role(header: str) -> None:
    assert role_of(header) is None


def test_a_unit_in_the_quantity_header_serves_the_whole_column() -> None:
    assert split_header("数量（m³）") == ("数量", "m3")
    columns = guessed(("名称", "数量（m³）"), ("预拌混凝土C30", Decimal(3)))
    assert columns.unit_in_header == "m3"
    assert columns.missing == ()


def test_titles_above_the_header_are_passed_over() -> None:
    columns = guessed(
        ("某工程主要材料表",),
        ("工程名称：示例工程（虚构）", None, None, "单位：元"),
        (),
        ("序号", "名称", "规格", "单位", "数量"),
        DATA,
    )
    assert columns.header_rows == (4,)
    assert columns.form is ListForm.MAIN_MATERIALS
    assert columns.index_of(ColumnRole.QUANTITY) == 4
    assert columns.confidence == 1


def test_a_two_row_header_is_read_together() -> None:
    columns = guessed(
        ("序号", "材料名称", "单位", "数量", "金额（元）", None, "供货", None),
        (None, None, None, None, "单价", "合价", "日期", "单位"),
        (Decimal(1), "水泥", "t", Decimal(5), Decimal(400), Decimal(2000), "2026-03-05", "示例商行（虚构）"),
        merges=[Merge(1, 1, 4, 5), Merge(1, 1, 6, 7), Merge(1, 2, 0, 0), Merge(1, 2, 1, 1)],
    )
    assert columns.header_rows == (1, 2)
    wanted = {
        ColumnRole.NAME: 1,
        ColumnRole.UNIT: 2,
        ColumnRole.QUANTITY: 3,
        ColumnRole.PRICE: 4,
        ColumnRole.AMOUNT: 5,
        ColumnRole.DELIVERY: 6,
        ColumnRole.SUPPLIER: 7,
    }
    assert {role: columns.index_of(role) for role in wanted} == wanted


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("单位工程人材机汇总表", ListForm.LABOUR_MATERIAL_PLANT),
        ("主要材料表", ListForm.MAIN_MATERIALS),
        ("甲供材料表", ListForm.OWNER_SUPPLIED),
        ("发包人提供材料和工程设备一览表", ListForm.OWNER_SUPPLIED),
        ("承包人提供主要材料和工程设备一览表", ListForm.CONTRACTOR_SUPPLIED),
        ("材料（工程设备）暂估单价表", ListForm.PROVISIONAL_PRICE),
        ("采购清单", ListForm.PLAIN),
    ],
)
def test_the_title_names_the_form(title: str, form: ListForm) -> None:
    assert guessed((title,), ("序号", "名称", "规格", "单位", "数量"), DATA).form is form
    assert guessed(("序号", "名称", "规格", "单位", "数量"), DATA, name=title).form is form


def test_without_a_header_the_content_is_looked_at_and_the_guess_is_unsure() -> None:
    columns = guessed(
        (Decimal(1), "预拌混凝土C30", "m3", Decimal("20.5")),
        (Decimal(2), "预拌砂浆M10", "t", Decimal(7)),
        (Decimal(3), "SBS防水卷材", "m2", Decimal(900)),
    )
    assert columns.header_rows == ()
    assert [columns.index_of(role) for role in (ColumnRole.NAME, ColumnRole.UNIT, ColumnRole.QUANTITY)] == [
        1,
        2,
        3,
    ]
    assert columns.confidence < Decimal("0.5")


def test_a_missing_quantity_column_is_said_with_the_header_row() -> None:
    columns = guessed(("序号", "名称", "规格", "单位"), (Decimal(1), "水泥", "P·O 42.5", "t"))
    assert columns.missing == (ColumnRole.QUANTITY,)
    assert columns.confidence == 0
    (problem,) = columns.problems
    assert problem.key == "bom.columns.no-quantity"
    assert "1" in say(problem.key, "zh", problem.facts)


@pytest.mark.parametrize("rows", [[], [("你好",)], [("你好", "世界"), ("再见", "朋友们")]])
def test_a_sheet_that_is_no_list_says_so(rows: list[tuple[Cell, ...]]) -> None:
    columns = guessed(*rows)
    assert columns.problems
    for problem in columns.problems:
        assert say(problem.key, "en", problem.facts)


def test_the_users_choice_moves_a_role_and_frees_the_old_one() -> None:
    columns = guessed(("名称", "单位", "设计用量", "实际用量"), ("水泥", "t", Decimal(5), Decimal(6)))
    assert columns.index_of(ColumnRole.QUANTITY) == 2
    chosen = columns.choose(ColumnRole.QUANTITY, 3)
    assert chosen.index_of(ColumnRole.QUANTITY) == 3
    assert chosen.confidence == 1
    assert chosen.choose(ColumnRole.QUANTITY, None).missing == (ColumnRole.QUANTITY,)
    moved = columns.choose(ColumnRole.SPEC, 1)
    assert moved.index_of(ColumnRole.UNIT) is None
