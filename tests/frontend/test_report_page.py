"""The report as a page: the conclusion first, every figure opened to its lines, and nothing in code."""

import gzip
import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from catalogue.checks.models import ReportRow
from registry.kit.db import read_session, write_session
from tests.frontend.check_site import LIKELY, PROVEN, ROUGH, SERVICE, Visitor, bill, filled, page
from tests.frontend.reading import Page

PACKS = ("chengdu-2024", "gbt50378-2019", "gbt50378-2019-rev2024", "procurement-2025", "sichuan-2024")
HTML_GZ = 15 * 1024
KEYS = re.compile(r"\b[a-z]+(?:-[a-z]+)*\.[a-z][a-z-]+\b|\b(?:half_up|exact_sum|scored_zero|per_sub_kind)\b")
EXAMPLE = Path("frontend/static/demo-bill.xlsx")


def reported(site: TestClient, *lines: tuple[str, ...], lang: str = "zh", **fields: str) -> str:
    """The address of a report on these lines, or on the example bill."""
    visitor = Visitor(site, lang)
    content, name = (bill(*lines), "清单.csv") if lines else (EXAMPLE.read_bytes(), EXAMPLE.name)
    uploaded = visitor.upload(content, name, **fields)
    match = visitor.send(uploaded.headers["location"]).headers["location"]
    address: str = visitor.send(match, then="report").headers["location"]
    return address


@pytest.fixture(scope="module")
def example(checks: TestClient) -> dict[str, str]:
    """One report of the example bill for every pack, all of one check."""
    first = reported(checks, pack=PACKS[0])
    token = first.split("/")[3]
    found = {PACKS[0]: first}
    for pack in PACKS[1:]:
        form = filled(Page(checks.get(f"{first}/again").text))
        answer = checks.post(f"{first}/again", data={**form, "pack": pack})
        assert answer.status_code == 303, answer.text
        found[pack] = answer.headers["location"]
    assert {address.split("/")[3] for address in found.values()} == {token}
    return found


def shown(site: TestClient, address: str) -> Page:
    return page(site.get(address))


def words(found: Page) -> str:
    return found.one("main").text


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_gives_a_small_page_without_codes(
    checks: TestClient, example: dict[str, str], pack: str, lang: str
) -> None:
    address = example[pack].replace("/zh/", f"/{lang}/")
    answer = checks.get(address)
    assert len(gzip.compress(answer.content, 9)) <= HTML_GZ
    said = words(Page(answer.text)).replace("demo-bill.xlsx", "")
    assert KEYS.findall(said) == []
    for stray in ("None", "Decimal", "Fraction", "{", "}", "—（"):
        assert stray not in said


def test_the_conclusion_stands_before_the_reckoning_and_the_lines(
    checks: TestClient, example: dict[str, str]
) -> None:
    said = words(shown(checks, example["sichuan-2024"]))
    order = (
        "报告编号", "各计算单元的结论", "得分依据", "还差什么", "种，达标", "合计与取位", "逐行结论与原因",
        "口径与数据",
    )  # fmt: skip
    places = [said.index(one) for one in order]
    assert places == sorted(places)
    for named in ("四川省", "细则 3.6、5.3", "7.2.18", "3.2.8", "表 4.3", "演示数据·无效凭证"):
        assert named in said


def test_a_list_that_is_not_loaded_is_said_and_no_figure_is_invented(
    checks: TestClient, example: dict[str, str]
) -> None:
    found = shown(checks, example["procurement-2025"])
    assert "无法判定：清单未载入" in words(found)
    assert not found.all("figure")


def test_every_figure_opens_to_lines_that_are_there(checks: TestClient, example: dict[str, str]) -> None:
    address = example["sichuan-2024"]
    pages = {n: shown(checks, f"{address}?page={n}") for n in (1, 2, 3)}
    there = {
        (n, one.attributes["id"])
        for n, each in pages.items()
        for one in each.all("li")
        if "id" in one.attributes
    }
    leads = [one.attributes["href"] for refs in pages[1].all("p", class_="refs") for one in refs.below("a")]
    assert len(leads) > 40
    for href in leads:
        before, _, ident = href.partition("#")
        page = re.search(r"\?page=(\d)$", before)
        assert (int(page[1]) if page else 1, ident) in there, href


def test_lines_are_paged_and_paper_holds_them_all(checks: TestClient, example: dict[str, str]) -> None:
    address = example["sichuan-2024"]
    counts = [len(shown(checks, a).one("ol", class_="judged").below("h3")) for a in (
        address, f"{address}?page=2", f"{address}?page=99", f"{address}?page=x", f"{address}?print=1",
    )]  # fmt: skip
    assert counts == [28, 28, 4, 28, 60]
    paper = shown(checks, f"{address}?print=1")
    assert all("open" in one.attributes for one in paper.all("details"))
    assert not paper.all("form", method="post")
    assert "编制" in words(paper)


def test_a_later_report_says_what_changed_and_the_first_one_stays_silent(
    checks: TestClient, example: dict[str, str]
) -> None:
    first, second = (shown(checks, example[pack]) for pack in PACKS[:2])
    assert "与上一份报告相比" not in words(first)
    said = words(second)
    assert "核算规则由“" in said
    assert "应用比例由" in said
    paper = words(shown(checks, f"{example[PACKS[1]]}?print=1"))
    assert "与上一份报告相比" in paper
    assert "处理第" not in paper


def test_what_to_do_first_leads_to_the_line(checks: TestClient, example: dict[str, str]) -> None:
    found = shown(checks, example["sichuan-2024"])
    steps = found.all("ol", class_="said")[0].below("a")
    assert 0 < len(steps) <= 3
    place = int(steps[0].attributes["href"].rpartition("#l-")[2])
    match = shown(checks, steps[0].attributes["href"].partition("#")[0])
    assert [one for one in match.all("li") if one.attributes.get("id") == f"l-{place}"]


def test_the_rounding_that_the_2019_rule_leaves_open_is_shown_both_ways(checks: TestClient) -> None:
    said = words(shown(checks, reported(checks, PROVEN, LIKELY, pack="gbt50378-2019")))
    assert "未取位的和为" in said
    assert "本规则按未取位的和与得分线比较" in said
    assert "四舍五入" in said


def test_a_line_says_why_it_counts_and_why_not(checks: TestClient) -> None:
    visitor = Visitor(checks)
    match = visitor.match(PROVEN, ROUGH, SERVICE)
    said = words(shown(checks, visitor.send(match, then="report").headers["location"]))
    assert "有效期至 2030年1月5日（含当日）" in said
    assert "第 3 行 D 列：“约五十”是约数" in said
    assert "不是构成建筑实体的材料" in said


def test_stored_bytes_leave_as_they_were_stored(checks: TestClient, example: dict[str, str]) -> None:
    address = example["gbt50378-2019"]
    answer = checks.get(f"{address}.json")
    with read_session(checks.app.state.engine) as session:  # type: ignore[attr-defined]
        row = session.get(ReportRow, address.rpartition("/")[2])
        assert row is not None
        assert answer.content == row.report.encode()
        assert row.sha256 in words(shown(checks, address))
    stored = json.loads(answer.content)
    assert (stored["input"]["pack_id"], stored["notice"]) == ("gbt50378-2019", "演示数据·无效凭证")
    assert answer.headers["content-type"] == "application/json"


def test_a_report_computed_again_is_the_same_and_an_altered_one_is_not(checks: TestClient) -> None:
    address = reported(checks, PROVEN)
    assert "重算一致" in words(page(checks.post(f"{address}/replay")))
    assert checks.get(f"{address}/replay").headers["location"] == address
    with write_session(checks.app.state.engine) as session:  # type: ignore[attr-defined]
        row = session.get(ReportRow, address.rpartition("/")[2])
        assert row is not None
        row.report = row.report.replace('"outcome":"pass"', '"outcome":"fail"', 1)
    assert "重算不一致" in words(page(checks.post(f"{address}/replay")))


def test_another_day_makes_another_report_and_leaves_the_first(checks: TestClient) -> None:
    address = reported(checks, LIKELY)
    before = checks.get(f"{address}.json").content
    form = filled(Page(checks.get(f"{address}/again").text))
    answer = checks.post(f"{address}/again", data={**form, "day": "2026-06-30"})
    assert answer.status_code == 303
    assert "2026年6月30日" in words(shown(checks, answer.headers["location"]))
    assert checks.get(f"{address}.json").content == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"day": "2026/13/40"}, "不是日期"),
        ({"day": ""}, "请填写报告日期"),
        ({"pack": "no-such"}, "选择一个核算规则"),
        ({"day": "1999-01-01"}, "还没有这个核算规则"),
    ],
)
def test_a_form_with_faults_names_them_and_makes_no_report(
    checks: TestClient, wrong: dict[str, str], said: str
) -> None:
    address = reported(checks, LIKELY)
    form = filled(Page(checks.get(f"{address}/again").text))
    answer = checks.post(f"{address}/again", data={**form, **wrong})
    found = page(answer, 422)
    assert said in found.one("div", class_="summary").text
    assert checks.get(f"{address[:-1]}2").status_code == 404, "no further report"


def test_a_form_of_an_old_page_makes_no_report(checks: TestClient) -> None:
    address = reported(checks, LIKELY)
    form = filled(Page(checks.get(f"{address}/again").text))
    assert checks.post(f"{address}/again", data=form).status_code == 303
    found = page(checks.post(f"{address}/again", data=form), 409)
    assert "已在另一个页面改动" in found.one("main").text
    assert checks.get(f"{address[:-1]}3").status_code == 404


def test_a_report_that_is_not_there_is_said_in_words(checks: TestClient) -> None:
    address = reported(checks, LIKELY)
    other = reported(checks, LIKELY).rpartition("/")[2]
    base = address.rpartition("/")[0]
    for wrong in ("R-1", other):
        for tail in ("", ".json", ".xlsx", "/again", "?print=1"):
            answer = checks.get(f"{base}/{wrong}{tail}")
            assert f"没有找到报告 {wrong}" in page(answer, 404).one("main").text
    assert checks.get("/zh/check/unknown/report/R-1").status_code == 404


def test_a_report_without_one_countable_line_says_so(checks: TestClient) -> None:
    said = words(shown(checks, reported(checks, SERVICE)))
    assert "逐行结论与原因" in said
    assert "不适用" in said
