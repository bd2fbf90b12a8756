"""The forms of a bill: which columns each has, in which words, and what a line writes under them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from seeds.demo.bills.plan import Entry, FormName

Value = str | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """`above` heads neighbouring columns together; `amount` marks the column of a sub-total."""

    title: str
    value: Callable[[Entry], Value]
    above: str = ""
    width: int = 10
    amount: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A form: its title, its columns after the running number, and the words that stand at its end.

    `sections`: lines stand under the headings of their trade, each with its sub-total.
    """

    title: str
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()
    sections: bool = False

    @property
    def name_place(self) -> int:
        """The column of names, counted from the running number; headings stand in it."""
        return next(place for place, column in enumerate(self.columns, 1) if "名称" in column.title)

    @property
    def grouped(self) -> bool:
        return any(column.above for column in self.columns)


def blank(_: Entry) -> Value:
    return None


def whole_name(entry: Entry) -> str:
    return f"{entry.item.name} {entry.spec}"


def quantity(entry: Entry) -> Decimal:
    return entry.quantity


def price(entry: Entry) -> Decimal:
    return entry.price


def amount(entry: Entry) -> Decimal:
    return entry.amount


def supplied(entry: Entry) -> str:
    if entry.item.unlisted:
        return ""
    return "甲供" if entry.item.owner else "乙供"


def loss(entry: Entry) -> Value:
    return entry.item.loss


NAME: Final = Column("名称", lambda entry: entry.item.name, width=24)
SPEC: Final = Column("规格型号", lambda entry: entry.spec, width=22)
UNIT: Final = Column("单位", lambda entry: entry.item.unit, width=7)
QUANTITY: Final = Column("数量", quantity, width=11)
REMARK: Final = Column("备注", blank, width=12)
WHOLE: Final = Column("名称、规格、型号", whole_name, width=38)
EQUIPMENT: Final = Column("材料（工程设备）名称、规格、型号", whole_name, width=38)


def _amount(title: str, above: str = "") -> Column:
    return Column(title, amount, above, width=13, amount=True)


def layouts(source: Callable[[Entry], tuple[str | None, str | None]]) -> Mapping[FormName, Layout]:
    """Every form; `source` tells the maker and the certificate number where a form names them."""
    main = (
        Column("材料名称", lambda entry: entry.item.name, width=24),
        Column("规格型号及技术要求", lambda entry: entry.spec, width=24),
        UNIT,
        QUANTITY,
        Column("单价（元）", price),
        _amount("合价（元）"),
        Column("使用部位", lambda entry: entry.building),
        Column("生产厂家", lambda entry: source(entry)[0], width=22),
        Column("证书编号", lambda entry: source(entry)[1], width=20),
        REMARK,
    )
    summary = (
        Column("编码", lambda entry: f"{sum(map(ord, whole_name(entry))) % 1_000_000:06d}"),
        NAME,
        SPEC,
        UNIT,
        QUANTITY,
        Column("损耗率（%）", loss, width=9),
        Column("市场价（元）", price),
        _amount("市场价合计（元）"),
        Column("供货方式", supplied, width=9),
        Column("厂家", lambda entry: source(entry)[0], width=22),
        REMARK,
    )
    return {
        **FORMS,
        FormName.MAIN: Layout("主要材料表", main, ("注：生产厂家由中标人填报。",)),
        FormName.SUMMARY: Layout("单位工程人材机汇总表", summary, sections=True),
    }


FORMS: Final[Mapping[FormName, Layout]] = {
    FormName.OWNER_PLAIN: Layout(
        "甲供材料表",
        (
            NAME,
            SPEC,
            UNIT,
            QUANTITY,
            Column("损耗率", lambda entry: f"{entry.item.loss}%" if entry.item.loss else "—", width=9),
            Column("甲供单价（元）", price),
            _amount("合价（元）"),
            Column("单体", lambda entry: entry.building),
            REMARK,
        ),
    ),
    FormName.WORKS: Layout(
        "分部分项工程和单价措施项目清单与计价表",
        (
            Column(
                "项目编码", lambda entry: f"0105{sum(map(ord, entry.item.name)) % 100_000_000:08d}", width=14
            ),
            Column("项目名称", lambda entry: entry.item.name, width=22),
            Column("项目特征描述", lambda entry: f"1.品种、规格：{entry.spec}", width=32),
            Column("计量单位", lambda entry: entry.item.unit, width=8),
            Column("工程量", quantity, width=11),
            Column("综合单价", price, "金额（元）"),
            _amount("合价", "金额（元）"),
            Column("其中：暂估价", blank, "金额（元）"),
        ),
        sections=True,
    ),
    FormName.CONTRACTOR_2013: Layout(
        "承包人提供主要材料和工程设备一览表（适用于造价信息差额调整法）",
        (
            WHOLE,
            UNIT,
            QUANTITY,
            Column("风险系数（%）", lambda _: Decimal(5), width=9),
            Column("基准单价（元）", price),
            Column("投标单价（元）", price),
            Column("发承包人确认单价（元）", blank, width=14),
            REMARK,
        ),
        ("注：投标单价由投标人填报（示例）。",),
    ),
    FormName.OWNER_2013: Layout(
        "发包人提供材料和工程设备一览表",
        (
            EQUIPMENT,
            UNIT,
            QUANTITY,
            Column("单价（元）", price),
            Column("交货方式", lambda _: "现场交货"),
            Column("送达地点", lambda _: "工地仓库"),
            REMARK,
        ),
        ("注：由招标人填写（示例）。",),
    ),
    FormName.PROVISIONAL_2013: Layout(
        "材料（工程设备）暂估单价及调整表",
        (
            EQUIPMENT,
            Column("计量单位", lambda entry: entry.item.unit, width=8),
            Column("暂估", quantity, "数量", width=11),
            Column("确认", blank, "数量"),
            Column("单价", price, "暂估（元）"),
            _amount("合价", "暂估（元）"),
            Column("单价", blank, "确认（元）"),
            Column("合价", blank, "确认（元）"),
            Column("单价", blank, "差额±（元）"),
            Column("合价", blank, "差额±（元）"),
            REMARK,
        ),
    ),
    FormName.CONTRACTOR_2024: Layout(
        "承包人提供可调价主要材料表",
        (
            WHOLE,
            UNIT,
            QUANTITY,
            Column("损耗率（%）", loss, width=9),
            Column("基准价（元）", price),
            Column("风险幅度系数（%）", lambda _: Decimal(5), width=9),
            Column("投标报价（元）", price),
            Column("确认单价（元）", blank),
            REMARK,
        ),
        sections=True,
    ),
    FormName.OWNER_2024: Layout(
        "发包人提供材料一览表",
        (
            WHOLE,
            UNIT,
            QUANTITY,
            Column("损耗率（%）", loss, width=9),
            Column("单价（元）", price),
            Column("交货方式", lambda _: "现场交货"),
            Column("送达地点", lambda _: "工地仓库"),
            REMARK,
        ),
    ),
    FormName.PROVISIONAL_2024: Layout(
        "材料暂估价表",
        (
            WHOLE,
            UNIT,
            Column("暂定数量", quantity, width=11),
            Column("暂估单价（元）", price),
            _amount("暂估合价（元）"),
            REMARK,
        ),
    ),
}
