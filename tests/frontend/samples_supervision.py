"""Invented views of supervision: a sheet with everything on it, an empty one, the complaint's form."""

from frontend.i18n import Lang
from frontend.views import supervision
from frontend.views.parts import Badge, Fact, Field, FieldError, FileField, Link, Notice, Option, Tone
from frontend.views.supervision import Cell, Form, Passage, Table, Tick, Told
from tests.frontend.samples import say

CODE = "YS-J9AVPY-A8YZD-4"
FIRM = "示例企业 017（虚构）"


def sheet(lang: Lang, *, bare: bool = False) -> supervision.SheetView:
    """Every part a page of supervision may have, or none of them but its title."""
    title = say(lang, "监督抽查", "Surveillance round")
    if bare:
        return supervision.SheetView(title=title, tables=(table(lang, bare=True),))
    wrong = say(lang, "请写明理由。", "Give the reason.")
    words = Field("words", say(lang, "理由", "Reason"), kind="textarea", error=wrong, required=True)
    form = Form(
        "form-decide",
        say(lang, "决定", "Decision"),
        f"/{lang}/account/complaints/x/decide",
        say(lang, "作出决定", "Decide"),
        fields=(words,),
        ticks=(Tick("measures", "a", say(lang, "更正登记", "Correct"), ticked=True),),
        ticks_label=say(lang, "后续措施", "Measures"),
        hidden=(("revision", "3"),),
        consequence=say(lang, "结果公开。", "The outcome becomes public."),
        danger=True,
    )
    return supervision.SheetView(
        title=title,
        lead=say(lang, "名单先冻结后抽取。", "The list is frozen first."),
        code=CODE,
        state=Badge(say(lang, "已抽取", "Drawn"), Tone.WARN),
        crumbs=(Link(say(lang, "我的账户", "My account"), f"/{lang}/account"),),
        notices=(Notice(Tone.GOOD, say(lang, "已登记", "Recorded"), FIRM),),
        errors=(FieldError("words", wrong),),
        facts=(
            Fact(say(lang, "种子", "Seed"), "04 11", say(lang, "公告", "Announced")),
            Fact("x", FIRM, href="/v/x"),
        ),
        passages=(Passage(say(lang, "事情经过", "What happened"), f"{FIRM}\n{FIRM}"),),
        tables=(table(lang),),
        forms=(form,),
        acts=(
            supervision.ActLine("2026-11-21", say(lang, "受理", "Admitted"), say(lang, "审核员", "Officer")),
        ),
        links=(Link("JSON", "/api/v1/findings"),),
        private=True,
    )


def table(lang: Lang, *, bare: bool = False) -> Table:
    row = (
        Cell(CODE, f"/{lang}/products/x", keep=True),
        Cell(badge=Badge(say(lang, "合格", "Pass"), Tone.GOOD)),
        Cell(FIRM),
    )
    return Table(
        "drawn",
        say(lang, "抽中的产品", "Drawn products"),
        (say(lang, "登记号", "Number"), say(lang, "结果", "Outcome"), say(lang, "机构", "Laboratory")),
        () if bare else (row,),
        say(lang, "还没有抽取。", "Not drawn yet."),
        "" if bare else say(lang, "谁都能重算。", "Anybody can draw again."),
    )


def complain(lang: Lang, *, wrong: bool = False) -> supervision.ComplainView:
    said = say(lang, "不是 PDF。", "No PDF.") if wrong else ""
    kinds = (Option("", say(lang, "请选择", "Choose"), chosen=True),)
    fields = (
        Field("about", say(lang, "登记号", "Number"), CODE, required=True),
        Field("allegation", say(lang, "种类", "Kind"), kind="select", options=kinds, required=True),
    )
    return supervision.ComplainView(
        action=f"/{lang}/complain",
        about=None if wrong else Link(CODE, f"/v/{CODE}"),
        fields=fields,
        file=FileField(
            "file", say(lang, "证据", "Evidence"), ".pdf", say(lang, "一个文件", "One file"), said
        ),
        errors=(FieldError("file", said),) if wrong else (),
        mistake=Link(say(lang, "报告问题", "Report a problem"), f"/{lang}/report-problem"),
        reply_days=15,
        kept_days=365,
        notice=Notice(Tone.WARN, say(lang, "演示站", "Demonstration")) if wrong else None,
    )


def told(lang: Lang) -> tuple[Told, ...]:
    badge = Badge(say(lang, "投诉成立", "Complaint upheld"), Tone.BAD)
    text = say(lang, "产品质量：批号 7", "Quality of the product: lot 7")
    return (Told(say(lang, "2026年8月31日", "31 August 2026"), text, badge, "/v/x"),)


def in_language(lang: Lang) -> dict[str, tuple[str, object]]:
    """Address below the language → template and view."""
    return {
        "supervision": ("supervision/sheet.html", sheet(lang)),
        "supervision-empty": ("supervision/sheet.html", sheet(lang, bare=True)),
        "complain": ("supervision/complain.html", complain(lang)),
        "complain-wrong": ("supervision/complain.html", complain(lang, wrong=True)),
    }
