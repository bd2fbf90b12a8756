"""The interface to limits: it says what the market says, refuses by name, and may be asked conditionally."""

from decimal import Decimal
from typing import Any

import pytest
from fastapi.testclient import TestClient

from catalogue.thresholds.limits import RULE, VERSION
from registry.kit.problems import MEDIA_TYPE
from tests.frontend.register import CLASS, DAY, VALUES

PATH = "/api/v1/thresholds"
A2 = "cement|42.5|t|EN 15804+A2|GWP-total"


def asked(site: TestClient, **query: str) -> dict[str, Any]:
    answer = site.get(PATH, params={"kind": "cement", **query})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("limit", ["609", "610", "645.5", "720", "１２３", "-5", "1E+3"])
def test_a_limit_leaves_what_the_register_holds(site: TestClient, limit: str) -> None:
    """Counted again here from the register's own values; they are all of one maker."""
    found = asked(site, max=limit)
    within = sorted(value for value in VALUES.values() if value <= Decimal(limit))
    assert Decimal(found["max"]) == Decimal(limit)
    assert [Decimal(one["a1_a3_per_unit"]) for one in found["offers"]] == within
    assert found["reached"] == {
        "products": len(within), "makers": min(len(within), 1), "provinces": min(len(within), 1)
    }  # fmt: skip
    assert found["whole"]["products"] == CLASS
    assert found["competes"] is False


def test_without_a_limit_everything_is_within_and_the_largest_basis_is_meant(site: TestClient) -> None:
    found = asked(site)
    assert (found["max"], found["looser"], found["basis"]) == (None, None, A2)
    assert found["reached"] == found["whole"]
    assert found["bases"][A2] == CLASS
    assert found == asked(site, basis=A2)
    assert (found["rule"], found["rule_version"]) == (RULE, VERSION)


def test_what_is_suggested_and_what_is_next(site: TestClient) -> None:
    found = asked(site, max="615")
    assert {one["reason"]: one["max"] for one in found["suggestions"]} == {"p20": "632", "p50": "665"}
    assert found["looser"] == {"max": "620", "reached": {"products": 2, "makers": 1, "provinces": 1}}
    assert (found["p20"], found["p50"], found["p80"]) == ("632", "665", "698")


def test_what_stands_apart_is_counted_by_reason(site: TestClient) -> None:
    """Four lapsed or withdrawn, three without a certificate, two that declare no footprint."""
    assert asked(site)["apart"] == {
        "other-basis": 0, "not-declared": 2, "generic": 0, "no-certificate": 7
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"kind": "nothing"}, 422, "threshold.no-kind"),
        ({"kind": "cement", "basis": "x"}, 404, "threshold.no-basis"),
        ({"kind": "cement", "max": "abc"}, 422, "not-understood"),
        ({"kind": "cement", "max": "1E+99"}, 422, "not-understood"),
        ({"kind": "cement", "max": "NaN"}, 422, "not-understood"),
        ({"kind": "cement", "maximum": "1"}, 422, "not-understood"),
        ({"kind": "cement", "as_of": "999999"}, 422, "as-of-ahead"),
        ({}, 422, "not-understood"),
    ],
)
def test_what_cannot_be_answered_is_a_problem(
    site: TestClient, query: dict[str, str], status: int, code: str
) -> None:
    answer = site.get(PATH, params=query)
    assert (answer.status_code, answer.headers["content-type"]) == (status, MEDIA_TYPE)
    assert answer.json()["code"] == code


def test_an_unchanged_answer_is_not_sent_again(site: TestClient) -> None:
    query = {"kind": "cement", "max": "650", "on": DAY.isoformat()}
    first = site.get(PATH, params=query)
    again = site.get(PATH, params=query, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = site.get(PATH, params={**query, "max": "651"}, headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200
    assert first.headers["X-Feed-Position"] == str(first.json()["as_of"])


def test_before_the_register_began_there_is_nothing_to_measure(site: TestClient) -> None:
    assert site.get(PATH, params={"kind": "cement", "as_of": "0"}).status_code == 422
