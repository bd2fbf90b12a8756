"""An invented product page with every kind of evidence, in both languages."""

from frontend.i18n import Lang
from frontend.views import product
from frontend.views.parts import Badge, Fact, Link, Tone
from frontend.views.qr import qr
from tests.frontend.samples import UNIT, certificate, declaration, report, say, stacked, strip


def product_page(lang: Lang, *, withdrawn: bool = False) -> product.ProductView:
    good = Badge(say(lang, "符合", "Pass"), Tone.GOOD)
    verdict = product.Verdict(
        tone=Tone.BAD if withdrawn else Tone.GOOD,
        words=say(lang, "登记信息：证书已撤销，不能计入", "Record: certificate withdrawn, cannot be counted")
        if withdrawn
        else say(lang, "登记信息：证书有效，至 2027年7月3日", "Record: certificate valid until 3 July 2027"),
        source=say(
            lang,
            "人工转录，双人核对；核对于 2025年11月18日。以发证机构及官方平台为准。",
            "Transcribed, checked by two people on 18 November 2025. The issuing body has the last word.",
        ),
    )
    return product.ProductView(
        id="p1",
        name="示例混凝土 C30",
        crumbs=(
            Link(say(lang, "查产品", "Products"), f"/{lang}/products"),
            Link(say(lang, "预拌混凝土", "Ready-mixed concrete"), f"/{lang}/products?category=concrete"),
        ),
        number="演示-2025-0000521",
        tag=certificate(lang),
        verdict=verdict,
        facts=(
            Fact(
                say(lang, "制造商", "Manufacturer"),
                "示例企业 017（虚构）",
                say(lang, "统一代码 99330500MA00000017", "Code 99330500MA00000017"),
            ),
            Fact(say(lang, "生产厂", "Production site"), "示例企业 017 湖州厂（虚构）"),
            Fact(
                say(lang, "证书编号", "Certificate number"),
                "演示机构甲-2024-00317",
                "示例认证机构甲（虚构）",
                copy=True,
            ),
            Fact(
                say(lang, "规格型号", "Model"),
                say(lang, "C30，坍落度 180 mm，28 天", "C30, slump 180 mm, 28 days"),
            ),
            Fact(say(lang, "声明单位", "Declared unit"), "1 m³"),
        ),
        headline=product.Headline(
            label=say(lang, "产品碳足迹（A1–A3）", "Product carbon footprint (A1–A3)"),
            value="185.1",
            unit=UNIT,
            position=say(lang, "低于同类 95%", "Below 95% of its class"),
            kind=say(
                lang,
                "专有数据 · 已核查 · 声明有效至 2028年3月31日",
                "Specific data · verified · valid until 31 March 2028",
            ),
        ),
        stages=tuple(
            product.StageLine(
                row.module,
                say(lang, content, english),
                row.value,
                say(lang, "碳足迹声明第 7 页", "Declaration, page 7") if row.value else "",
                row.fill,
            )
            for row, (content, english) in zip(stacked(lang).rows, STAGE_WORDS, strict=True)
        ),
        stage_unit=UNIT,
        checks=(
            product.CountCheck(
                good,
                say(lang, "类别在认证目录内", "The category is in the certified catalogue"),
                say(lang, "四川细则 2024，4.2", "Sichuan rules 2024, 4.2"),
            ),
            product.CountCheck(
                good, say(lang, "证书覆盖本型号与生产厂", "The certificate covers this model and site")
            ),
            product.CountCheck(
                Badge(say(lang, "无法判定", "Cannot decide"), Tone.WARN),
                say(lang, "供货日期没有给出", "No supply date given"),
            ),
        ),
        rule=say(
            lang,
            "按四川 2024 规则，2025-2 版；按 2025年11月21日供货计算（本工具约定）。",
            "Under the Sichuan 2024 rules, edition 2025-2; supply day 21 November 2025 (our convention).",
        ),
        papers=papers(lang),
        history=(
            product.VersionLine(
                "v3",
                say(lang, "2025年6月1日", "1 June 2025"),
                say(lang, "现行：换证，新增型号", "Current: re-issued, models added"),
                current=True,
            ),
            product.VersionLine(
                "v2",
                say(lang, "2024年11月1日", "1 November 2024"),
                say(lang, "暂停后恢复", "Reinstated"),
                f"/{lang}/products/p1?as_of=2",
            ),
        ),
        qr=qr(
            "https://example.invalid/V/DEMO-2025-0000521-K",
            Link("/v/DEMO-2025-0000521-K", "/v/DEMO-2025-0000521-K"),
        ),
        actions=(Link("JSON", "/api/v1/products/p1"),),
        compare_href=f"/{lang}/compare?id=p1",
        report_href=f"/{lang}/report-problem?about=p1",
        strip=strip(lang),
        stacked=stacked(lang),
        faded=withdrawn,
    )


STAGE_WORDS = (
    ("原料、运输、生产", "Materials, transport, production"),
    ("运到工地", "Transport to site"),
    ("施工安装", "Installation"),
    ("使用", "Use"),
    ("拆除与处置", "End of life"),
    ("系统边界外的效益", "Benefits beyond the boundary"),
)


def papers(lang: Lang) -> tuple[product.Paper, ...]:
    valid = Badge(say(lang, "有效", "Valid"), Tone.GOOD)
    yes, no = (
        Badge(say(lang, "覆盖", "Covered"), Tone.GOOD),
        Badge(say(lang, "不覆盖", "Not covered"), Tone.BAD),
    )
    until = say(lang, "有效期至", "Valid until")
    return (
        product.Paper(
            certificate(lang),
            "演示机构甲-2024-00317",
            valid,
            (
                Fact(say(lang, "认证机构", "Body"), "示例认证机构甲（虚构）"),
                Fact(until, say(lang, "2027年7月3日", "3 July 2027")),
            ),
            scope=(
                product.ScopeRow(
                    "预拌混凝土", "C15–C60", "示例企业 017 湖州厂（虚构）", "示例牌（虚构）", yes
                ),
                product.ScopeRow(
                    "预拌混凝土", "C15–C60", "示例企业 017 嘉兴厂（虚构）", "示例牌（虚构）", no
                ),
            ),
        ),
        product.Paper(
            report(lang),
            "演示检-2025-0088",
            valid,
            (
                Fact(say(lang, "检测机构", "Laboratory"), "示例检测机构乙（虚构）"),
                Fact(say(lang, "样品", "Sample"), say(lang, "见证取样", "Witnessed")),
            ),
        ),
        product.Paper(
            declaration(lang),
            "演示声明-2025-012",
            Badge(say(lang, "不计入比例", "Not counted")),
            (Fact(until, say(lang, "2026年6月30日", "30 June 2026")),),
            remark=say(lang, "企业自己的声明，不是认证。", "The maker’s own statement, not a certification."),
        ),
    )
