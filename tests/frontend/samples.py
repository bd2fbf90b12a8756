"""Invented views of the public pages, in both languages; nothing here names a real firm or product."""

from decimal import Decimal

from frontend.i18n import Lang
from frontend.views import charts, compare, search
from frontend.views.charts import Caption, Cuts
from frontend.views.frame import Frame
from frontend.views.parts import (
    Badge,
    Chip,
    Choice,
    Empty,
    EvidenceKind,
    EvidenceTag,
    Facet,
    Link,
    Notice,
    Option,
    Page,
    Pager,
    RangeField,
    Tone,
)

UNIT = "kgCO₂e/m³"
CLASS = tuple(Decimal(n) / 10 for n in (
    1766, 1851, 1902, 1987, 2034, 2070, 2091, 2103, 2144, 2177, 2201, 2212, 2236, 2251, 2263, 2287,
    2299, 2310, 2324, 2331, 2352, 2366, 2381, 2402, 2433, 2451, 2460, 2478, 2495, 2519, 2544, 2580,
    2622, 2691, 2750, 2876,
))  # fmt: skip
CUTS = Cuts(Decimal("210.3"), Decimal("233.1"), Decimal("254.4"))
MODULES = (
    ("A1–A3", Decimal("185.1")),
    ("A4", Decimal("9.6")),
    ("A5", None),
    ("B", None),
    ("C", Decimal("12.2")),
    ("D", Decimal("-21.4")),
)


def say(lang: Lang, zh: str, en: str) -> str:
    return zh if lang == "zh" else en


def frame(lang: Lang) -> Frame:
    return Frame(
        demo=True,
        data_as_of=say(lang, "2025年11月21日 09:00", "21 November 2025 09:00"),
        feed_position="18,204",
        version="0.1.0",
    )


def certificate(lang: Lang) -> EvidenceTag:
    return EvidenceTag(EvidenceKind.CERTIFICATE, say(lang, "认证证书 · 三星级", "Certificate · 3-star"))


def report(lang: Lang) -> EvidenceTag:
    return EvidenceTag(EvidenceKind.TEST_REPORT, say(lang, "检测报告", "Test report"))


def declaration(lang: Lang) -> EvidenceTag:
    return EvidenceTag(EvidenceKind.SELF_DECLARATION, say(lang, "自我声明", "Self-declaration"))


def strip(lang: Lang, own: str = "185.1", ident: str = "strip") -> charts.Strip:
    title = say(lang, "预拌混凝土 C30，A1–A3", "Ready-mixed concrete C30, A1–A3")
    note = say(lang, "本库 n=36，2023–2025 年", "this register, n=36, 2023–2025")
    return charts.strip(CLASS, Caption(ident, title, UNIT, note), cuts=CUTS, own=Decimal(own))


def stacked(lang: Lang, ident: str = "stages") -> charts.Stacked:
    return charts.stacked(MODULES, Caption(ident, say(lang, "各阶段的碳足迹", "Footprint by stage"), UNIT))


def card(lang: Lang, place: int) -> search.ResultCard:
    value = ("185.1", "198.7", "209.1", "", "231.0")[place % 5]
    tag = (certificate, certificate, report, declaration, certificate)[place % 5](lang)
    state = (
        Badge(say(lang, "有效", "Valid"), Tone.GOOD),
        Badge(say(lang, "12 天后到期", "Expires in 12 days"), Tone.WARN),
        Badge(say(lang, "有效", "Valid"), Tone.GOOD),
        Badge(say(lang, "不计入", "Not counted")),
        Badge(say(lang, "已暂停", "Suspended"), Tone.BAD),
    )[place % 5]
    details = (
        say(lang, "有效至 2027年7月3日", "valid until 3 July 2027"),
        say(lang, "浙江湖州", "Huzhou, Zhejiang"),
        say(lang, "专有数据", "specific data"),
    )
    return search.ResultCard(
        id=f"p{place}",
        name="示例混凝土 C30"
        if place
        else "示例自密实高抗渗大体积泵送预拌混凝土 C30P8（28 天龄期，超长名称示例）",
        href=f"/{lang}/products/p{place}",
        firm=f"示例企业 {17 + place * 25:03d}（虚构）",
        number=f"演示-2025-0000{521 + place}",
        evidence=tag,
        state=state,
        details=details,
        value=value,
        unit=UNIT,
        position=say(lang, "低于同类 95%", "below 95% of its class") if value else "",
        strip=strip(lang, value) if value else None,
    )


def facets(lang: Lang) -> tuple[Facet, ...]:
    return (
        Facet(
            "category",
            say(lang, "产品类别", "Category"),
            (
                Choice("concrete", say(lang, "预拌混凝土", "Ready-mixed concrete"), "144", chosen=True),
                Choice("mortar", say(lang, "预拌砂浆", "Ready-mixed mortar"), "139"),
                Choice("glass", say(lang, "建筑节能玻璃", "Energy-saving glass"), "0"),
            ),
            more=(
                Option("", say(lang, "请选择", "Choose")),
                Option("aac", say(lang, "蒸压加气混凝土砌块（12）", "Autoclaved aerated concrete (12)")),
            ),
            more_label=say(lang, "其他类别（1）", "Other categories (1)"),
        ),
        Facet(
            "numbers",
            say(lang, "性能数值", "Numeric properties"),
            (),
            ranges=(
                RangeField(
                    "attr.thickness",
                    say(lang, "厚度（mm）", "Thickness (mm)"),
                    lower="20",
                    upper="10",
                    error=say(
                        lang, "下限大于上限，两个都没有采用。", "The lower limit is above the upper one."
                    ),
                ),
                RangeField("attr.conductivity", say(lang, "导热系数（W/(m·K)）", "Conductivity (W/(m·K))")),
            ),
        ),
        Facet(
            "strength",
            say(lang, "强度等级", "Strength"),
            (Choice("c30", "C30", "36", chosen=True), Choice("c40", "C40", "41")),
        ),
        Facet(
            "level",
            say(lang, "碳足迹水平（同类）", "Footprint level in class"),
            (
                Choice("", say(lang, "全部", "All"), "", chosen=True),
                Choice("p20", say(lang, "最低的 20%", "Lowest 20%"), "7"),
            ),
            single=True,
        ),
        Facet(
            "state",
            say(lang, "证明状态", "State of evidence"),
            (Choice("all", say(lang, "含暂停和过期", "Include suspended and expired"), "12"),),
            open=False,
        ),
    )


def results(lang: Lang) -> search.SearchView:
    href = f"/{lang}/products"
    return search.SearchView(
        query="混凝土 C30",
        count=say(lang, "36 个产品", "36 products"),
        active=2,
        facets=facets(lang),
        chips=(Chip(say(lang, "预拌混凝土", "Ready-mixed concrete"), href), Chip("C30", href)),
        clear_href=href,
        sorts=(
            search.Sort(say(lang, "相关", "Relevance"), href, current=True),
            search.Sort(say(lang, "碳足迹", "Footprint"), f"{href}?sort=gwp"),
        ),
        cards=tuple(card(lang, place) for place in range(5)),
        pager=Pager(
            (Page("1", current=True), Page("2", f"{href}?page=2"), Page(""), Page("8", f"{href}?page=8")),
            next_href=f"{href}?page=2",
        ),
        downloads=(Link("CSV", f"{href}.csv"), Link("XLSX", f"{href}.xlsx")),
        limit=search.LimitField("", UNIT),
        regions=(
            Option("", say(lang, "不限", "Anywhere"), chosen=True),
            Option("520000", say(lang, "贵州省", "Guizhou")),
        ),
        distribution=charts.strip(
            CLASS, Caption("dist", strip(lang).title, UNIT, strip(lang).note), cuts=CUTS
        ),
    )


def no_results(lang: Lang) -> search.SearchView:
    empty = Empty(
        say(lang, "没有产品同时满足这些条件", "No product meets all of these filters"),
        say(lang, "是“浙江”把结果都排除了。", "“Zhejiang” shut everything out."),
        (Link(say(lang, "去掉“浙江”可得 12 个", "Without “Zhejiang”: 12 products"), f"/{lang}/products"),),
    )
    return search.SearchView(
        query="",
        count=say(lang, "0 个产品", "0 products"),
        active=0,
        facets=facets(lang),
        chips=(),
        clear_href=f"/{lang}/products",
        sorts=(),
        cards=(),
        pager=Pager(()),
        downloads=(),
        hints=(
            Notice(
                Tone.QUIET, say(lang, "先选类别，再比碳足迹", "Choose a category before comparing footprints")
            ),
        ),
        empty=empty,
    )


def comparison(lang: Lang) -> compare.CompareView:
    href = f"/{lang}/compare"
    items = tuple(
        compare.CompareItem("示例混凝土 C30", f"/{lang}/products/p{n}", f"示例企业 {n:03d}（虚构）", href)
        for n in (17, 42, 108)
    )
    scale = charts.scale_of(MODULES)
    bars = tuple(
        charts.stacked(MODULES, Caption(f"bar{n}", say(lang, "各阶段的碳足迹", "By stage"), UNIT), scale)
        for n in range(3)
    )
    return compare.CompareView(
        items=items,
        rows=(
            compare.CompareRow(
                f"A1–A3 {UNIT}",
                (
                    compare.CompareCell("185.1", say(lang, "最低", "Lowest"), best=True),
                    compare.CompareCell("209.1", "+24.0（+13%）" if lang == "zh" else "+24.0 (+13%)"),
                    compare.CompareCell("246.0", "+60.9（+33%）" if lang == "zh" else "+60.9 (+33%)"),
                ),
            ),
            compare.CompareRow(
                "A1–D",
                tuple(compare.CompareCell("", chart=bar) for bar in bars),
                note=say(lang, "同一刻度", "One scale"),
            ),
            compare.CompareRow(
                say(lang, "强度等级", "Strength"), (compare.CompareCell("C30"),) * 3, differs=False
            ),
            compare.CompareRow(
                say(lang, "证明材料", "Evidence"),
                tuple(compare.CompareCell(make(lang).word) for make in (certificate, report, declaration)),
            ),
        ),
        toggle_href=f"{href}?only=differences",
        downloads=(Link("CSV", f"{href}.csv"),),
        basis=say(
            lang,
            "同一类别、同一强度等级、同一声明单位，阶段 A1–A3。",
            "Same category, strength and declared unit; stages A1–A3.",
        ),
    )


def refused(lang: Lang) -> compare.CompareView:
    text = say(
        lang,
        "声明单位是 1 m³ 与 1 t，不能直接比较。",
        "Declared units are 1 m³ and 1 t, so the values cannot be compared.",
    )
    offer = Link(
        say(lang, "按密度 2,400 kg/m³ 换算", "Convert with 2,400 kg/m³"), f"/{lang}/compare?density=1"
    )
    view = comparison(lang)
    rows = tuple(
        compare.CompareRow(row.label, tuple(compare.CompareCell(cell.text) for cell in row.cells))
        for row in view.rows[2:]
    )
    notice = Notice(
        Tone.WARN, say(lang, "这些产品不能比较", "These products cannot be compared"), text, (offer,)
    )
    return compare.CompareView(items=view.items, rows=rows, refusal=notice)
