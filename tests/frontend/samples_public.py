"""Invented views of the tables, rules, organisations and forms, in both languages."""

from frontend.i18n import Lang
from frontend.views import data, open_data, organisation, problem, report, rules
from frontend.views.help import ApiExample
from frontend.views.parts import Badge, Fact, Field, FieldError, Link, Notice, Option, Page, Pager, Tone
from frontend.views.product import VersionLine
from tests.frontend.samples import say

View = object
LONG = "示例绿色建材联合生产经营有限责任公司第一分公司（虚构）"


def in_language(lang: Lang) -> dict[str, tuple[str, View]]:
    """Address below the language → template and view."""
    return {
        "data": ("data/index.html", index(lang)),
        "data/targets": ("data/table.html", table(lang)),
        "data/none": ("data/table.html", table(lang, empty=True)),
        "rules": ("rules/index.html", rules.RulesView((card(lang),))),
        "rules/sample": ("rules/pack.html", pack(lang)),
        "organisations/o1": ("organisation.html", party(lang)),
        "organisations/o2": ("organisation.html", party(lang, bare=True)),
        "open-data": ("open_data.html", open_page(lang)),
        "report-problem": ("problem/form.html", form(lang)),
        "report-problem-wrong": ("problem/form.html", form(lang, wrong=True)),
        "report-problem-taken": ("problem/taken.html", problem.ProblemTakenView("WT-00000000", 180)),
    }


def index(lang: Lang) -> data.DataIndexView:
    one = data.DataCard(
        title=say(lang, "政策目标", "Policy targets"),
        text=say(lang, "方案里的目标", "What the plans aim at"),
        rows=say(lang, "54 行", "Rows: 54"),
        href=f"/{lang}/data/targets",
        csv_href=f"/{lang}/data/targets.csv",
    )
    return data.DataIndexView(
        (one,), ((Badge(say(lang, "低", "Low"), Tone.WARN), say(lang, "先核实", "Verify")),)
    )


def table(lang: Lang, *, empty: bool = False) -> data.DataTableView:
    draft = Badge(say(lang, "征求意见稿", "Draft for comments"), Tone.WARN)
    origin = data.Origin(
        "贵州省建材行业碳达峰实施方案（征求意见稿）", "一(三)", draft, Badge(say(lang, "高", "High"))
    )
    damaged = data.Cell(say(lang, "原文损坏，不取值", "Damaged in the text"), "", missing=True)
    figure = data.Cell("≥ 30 %", ">= 30 %", note=say(lang, "与 2020 年相比", "Compared with 2020"))
    rows = tuple(
        data.DataRow(
            name, (data.Cell(say(lang, "目标", "Aim"), href=f"/{lang}/help"), value), origin, note="注 x"
        )
        for name, value in (("T1", figure), ("T2", damaged))
    )
    options = (Option("", say(lang, "全部", "All"), True), Option("a", "工业重点领域能效标杆水平"))
    return data.DataTableView(
        title=say(lang, "政策目标", "Policy targets"),
        lead=say(lang, "读得清的照录", "Readable figures as printed"),
        crumbs=(Link(say(lang, "数据与依据", "Data and sources"), f"/{lang}/data"),),
        action=f"/{lang}/data/targets",
        filters=(
            Field("q", say(lang, "含有文字", "Words"), value="熟料", kind="search"),
            Field("document", say(lang, "文件", "Document"), kind="select", options=options),
        ),
        filtered=empty,
        columns=(say(lang, "目标", "Aim"), say(lang, "数值", "Figure")),
        rows=() if empty else rows,
        count=say(lang, "2 行", "Rows: 2"),
        pager=Pager((Page("1", "?", current=True), Page("2", "?page=2")), next_href="?page=2"),
        csv_href=f"/{lang}/data/targets.csv",
        remarks=(say(lang, "不补数字", "Nothing is filled in"),),
    )


def card(lang: Lang) -> rules.PackCard:
    title = say(lang, "示例核算规则", "Example rule")
    return rules.PackCard(title, f"/{lang}/rules/sample", Badge(say(lang, "试行", "Trial"), Tone.GOOD), title)


def pack(lang: Lang) -> rules.PackView:
    good, bad = Badge(say(lang, "达标", "Reached"), Tone.GOOD), Badge(say(lang, "低", "Low"), Tone.WARN)
    kind = "Q1a " + say(lang, "预拌混凝土", "Ready-mixed concrete")
    part = report.PartRow("", "800 m³", "1,000 m³", "", "80%", "", good)
    ref = report.LineRef("#line-1", say(lang, "第 1 行", "Row 1"), good)
    group = report.GroupBlock(
        "Q1", "表 4.3", (report.KindRow(kind, good, (part,), (ref, ref)),), "1", "1", "45", "45", "45"
    )
    unit = report.UnitBlock(
        id="unit-1",
        name="x",
        tone=Tone.GOOD,
        conclusion=say(lang, "应用比例 45%，得 4 分", "Ratio 45%, 4 points"),
        detail=(),
        gauge=None,
        groups=(group,),
        reckoned=("45 = 45",),
        requirements=(),
        gaps=(),
        open=(),
        notes=(),
    )
    answers = (
        rules.Answered(say(lang, "按 0 分计", "Scores 0"), True, "45%"),
        rules.Answered("spread", False, "100%"),
    )
    return rules.PackView(
        title=say(lang, "示例核算规则", "Example rule"),
        crumbs=(Link(say(lang, "核算规则", "Rules"), f"/{lang}/rules"),),
        status=good,
        facts=(Fact(say(lang, "版本", "Edition"), "2024-11", "kinds_passing v1"),),
        steps=(say(lang, "归类", "Sort"), say(lang, "求和", "Add")),
        bars=(rules.Bar("≥ 40%", say(lang, "得 4 分", "4 points"), "7.2.18", bad),),
        groups=(
            rules.RuledGroup("Q1", "45", (rules.RuledKind(kind, "m³", "表 4.3", "5"),)),
            rules.RuledGroup("Q2", "", ()),
        ),
        evidence=(
            Fact(say(lang, "可作证明", "Accepted proof"), say(lang, "证书", "Certificate"), "细则 3.6"),
        ),
        questions=(rules.Question(say(lang, "未使用的类", "Unused group"), "表 4.3 注 1", answers),),
        bill=(rules.BillLine("line-1", "1", kind, say(lang, "泵送", "Pumped"), "800 m³", good),),
        reckoning=unit,
        sources=(
            rules.SourceRow("四川省建筑工程绿色建材应用比例核算技术细则（试行）", "4.1", "2024", good, bad),
        ),
        remarks=(rules.RemarkRow(say(lang, "只计实体材料", "Materials only"), bad),),
        check_href=f"/{lang}/check",
        json_href="/api/v1/packs/sample",
    )


def party(lang: Lang, *, bare: bool = False) -> organisation.OrganisationView:
    state = Badge(say(lang, "已暂停", "Suspended"), Tone.WARN)
    product = organisation.Made(
        Link(say(lang, "示例混凝土", "Example"), f"/{lang}/products/p1"), LONG, "C15–C60", state
    )
    held = organisation.Held(
        Link("演示-2025-0000521", "/v/x"), "预拌混凝土", Link("—", ""), "2027-07-03", state
    )
    scope = organisation.Approved("分级", "51", "2020-01-01", state, f"/{lang}/data/approved-scopes")
    return organisation.OrganisationView(
        name=LONG,
        kind=say(lang, "单位", "Organisation"),
        code="YS-O5A51E-MQZBZ-3",
        invented=not bare,
        facts=(
            Fact(say(lang, "登记号", "Number"), "YS-O5A51E-MQZBZ-3", copy=True),
            Fact("x", LONG, href=f"/{lang}/help"),
        ),
        notices=(Notice(Tone.WARN, say(lang, "您看的是以前的情况", "You look back")),) if bare else (),
        crumbs=(),
        sites=() if bare else (organisation.Site(Link(LONG, f"/{lang}/plants/p"), "四川省", "50 km"),),
        products=() if bare else (product,),
        products_text="1",
        products_more=Link(say(lang, "在检索中查看", "In the search"), f"/{lang}/products"),
        certificates=() if bare else (held,),
        certificates_text="1",
        certificates_label=say(lang, "认证机构", "Body"),
        scopes=() if bare else (scope,),
        history=(
            VersionLine("1", "2026-01-01", say(lang, "首次公开", "Published"), f"/{lang}/help", current=True),
        ),
        actions=(Link("JSON", "/api/v1/organisations/x"),),
        report_href=f"/{lang}/report-problem?about=x",
    )


def open_page(lang: Lang) -> open_data.OpenDataView:
    way = (Link(say(lang, "变更记录", "Change feed"), "/api/v1/changes"), say(lang, "接着读", "Read on"))
    step = ApiExample(say(lang, "第一次", "First"), "curl 'https://example.invalid/api/v1/changes?after=0'")
    return open_data.OpenDataView((way,), (step,), "18204", "9f" * 32, "import hashlib", demonstration=True)


def form(lang: Lang, *, wrong: bool = False) -> problem.ProblemFormView:
    said = say(lang, "请写明哪里不对", "Say what is wrong")
    fields = (
        Field(
            "kind",
            say(lang, "问题种类", "Kind"),
            kind="select",
            options=(Option("a", "A", True),),
            required=True,
        ),
        Field(
            "text", say(lang, "哪里不对", "What"), kind="textarea", error=said if wrong else "", required=True
        ),
    )
    return problem.ProblemFormView(
        action=f"/{lang}/report-problem",
        about=None if wrong else Link("YS-1", f"/{lang}/products/p1"),
        fields=fields,
        errors=(FieldError("text", said),) if wrong else (),
        days=180,
        complain_href=f"/{lang}/complain",
        notice=Notice(Tone.WARN, say(lang, "演示站没有受理人", "Nobody reads this")),
    )
