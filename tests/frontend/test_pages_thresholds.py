"""Setting a limit: the line, the list and the warnings say what the register holds."""

import re
from decimal import Decimal
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.kit.messages import say
from tests.frontend.reading import Page
from tests.frontend.register import CLASS, GLASS, STAGES, STRONG, VALUES, case

PATH = "thresholds/cement"
A2 = "cement|42.5|t|EN 15804+A2|GWP-total"
STRONGER = "cement|52.5|t|EN 15804+A2|GWP-total"
CLAUSE = "认证证书或符合需求标准的有效检测报告"
# Three firms under one controller (seeds/demo/cases.py, "same-controller") stand in this class.
C30 = "concrete.ready-mixed|C30|m3|EN 15804+A2|GWP-total"


def page(site: TestClient, lang: str = "zh", path: str = PATH, **query: str) -> Page:
    answer = site.get(f"/{lang}/{path}", params=query)
    assert answer.status_code == 200, answer.text
    return Page(answer.text)


def within(limit: str) -> list[int]:
    return [n for n, value in VALUES.items() if value <= Decimal(limit)]


def found(shown: Page) -> str:
    return shown.one("h2", id="found").text


def fault(shown: Page) -> str:
    return shown.one("p", id="max-error").text


@pytest.mark.parametrize("limit", ["609.99", "610", "655", "720", "721"])
def test_the_line_and_the_list_are_what_the_register_holds(site: TestClient, limit: str) -> None:
    shown, expected = page(site, max=limit), within(limit)
    one = min(len(expected), 1)
    assert found(shown) == f"≤ {limit} kgCO₂e/吨，达到门槛：{len(expected)} 个产品，{one} 家企业，{one} 个省"
    assert f"这个口径共有：{CLASS} 个产品，1 家企业，1 个省" in shown.words
    listed = {href for href in shown.links if "/products/YS" in href}
    assert listed == {f"/zh/products/{case(n).product.code}" for n in expected}
    assert fault(shown) == ""


def test_fewer_than_three_makers_are_said_in_words_with_a_sign(site: TestClient, checks: TestClient) -> None:
    few = page(site, max="720")
    assert "▲ 不足三家，可能无法形成竞争" in few.words
    assert "不宜按碳足迹设门槛" in few.words
    enough = page(checks, path="thresholds/concrete.ready-mixed", basis=C30, max="230")
    assert "▲ 不足三家，可能无法形成竞争" not in enough.words
    strict = page(checks, path="thresholds/concrete.ready-mixed", basis=C30, max="192")
    assert "▲ 不足三家，可能无法形成竞争" in strict.words
    assert "至少还有三家独立企业" in strict.words


def test_firms_of_one_controller_stand_as_one_maker(checks: TestClient) -> None:
    shown = page(checks, path="thresholds/concrete.ready-mixed", basis=C30, max="230")
    numbers = re.search(r"达到门槛：(\d+) 个产品，(\d+) 家企业", found(shown))
    assert numbers is not None
    table = shown.one("table", class_="makers")
    rows = [row.text for row in table.below("tr")][1:]
    assert len(rows) == int(numbers[2])
    assert len(table.below("li")) == int(numbers[1])
    group = [row for row in rows if row.startswith("示例集团甲（虚构）")]
    assert len(group) == 1
    assert all(f"示例企业 {n}（虚构）" in group[0] for n in ("018", "019", "020"))
    firms = [row for row in rows if re.match(r"示例企业 0(18|19|20)", row)]
    assert firms == []


def test_the_smallest_limit_that_leaves_three_makers_leaves_three(checks: TestClient) -> None:
    """Following a suggestion shows what it promised; a step below it there are too few."""
    where = "thresholds/concrete.ready-mixed"
    shown = page(checks, path=where, basis=C30)
    row = next(row for row in shown.all("tr") if row.text.startswith("最严"))
    limit = Decimal(row.below("a")[0].text.removeprefix("≤ "))
    followed = Page(checks.get(row.below("a")[0].attributes["href"]).text)
    assert row.text.endswith(found(followed).partition("达到门槛：")[2])
    assert "3 家企业" in found(followed)
    assert "不足三家，可能" not in followed.words
    assert "不足三家，可能" in page(checks, path=where, basis=C30, max=str(limit - Decimal("0.01"))).words


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_clause_names_both_proofs_and_no_brand_origin_or_star(checks: TestClient, lang: str) -> None:
    shown = page(checks, lang, path="thresholds/concrete.ready-mixed", basis=C30, max="230")
    clause = shown.one("p", id="clause-text").text
    assert clause.startswith(
        "预拌混凝土 C30：产品碳足迹（A1–A3，按 EN 15804+A2 计算，GWP-total）≤ 230 kgCO₂e/m³"
    )
    assert CLAUSE in clause
    assert not re.search("示例|省|星级|虚构|品牌|型号|机构", clause)


def test_without_a_limit_there_is_no_clause_and_nothing_to_keep(site: TestClient) -> None:
    shown = page(site)
    assert found(shown).startswith("还没有填门槛")
    assert not shown.all("p", id="clause-text")
    assert not shown.all("form", method="post")


def test_the_warnings_and_the_label_are_always_there(site: TestClient) -> None:
    for query in ({}, {"max": "650"}, {"max": "abc"}):
        words = page(site, **query).words
        for part in (
            "市场调查参考", "不要把星级写成资格下限", "不要指定认证机构", "不要只认证书", CLAUSE,
            "不要限定产地、企业、品牌", "或相当于",
        ):  # fmt: skip
            assert part in words


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("province", "520000", "limit.not-origin"), ("near", "520100", "limit.not-origin"),
        ("star", "3", "limit.not-star"), ("evidence", "certificate", "limit.not-evidence"),
        ("maker_id", "x", "limit.not-firm"), ("body", "x", "limit.not-body"),
    ],
)  # fmt: skip
def test_unlawful_filters_are_named_and_change_no_number(
    site: TestClient, name: str, value: str, key: str
) -> None:
    plain, asked = page(site, max="650"), page(site, max="650", **{name: value})
    assert found(plain) == found(asked)
    assert say("limit.refused", "zh") in asked.words
    assert say(key, "zh") in next(
        one.text for one in asked.all("div", class_="notice warn") if "带入" in one.text
    )
    assert say("limit.refused", "zh") not in plain.words


def test_the_chart_draws_the_limit_and_few_products_as_dots(site: TestClient) -> None:
    many, few = page(site, max="655"), page(site, basis=STRONGER, max="905")
    assert "门槛：655。" in many.source
    assert f"n={CLASS}" in many.words
    assert "P80" in many.words
    assert few.source.count('r="4.500"') == 2
    assert "样本太少，不给分位" in few.source
    assert not {"P20", "P80"} & set(few.words.split())
    assert "门槛在图外" not in many.words
    assert "门槛在图外" in page(site, max="9").words


def test_the_box_and_the_slider_hold_one_limit(site: TestClient) -> None:
    shown = page(site, max="655")
    slide = shown.one("input", id="slide").attributes
    assert (slide["min"], slide["max"], slide["step"], slide["value"]) == ("610", "720", "1", "655")
    assert slide["name"] == shown.one("input", id="max").attributes["name"] == "max"
    for form in shown.all("form", method="get"):
        kept = {one.attributes["name"]: one.attributes["value"] for one in form.below("input")}
        assert kept.get("basis", A2) == A2
    assert page(site).one("input", id="slide").attributes["value"] == "720"
    assert page(site, max="1").one("input", id="slide").attributes["value"] == "610"


def test_one_value_alone_has_no_slider(checks: TestClient, site: TestClient) -> None:
    assert not page(site, path="thresholds/glass").all("input", id="slide")


def test_every_basis_may_be_chosen_and_an_unknown_one_is_said(site: TestClient) -> None:
    shown = page(site, basis=STRONGER)
    options = {one.attributes["value"]: one.text for one in shown.one("select", id="basis").below("option")}
    assert options.keys() == {A2, STRONGER}
    assert options[A2].endswith(f"n={CLASS}")
    assert "52.5" in shown.title
    other = page(site, basis="cement|99|t|EN 15804+A2|GWP-total")
    assert "42.5" in other.title
    assert say("limit.other-basis", "zh") in other.words


def test_everything_that_does_not_count_is_counted_apart(site: TestClient) -> None:
    facts = page(site).facts
    assert facts["产品数 n"][0].startswith(str(CLASS))
    assert "没有可比数值 2 个" in facts["另计，不在 n 内"][0]
    assert "当日没有有效证书 7 个" in facts["另计，不在 n 内"][0]


def test_a_script_gets_the_changing_part_and_the_cache_knows(site: TestClient) -> None:
    whole = site.get(f"/zh/{PATH}?max=650")
    part = site.get(f"/zh/{PATH}?max=650", headers={"X-Partial": "1"})
    assert "X-Partial" in whole.headers["Vary"]
    assert "X-Partial" in part.headers["Vary"]
    assert "<html" not in part.text
    assert part.text.strip() in whole.text


def test_a_look_back_stays_in_every_link_and_form(site: TestClient) -> None:
    shown = page(site, max="650", on="2026-05-01")
    forms = [form for form in shown.all("form") if PATH in form.attributes["action"]]
    for form in forms:
        kept = {one.attributes.get("name"): one.attributes.get("value") for one in form.below("input")}
        assert kept["on"] == "2026-05-01"
    tries = [href for href in shown.links if f"{PATH}?" in href]
    assert tries
    assert all("on=2026-05-01" in href for href in tries)


def test_the_list_for_paper_has_every_maker(checks: TestClient) -> None:
    shown = page(checks, path="thresholds/concrete.ready-mixed", basis=C30)
    everyone = next(href for href in shown.links if "show=all" in href)
    rows = Page(checks.get(everyone).text).one("table", class_="makers").below("tr")
    count = re.search(r"(\d+) 家企业", found(shown))
    assert count is not None
    assert len(rows) - 1 == int(count[1])


@pytest.mark.parametrize("path", ["thresholds/no-such-kind", "thresholds/%00", "thresholds/cement/x"])
def test_what_is_no_kind_is_not_found(site: TestClient, path: str) -> None:
    assert site.get(f"/zh/{path}").status_code == 404


def test_a_kind_without_values_says_so_and_leads_on(checks: TestClient) -> None:
    shown = page(checks, path="thresholds/cement")
    assert "还不能测算门槛" in shown.words
    assert {"/zh/products?kind=cement", "/zh/thresholds"} <= set(shown.links)


def test_the_index_leads_to_every_kind_with_products(site: TestClient) -> None:
    shown = page(site, path="thresholds")
    assert {f"/zh/{PATH}", "/zh/thresholds/glass"} <= set(shown.links)


def test_the_ways_to_a_limit(site: TestClient) -> None:
    """From the front page, the results of one kind, a product's chart and a comparison."""
    assert "/zh/thresholds" in page(site, path="").links
    results = page(site, path="products", kind="cement", performance="42.5", max="650", star="3")
    target = next(href for href in results.links if PATH in href)
    assert parse_qs(urlsplit(target).query) == {"basis": [A2], "max": ["650"], "star": ["3"]}
    assert "11" not in found(Page(site.get(target).text))
    own = page(site, path=f"products/{case(STRONG).product.code}")
    assert f"/zh/{PATH}?{urlencode({'basis': STRONGER})}" in own.links
    ids = "&".join(f"id={case(n).product.code}" for n in (STRONG, STAGES))
    compared = Page(site.get(f"/zh/compare?{ids}").text)
    assert f"/zh/{PATH}?{urlencode({'basis': STRONGER})}" in compared.links
    assert not any("thresholds/" in href for href in page(site, path="products").links)


usual = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@usual
@given(limit=st.decimals(min_value=590, max_value=740, places=1))
def test_the_page_the_interface_and_the_register_agree(site: TestClient, limit: Decimal) -> None:
    told = site.get("/api/v1/thresholds", params={"kind": "cement", "max": str(limit)}).json()["reached"]
    shown = found(page(site, max=str(limit)))
    assert shown.endswith(f"{told['products']} 个产品，{told['makers']} 家企业，{told['provinces']} 个省")
    assert told["products"] == len(within(str(limit)))


def test_glass_has_another_unit(site: TestClient) -> None:
    shown = page(site, path="thresholds/glass", max="30")
    assert "kgCO₂e/m²" in found(shown)
    assert case(GLASS).product.name_zh in shown.words
