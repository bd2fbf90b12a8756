"""Pages of carbon spreads and published limits: what the register holds, and what was asked for."""

import re

import pytest
from fastapi.testclient import TestClient

from catalogue.limits.tables import editions
from frontend.pages.carbon import MOST_CELLS, MOST_LINES
from tests.frontend.reading import Page
from tests.frontend.register import GLASS, VALUES, YEARLY, case
from tests.journeys.places import LOWEST

MOST_ELEMENTS = 1500


def page(site: TestClient, path: str, lang: str = "zh", **query: str) -> Page:
    answer = site.get(f"/{lang}/{path}", params=query)
    assert answer.status_code == 200, answer.text
    assert len(re.findall(r"<[a-z]", answer.text)) <= MOST_ELEMENTS
    return Page(answer.text)


def test_a_spread_shows_percentiles_from_ten_values_on_and_dots_below(site: TestClient) -> None:
    shown = page(site, "carbon/cement")
    assert "P20" in shown.words
    assert f"n={len(VALUES)}" in shown.words
    assert "632" in shown.words  # 0.2 of the way from the third value to the fourth
    few = page(site, "carbon/cement", performance="52.5")
    assert "P20" not in few.one("section", **{"aria-labelledby": "cell-0"}).text
    assert "不足 10 个，只画点" in few.words


def test_the_lowest_values_stand_in_a_table_with_their_declarations(site: TestClient) -> None:
    shown = page(site, "carbon/cement", performance="42.5")
    query = {"kind": "cement", "performance": "42.5"}
    cells = site.get("/api/v1/distributions", params=query).json()["cells"]
    lowest = [one["declaration"] for cell in cells[:MOST_CELLS] for one in cell["values"][:MOST_LINES]]
    assert lowest
    assert [link for link in shown.links if link.startswith("/v/")] == [f"/v/{code}" for code in lowest]


def test_an_average_is_counted_apart_and_not_drawn(site: TestClient) -> None:
    shown, average = page(site, "carbon/cement"), case(YEARLY).declaration
    assert average is not None
    assert average.code not in shown.source
    assert "平均或通用数据：1 份" in shown.words


def test_the_recipe_and_the_same_figures_as_json_stand_on_the_page(site: TestClient) -> None:
    shown = page(site, "carbon/cement", "en", per="kg")
    assert "numpy" not in shown.words
    assert "linear between two places" in shown.words
    href = next(link for link in shown.links if link.startswith("/api/v1/distributions?"))
    found = site.get(href).json()
    assert (found["per"], found["kind"]) == ("kg", "cement")


@pytest.mark.parametrize(("query", "shown"), [({"modules": "C"}, False), ({"per": "m2"}, False), ({}, True)])
def test_a_question_without_values_says_what_to_change(
    site: TestClient, query: dict[str, str], *, shown: bool
) -> None:
    found = page(site, "carbon/cement", **query)
    assert ("没有可以放在一起的数值" in found.words) is not shown


@pytest.mark.parametrize(
    ("path", "status"),
    [("carbon/no-such-kind", 404), ("carbon/cement?modules=A-D", 422), ("carbon/cement?per=furlong", 422)],
)
def test_what_cannot_be_asked_is_refused(site: TestClient, path: str, status: int) -> None:
    assert site.get(f"/zh/{path}").status_code == status


def test_tables_of_other_countries_are_shown_only_when_asked_for(site: TestClient) -> None:
    home = page(site, "limits")
    assert not any(edition.title_zh in home.words for edition in editions())
    assert "没有读到中国对建材产品碳足迹的限值" in home.words
    away = page(site, "limits", region="US")
    assert all(edition.title_zh in away.words for edition in editions())
    assert "未公布或未读到" in away.words
    assert "圆柱体规定强度 f'c（psi） = 4000" in away.words
    assert "[form]" not in away.words, "names for machines stand where a question needs them"
    assert page(site, "limits", region="nowhere").words == home.words


def test_a_product_is_held_against_the_limits_of_a_region_asked_for(checks: TestClient) -> None:
    concrete = page(checks, f"products/{LOWEST}", region="US")
    block = concrete.one("section", **{"aria-labelledby": "headroom"}).text
    assert "低隐含碳混凝土限值（IRA）" in block
    assert "要先知道：fc_psi" in block
    assert "与公布的限值相比" not in page(checks, f"products/{LOWEST}").words


def test_a_product_leads_to_its_spread_and_shows_no_foreign_limit_unasked(site: TestClient) -> None:
    code = case(GLASS).product.code
    plain = page(site, f"products/{code}")
    assert "/zh/carbon/glass" in plain.links
    assert "与公布的限值相比" not in plain.words
