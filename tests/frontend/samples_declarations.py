"""Invented views of declarations and of files looked at, made of an invented document, in both languages."""

from dataclasses import replace
from datetime import UTC, date, datetime

from frontend.i18n import Lang
from frontend.pages.declaration.checking import findings
from frontend.pages.declaration.document import document
from frontend.pages.declaration.kinds import Choosing, material_view
from frontend.pages.declaration.sources import sources
from frontend.pages.words import Words
from frontend.views import declaration
from frontend.views.parts import Fact, Field, FieldError, FileField, Link, Notice, Option, Tone
from frontend.views.product import Verdict, VersionLine
from frontend.views.qr import qr
from registry.declarations.documents.examining import examined
from registry.declarations.documents.material import Material, SaidBy
from registry.declarations.harvest.origins import Origin
from registry.declarations.preflight.view import Context
from tests import declared, factories
from tests.frontend import samples_carbon
from tests.frontend.declaration_site import footprint
from tests.frontend.samples import say

View = object
CODE = "YS-E7GGQ1-2M2DD-V"
TODAY = date(2026, 6, 1)
ORIGIN = Origin(
    source_id=declared.UUIDS[0],
    name="示例数据库（虚构）",
    address="https://example.invalid/resource",
    url="https://example.invalid/resource/processes/00000000-0000-0000-0000-0000000d0c01?version=01.00.000",
    version="01.00.000",
    terms="仅供演示（虚构）",
    licence="CC BY 4.0",
    fetched_at=datetime(2026, 6, 2, 1, 0, tzinfo=UTC),
    not_listed_since=None,
)
GONE = replace(
    ORIGIN, source_id=declared.UUIDS[1], name="", terms="", licence="", not_listed_since=date(2026, 6, 30)
)


def in_language(lang: Lang) -> dict[str, tuple[str, View]]:
    """Address below the language → template and view."""
    wrong = FieldError("file", say(lang, "请选择一个碳声明文件。", "Choose a file."))
    file = FileField("file", say(lang, "碳声明文件", "File"), ".xml,.json", "16 MB")
    faulty = FileField("file", file.label, file.accept, file.hint, wrong.text)
    kind = material(lang).kind
    return {
        "declarations/d1": ("declaration/page.html", page(lang)),
        "declarations/d2": ("declaration/page.html", page(lang, own_stages=True)),
        "declarations/check": ("declaration/check.html", declaration.UploadView(file, kind, 30)),
        "declarations/check-wrong": (
            "declaration/check.html",
            declaration.UploadView(faulty, kind, 30, (wrong,)),
        ),
        "declarations/check/t1": ("declaration/checked.html", checked(lang)),
        "declarations/check/t2": ("declaration/checked.html", checked(lang, maker=True)),
        "declarations/check/deleted": ("declaration/deleted.html", None),
    }


def page(lang: Lang, *, own_stages: bool = False) -> declaration.DeclarationView:
    words, reading = Words(lang), footprint() if own_stages else declared.reading()
    past = say(lang, "您看的是以前的情况", "You look back")
    name = say(lang, "示例混凝土（虚构）", "Example concrete (invented)")
    return declaration.DeclarationView(
        title=name,
        code=CODE,
        crumbs=() if own_stages else (Link(name, f"/{lang}/products/p1"),),
        verdict=Verdict(Tone.GOOD, say(lang, "声明有效", "In force"), say(lang, "出自文件", "As stated")),
        notices=(Notice(Tone.WARN, past),) if own_stages else (),
        facts=(Fact(say(lang, "登记号", "Number"), CODE), Fact("SHA-256", "a" * 64)),
        products=() if own_stages else (Link(name, f"/{lang}/products/p1"),),
        sources=tuple(sources(() if own_stages else (ORIGIN, GONE), words)),
        document=document(reading.dataset, reading.remarks, reading.origins, words),
        headrooms=(samples_carbon.ended(lang) if own_stages else samples_carbon.headroom(lang),),
        whole=not own_stages,
        files=(Link("openEPD", f"/{lang}/declarations/{CODE}.openepd.json"),),
        history=(VersionLine("2", "2026-06-02", "01.01.000", current=True), VersionLine("1", "1", "1", "?x")),
        qr=qr(f"HTTPS://SITE.TEST/V/{CODE}", Link(f"/v/{CODE}", f"/v/{CODE}")),
        actions=(Link("JSON", f"/api/v1/declarations/{CODE}"),),
        report_href=f"/{lang}/report-problem?about={CODE}",
    )


def material(lang: Lang, *, proposed: bool = False) -> declaration.MaterialView:
    tree = {
        "concrete": factories.kind("concrete", name_zh="混凝土", name_en="Concrete", declared_unit=None),
        "concrete.ready-mixed": factories.kind("concrete.ready-mixed", parent="concrete"),
    }
    found = Material(tree["concrete.ready-mixed"], SaidBy.NAME) if proposed else None
    return material_view(Choosing(tree, "", f"/{lang}/declarations/check/t1", 1), found, Words(lang))


def checked(lang: Lang, *, maker: bool = False) -> declaration.CheckedView:
    words, reading = Words(lang), declared.reading()
    name = say(lang, "示例混凝土（虚构）", "Example concrete (invented)")
    options = (Option("", say(lang, "请选择", "Choose")), Option("p1", name))
    choice = Field("product", say(lang, "产品", "Product"), kind="select", options=options, required=True)
    saving = declaration.SavingView(
        say(lang, "选择产品后填入草稿。", "Choose a product to fill in a draft."),
        f"/{lang}/declarations/check/t1/save" if maker else "",
        choice if maker else None,
        None if maker else Link(say(lang, "登录", "Sign in"), f"/{lang}/account/sign-in"),
    )
    here = f"/{lang}/declarations/check/t1"
    return declaration.CheckedView(
        title=name,
        file=(Fact("SHA-256", "a" * 64),),
        others=() if maker else (Link(f"1. {name}", ""), Link(f"2. {name}", f"{here}?n=2")),
        material=material(lang, proposed=maker),
        findings=tuple(findings(() if maker else examined(reading.dataset, Context(day=TODAY)), words)),
        nothing_found=words.say("declaration.nothing-found") if maker else "",
        document=document(reading.dataset, reading.remarks * 50, reading.origins, words),
        saving=saving,
        delete_href=f"{here}/delete",
        json_href="/api/v1/declarations/check/t1",
    )
