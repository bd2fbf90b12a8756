"""The comparison: like with like, and everything else refused with its reason."""

import re
from decimal import Decimal

import pytest
from fastapi.testclient import TestClient

from registry.kit.messages import say
from tests.frontend.reading import Page
from tests.frontend.register import BARE, GLASS, STAGES, STRONG, VALUES, YEARLY, case

PLACE = {"aria-labelledby": "place"}


def codes(*numbers: int) -> list[str]:
    return [case(n).product.code for n in numbers]


def page(site: TestClient, *ids: str, lang: str = "zh", show: str = "") -> Page:
    answer = site.get(f"/{lang}/compare", params={"id": list(ids), **({"show": show} if show else {})})
    assert answer.status_code == 200
    return Page(answer.text)


def rows(shown: Page) -> dict[str, list[str]]:
    table = shown.one("table", class_="versus")
    found = [[cell.text for cell in row.below("th", "td")] for row in table.below("tr")]
    return {row[0]: row[1:] for row in found}


@pytest.mark.parametrize("chosen", [(1, 2), (5, 1, 9), (12, 3, 7, 1)])
def test_likes_stand_side_by_side_with_their_differences(site: TestClient, chosen: tuple[int, ...]) -> None:
    """The differences are computed again here, from the register's own values."""
    cells = rows(page(site, *codes(*chosen)))["A1–A3 碳足迹 kgCO₂e/吨".replace(" kg", "kg")]
    lowest = min(VALUES[n] for n in chosen)
    for n, cell in zip(chosen, cells, strict=True):
        above = VALUES[n] - lowest
        percent = (above * 100 / lowest).quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")
        assert cell == (f"{VALUES[n]}最低" if not above else f"{VALUES[n]}比最低 +{above} (+{percent}%)")


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [
        ((1, GLASS), "材料种类不同（水泥、玻璃）"),
        ((1, GLASS), "声明单位不同（吨、m²）"),
        ((1, STRONG), "42.5、52.5"),
        ((1, BARE), f"没有可比的 A1–A3 数值：示例水泥 {BARE:03d}（虚构）"),
    ],
)
def test_unlike_things_are_refused_with_the_reason_and_no_difference(
    site: TestClient, chosen: tuple[int, ...], reason: str
) -> None:
    shown = page(site, *codes(*chosen))
    assert "不能直接比较，不给差值" in shown.words
    assert reason in shown.words
    assert "最低 " not in shown.words
    assert "比最低" not in shown.words


def test_a_value_not_declared_is_named_and_no_zero(site: TestClient) -> None:
    found = rows(page(site, *codes(1, BARE)))
    assert next(cells for label, cells in found.items() if label.startswith("A1–A3"))[1] == "未声明"


@pytest.mark.parametrize(
    ("ids", "words"),
    [
        ([], "compare.none"),
        (codes(1), "compare.one-more"),
        (codes(1, 1, 1), "compare.one-more"),
        (codes(1, 2, 3, 4, 5), "compare.too-many"),
        (["x", "", "YS-000000-00000-0", "\x00"], "compare.none"),
    ],
)
def test_too_few_and_too_many_are_told_what_to_do(site: TestClient, ids: list[str], words: str) -> None:
    shown = page(site, *ids)
    assert say(words, "zh") in shown.words
    assert any(href.startswith("/zh/products") for href in shown.links)


def test_only_differences_leaves_out_what_is_equal(site: TestClient) -> None:
    every, some = page(site, *codes(1, 2)), page(site, *codes(1, 2), show="differences")
    assert rows(some).items() < rows(every).items()
    equal = [label for label in rows(every) if label not in rows(some)]
    assert all(len(set(rows(every)[label])) == 1 for label in equal)
    assert "材料种类" in equal


def test_both_languages_compare_the_same(site: TestClient) -> None:
    zh, en = (rows(page(site, *codes(1, 2, 3), lang=lang)) for lang in ("zh", "en"))
    assert len(zh) == len(en)
    figures = [next(cells for label, cells in one.items() if label.startswith("A1")) for one in (zh, en)]
    assert [[cell[:3] for cell in cells] for cells in figures] == [["610", "620", "630"]] * 2


def test_a_column_can_be_taken_away(site: TestClient) -> None:
    shown = page(site, *codes(1, 2, 3))
    removing = [href for href in shown.links if href.startswith("/zh/compare?") and "show=" not in href]
    assert len(removing) == 3
    left = [Page(site.get(href).text).one("table", class_="versus") for href in removing]
    heads = [[one for one in table.below("th") if one.attributes.get("scope") == "col"] for table in left]
    assert [len(head) for head in heads] == [3, 3, 3]


def test_the_interface_says_what_the_page_says(site: TestClient) -> None:
    like = site.get("/api/v1/compare", params={"id": codes(1, 2)}).json()
    unlike = site.get("/api/v1/compare", params={"id": codes(1, GLASS)}).json()
    assert like["comparable"] is True
    assert [column["above_lowest"] for column in like["columns"]] == ["0", "10"]
    assert unlike["comparable"] is False
    assert [column["above_lowest"] for column in unlike["columns"]] == [None, None]
    assert {one["code"] for one in unlike["refusals"]} == {
        "compare.kind-differs",
        "compare.unit-differs",
    }


def test_what_decides_between_products_is_compared_with_units(checks: TestClient) -> None:
    """Glass is chosen by thickness, heat transfer and solar gain, not by its name."""
    found = Page(checks.get("/zh/products?kind=glass.low-e&status=all").text).cards[:3]
    shown = rows(page(checks, *found))
    assert any(cell.endswith(" mm") for cell in shown["总厚度"])
    assert {"太阳得热系数"} <= shown.keys()
    assert all(len(cells) == 3 for cells in shown.values())


def test_a_comparison_leads_back_to_the_search(site: TestClient) -> None:
    same, mixed = page(site, *codes(1, 2)), page(site, *codes(1, GLASS))
    assert {"/zh/products", "/zh/products?kind=cement"} <= set(same.links)
    assert "/zh/products" in mixed.links


def test_what_does_not_compare_is_not_drawn_on_one_scale(site: TestClient) -> None:
    like, unlike = (page(site, *codes(*chosen)) for chosen in ((1, 2), (1, STRONG)))
    drawn, undrawn = (shown.one("table", class_="versus").below("svg") for shown in (like, unlike))
    assert len([one for one in drawn if one.attributes.get("role") == "img"]) == 2
    assert not undrawn
    assert "同一刻度" not in unlike.words


def test_a_value_that_differs_is_named_once(site: TestClient) -> None:
    assert "声明单位不同（吨、m²）" in page(site, *codes(1, 2, GLASS)).words


def described(shown: Page) -> str:
    """What a screen reader says of the class's chart; Page itself passes over what stands in pictures."""
    found = re.search(r'<desc id="class-d">(.*?)</desc>', shown.source)
    return found[1] if found else ""


@pytest.mark.parametrize("chosen", [(1, 2), (9, 1, 5), (12, 3, 7, 1)])
def test_compared_products_stand_on_the_line_of_their_class_by_letter(
    site: TestClient, chosen: tuple[int, ...]
) -> None:
    shown = page(site, *codes(*chosen))
    section = shown.one("section", **PLACE)
    assert f"n={len(VALUES)}" in section.text
    for letter, n in zip("ABCD", chosen, strict=False):
        assert f"{letter} {case(n).product.name_zh} · 示例企业 001（虚构） {VALUES[n]}" in section.text
        assert f"{letter}：{VALUES[n]}。" in described(shown)
        assert f"{letter} {case(n).product.name_zh}" in shown.one("table", class_="versus").text
    assert "P20" in section.text


def test_few_products_are_dots_without_percentiles(site: TestClient) -> None:
    shown = page(site, *codes(STRONG, STAGES))
    assert "样本太少，不给分位" in described(shown)
    assert "P20" not in shown.one("section", **PLACE).text
    assert shown.source.count('r="4.500"') == 2


@pytest.mark.parametrize("chosen", [(1, GLASS), (1, STRONG), (1, BARE), (STRONG, YEARLY)])
def test_what_is_refused_has_no_place_in_a_class(site: TestClient, chosen: tuple[int, ...]) -> None:
    shown = page(site, *codes(*chosen))
    assert not shown.all("section", **PLACE)
    assert described(shown) == ""
    assert not any("thresholds" in href for href in shown.links)
