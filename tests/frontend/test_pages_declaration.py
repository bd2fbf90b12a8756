"""Pages of declarations: figures as declared, marks in words, nothing added up, a file looked at first."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, func, select

from frontend.pages.declaration.document import FIRST_LINES, MOST_LINES, document
from frontend.pages.words import Words
from registry.changes import feed
from registry.declarations.dataset import DeclaredUnit, Property
from registry.declarations.documents import entering
from registry.declarations.formats import openepd
from registry.declarations.formats.reading import Remark, Weight
from registry.declarations.formats.writers import WRITERS
from registry.declarations.models import DeclarationCheckRow
from registry.kit.db import read_session
from tests import declared
from tests.frontend import declaration_site
from tests.frontend.declaration_site import BARE, CONCRETE, FILE, FOOTPRINT, JUDGED, TWICE
from tests.frontend.reading import Page

CHECK = "/zh/declarations/check"


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
    assert entering.ordered(reading.dataset) == entering.ordered(
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


def rows(site: TestClient) -> tuple[int, int]:
    """Kept checks, and the feed's position."""
    app: Any = site.app
    with read_session(app.state.site.engine) as session:
        kept = session.scalar(select(func.count()).select_from(DeclarationCheckRow)) or 0
        return kept, feed.head(session).seq


def test_a_file_is_looked_at_before_anything_is_recorded_and_then_deleted(site: TestClient) -> None:
    before = rows(site)
    answer = site.post(CHECK, files={"file": ("示例.json", FILE)})
    assert answer.status_code == 303, answer.text
    address = answer.headers["location"]
    page = read(site, address)
    for said in (
        "只是检查，还没有登记任何内容",
        "需要核实",
        "243.5",
        "模块未声明（MND）",
        "示例.json",
        "怎样得出",
        "密度 2350",
    ):
        assert said in page.words, said
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert rows(site) == (before[0] + 1, before[1])
    assert "要删除" in read(site, f"{address}/delete").words
    assert site.post(f"{address}/delete").headers["location"] == f"{CHECK}/deleted"
    assert site.get(address).status_code == 404
    assert site.post(f"{address}/delete").status_code == 404
    assert rows(site) == before


def test_the_kind_of_material_is_chosen_proposed_or_left_out_and_says_so(site: TestClient) -> None:
    start = read(site, CHECK)
    assert start.one("select", name="kind")
    assert start.one("option", value="cement")
    assert start.all("optgroup")
    heavy = declared.values(A1_A3="1880000", A4="8.25", B1="MND", C1="0", C4="0.9", D="-6.125")
    told, slip = declared.row("GWP-total", heavy), "除以 1000 才在"
    given = openepd.write(declared.dataset(40, indicators=(told,))).content
    files = {"file": ("x.json", given)}
    chosen = site.post(CHECK, files=files, data={"kind": "cement"}).headers["location"]
    assert chosen.endswith("?kind=cement")
    words = read(site, chosen).words
    assert "按“水泥”检查：您选定的材料种类" in words
    assert slip in words
    address = chosen.partition("?")[0]
    open_point = read(site, address).words
    assert "文件没有明确说明材料种类" in open_point
    assert slip not in open_point
    assert "您选择了不按材料种类检查" in read(site, f"{address}?kind=none").words
    assert site.get(f"{address}?kind=no-such-kind").status_code == 422
    named = openepd.write(declared.dataset(41, names={"zh": "水泥"}, indicators=(told,))).content
    address = site.post(CHECK, files={"file": ("x.json", named)}).headers["location"]
    page = read(site, address)
    assert "推定" in page.words
    assert slip in page.words
    assert page.one("option", value="cement")


def test_a_long_loss_list_is_folded_after_its_first_lines_and_counted() -> None:
    remarks = [
        Remark(weight=Weight.NOT_CARRIED, key="declaration-unreadable", place=f"/x[{n}]") for n in range(50)
    ]
    (group,) = document(declared.dataset(), remarks, {}, Words("zh")).losses
    assert [one.place for one in group.lines] == [f"/x[{n}]" for n in range(FIRST_LINES)]
    assert len(group.lines) + len(group.folded) == MOST_LINES
    assert "50" in group.badge.word
    assert "10" in group.more
    (short,) = document(declared.dataset(), remarks[:FIRST_LINES], {}, Words("zh")).losses
    assert (len(short.lines), short.folded) == (FIRST_LINES, ())


def test_several_documents_of_a_file_are_shown_one_at_a_time(site: TestClient) -> None:
    several = [json.loads(openepd.write(declared.dataset(n)).content) for n in (1, 2)]
    data = json.dumps(several).encode()
    address = site.post(CHECK, files={"file": ("x.json", data)}).headers["location"]
    assert "示例混凝土 001" in read(site, address).one("h1").text
    assert "示例混凝土 002" in read(site, f"{address}?n=2").one("h1").text
    assert "示例混凝土 001" in read(site, f"{address}?n=99").one("h1").text


@pytest.mark.parametrize("data", [b"", b"nothing", b"<x/>"])
def test_a_file_that_cannot_be_read_says_why_beside_the_field(site: TestClient, data: bytes) -> None:
    before = rows(site)
    answer = site.post(CHECK, files={"file": ("x.xml", data)})
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.all("p", id="file-error")
    assert rows(site) == before


def test_a_form_without_a_file_or_from_elsewhere_is_refused(site: TestClient) -> None:
    assert site.post(CHECK, data={"a": "b"}, files={}).status_code == 422
    elsewhere = site.post(CHECK, files={"file": ("x", FILE)}, headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 403
    assert read(site, CHECK).one("form").attributes["enctype"] == "multipart/form-data"


def test_conversions_are_shown_with_their_way_and_with_what_contradicts_them() -> None:
    stated = (("area-mass", "40.57", "kg/m2"), ("thickness", "0.03", "m"), ("density", "2100", "kg/m3"))
    paper = declared.dataset(
        declared=DeclaredUnit(amount=Decimal(1), unit="m2", stated="m2"),
        properties=tuple(Property(kind=k, value=Decimal(v), unit=u) for k, v, u in stated),
    )
    shown = document(paper, (), {}, Words("zh"))
    mass = next(
        one for one in shown.converted if one.path.endswith("千克：按 40.57 kg/m²（演示-EPD-9001所述）")
    )
    assert mass.value.startswith("6.00")
    assert "按单位面积质量，1 m2 合 40.57 kg；按厚度 → 密度，合 63 kg" in mass.doubt
    assert "单位面积质量 40.57 kg/m2" in {fact.label: fact.value for fact in shown.facts}["单位之间的关系"]


def test_where_no_stated_figure_leads_outright_the_contradiction_is_the_reason() -> None:
    stated = (
        ("piece-area", "2", "m2/piece"),
        ("area-mass", "5", "kg/m2"),
        ("piece-volume", "0.1", "m3/piece"),
        ("density", "300", "kg/m3"),
    )
    paper = declared.dataset(
        declared=DeclaredUnit(amount=Decimal(1), unit="piece", stated="piece"),
        properties=tuple(Property(kind=k, value=Decimal(v), unit=u) for k, v, u in stated),
    )
    lines = {one.per: one for one in document(paper, (), {}, Words("zh")).converted}
    (mass,) = (one for per, one in lines.items() if per.endswith("千克"))
    assert (mass.value, mass.path) == ("—", "")
    assert "单件面积 → 单位面积质量" in mass.doubt
