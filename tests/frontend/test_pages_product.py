"""The product page: the first words are the verdict, and what is not stated is never a zero."""

import pytest
from fastapi.testclient import TestClient

from catalogue.naming import Lang
from frontend.pages.words import Words
from registry.declarations.facts import MODULES
from tests.frontend.reading import Page
from tests.frontend.register import (
    BARE,
    CANCELLED,
    CLAIMED,
    EXPIRED,
    FORMULA,
    GLASS,
    LAST,
    REPORTED,
    STAGES,
    SUSPENDED,
    TWO_PLANTS,
    WITHDRAWN,
    YEARLY,
    case,
)

FIRST_WORDS = {
    1: ("登记信息：证书有效，有效期至2030年12月31日（含当日）", "certificate valid until 31 December 2030"),
    SUSPENDED: ("登记信息：证书自2026年5月1日起暂停", "suspended since 1 May 2026"),
    WITHDRAWN: ("登记信息：证书已于2026年5月1日撤销", "withdrawn on 1 May 2026"),
    CANCELLED: ("登记信息：证书已于2026年5月1日注销", "cancelled on 1 May 2026"),
    EXPIRED: ("登记信息：证书已过期，有效期止于2026年3月31日", "expired"),
    REPORTED: ("登记信息：检测报告（2026年2月1日）", "test report of 1 February 2026"),
    CLAIMED: ("登记信息：企业自我声明，不计入任何应用比例", "the maker's own declaration"),
    BARE: ("登记信息：没有登记任何证明材料", "no evidence"),
}


def page(site: TestClient, n: int, lang: str = "zh", query: str = "") -> Page:
    answer = site.get(f"/{lang}/products/{case(n).product.code}{query}")
    assert answer.status_code == 200
    return Page(answer.text)


def verdict(shown: Page) -> str:
    return shown.one("div", class_="verdict").text


@pytest.mark.parametrize("n", FIRST_WORDS)
def test_the_first_words_are_the_state_of_the_evidence(site: TestClient, n: int) -> None:
    zh, en = FIRST_WORDS[n]
    assert verdict(page(site, n)).startswith(zh)
    assert en.lower() in verdict(page(site, n, "en")).lower()


def test_a_verdict_ends_with_who_has_the_last_word(site: TestClient) -> None:
    assert "以发证机构及官方平台为准" in verdict(page(site, 1))
    assert "have the last word" in verdict(page(site, 1, "en"))


def stages(shown: Page) -> dict[str, str]:
    table = shown.all("table", class_="stacked")[0]
    rows = [[cell.text for cell in row.below("th", "td")] for row in table.below("tr")][1:]
    return {row[0]: row[2] for row in rows}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_two_stages_are_called_the_same(lang: Lang) -> None:
    """The applicant's form and the product's page name each of them."""
    assert len({Words(lang).say(f"stage.{module}") for module in MODULES}) == len(MODULES)


def test_a_stage_that_is_not_declared_says_so_and_a_true_zero_is_a_zero(site: TestClient) -> None:
    found = stages(page(site, STAGES))
    assert found["A1–A3"] == "910"
    assert found["C1"] == "0"
    assert found["D"].replace("−", "-") == "-12"
    assert {found[stage] for stage in ("A4", "A5", "B1–B7", "C2", "C3", "C4")} == {"未声明"}
    assert set(stages(page(site, BARE)).values()) == {"未声明"}
    assert set(stages(page(site, BARE, "en")).values()) == {"Not declared"}


def test_a_product_without_a_declaration_has_no_figure(site: TestClient) -> None:
    assert page(site, BARE).one("p", class_="amount").text == "未声明碳足迹"
    assert page(site, BARE, "en").one("p", class_="amount").text == "No footprint declared"


def test_a_last_day_stated_by_its_year_stays_a_year(site: TestClient) -> None:
    zh, en = page(site, YEARLY), page(site, YEARLY, "en")
    assert zh.facts["有效期至"] == ["2026年"]
    assert en.facts["Valid until"] == ["2026"]
    assert "有效期只写到年或月，当日不能确定" in zh.words


def test_a_place_in_the_class_is_given_with_its_base_or_refused_with_its_reason(site: TestClient) -> None:
    assert "低于同类 91% 的产品" in page(site, 1).words
    assert "本库 n=12（证书有效） · 2026 年 · 边界 A1–A3" in page(site, 1).words
    assert "同类中没有更高的" in page(site, 12).words
    assert "同类只有 1 个可比数值，少于 10 个不排位次" in page(site, GLASS).words
    assert "没有可比的碳足迹数值" in page(site, SUSPENDED).words


def test_a_plant_outside_the_certificate_is_said_not_to_count(site: TestClient) -> None:
    checks = page(site, TWO_PLANTS).one("ul", class_="checks").text
    assert "证书覆盖生产厂“示例生产厂 001（虚构）”" in checks
    assert "证书不覆盖生产厂“示例生产厂 002（虚构）”：这个厂的供货不算" in checks


def test_evidence_is_never_called_more_than_it_is(site: TestClient) -> None:
    assert "认证证书" not in page(site, CLAIMED).one("ul", class_="papers").text.replace("不是认证证书", "")
    assert "检测报告" in page(site, REPORTED).one("div", class_="title").text
    assert "没有登记任何证明材料" in page(site, BARE).words


@pytest.mark.parametrize("n", range(1, LAST + 1))
def test_both_languages_show_the_same_figures(site: TestClient, n: int) -> None:
    zh, en = page(site, n), page(site, n, "en")
    assert [value == "未声明" or value for value in stages(zh).values()] == [
        value == "Not declared" or value for value in stages(en).values()
    ]
    figures = [shown.one("p", class_="amount").text.split()[0] for shown in (zh, en)]
    assert figures[0] == figures[1] or not any(one.isdigit() for one in figures)
    assert len(zh.one("ul", class_="checks").below("li")) == len(en.one("ul", class_="checks").below("li"))


def test_a_name_is_text(site: TestClient) -> None:
    code = case(FORMULA).product.code
    shown = site.get(f"/zh/products/{code}").text
    assert "<script>" not in shown
    assert Page(shown).title == case(FORMULA).product.name_zh


def test_a_look_back_shows_the_state_of_that_day_and_says_so(site: TestClient) -> None:
    before, on = page(site, SUSPENDED, query="?on=2026-04-30"), page(site, SUSPENDED, query="?on=2026-05-01")
    assert verdict(before).startswith("登记信息：证书有效")
    assert "您看的是2026年4月30日的情况" in before.words
    assert verdict(on).startswith("登记信息：证书自2026年5月1日起暂停")
    assert verdict(page(site, EXPIRED, query="?on=2026-03-31")).startswith("登记信息：证书有效")
    assert verdict(page(site, EXPIRED, query="?on=2026-04-01")).startswith("登记信息：证书已过期")


def test_every_version_of_the_history_can_be_looked_at(site: TestClient) -> None:
    shown = page(site, SUSPENDED)
    versions = [href for href in shown.links if "as_of=" in href and "/api/" not in href]
    assert len(versions) == 3
    assert {site.get(href).status_code for href in versions} == {200}


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code}"])
def test_a_number_typed_another_way_moves_to_its_one_address(site: TestClient, typed: object) -> None:
    assert callable(typed)
    code = case(1).product.code
    answer = site.get(f"/en/products/{typed(code)}?on=2026-04-30")
    assert (answer.status_code, answer.headers["location"]) == (301, f"/en/products/{code}?on=2026-04-30")


def test_every_link_of_a_product_page_leads_somewhere(site: TestClient) -> None:
    shown = page(site, 1)
    own = {href for href in shown.links if href.startswith("/")}
    assert len(own) > 15
    assert {href: site.get(href).status_code for href in own} == dict.fromkeys(own, 200)


def test_a_page_of_another_kind_of_number_is_not_a_product(site: TestClient) -> None:
    cert = case(1).certificate
    assert cert is not None
    answer = site.get(f"/zh/products/{cert.code}")
    assert answer.status_code == 404
    assert cert.code in Page(answer.text).title


def test_units_read_as_people_write_them(site: TestClient) -> None:
    shown = Words("zh")
    assert [shown.measure(code) for code in ("1", "kg/m2", "W/(m2·K)", "mm", "m3")] == [
        "", "kg/m²", "W/(m²·K)", "mm", "m³",
    ]  # fmt: skip
    assert " 1，" not in page(site, REPORTED).words


def test_a_class_says_its_units_and_what_is_without(checks: TestClient) -> None:
    """9.5 common alone would not say what 9.5 is."""
    boards = Page(checks.get("/zh/products?kind=gypsum.plasterboard&status=all").text)
    assert "9.5 mm 普通" in boards.words
    assert " 9.5 普通" not in boards.words
    membranes = Page(checks.get("/zh/products?kind=waterproofing.membrane&status=all").text)
    assert "无（胎基" in membranes.words


def test_the_printed_address_of_a_code_is_the_one_that_is_followed(site: TestClient) -> None:
    code = case(1).product.code
    shown = page(site, 1)
    assert f"https://greenmat.example/v/{code}" in shown.words
    assert "HTTPS://" not in shown.words
    assert f"/v/{code}" in shown.links
