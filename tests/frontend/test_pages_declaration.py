"""Pages of declarations: figures as declared, marks in words, nothing added up."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from frontend.pages.words import Words
from registry.access.actors import OPERATOR
from registry.changes import feed
from registry.declarations.documents import kept_readings, sameness
from registry.declarations.documents.entering import enter
from registry.declarations.documents.kept_readings import File, Saving
from registry.declarations.documents.taking_back import Version, settle, take_back
from registry.declarations.formats import openepd
from registry.declarations.formats.writers import WRITERS
from registry.kit.db import write_session
from tests import declared
from tests.factories import END, NOW
from tests.frontend import declaration_site, register
from tests.frontend.declaration_site import ABOUT, BARE, CONCRETE, FOOTPRINT, JUDGED, TWICE
from tests.frontend.reading import Page


@pytest.fixture(scope="module")
def site(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with declaration_site.opened(empty_database, tmp_path_factory.mktemp("declarations")) as client:
        yield client


def read(site: TestClient, address: str, status: int = 200) -> Page:
    answer = site.get(address)
    assert answer.status_code == status, answer.text
    return Page(answer.text)


def test_the_page_shows_every_stage_with_its_scenario_and_marks_in_words(site: TestClient) -> None:
    page = read(site, f"/zh/declarations/{TWICE}")
    table = page.all("table")[0].text
    for said in ("A1–A3", "243.5", "模块未声明（MND）", "回收", "2.5", "填埋", "4.75", "-6.125"):
        assert said in table.replace("−", "-"), said
    assert "7.25" not in page.words, "scenarios are never added"
    for said in ("示例混凝土 001（虚构）", "01.01.000", "示例 1.xml", "示例许可（虚构）", "登记第 2 版"):
        assert said in page.words, said
    english = read(site, f"/en/declarations/{TWICE}").words
    assert "Module not declared (MND)" in english
    assert "Example concrete 001 (invented)" in english


def test_the_figure_in_other_units_comes_with_its_way(site: TestClient) -> None:
    words = read(site, f"/zh/declarations/{TWICE}").words
    assert "kgCO₂e/吨" in words
    assert "2350" in words.replace(",", "")


def test_stages_of_a_footprint_are_its_own(site: TestClient) -> None:
    page = read(site, f"/zh/declarations/{FOOTPRINT}")
    for said in ("原材料获取", "410.5", "分销", "430.8", "不对应 EN 15804 的模块", "不属于某一产品"):
        assert said in page.words, said
    assert "A1–A3" not in page.all("table")[0].text


def test_the_parts_of_a_footprint_stand_apart_with_their_spread(site: TestClient) -> None:
    page = read(site, f"/zh/declarations/{JUDGED}")
    words = page.one("section", **{"aria-labelledby": "parts"}).text.replace("−", "-")
    for said in ("A1–A3", "300", "311", "-12", "C3", "未声明", "生物源为负"):
        assert said in words, said
    assert "相对标准差 10%、正态分布、n = 12" in page.words
    assert "与公布的限值相比" not in page.words
    fossil_alone = read(site, f"/zh/declarations/{TWICE}").one("section", **{"aria-labelledby": "parts"}).text
    assert "生物源为负" not in fossil_alone


@pytest.mark.parametrize("path", [f"declarations/{JUDGED}", f"products/{CONCRETE.code}"])
def test_a_stated_spread_gives_a_probability_with_its_recipe(site: TestClient, path: str) -> None:
    words = read(site, f"/zh/{path}?region=US&attribute=fc_psi:4000").words.replace("−", "-")
    for said in (
        "专有数据，第三方核查",
        "概率 29.7%",
        "概率 80.7%",
        "概率的算法：按正态分布，均值 300",
        "生物源",
        "-12",
    ):
        assert said in words, said
    assert site.get(f"/zh/{path}?region=US&attribute=fc_psi").status_code == 422
    assert "要先知道：fc_psi" in read(site, f"/zh/{path}?region=US").words


def test_an_expired_paper_says_so_and_is_held_against_no_limit(site: TestClient) -> None:
    asked = "region=US&attribute=fc_psi:4000"
    over = END + timedelta(days=1)
    page = read(site, f"/zh/declarations/{JUDGED}?on={over}&{asked}")
    words = page.one("section", **{"aria-labelledby": "headroom-1"}).text
    assert f"这份声明已于 {Words('zh').day(END)} 到期" in words
    for gone in ("余量", "概率", "326"):
        assert gone not in words, gone
    english = read(site, f"/en/declarations/{JUDGED}?on={over}&{asked}").words
    assert f"This declaration expired on {Words('en').day(END)}" in english
    assert "headroom" not in english
    last = read(site, f"/zh/declarations/{JUDGED}?on={END}&{asked}").words
    assert "余量" in last, "the last day is inclusive"
    assert "不再与限值相比" not in last


def test_the_interface_has_the_parts_and_the_recipe_too(site: TestClient) -> None:
    address = f"/api/v1/products/{CONCRETE.code}/headroom?region=US&attribute=fc_psi:4000&lang=en"
    first = site.get(address).json()["judged"][0]["headroom"]
    assert first["split"] == {"fossil": "311", "biogenic": "-12", "luluc": "1", "adds_up": True}
    assert (first["probability"], first["rsd"], first["distribution"]) == ("0.297", "0.1", "normal")
    assert first["recipe"].startswith("How the probability is reckoned: normal distribution with mean 300")


def test_a_harvested_declaration_names_its_sources_and_their_terms(site: TestClient) -> None:
    page = read(site, f"/zh/declarations/{FOOTPRINT}")
    for said in ("示例节点 1", "示例节点 2", "CC BY 4.0", "来源没有写明", "来源自2026年6月30日起不再列出"):
        assert said in page.words, said
    link = next(one for one in page.all("a") if "node1.example" in one.attributes.get("href", ""))
    assert link.attributes["href"] == f"https://node1.example/resource/processes/{declared.UUIDS[2]}"
    assert "external" in link.attributes["rel"]
    english = read(site, f"/en/declarations/{FOOTPRINT}").words
    assert "has not listed this document since 30 June 2026" in english
    assert "从哪里取得" not in read(site, f"/zh/declarations/{TWICE}").words


def test_the_interface_says_how_a_declaration_came_here(site: TestClient) -> None:
    came = site.get(f"/api/v1/declarations/{FOOTPRINT}/origins").json()
    newest, older = came["harvested"]
    assert (newest["source"], newest["not_listed_since"], newest["terms"]) == (
        "示例节点 2",
        "2026-06-30",
        None,
    )
    assert (older["licence"], older["not_listed_since"]) == ("CC BY 4.0", None)
    read_from = site.get(f"/api/v1/declarations/{TWICE}/origins?lang=en").json()
    assert read_from["harvested"] == []
    assert read_from["read"]["file_name"] == "示例 1.xml"
    assert read_from["read"]["remarks"], "the loss report is whole"
    assert site.get(f"/api/v1/declarations/{BARE}/origins").json()["read"] is None
    assert site.get("/api/v1/declarations/YS-E00000-00000-0/origins").status_code == 404


def test_a_declaration_without_its_document_shows_what_is_on_record(site: TestClient) -> None:
    page = read(site, f"/zh/declarations/{BARE}")
    assert "只登记了主要数值" in page.words
    assert not [link for link in page.all("a") if "openepd" in link.attributes.get("href", "")]
    assert site.get(f"/zh/declarations/{BARE}.openepd.json").status_code == 404


def test_an_earlier_version_stays_readable(site: TestClient) -> None:
    page = read(site, f"/zh/declarations/{TWICE}")
    earlier = next(
        link.attributes.get("href", "")
        for link in page.all("a")
        if "as_of=" in link.attributes.get("href", "")
    )
    words = read(site, earlier).words
    assert "01.00.000" in words
    assert "看现在的情况" in words
    assert "文件版本 01.00.000 已由 01.01.000 取代" in words
    assert "已由" not in page.words
    assert "文件版本 01.00.000 · 已被取代" in page.words


def test_a_version_taken_out_is_told_where_it_stood(site: TestClient) -> None:
    app: Any = site.app
    readings = [declared.reading(6), declared.reading(6, version="01.01.000", reference_year=2026)]
    for place, reading in enumerate(readings):
        with write_session(app.state.site.engine) as session:
            entered = enter(session, reading, ABOUT, actor=OPERATOR, today=register.DAY)
            saving = Saving(OPERATOR, NOW + timedelta(days=place), ABOUT.maker_id)
            kept_readings.save(session, reading, entered, File("示例 6.xml", "c" * 64, "machine"), saving)
    with write_session(app.state.site.engine) as session:
        version = Version(entered.declaration_id, 2, ABOUT.maker_id or entered.declaration_id)
        drafts = take_back(session, version, from_day=register.DAY, actor=OPERATOR)
        changes = feed.append(session, drafts, actor="x", now=NOW + timedelta(days=3))
        settle(session, changes, actor=OPERATOR)
    page = read(site, f"/zh/declarations/{entered.code}")
    assert "示例 6.xml" in page.words, "how it was read stands there again"
    history = page.one("section", **{"aria-labelledby": "history"})
    assert "文件版本 01.01.000 · 已移出登记" in history.text
    assert "文件版本 01.00.000 · 已被取代" in history.text
    hrefs = [link.attributes["href"] for link in page.all("a") if "as_of=" in link.attributes.get("href", "")]
    assert "文件版本 01.01.000 已移出，现在的版本是 01.00.000" in read(site, hrefs[0]).words
    assert "version 01.01.000 of the document counts no longer" in (
        read(site, hrefs[0].replace("/zh/", "/en/")).words
    )
    assert "已由" not in read(site, hrefs[1]).words, "the very document that counts again"


@pytest.mark.parametrize("ending", list(WRITERS))
def test_every_format_is_there_as_a_file_and_by_the_interface(site: TestClient, ending: str) -> None:
    page = read(site, f"/zh/declarations/{TWICE}")
    address = f"/zh/declarations/{TWICE}.{ending}"
    assert address in {link.attributes.get("href", "") for link in page.all("a")}
    file = site.get(address)
    assert file.status_code == 200
    assert f"{TWICE}.{ending}" in file.headers["content-disposition"]
    asked = site.get(f"/api/v1/declarations/{TWICE}/file?format={ending}")
    assert asked.content == file.content
    assert site.get(f"/api/v1/declarations/{TWICE}/file?format=pdf").status_code == 404


def test_what_we_write_reads_back_as_what_is_on_record(site: TestClient) -> None:
    content = site.get(f"/zh/declarations/{TWICE}.openepd.json").content
    (reading,) = openepd.read(content)
    assert sameness.ordered(reading.dataset) == sameness.ordered(
        declared.dataset(version="01.01.000", reference_year=2026)
    )


def test_a_code_however_typed_has_one_address(site: TestClient) -> None:
    moved = site.get(f"/zh/declarations/{TWICE.lower()}.openepd.json")
    assert (moved.status_code, moved.headers["location"]) == (301, f"/zh/declarations/{TWICE}.openepd.json")
    assert site.get("/zh/declarations/YS-E00000-00000-0").status_code == 404


def test_a_product_leads_to_its_declaration(site: TestClient) -> None:
    listed = site.get("/api/v1/declarations?limit=400").json()["items"]
    fact = next(one["declaration"] for one in listed if one["declaration"]["code"] == TWICE)
    product = next(
        one["product"]
        for one in site.get("/api/v1/products?limit=400").json()["items"]
        if one["product"]["id"] in fact["product_ids"]
    )
    page = read(site, f"/zh/products/{product['code']}")
    assert f"/zh/declarations/{TWICE}" in {link.attributes.get("href", "") for link in page.all("a")}
