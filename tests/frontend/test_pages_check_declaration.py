"""A declaration's file looked at before anything is recorded: what was read, what it lacks, what was lost."""

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
from registry.declarations.formats import openepd
from registry.declarations.formats.reading import Remark, Weight
from registry.declarations.models import DeclarationCheckRow
from registry.kit.db import read_session
from tests import declared
from tests.frontend import declaration_site
from tests.frontend.declaration_site import FILE
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


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "没有材料种类"), ("en", "There is no material kind no-such-kind")]
)
def test_a_broken_file_and_an_unknown_kind_are_told_at_once(site: TestClient, lang: str, said: str) -> None:
    where, kind = f"/{lang}/declarations/check", {"kind": "no-such-kind"}
    answer = site.post(where, files={"file": ("示例.json", b'{"a": 1}')}, data=kind)
    page = Page(answer.text)
    assert answer.status_code == 422
    links = {one.attributes.get("href") for one in page.all("a")}
    assert {"#file", "#kind"} <= links, "the summary leads to both fields"
    beside = {one.attributes.get("id") for one in page.all("p") if one.attributes.get("class") == "error"}
    assert beside == {"file-error", "kind-error"}
    assert said in page.words
    whole = site.post(where, files={"file": ("示例.json", FILE)}, data=kind)
    assert whole.status_code == 422
    assert said in Page(whole.text).words


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
    assert "按单位面积质量，1 m² 合 40.57 千克；按厚度 → 密度，合 63 千克" in mass.doubt
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
