"""Published tables: what the seed files hold, row by row, each with its source, and nothing filled in."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient

from tests.frontend.reading import Element, Page

SEEDS = Path("seeds")
EN_CONFIDENCE = {"High", "Medium", "Low"}


def written(*path: str) -> list[dict[str, Any]]:
    """A seed file as it is written, read without our models."""
    text = SEEDS.joinpath(*path).read_text("utf-8")
    if path[-1].endswith(".csv"):
        return list(csv.DictReader(io.StringIO(text)))
    found: list[dict[str, Any]] = yaml.safe_load(text)
    return found


TARGETS = written("documents", "targets.yaml")
PLANS = {one["id"]: one for one in written("documents", "documents.yaml")}
FACTORS = written("reference", "factors.csv")
COUNTS = {
    "targets": len(TARGETS),
    "guidance": len(written("documents", "items.yaml")),
    "documents": len(PLANS),
    "programmes": len(written("reference", "programmes.yaml")),
    "energy-benchmarks": len(written("reference", "benchmarks.csv")),
    "emission-factors": sum(one["stage"] != "electricity" for one in FACTORS),
    "grid-factors": sum(one["stage"] == "electricity" for one in FACTORS),
    "plausible-ranges": len(written("reference", "plausibility.csv")),
    "standards": len(written("reference", "standards.yaml")),
    "certification-categories": len(written("reference", "categories.yaml")),
}


def sheet(site: TestClient, path: str) -> tuple[bytes, list[dict[str, str]]]:
    """A download, and its rows by the names of their columns."""
    answer = site.get(path)
    assert answer.status_code == 200
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    start = lines.index([]) + 1
    return answer.content, [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


def rows(page: Page) -> list[Element]:
    bodies = page.all("tbody")
    return bodies[0].below("tr") if bodies else []


def cells(row: Element) -> list[str]:
    return [one.text for one in row.below("th", "td")]


@pytest.mark.parametrize("name", COUNTS)
def test_a_table_holds_every_row_of_its_file_and_says_where_each_was_read(
    checks: TestClient, name: str
) -> None:
    _, found = sheet(checks, f"/en/data/{name}.csv")
    assert len(found) == COUNTS[name] > 0
    assert len({one["Id"] for one in found}) == len(found)
    assert [one["Id"] for one in found if not one["Source"]] == []
    unsure = [one for one in found if one["Confidence"] not in EN_CONFIDENCE]
    damaged = [one["id"] for one in TARGETS if one["status"] == "damaged"] if name == "targets" else []
    assert sorted(one["Id"] for one in unsure) == sorted(damaged)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_index_leads_to_every_table_and_its_file(checks: TestClient, lang: str) -> None:
    links = [one for one in Page(checks.get(f"/{lang}/data").text).links if f"/{lang}/data/" in one]
    assert len({one for one in links if not one.endswith(".csv")}) == len(COUNTS) + 2
    assert {one: checks.get(one).status_code for one in links} == dict.fromkeys(links, 200)


def test_readable_targets_carry_the_printed_figure_and_no_other_does(checks: TestClient) -> None:
    _, found = sheet(checks, "/en/data/targets.csv")
    shown = {one["Id"]: one["Figure"] for one in found}
    for one in TARGETS:
        if one["status"] != "ok":
            assert shown[one["id"]] == "", one["id"]
            continue
        comparator = "" if one["comparator"] == "=" else f"{one['comparator']} "
        figure = f"{comparator}{one['value']} {one['unit']}"
        assert shown[one["id"]] == (f"'{figure}" if figure.startswith("-") else figure)
        assert next(row for row in found if row["Id"] == one["id"])["Section"] == one["section"]


@pytest.mark.parametrize(("lang", "words"), [("zh", "原文损坏，不取值"), ("en", "Damaged in the text")])
def test_a_damaged_cell_says_so_and_holds_no_digit(checks: TestClient, lang: str, words: str) -> None:
    page = Page(checks.get(f"/{lang}/data/targets?reading=damaged").text)
    found = [cells(row)[1] for row in rows(page)]
    assert len(found) == sum(one["status"] == "damaged" for one in TARGETS) > 0
    assert all(one.startswith(words) and not any(sign.isdigit() for sign in one) for one in found)


def test_what_comes_from_a_draft_is_marked_as_a_draft(checks: TestClient) -> None:
    drafts = {key for key, plan in PLANS.items() if plan["status"] == "draft"}
    assert drafts
    _, found = sheet(checks, "/zh/data/targets.csv")
    marked = {one["编号"] for one in found if one["文件状态"] == "征求意见稿"}
    assert marked == {one["id"] for one in TARGETS if one["document"] in drafts}
    shown = rows(Page(checks.get("/zh/data/targets?document=guizhou").text))
    assert len(shown) == len(marked)
    assert all("征求意见稿" in row.below("td")[-2].below("span")[-1].text for row in shown)


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("region=340800", lambda one: PLANS[one["document"]]["region"] == "340800"),
        ("topic=peak year", lambda one: one["topic"] == "peak year"),
        ("document=xinjiang&reading=ok", lambda one: one["document"] == "xinjiang" and one["status"] == "ok"),
        ("region=110000", lambda _: False),
        ("q=熟料", lambda one: "熟料" in one["summary_zh"]),
    ],
)
def test_filters_keep_exactly_what_they_name(checks: TestClient, query: str, kept: Any) -> None:
    wanted = [one["id"] for one in TARGETS if kept(one)]
    _, found = sheet(checks, f"/zh/data/targets.csv?{query}")
    assert [one["编号"] for one in found] == wanted
    page = Page(checks.get(f"/zh/data/targets?{query}").text)
    assert len(rows(page)) == len(wanted)
    assert page.one("h2", id="rows").text == f"{len(wanted)} 行"
    if not wanted:
        assert "/zh/data/targets" in page.links


def test_a_file_opens_as_utf8_and_no_cell_is_a_formula(checks: TestClient) -> None:
    names = [*COUNTS, "approved-scopes", "procurement-codes"]
    for name in names:
        content, _ = sheet(checks, f"/zh/data/{name}.csv")
        assert content.startswith(b"\xef\xbb\xbf")
        lines: Sequence[Sequence[str]] = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert "演示数据·无效凭证" in lines[0]
        assert [
            cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        ] == []


def test_an_approved_scope_leads_to_its_body_and_names_its_days(checks: TestClient) -> None:
    page = Page(checks.get("/zh/data/approved-scopes?category=gbm-06").text)
    found = rows(page)
    assert len(found) == 3  # every invented body is approved for it, the narrow one too
    bodies = {href for href in page.links if "/organisations/" in href}
    assert {href: checks.get(href).status_code for href in bodies} == dict.fromkeys(bodies, 200)
    assert len(bodies) == 3
    assert all("虚构" in cells(row)[-2] for row in found)


def test_pages_of_a_long_table_hold_every_row_once(checks: TestClient) -> None:
    seen: list[str] = []
    for number in range(1, 5):
        page = Page(checks.get(f"/en/data/standards?page={number}").text)
        seen += [cells(row)[0] for row in rows(page)] if number <= 3 else []
    assert len(seen) == len(set(seen)) == COUNTS["standards"]


@pytest.mark.parametrize("path", ["data/nothing", "data/nothing.csv", "data/targets/x"])
def test_an_unknown_table_is_not_found(checks: TestClient, path: str) -> None:
    assert checks.get(f"/zh/{path}").status_code == 404


@pytest.mark.parametrize(
    "query", ["page=0", "page=99", "page=-1", "page=x", "page=" + "9" * 5000, "q=" + "x" * 999]
)
def test_an_odd_page_number_or_filter_still_answers(checks: TestClient, query: str) -> None:
    assert checks.get(f"/zh/data/standards?{query}").status_code == 200
