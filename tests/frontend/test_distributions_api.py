"""Spreads over HTTP: every value of a cell with its base and recipe, in the reader's language."""

from decimal import Decimal
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.frontend.register import DAY, VALUES, YEARLY, case

PATH = "/api/v1/distributions"


def asked(site: TestClient, **query: Any) -> dict[str, Any]:
    answer = site.get(PATH, params={"kind": "cement", **query})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_cell_holds_the_declared_values_with_percentiles_from_ten_on(site: TestClient) -> None:
    found = asked(site)
    cell = found["cells"][0]
    assert cell["cell"] == "cement|42.5|t|EN 15804+A2|GWP-total|A1-A3|specific"
    values = [Decimal(one["value"]) for one in cell["values"]]
    assert set(VALUES.values()) <= set(values)
    assert (cell["n"], values) == (len(values), sorted(values))
    assert found["on"] == DAY.isoformat()
    small = [one for one in found["cells"] if one["n"] < 10]
    assert small
    assert all((one["p20"], one["p50"], one["p80"]) == (None, None, None) for one in small)
    assert all(one["warnings"] for one in small)


def test_an_average_is_no_product(site: TestClient) -> None:
    found = asked(site, performance="52.5")
    average = case(YEARLY).declaration
    assert average is not None
    shown = {one["declaration"] for cell in found["cells"] for one in cell["values"]}
    assert shown
    assert average.code not in shown
    assert found["apart"]["no-product"] >= 1


def test_another_unit_scales_every_value(site: TestClient) -> None:
    by_tonne, by_kilogram = asked(site), asked(site, per="kg")
    for one, other in zip(by_tonne["cells"], by_kilogram["cells"], strict=True):
        assert [Decimal(entry["value"]) for entry in one["values"]] == [
            1000 * Decimal(entry["value"]) for entry in other["values"]
        ]


def test_the_recipe_is_told_in_the_readers_language(site: TestClient) -> None:
    zh, en = asked(site)["recipe"], asked(site, lang="en")["recipe"]
    assert len(zh) == len(en) == 6
    assert f"{DAY.isoformat()}，登记序号 {asked(site)['as_of']}。" in zh
    assert "A1–A3" in en[1]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"kind": "no-such-kind"}, 404, "spread-kind-unknown"),
        ({"per": "furlong"}, 422, "gwp.per-unknown"),
        ({"modules": "A-D"}, 422, "gwp.benefits-apart"),
        ({"verified": "somebody"}, 422, "not-understood"),
        ({"colour": "green"}, 422, "not-understood"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    site: TestClient, query: dict[str, str], status: int, code: str
) -> None:
    answer = site.get(PATH, params={"kind": "cement", **query})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
