"""Invented views of supply, of the calendar and of the desk's list; Chinese names stay Chinese in English."""

from frontend.i18n import Lang
from frontend.views.calendar import CalendarView, EventLine
from frontend.views.desk import Choice, CrossChecksView, DueLine
from frontend.views.parts import Badge, Empty, Fact, Field, Link, Notice, Option, Page, Pager, Tone
from frontend.views.search import NearField
from frontend.views.supply import PlantSupply, SupplyPart
from tests.frontend.samples import say

FIRM = "示例企业 017（虚构）"


def supply(lang: Lang) -> SupplyPart:
    price = Fact(
        say(lang, "市场调查参考价", "Price by market survey"),
        say(lang, "412.5 元/m³（含税）", "CNY 412.5/m³ (tax included)"),
        say(lang, "市场调查参考，非报价", "Market-survey reference, no offer"),
    )
    stated = PlantSupply(
        "示例企业 017 湖州厂（虚构）",
        (Fact(say(lang, "供货半径", "Delivery radius"), "50 km"), price),
        "示例企业填报（虚构）",
    )
    silent = PlantSupply(
        "示例企业 017 嘉兴厂（虚构）", (), missing=say(lang, "没有填报供应信息。", "Nothing is stated.")
    )
    remark = say(lang, "供应信息不是证明材料。", "Supply facts are no proof.")
    return SupplyPart((stated, silent), (remark,))


def near(lang: Lang, *, wrong: bool = False) -> NearField:
    options = (
        Option("", say(lang, "不限", "Anywhere"), chosen=not wrong),
        Option("510100", say(lang, "四川省 成都市", "Chengdu Sichuan")),
    )
    error = say(lang, "地点无法识别。", "The place cannot be read.") if wrong else ""
    return NearField(options, "50", "100", error)


def left_out(lang: Lang) -> Notice:
    return Notice(
        Tone.QUIET, say(lang, "另有 3 个没有列出", "Not listed: 3"), say(lang, "没有坐标。", "No place.")
    )


def calendar(lang: Lang) -> CalendarView:
    month = Option("2026-11", say(lang, "2026年11月", "November 2026"), chosen=True)
    due = Badge(say(lang, "获证后监督", "Surveillance"), Tone.WARN)
    hint = say(lang, "提示：证书状态不变。", "Note: the state stands.")
    here = f"/{lang}/calendar"
    line = EventLine(
        say(lang, "2026年11月1日", "1 November 2026"),
        due,
        Link("演示-2025-1", "/v/x"),
        Link(FIRM, here),
        hint,
    )
    return CalendarView(
        count=say(lang, "1 个事项", "Events: 1"),
        fields=(
            Field("month", say(lang, "月份", "Month"), kind="select", options=(month,), required=True),
            Field("maker", say(lang, "企业", "Company"), "017", say(lang, "名称或登记号", "Name or number")),
        ),
        lines=(line,),
        pager=Pager((Page("1", here, current=True), Page("2", here)), next_href=here),
        steps=(Link(say(lang, "全部月份", "Every month"), here),),
        taken=(Link(say(lang, "下载日历文件", "Download the calendar file"), f"{here}/x.ics"),),
    )


def no_events(lang: Lang) -> CalendarView:
    empty = Empty(
        say(lang, "没有事项", "No events"),
        say(lang, "这个月没有日期。", "This month has no days."),
        (Link(say(lang, "看本月", "This month"), f"/{lang}/calendar"),),
    )
    return CalendarView(say(lang, "0 个事项", "Events: 0"), (), (), Pager(()), (), empty=empty)


def due_looks(lang: Lang) -> CrossChecksView:
    here = f"/{lang}/desk/cross-checks"
    line = DueLine(
        number="演示-2025-0000521",
        href="/v/x",
        holder=FIRM,
        why=Badge(say(lang, "平台显示不一致", "Platform differs"), Tone.BAD),
        last=say(lang, "2026年5月10日：不一致。", "10 May 2026: differs."),
        due=say(lang, "2026年11月6日", "6 November 2026"),
    )
    choices = (
        Choice(say(lang, "全部（1）", "All (1)"), here, current=True),
        Choice(say(lang, "从未核对（0）", "Never looked up (0)"), f"{here}?why=never", current=False),
    )
    return CrossChecksView(
        say(lang, "1 张证书", "Certificates: 1"), choices, (line,), Pager(()), (Link("JSON", "/api/v1/x"),)
    )


def nothing_due(lang: Lang) -> CrossChecksView:
    return CrossChecksView(say(lang, "0 张证书", "Certificates: 0"), (), (), Pager(()), ())
