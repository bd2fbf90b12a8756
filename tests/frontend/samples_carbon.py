"""Invented views of the pages of carbon spreads and published limits."""

from decimal import Decimal

from frontend.i18n import Lang
from frontend.views import carbon
from frontend.views.charts import Caption
from frontend.views.diverging import diverging
from frontend.views.parts import Badge, Empty, Fact, Field, Link, Option, Tone
from tests.frontend import samples
from tests.frontend.samples import say

CODE = "YS-E-000001"


def _select(name: str, label: str, *options: str) -> Field:
    return Field(
        name, label, kind="select", options=tuple(Option(one, one, one == options[0]) for one in options)
    )


def spread(lang: Lang, *, empty: bool = False) -> carbon.CarbonView:
    line = carbon.ValueLine(Link(CODE, f"/v/{CODE}"), "-612.5", "12", "")
    cell = carbon.CarbonCell(
        id="cell-0",
        title="C30 · EN 15804+A2 · GWP-total · m³",
        base=say(lang, "本库 n=36，参考年 2023–2025", "this register, n=36, reference years 2023–2025"),
        strip=samples.strip(lang, ident="spread-0"),
        warnings=(say(lang, "1 个数值为负。", "One value is negative."),),
        lines=(line, line),
        more=say(lang, "只列最低的 2 个，共 36 个。", "Only the 2 lowest of 36 are listed."),
    )
    step = Link(say(lang, "查产品", "Products"), f"/{lang}/products")
    return carbon.CarbonView(
        title=say(lang, "预拌混凝土：碳足迹分布", "Ready-mixed concrete: spread of declared carbon"),
        crumbs=(step,),
        action=f"/{lang}/carbon/concrete.ready-mixed",
        fields=(
            _select("modules", say(lang, "模块", "Modules"), "A1–A3", "A4"),
            _select("per", say(lang, "每", "Per"), "m³", "kg"),
        ),
        unit="kgCO₂e/m³",
        cells=() if empty else (cell,),
        more="" if empty else say(lang, "只画数值最多的 1 组。", "Only the largest group is drawn."),
        apart=(say(lang, "平均或通用数据：2 份", "average or generic data: 2"),),
        recipe=(say(lang, "一个产品只取一份声明。", "A product speaks by one declaration."),),
        json_href="/api/v1/distributions?kind=concrete.ready-mixed",
        empty=Empty(say(lang, "没有数值", "No values"), say(lang, "请换单位。", "Choose a unit."), (step,))
        if empty
        else None,
    )


def limits(lang: Lang, *, home: bool = False) -> carbon.LimitsView:
    table = carbon.LimitTable(
        id="sample",
        title=say(lang, "示例限值（虚构）", "Sample limits (invented)"),
        standing=Badge(say(lang, "当日执行", "In force on the day"), Tone.GOOD),
        facts=(
            Fact(
                say(lang, "发布", "Published by"), say(lang, "示例机构（虚构）", "A sample body (invented)")
            ),
        ),
        levels=(say(lang, "最低 20%", "Lowest 20 %"), say(lang, "优于平均", "Better than average")),
        rows=(carbon.LimitRow("fc_psi = 4000", ("284", "")),),
        raised=say(lang, "各限值乘以 1.3。", "Every limit is multiplied by 1.3."),
    )
    return carbon.LimitsView(
        action=f"/{lang}/limits",
        region=_select("region", say(lang, "地区", "Region"), say(lang, "中国", "China"), "US"),
        tables=() if home else (table,),
        json_href="/api/v1/limits",
    )


def headroom(lang: Lang) -> carbon.HeadroomPart:
    within = Badge(say(lang, "不超过", "Not above"), Tone.GOOD)
    line = carbon.HeadroomLine(
        title=say(lang, "示例限值（虚构）", "Sample limits (invented)"),
        limit="≤ 326 kgCO₂e/m³",
        outcome=within,
        text=say(lang, "数值 288，余量 +38。", "Value 288, headroom +38."),
        path=(say(lang, "每 kg → 每 m³", "per kg → per m³"),),
    )
    every = Link(say(lang, "全部公布的限值", "All published limits"), f"/{lang}/limits")
    caption = Caption("sample-parts", say(lang, "A1–A3 的各部分", "Parts of A1–A3"), "kgCO₂e/m³")
    bars = (
        (say(lang, "总量", "Total"), Decimal(-12), "#0d5c38"),
        (say(lang, "化石", "Fossil"), Decimal(300), "#6b7a72"),
        (say(lang, "生物源", "Biogenic"), Decimal(-312), "#2b7a52"),
    )
    recipe = say(lang, "概率的算法（示例）。", "How the probability is reckoned (sample).")
    return carbon.HeadroomPart((line,), every, (diverging(bars, caption),), (recipe,))


def ended(lang: Lang) -> carbon.HeadroomPart:
    """A paper that is not in force: the reason alone."""
    every = Link(say(lang, "全部公布的限值", "All published limits"), f"/{lang}/limits")
    reason = say(lang, "这份声明已到期（示例）。", "This declaration has expired (sample).")
    return carbon.HeadroomPart((), every, reason=reason)
