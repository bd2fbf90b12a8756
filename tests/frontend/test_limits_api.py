"""Limits over HTTP: foreign ones only when asked for, and reasons where there is no headroom."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from catalogue.limits.tables import editions
from tests.frontend.register import BARE, GLASS, case


def read(site: TestClient, path: str, **query: Any) -> dict[str, Any]:
    answer = site.get(f"/api/v1/{path}", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_no_table_of_another_country_is_shown_unasked(site: TestClient) -> None:
    assert read(site, "limits")["tables"] == []
    assert read(site, "limits", region="CN")["tables"] == []


def test_a_region_asked_for_shows_its_tables_whole(site: TestClient) -> None:
    american = read(site, "limits", region="US", lang="en")["tables"]
    assert [one["edition"]["id"] for one in american] == [edition.id for edition in editions()]
    californian = read(site, "limits", region="US-CA")["tables"]
    assert {one["edition"]["region"] for one in californian} == {"US-CA"}
    concrete = american[0]
    assert concrete["cells"][2] == {
        "when": {"fc_psi": "4000"},
        "values": {"top-20": "284", "top-40": "326", "better-than-average": "352"},
    }
    assert (concrete["raised_when"], concrete["raised_by"]) == ({"high_early_strength": "true"}, "1.3")
    assert (concrete["edition"]["effective_from"], concrete["standing"]) == ("2023-12", "in_force")


def test_a_product_without_limits_of_its_kind_has_none(site: TestClient) -> None:
    found = read(site, f"products/{case(GLASS).product.code}/headroom", region="US")
    assert (found["judged"], found["open"]) == ([], [])


@pytest.mark.parametrize("attribute", ["fc_psi", "fc_psi:", ":"])
def test_what_is_known_is_written_as_name_and_value(site: TestClient, attribute: str) -> None:
    answer = site.get(f"/api/v1/products/{case(BARE).product.code}/headroom", params={"attribute": attribute})
    assert (answer.status_code, answer.json()["code"]) == (422, "limits-attribute-unreadable")


def test_whose_data_and_who_verified_stand_beside_the_limits(site: TestClient) -> None:
    found = read(site, f"products/{case(GLASS).product.code}/headroom", region="US", lang="zh")
    assert found["declaration"]["verification"] == "third_party"
    assert found["declaration"]["said"].endswith("专有数据，第三方核查。")
    assert read(site, f"products/{case(BARE).product.code}/headroom")["declaration"] is None
