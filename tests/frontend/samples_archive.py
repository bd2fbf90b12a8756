"""Invented views of kept searches: usual, empty and altered, for paper, beside today."""

from dataclasses import replace

from frontend.i18n import Lang
from frontend.views.archive import Change, KeptRow, KeptView, TodayView
from frontend.views.parts import Badge, Fact, Link, Notice, Page, Pager, Tone
from tests.frontend.samples import say

View = object


def in_language(lang: Lang) -> dict[str, tuple[str, View]]:
    """Address below the language → template and view."""
    usual = kept(lang)
    altered = Notice(
        Tone.BAD, say(lang, "与指纹不符", "Not the digest it had"), say(lang, "已改动", "Altered")
    )
    return {
        "archive/t1": ("archive.html", usual),
        "archive/nothing": (
            "archive.html",
            replace(usual, rows=(), pager=Pager(()), broken=altered, stamp=""),
        ),
        "archive/paper": ("archive.html", replace(usual, printed=True, pager=Pager(()))),
        "archive/today": ("archive.html", replace(usual, today=today(lang))),
    }


def kept(lang: Lang) -> KeptView:
    here = f"/{lang}/archive/t1"
    return KeptView(
        number="S-2026-7K3M9Q-4",
        head=(
            Fact(say(lang, "存档编号", "Number"), "S-2026-7K3M9Q-4", copy=True),
            Fact(say(lang, "存档时间（北京时间）", "Kept at (Beijing time)"), "2026-11-21 10:12:07"),
        ),
        filters=(
            Fact(say(lang, "检索词", "Search words"), "商砼"),
            Fact(say(lang, "材料种类", "Material kind"), say(lang, "预拌混凝土", "Ready-mixed concrete")),
        ),
        notices=(say(lang, "没有产品同时含有全部词语", "No product has all the words"),),
        count=say(lang, "共 60 个产品，本页第 1–2 个", "60 products; 1–2 on this page"),
        rows=(row(lang, 1), replace(row(lang, 2), value="", unit="", certificate="", declared="")),
        pager=Pager((Page("1", here, current=True), Page("2", f"{here}?page=2")), next_href=f"{here}?page=2"),
        digest="f07f41a940939261b4c1484d1d8c84f800b7adb8f672049cf98542cc5ba6cf62",
        files=tuple(Link(name, f"{here}.{name.lower()}") for name in ("CSV", "XLSX", "JSON")),
        print_href=f"{here}?print=1",
        again_href=f"/{lang}/products?q=x",
        today_href=f"{here}?today=1#today",
        feed_href=f"{here}.atom",
        kept_until=say(lang, "2046年11月21日", "21 November 2046"),
        meant=say(lang, "“证书有效”指：在有效期内", "“Certificate valid” means: within its validity"),
        printed=False,
        stamp=say(lang, "演示数据·无效凭证", "演示数据·无效凭证 Demonstration data, no valid evidence"),
    )


def row(lang: Lang, place: int) -> KeptRow:
    return KeptRow(
        place=place,
        name=say(lang, "示例混凝土 C30", "Example concrete C30"),
        href=f"/{lang}/products/YS-P?on=2026-11-21",
        about="YS-PARQ8F-VFBNB-Y · C30",
        maker=say(lang, "示例绿色建材联合生产经营有限责任公司（虚构）", "Example Company 017 (invented)"),
        maker_about="91990117MA0000170Y",
        state=Badge(say(lang, "证书有效", "Certificate valid"), Tone.GOOD),
        certificate="演示-2024-0009017",
        value="185.1",
        unit=f"kgCO₂e/{say(lang, 'm³', 'm³')}",
        declared="C30 · EN 15804+A2 · GWP-total · m³",
    )


def today(lang: Lang) -> TodayView:
    link = Link("YS-PARQ8F-VFBNB-Y", f"/{lang}/products/YS-P")
    return TodayView(
        say(lang, "今天有 61 个结果", "61 products today"),
        (
            Change(say(lang, "新增 22 个", "22 new"), (link, link), 20),
            Change(say(lang, "不再符合 1 个", "1 no longer found"), (link,), 0),
        ),
    )
