"""Invented views of batches, of what an identifier names, and of a maker's form, in both languages."""

from frontend.i18n import Lang
from frontend.views import batch
from frontend.views.batches import BatchesPart, BatchLine
from frontend.views.parts import Badge, Fact, Field, FieldError, Link, Notice, Option, Pager, Tone
from frontend.views.product import Verdict, VersionLine
from frontend.views.qr import qr
from tests.frontend.samples import say

View = object
CODE = "YS-B7GGQ1-2M2DD-V"
LONG = "示例绿色建材联合生产经营有限责任公司第一分公司生产厂（虚构）"
FILES = (
    Link("CSV 1–2000", "/zh/products/p1/batches.csv"),
    Link("CSV 2001–2107", "/zh/products/p1/batches.csv?part=2"),
)
PATH = "/01/09521000000018/10/YS-2610-12"


def in_language(lang: Lang) -> dict[str, tuple[str, View]]:
    """Address below the language → template and view."""
    found = tuple(
        batch.Found(Link(f"L2 · {CODE}", f"/{lang}/batches/{CODE}"), say(lang, "批次", "Batch"), "L2", state)
        for state in (None, gone(lang))
    )
    unknown = say(lang, "本库没有登记 9521", "This register does not hold 9521")
    nothing = FieldError("id", say(lang, "请输入一个标识。", "Enter an identifier."))
    return {
        "batches/b1": ("batch.html", page(lang)),
        "batches/b2": ("batch.html", page(lang, bare=True)),
        "products/p1/batches": ("batches.html", listed(lang)),
        "products/p2/batches": ("batches.html", listed(lang, empty=True)),
        "find": ("find.html", batch.FindView()),
        "find-wrong": ("find.html", batch.FindView(errors=(nothing,))),
        "find-several": ("find.html", batch.FindView("L2", found)),
        "find-none": (
            "find.html",
            batch.FindView("9521", unknown=unknown, detail=unknown, report_href=f"/{lang}/report-problem"),
        ),
        "account/maker/batches": ("maker/batches.html", own(lang)),
        "account/maker/batches-none": ("maker/batches.html", batch.OwnBatchesView(LONG, (), Pager(()))),
        "account/maker/batches/p1": ("maker/product_batches.html", form(lang)),
        "account/maker/batches/p2": ("maker/product_batches.html", form(lang, wrong=True)),
    }


def gone(lang: Lang) -> Badge:
    return Badge(say(lang, "已撤回", "Withdrawn"), Tone.BAD)


def part(lang: Lang) -> BatchesPart:
    line = BatchLine(Link("YS-2610-12", f"/{lang}/batches/{CODE}"), CODE, LONG, "2026-10-12", "320 t", None)
    other = BatchLine(line.number, CODE, "—", "2026-10-13", "—", gone(lang))
    more = Link(say(lang, "全部批次", "All batches"), f"/{lang}/products/p1/batches")
    return BatchesPart((line, other), say(lang, "共 9 个批次。", "Batches: 9."), more)


def listed(lang: Lang, *, empty: bool = False) -> batch.BatchesView:
    shown = BatchesPart((), "") if empty else part(lang)
    back = (Link(say(lang, "示例混凝土", "Example"), f"/{lang}/products/p1"),)
    return batch.BatchesView(LONG, back, shown, Pager(()), FILES, "/api/v1/batches")


def page(lang: Lang, *, bare: bool = False) -> batch.BatchView:
    own_word = say(lang, "企业自报的批次信息", "Batch information stated by its maker")
    covered = Badge(say(lang, "产品和生产厂当日在证书范围内", "Product and site in scope"), Tone.QUIET)
    test = batch.MeasuredRow("28 d 抗压强度", "48.2 MPa", "—", LONG, "2026-11-09")
    return batch.BatchView(
        title="YS-2610-12",
        code=CODE,
        crumbs=() if bare else (Link(LONG, f"/{lang}/products/p1"),),
        verdict=Verdict(Tone.BAD if bare else Tone.QUIET, own_word, own_word),
        notices=(Notice(Tone.WARN, own_word),) if bare else (),
        facts=(Fact("x", LONG, href=f"/{lang}/products/p1"), Fact("y", "320 t")),
        cover=batch.CoverPart(covered, own_word, () if bare else (Link("演示-2025-0000521", "/v/x"),)),
        identifiers=(
            Fact("x", CODE, copy=True),
            Fact("GS1", f"https://example.invalid{PATH}", href=PATH),
            Fact("88", "88.999.99/" + "A" * 60),
        ),
        tests=() if bare else (test,),
        history=(VersionLine("1", "2026-10-12", own_word, f"/{lang}/help", current=True),),
        qr=qr(f"https://example.invalid{PATH}", Link(PATH, PATH)),
        actions=(Link("JSON", f"/api/v1/batches/{CODE}"),),
        report_href=f"/{lang}/report-problem?about=x",
    )


def own(lang: Lang) -> batch.OwnBatchesView:
    product = batch.OwnProduct(Link(LONG, f"/{lang}/account/maker/batches/p1"), "YS-P1", "3")
    return batch.OwnBatchesView(LONG, (product,), Pager(()))


def form(lang: Lang, *, wrong: bool = False) -> batch.MakerBatchesView:
    said = say(lang, "读不懂这个日期", "This day cannot be read") if wrong else ""
    plants = (Option("", "—", True), Option("YS-F1", LONG))
    reason = Field(f"reason-{CODE}", say(lang, "撤回理由", "Reason"), error=said, required=True)
    lines = part(lang).lines
    return batch.MakerBatchesView(
        product=LONG,
        code="YS-P1",
        back=(Link(say(lang, "我的账户", "My account"), f"/{lang}/account"),),
        action=f"/{lang}/account/maker/batches/p1",
        key="k" * 24,
        fields=(
            Field(
                "plant", say(lang, "生产厂", "Production site"), kind="select", options=plants, required=True
            ),
            Field("made_from", say(lang, "生产日期", "Produced"), "31/31", error=said, required=True),
            Field("tests", say(lang, "批次检测数据", "Test data"), hint="x", kind="textarea"),
        ),
        errors=(FieldError("made_from", said), FieldError(reason.name, said)) if wrong else (),
        notices=() if wrong else (Notice(Tone.GOOD, "YS", links=(Link(CODE, f"/{lang}/batches/{CODE}"),)),),
        batches=(
            batch.Withdrawing(lines[0], f"/{lang}/account/maker/batches/p1/{CODE}/withdraw", reason),
            batch.Withdrawing(lines[1], "", None),
        ),
        count="2",
        files=FILES,
        pager=Pager(()),
    )
