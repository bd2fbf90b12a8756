"""Official forms on the report's page: offered per unit where the rule has them, said where it has none."""

import pytest
from fastapi.testclient import TestClient

from tests.frontend.check_site import PROVEN, Visitor, bill, page

FORMS = ("planned", "completed", "supply", "acceptance", "retest")


def reported(checks: TestClient, lang: str, **fields: str) -> str:
    visitor = Visitor(checks, lang)
    columns = visitor.upload(bill(PROVEN), **fields).headers["location"]
    return visitor.send(visitor.send(columns).headers["location"], then="report").headers["location"]


@pytest.mark.parametrize(("lang", "word"), [("zh", "官方表格"), ("en", "Official forms")])
def test_every_link_of_a_unit_is_a_file(checks: TestClient, lang: str, word: str) -> None:
    report = reported(checks, lang)
    shown = page(checks.get(report))
    assert word in shown.words
    links = [link for link in shown.links if "/forms/" in link]
    assert len(links) == 2 * len(FORMS)
    for link in links:
        answer = checks.get(link)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("application/vnd.openxmlformats-officedocument")
        assert answer.content.startswith(b"PK")
    assert not [link for link in page(checks.get(f"{report}?print=1")).links if "/forms/" in link]


def test_the_page_says_where_a_rule_has_no_forms(checks: TestClient) -> None:
    shown = page(checks.get(reported(checks, "zh", pack="chengdu-2024")))
    assert "没有附核算表格" in shown.words
    assert not [link for link in shown.links if "/forms/" in link]


def test_a_form_that_is_not_there_is_not_found_in_words(checks: TestClient) -> None:
    report = reported(checks, "zh")
    for address in ("planned.xlsx?unit=9号楼", "nonsense.xlsx", "planned.pdf"):
        assert checks.get(f"{report}/forms/{address}").status_code == 404
    assert "9号楼" in page(checks.get(f"{report}/forms/planned.xlsx?unit=9号楼"), 404).words
