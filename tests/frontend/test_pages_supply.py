"""Supply and look-ups on the pages: dated, sourced, never called proof; made near a place, counted."""

import csv
import io

import pytest
from fastapi.testclient import TestClient

from tests.frontend.reading import Page
from tests.frontend.register import BARE, CLASS, LAST, STAGES, STRONG, TWO_PLANTS, YEARLY, case
from tests.frontend.spoken import AGREEING, DIFFERING, OVERDUE, UNKNOWN, UNREACHED

CHENGDU = {case(n).product.code for n in (STRONG, YEARLY, STAGES)}
GUIYANG_AND_CHENGDU = {"zh": "离贵州省 贵阳市 30 km 以内生产", "en": "made within 30 km of Guiyang Guizhou"}


def page(site: TestClient, path: str) -> Page:
    answer = site.get(path)
    assert answer.status_code == 200
    return Page(answer.text)


def product(site: TestClient, n: int, lang: str = "zh") -> Page:
    return page(site, f"/{lang}/products/{case(n).product.code}")


def supply(site: TestClient, n: int, lang: str = "zh") -> str:
    return product(site, n, lang).one("ul", class_="sites").text


def test_each_supply_fact_stands_with_its_day_and_source(site: TestClient) -> None:
    said = supply(site, 1)
    for words in (
        "供货半径 150 km", "1,200,000 吨/年", "交货期 0 天", "贵州省、四川省",
        "412.5 元/吨（不含税）", "市场调查参考，非报价：贵州省 贵阳市，2026年3月1日，示例市场调查（虚构）",
        "城市级坐标", "示例企业填报（虚构），2026年1月1日",
    ):  # fmt: skip
        assert words.replace(" ", "") in said.replace(" ", "")


def test_a_dealer_is_no_cover_and_a_permission_that_ran_out_says_so(site: TestClient) -> None:
    said = product(site, 1).words
    assert "经销商名称不能代替证书" in said
    assert "示例经销商 971（虚构）：地区未说明，2026年1月1日至2026年5月31日（授权已到期）" in said
    assert "示例经销商 970（虚构）：贵州省，2026年1月1日至未说明。" in said
    assert "stands for no certificate" in product(site, 1, "en").words
    assert "经销商名称不能代替证书" not in product(site, BARE).words


def test_a_plant_nobody_has_spoken_of_says_so_and_shows_no_zero(site: TestClient) -> None:
    said = supply(site, TWO_PLANTS)
    assert said.count("这个生产厂没有填报供应信息") == 2
    assert "没有登记坐标" in said
    assert "0 天" not in said
    assert "供货半径" not in said


@pytest.mark.parametrize(
    ("n", "tone", "zh", "en"),
    [
        (DIFFERING, "warn", "官方平台显示与登记不一致（生产厂地址不同）", "showed something else"),
        (UNKNOWN, "warn", "在官方平台查不到这张证书", "did not know this certificate"),
        (OVERDUE, "good", "应不晚于2026年5月20日再次核对", "due by 20 May 2026"),
        (UNREACHED, "good", "2026年6月1日曾尝试核对，平台无法访问", "could not be reached"),
    ],
)
def test_a_look_up_never_changes_the_state_but_what_it_showed_is_said(
    site: TestClient, n: int, tone: str, zh: str, en: str
) -> None:
    shown = product(site, n).one("div", class_="verdict")
    assert shown.text.startswith("登记信息：证书有效")
    assert tone in shown.attributes["class"].split()
    assert zh in shown.text
    assert en in product(site, n, "en").one("div", class_="verdict").text
    certificate = case(n).certificate
    assert certificate is not None
    assert zh in page(site, f"/v/{certificate.code}").words


def test_the_last_look_that_saw_the_platform_is_named_with_its_day(site: TestClient) -> None:
    said = product(site, AGREEING).one("div", class_="verdict").text
    assert "2026年5月10日核对于演示平台（虚构），结果：一致" in said
    assert said.endswith("以发证机构及官方平台为准。")
    assert "2026年5月10日核对于" in product(site, UNREACHED).one("div", class_="verdict").text


def test_the_line_of_looks_stands_in_the_paper_newest_first(site: TestClient) -> None:
    said = product(site, UNREACHED).words
    newest, oldest = "2026年6月1日，演示平台（虚构）：平台无法访问", "2026年5月1日，演示平台（虚构）：一致"
    assert said.index(newest) < said.index(oldest)


def codes(shown: Page) -> set[str]:
    return {
        link.attributes["href"].rpartition("/")[2] for head in shown.all("h3") for link in head.below("a")
    }


def test_made_near_chengdu_lists_exactly_what_is_made_there(site: TestClient) -> None:
    shown = page(site, "/zh/products?near=510100&within=20&status=all")
    assert codes(shown) == CHENGDU
    assert shown.one("h2", id="found").text == "3 个产品"
    assert "生产厂直线约 0 km" in shown.words
    assert codes(page(site, "/zh/products?near=30.66,104.06&within=20&status=all")) == CHENGDU


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_circle_is_a_chip_that_removes_both_of_its_parts(site: TestClient, lang: str) -> None:
    shown = page(site, f"/{lang}/products?near=520100&within=30&star=3")
    chip = next(link for link in shown.all("a", class_="chip") if "30 km" in link.text)
    assert GUIYANG_AND_CHENGDU[lang] in chip.text
    assert chip.attributes["href"] == f"/{lang}/products?star=3"


def test_the_radius_counts_and_a_plant_ten_kilometres_off_is_not_within_nine(site: TestClient) -> None:
    """Plant 1 stands a tenth of a degree east of Guiyang's point: 9.9 km at that latitude."""
    assert (
        page(site, "/zh/products?near=520100&within=9.9&status=all").one("h2", id="found").text == "0 个产品"
    )
    found = page(site, "/zh/products?near=520100&within=10&status=all").one("h2", id="found").text
    assert found == f"{LAST - len(CHENGDU)} 个产品"


def test_a_product_with_one_plant_inside_is_inside_and_unplaced_ones_are_told(site: TestClient) -> None:
    two = case(TWO_PLANTS).product.code
    assert two in codes(page(site, "/zh/products?near=520100&within=10&status=all&q=" + two))
    far = page(site, "/zh/products?near=510100&within=20&status=all")
    assert "另有 1 个符合其他条件的产品没有列出" in far.words


def test_what_cannot_be_read_is_said_beside_the_field_and_filters_nothing(site: TestClient) -> None:
    everything = page(site, "/zh/products?status=all").one("h2", id="found").text
    for query, words in (
        ("near=成都", "不是六位区划代码"),
        ("near=510000", "没有登记中心点"),
        ("within=50", "只给了半径"),
        ("near=510100&within=9999", "5000 以内"),
    ):
        shown = page(site, f"/zh/products?status=all&{query}")
        assert words in shown.one("p", id="near-error").text
        if "within=9999" not in query:
            assert shown.one("h2", id="found").text == everything


def test_a_download_holds_what_the_page_lists_and_names_the_circle(site: TestClient) -> None:
    text = site.get("/zh/products.csv?near=510100&within=20&status=all").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert {row[0] for row in rows if row} & {case(n).product.code for n in range(1, LAST + 1)} == CHENGDU
    assert any("near = 510100" in cell for row in rows for cell in row)


def test_the_interface_counts_the_same_and_says_what_it_leaves_out(site: TestClient) -> None:
    found = site.get("/api/v1/search?near=510100&within=20").json()
    assert {item["code"] for item in found["items"]} == CHENGDU
    assert found["total"] == 3
    assert found["near"]["unplaced"] == 1
    assert found["near"]["within_km"] == "20"
    assert {item["nearest_plant_km"] for item in found["items"]} == {"0.0"}
    missing = site.get("/api/v1/search?near=510000").json()
    assert [one["code"] for one in missing["problems"]] == ["search.region-without-place"]
    assert missing["near"] is None
    assert missing["total"] == LAST
    nowhere = site.get("/api/v1/search?near=0,0&within=1").json()
    assert (nowhere["total"], nowhere["near"]["plants"]) == (0, 0)


def test_facets_inside_the_circle_are_counted_inside_it(site: TestClient) -> None:
    found = site.get("/api/v1/search?near=520100&within=10").json()
    provinces = {one["value"]: one["count"] for one in found["facets"]["province"]}
    assert provinces == {"520000": LAST - len(CHENGDU)}


def test_the_interface_gives_supply_and_looks_of_one_record(site: TestClient) -> None:
    found = site.get(f"/api/v1/products/{case(1).product.code}/supply").json()
    (plant,) = found["plants"]
    assert plant["supply"]["lead_time_days"] == 0
    assert plant["supply"]["price"]["amount"] == "412.5"
    assert plant["site"]["precision"] == "city"
    certificate = case(UNREACHED).certificate
    assert certificate is not None
    looks = site.get(f"/api/v1/certificates/{certificate.code}/cross-checks").json()["items"]
    assert [one["result"] for one in looks] == [None, "agrees", "unreachable"]
    for path in ("products/YS-X/supply", "certificates/YS-X/cross-checks"):
        assert site.get(f"/api/v1/{path}").status_code == 404


def test_what_is_overdue_is_listed_by_urgency(site: TestClient) -> None:
    found = site.get("/api/v1/cross-checks?overdue=1").json()
    certificates = [case(n).certificate for n in (DIFFERING, UNKNOWN, OVERDUE)]
    wanted = {one.code for one in certificates if one is not None}
    assert {one["certificate"] for one in found["items"]} == wanted
    assert found["total"] == len(wanted) == 3
    every = site.get("/api/v1/cross-checks?limit=2&offset=1").json()
    assert len(every["items"]) == 2
    assert every["total"] > CLASS
