"""Every public template with an invented view, by address; browser and text checks walk over these."""

from dataclasses import replace

from frontend.i18n import LANGS, Lang
from frontend.templating import render
from frontend.views import errors, home, verify
from frontend.views import help as help_views
from frontend.views.frame import Place
from frontend.views.parts import EvidenceKind, EvidenceTag, FieldError, Link, Tone
from tests.frontend import (
    samples,
    samples_archive,
    samples_batches,
    samples_carbon,
    samples_declarations,
    samples_product,
    samples_public,
    samples_supervision,
    samples_supply,
)
from tests.frontend.samples import say

View = object


def front(lang: Lang) -> home.HomeView:
    return home.HomeView(
        examples=(
            Link(say(lang, "预拌混凝土 C30", "Ready-mixed concrete C30"), f"/{lang}/products?q=C30"),
            Link(say(lang, "岩棉", "Rock wool"), f"/{lang}/products?q=rock"),
        ),
        tallies=(
            home.Tally("1,122", say(lang, "有效产品", "valid products")),
            home.Tally("51", say(lang, "认证类别", "certified categories")),
        ),
        updates=(
            home.Update(
                say(lang, "2025年11月3日", "3 November 2025"),
                "2025-11-03",
                say(lang, "四川 2024 细则规则包第 2 版", "Sichuan 2024 rule pack, edition 2"),
                f"/{lang}/help",
                say(lang, "修正石膏板的单位换算", "Corrects the conversion of plasterboard"),
            ),
        ),
    )


def failure(lang: Lang) -> errors.ErrorView:
    return errors.ErrorView(
        404,
        "not-found",
        say(lang, "没有这个页面", "There is no such page"),
        say(lang, "地址可能写错了，或者内容已经换了位置。", "The address may be wrong."),
        (Link(say(lang, "查产品", "Products"), f"/{lang}/products"),),
        reference="a1b2c3",
    )


def in_language(lang: Lang) -> dict[str, tuple[str, View]]:
    """Address below the language → template and view."""
    entry = help_views.ErrorEntry("not-found", "404", say(lang, "没有找到", "Not found"), f"/{lang}/help")
    example = help_views.ApiExample(
        say(lang, "查产品", "Find products"), "curl 'https://example.invalid/api/v1/products?q=C30'"
    )
    wrong = FieldError("code", say(lang, "请输入登记号或证书编号", "Enter a registry or certificate number"))
    return {
        "": ("home.html", front(lang)),
        "products": ("products.html", samples.results(lang)),
        "products-none": ("products.html", samples.no_results(lang)),
        "products/p1": ("product.html", samples_product.product_page(lang)),
        "products/p2": ("product.html", samples_product.product_page(lang, withdrawn=True)),
        "compare": ("compare.html", samples.comparison(lang)),
        "compare-refused": ("compare.html", samples.refused(lang)),
        "verify": (
            "verify/form.html",
            verify.VerifyFormView(examples=(Link("演示-2025-0000521-K", "/v/x"),)),
        ),
        "verify-wrong": ("verify/form.html", verify.VerifyFormView(value="??", errors=(wrong,))),
        "error": ("error.html", failure(lang)),
        "help": ("help/index.html", help_views.HelpIndexView((entry,))),
        "help/errors/not-found": (
            "help/error.html",
            help_views.HelpErrorView(
                "not-found", "404", entry.title, entry.title, (entry.title,), '{"status": 404}'
            ),
        ),
        "help/about": ("help/about.html", None),
        "help/method": ("help/method.html", None),
        "help/evidence": ("help/evidence.html", None),
        "help/order": ("help/order.html", None),
        "help/accessibility": ("help/accessibility.html", None),
        "help/privacy": ("help/privacy.html", help_views.PrivacyView(30, 180, 365)),
        **_supply_and_days(lang),
        "api": ("api.html", help_views.ApiView("https://example.invalid/api/v1", (example,), ())),
        **samples_public.in_language(lang),
        **samples_archive.in_language(lang),
        **samples_batches.in_language(lang),
        **samples_declarations.in_language(lang),
        "products/batched": ("product.html", batched(lang)),
        **samples_supervision.in_language(lang),
    }


def batched(lang: Lang) -> View:
    return replace(samples_product.product_page(lang), batches=samples_batches.part(lang))


def _supply_and_days(lang: Lang) -> dict[str, tuple[str, View]]:
    """What is stated beside the evidence: supply, days to keep, look-ups that are due."""
    supplied = replace(
        samples_product.product_page(lang),
        supply=samples_supply.supply(lang),
        headroom=samples_carbon.headroom(lang),
        supervised=samples_supervision.told(lang),
    )
    found = replace(
        samples.results(lang), near=samples_supply.near(lang), left_out=samples_supply.left_out(lang)
    )
    return {
        "products/supplied": ("product.html", supplied),
        "products-near": ("products.html", found),
        "products-nowhere": ("products.html", replace(found, near=samples_supply.near(lang, wrong=True))),
        "carbon/cement": ("carbon.html", samples_carbon.spread(lang)),
        "carbon/none": ("carbon.html", samples_carbon.spread(lang, empty=True)),
        "limits": ("limits.html", samples_carbon.limits(lang, home=True)),
        "limits?region=US": ("limits.html", samples_carbon.limits(lang)),
        "calendar": ("calendar.html", samples_supply.calendar(lang)),
        "calendar-empty": ("calendar.html", samples_supply.no_events(lang)),
        "desk/cross-checks": ("desk/cross_checks.html", samples_supply.due_looks(lang)),
        "desk/nothing-due": ("desk/cross_checks.html", samples_supply.nothing_due(lang)),
    }


def answer(tone: Tone = Tone.GOOD) -> verify.AnswerView:
    both = verify.Both
    return verify.AnswerView(
        code="演示-2025-0000521-K",
        tone=tone,
        verdict=both("登记信息：证书有效，至 2027年7月3日", "Record: certificate valid until 3 July 2027"),
        source=both(
            "来源：人工转录，双人核对，核对于 2025年11月18日；以发证机构及官方平台为准。",
            "Transcribed, checked by two people on 18 November 2025; the issuing body has the last word.",
        ),
        tag=EvidenceTag(EvidenceKind.CERTIFICATE, "认证证书 Certificate"),
        facts=(
            verify.BothFact(both("产品", "Product"), both("示例混凝土 C30", "Ready-mixed concrete C30")),
            verify.BothFact(both("制造商", "Manufacturer"), both("示例企业 017（虚构）")),
            verify.BothFact(both("证书编号", "Certificate number"), both("演示机构甲-2024-00317")),
        ),
        covered=(verify.Cover("预拌混凝土 C15–C60", "示例企业 017 湖州厂（虚构）", "示例牌（虚构）"),),
        not_covered=(both("示例企业 017 嘉兴厂（虚构）", "Plant at Jiaxing"), both("任何一批货", "No batch")),
        checked_at="2025-11-21 09:31:22",
        product_href="/zh/products/p1",
        report_href="/zh/report-problem?about=x",
        complain_href="/zh/complain?about=x",
    )


def codes() -> dict[str, tuple[str, View]]:
    """Answers to a scanned code; they are bilingual and stand under no language."""
    found = verify.Candidate(
        "演示-2025-0000521-K",
        "示例认证机构甲（虚构）",
        "示例混凝土 C30",
        verify.Both("有效", "valid"),
        "/v/a",
    )
    near = (Link("演示-2025-0000521-K", "/v/x"),)
    return {
        "/v/ok": ("verify/answer.html", answer()),
        "/v/withdrawn": ("verify/answer.html", answer(Tone.BAD)),
        "/v/unknown": (
            "verify/unknown.html",
            verify.UnknownView("演示-2025-0000999-Q", near, "/zh/report-problem"),
        ),
        "/v/many": ("verify/candidates.html", verify.CandidatesView("2024-317", (found, found))),
    }


def addresses() -> list[str]:
    return [f"/{lang}/{path}" for lang in LANGS for path in in_language(lang)] + list(codes())


def page(address: str) -> str:
    """The page at an address, rendered as the site would."""
    lang: Lang = "en" if address.startswith("/en/") else "zh"
    path = address.removeprefix(f"/{lang}/")
    name, view = codes()[address] if address.startswith("/v/") else in_language(lang)[path]
    place = Place.at(lang, path, "", "http://site.test")
    return render(None, lang, name, view=view, frame=samples.frame(lang), place=place)
