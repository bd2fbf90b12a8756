"""Every kind of page a visitor may come to, by name, on the seeded site, and a check made to be looked at."""

from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import frontend
from seeds.demo.cases import CASES
from seeds.demo.keys import code

C30: Final = "kind=concrete.ready-mixed&performance=C30"
LADDER: Final = [code("product", f"ladder-{n}") for n in ("017", "021", "015")]
LOWEST: Final = CASES["lowest-zhejiang-c30"].records["product_lowest"].code


CLASS_LIMIT: Final = "/{lang}/thresholds/concrete.ready-mixed"
FEW: Final = "concrete.ready-mixed|C60|m3|EN 15804+A2|GWP-total"


def _product(case: str, role: str = "product") -> str:
    return f"/{{lang}}/products/{CASES[case].records[role].code}"


# `{lang}` stands for the language, `{check}` and `{report}` for a check and its report, `{kept}` and
# `{limit}` for a kept search and calculation; answers to a scanned code are bilingual and have no language.
PLACES: Final = {
    "home": "/{lang}/",
    "products": "/{lang}/products",
    "products of a class": f"/{{lang}}/products?{C30}&province=330000&sort=gwp",
    "products of a level": f"/{{lang}}/products?{C30}&level=p20&status=all",
    "products, last page": f"/{{lang}}/products?{C30}&status=all&page=2",
    "products, no class chosen": "/{lang}/products?sort=gwp",
    "products, unreadable limit": f"/{{lang}}/products?{C30}&max=abc",
    "products, limits crossed": "/{lang}/products?kind=insulation.mineral-wool"
    "&attr.thickness_min=80&attr.thickness_max=50&scheme=graded&region=330000",
    "products, none by filters": f"/{{lang}}/products?{C30}&province=330000&star=1&evidence=green_product",
    "products, none by words": "/{lang}/products?q=zzzzzz",
    "calendar": "/{lang}/calendar",
    "look-ups": "/{lang}/desk/cross-checks",
    "supervision": "/{lang}/supervision",
    "round, drawn": f"/{{lang}}/supervision/rounds/{code('surveillance_round', '2026-3')}",
    "round, announced": f"/{{lang}}/supervision/rounds/{code('surveillance_round', '2026-4')}",
    "complaint form": f"/{{lang}}/complain?about={LOWEST}",
    "product": _product("lowest-zhejiang-c30", "product_lowest"),
    "product of many stages": _product("withdrawn"),
    "product of three units": _product("three-units-two-plants", "product_gloss_low"),
    "product with a green-product certificate": _product("green-product"),
    "product with a report": _product("report-incomplete"),
    "product with its own word": _product("self-declaration-only"),
    "product, suspended": _product("lowest-zhejiang-c30", "product_suspended"),
    "comparison": "/{lang}/compare?" + "&".join(f"id={one}" for one in LADDER),
    "comparison of differences": "/{lang}/compare?show=differences&"
    + "&".join(f"id={one}" for one in LADDER),
    "comparison refused": f"/{{lang}}/compare?id={LOWEST}&id={CASES['withdrawn'].records['product'].code}",
    "comparison of one": f"/{{lang}}/compare?id={LOWEST}",
    "comparison of none": "/{lang}/compare",
    "limits": "/{lang}/thresholds",
    "limit, none yet": CLASS_LIMIT,
    "limit": f"{CLASS_LIMIT}?max=230",
    "limit, too strict": f"{CLASS_LIMIT}?max=190&province=330000&star=3",
    "limit, unreadable": f"{CLASS_LIMIT}?max=2,5",
    "limit of few products": f"{CLASS_LIMIT}?basis={quote(FEW)}&max=400",
    "limit of a kind without values": "/{lang}/thresholds/cement",
    "limit, kept": "/{lang}/archive/{limit}",
    "spread": "/{lang}/carbon/concrete.ready-mixed",
    "spread per kilogram": "/{lang}/carbon/concrete.ready-mixed?per=kg&verified=all",
    "spread without values": "/{lang}/carbon/concrete.ready-mixed?modules=C&per=piece",
    "published limits": "/{lang}/limits",
    "published limits of others": "/{lang}/limits?region=US",
    "product beside limits": f"/{{lang}}/products/{LOWEST}?region=US",
    "batch": f"/{{lang}}/batches/{code('batch', 'YS-TL-260902')}",
    "batch, withdrawn": f"/{{lang}}/batches/{code('batch', 'YS-C30-261104')}",
    "batches of a product": f"/{{lang}}/products/{LOWEST}/batches",
    "declaration": f"/{{lang}}/declarations/{code('declaration', 'ladder-017')}",
    "declaration check": "/{lang}/declarations/check",
    "declaration check, deleted": "/{lang}/declarations/check/deleted",
    "no such declaration check": "/{lang}/declarations/check/no-such-check/delete",
    "find": "/{lang}/find",
    "find, none": "/{lang}/find?id=9520000000012",
    "verify": "/{lang}/verify",
    "verify, nothing typed": "/{lang}/verify?code=",
    "help": "/{lang}/help",
    "help about": "/{lang}/help/about",
    "help method": "/{lang}/help/method",
    "help evidence": "/{lang}/help/evidence",
    "help order": "/{lang}/help/order",
    "help accessibility": "/{lang}/help/accessibility",
    "help privacy": "/{lang}/help/privacy",
    "help error": "/{lang}/help/errors/not-found",
    "interface": "/{lang}/api",
    "open data": "/{lang}/open-data",
    "tables": "/{lang}/data",
    "table of targets": "/{lang}/data/targets",
    "table, filtered": "/{lang}/data/targets?region=340800&reading=damaged",
    "table, nothing found": "/{lang}/data/guidance?q=zzzzzz",
    "table of benchmarks": "/{lang}/data/energy-benchmarks",
    "table of factors": "/{lang}/data/emission-factors?page=2",
    "table of standards": "/{lang}/data/standards",
    "table of scopes": "/{lang}/data/approved-scopes",
    "rules": "/{lang}/rules",
    "rule of groups": "/{lang}/rules/sichuan-2024",
    "rule of items": "/{lang}/rules/gbt50378-2019",
    "rule without a list": "/{lang}/rules/procurement-2025",
    "organisation": f"/{{lang}}/organisations/{code('organisation', 'firm-017')}",
    "organisation, a body": f"/{{lang}}/organisations/{code('organisation', 'body-2')}",
    "plant, with energy": f"/{{lang}}/plants/{code('plant', 'firm-115-0')}",
    "plant": f"/{{lang}}/plants/{code('plant', 'firm-017-0')}",
    "kept search": "/{lang}/archive/{kept}",
    "kept search for paper": "/{lang}/archive/{kept}?print=1",
    "kept search beside today": "/{lang}/archive/{kept}?today=1",
    "no such kept search": "/{lang}/archive/no-such-search",
    "report a problem": f"/{{lang}}/report-problem?about={LOWEST}",
    "problem taken": "/{lang}/report-problem/taken?number=WT-00000000",
    "check": "/{lang}/check",
    "check, columns": "/{lang}/check/{check}/columns",
    "check, lines": "/{lang}/check/{check}/match",
    "check, every line": "/{lang}/check/{check}/match?show=all&line=3",
    "check, report": "/{lang}/check/{check}/report/{report}",
    "check, report for paper": "/{lang}/check/{check}/report/{report}?print=1",
    "check, carbon": "/{lang}/check/{check}/report/{report}/carbon",
    "check, another rule": "/{lang}/check/{check}/report/{report}/again",
    "check, delete": "/{lang}/check/{check}/delete",
    "check, deleted": "/{lang}/check/deleted",
    "no such check": "/{lang}/check/no-such-check/match",
    "sign in": "/{lang}/account/sign-in",
    "sign in, signed out": "/{lang}/account/signed-out",
    "invitation over": "/{lang}/account/invitation?token=x",
    "no such page": "/{lang}/nothing-here",
    "no such product": "/{lang}/products/YS-P00000-00000-0",
    "not understood": "/{lang}/suggest?q=" + "x" * 201,
}
# Seen after signing in as a demonstration role.
SIGNED_IN: Final = {
    "account": "/{lang}/account",
    "account security": "/{lang}/account/security",
    "account password": "/{lang}/account/password",
    "account confirm": "/{lang}/account/confirm",
    "account members": "/{lang}/account/members",
    "account keys": "/{lang}/account/keys",
    "own batches": "/{lang}/account/maker/batches",
    "own batches of a product": f"/{{lang}}/account/maker/batches/{LOWEST}",
    "account second factor": "/{lang}/account/second",
    "account notices": "/{lang}/account/notices",
    "account webhooks": "/{lang}/account/organisation/webhooks",
}
WEBHOOK: Final = "/{lang}/account/organisation/webhooks/{webhook}"
ANSWERS: Final = {
    "answer, valid": f"/v/{LOWEST}",
    "answer, suspended": f"/v/{CASES['lowest-zhejiang-c30'].records['certificate_suspended'].code}",
    "answer, withdrawn": f"/v/{CASES['withdrawn'].records['certificate'].code}",
    "answer, a batch": f"/v/{code('batch', 'YS-TL-260902')}",
    "answer, a report": f"/v/{CASES['report-incomplete'].records['test_report'].code}",
    "answer, three units": f"/v/{CASES['three-units-two-plants'].records['certificate'].code}",
    "answer, an honour": f"/v/{code('honour', 'honour-017')}",
    "answer, energy": f"/v/{code('energy_record', 'energy-115')}",
    "answer, a disclosure": f"/v/{code('disclosure', 'disclosure-017')}",
    "answer, two of one number": f"/v/{CASES['same-number'].numbers['certificate']}",
    "answer, unknown": "/v/演示-2099-9999999",
}
# Pages of officers and bodies: who sees it, and where; `{case}` and `{certificate}` are made for the test.
AT_WORK: Final = {
    "queue": ("first", "/{lang}/account/review/queue"),
    "authenticator": ("first", "/{lang}/account/totp"),
    "queue, nothing found": ("first", "/{lang}/account/review/queue?q=zzz"),
    "case, taken": ("second", "/{lang}/account/review/cases/{case}"),
    "case, of another": ("first", "/{lang}/account/review/cases/{case}"),
    "case, a product list": ("first", "/{lang}/account/review/cases/{list}"),
    "case, every row of a list": ("first", "/{lang}/account/review/cases/{list}?rows=every"),
    "copied acts": ("first", "/{lang}/account/review/certificates?q=演示-2026-90077"),
    "copied acts, certificate": ("first", "/{lang}/account/review/certificates/{certificate}"),
    "copied acts, act": ("first", "/{lang}/account/review/certificates/{certificate}/acts/object"),
    "certificates": ("body", "/{lang}/account/body/certificates"),
    "certificate": ("body", "/{lang}/account/body/certificates/{certificate}"),
    "act": ("body", "/{lang}/account/body/certificates/{certificate}/acts/suspend"),
    "renewal": ("body", "/{lang}/account/body/certificates/{certificate}/acts/renew"),
    "form that waited": ("body", "/{lang}/account/confirm/kept/{kept}"),
}
# Pages of supervision: who sees it, and where; the placeholders are made for the test.
SUPERVISED: Final = {
    "complaint form": ("public", "/{lang}/complain?about={product}"),
    "complaint, followed": ("public", "/{lang}/complaints/{token}?done=start"),
    "round, frozen": ("public", "/{lang}/supervision/rounds/{round}"),
    "supervision": ("public", "/{lang}/supervision"),
    "complaints of the office": ("first", "/{lang}/account/complaints"),
    "complaint of the office": ("second", "/{lang}/account/complaints/{complaint}"),
    "complaint of the party": ("maker", "/{lang}/account/complaints/{complaint}"),
    "rounds": ("first", "/{lang}/account/surveillance"),
    "round": ("first", "/{lang}/account/surveillance/{round}"),
    "recognitions": ("first", "/{lang}/account/recognition"),
    "recognition": ("first", "/{lang}/account/recognition/{recognition}"),
}
HEAVIEST: Final = (
    "home", "products", "products of a class", "product of three units", "comparison", "limit", "limit, kept",
    "verify",
    "check", "check, columns", "check, lines", "check, report",
    "table of targets", "table of scopes", "rule of groups", "organisation, a body", "kept search",
)  # fmt: skip
BILL: Final = Path(frontend.__file__).parent / "static" / "demo-bill.xlsx"

RULE: Final = "sichuan-2024"


def keep_search(tab: Any, site: str) -> dict[str, str]:
    """A search of several pages, kept."""
    tab.goto(f"{site}/zh/products?kind=concrete.ready-mixed&status=all")
    tab.get_by_role("button", name="存档这次检索").click()
    tab.wait_for_url("**/archive/*")
    return {"kept": tab.url.rpartition("/")[2]}


def make_check(tab: Any, site: str) -> dict[str, str]:
    """The demonstration bill taken to its report with nothing decided: what the placeholders stand for."""
    tab.goto(f"{site}/zh/check")
    tab.get_by_label("材料清单").set_input_files(BILL)
    tab.get_by_label("核算规则").select_option(RULE)
    for button, step in (
        ("上传并继续", "columns"),
        ("保存并逐行匹配", "match"),
        ("保存并生成报告", "report/*"),
    ):
        tab.get_by_role("button", name=button).click()
        tab.wait_for_url(f"**/check/*/{step}")
    _, token, _, report = tab.url.rsplit("/", 3)
    return {"check": token, "report": report}


def keep_limit(tab: Any, site: str) -> dict[str, str]:
    """A calculation that is kept to be looked at."""
    tab.goto(site + PLACES["limit"].format(lang="zh"))
    tab.get_by_role("button", name="存档这次测算").click()
    tab.wait_for_url("**/archive/*")
    return {"limit": tab.url.rpartition("/")[2]}
