"""Counts beside classes and bases of comparison are what choosing each of them lists."""

from decimal import Decimal
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from registry.changes.feed import Draft
from registry.declarations.service import DECLARATION
from tests.factories import START, declaration
from tests.frontend.kept import change
from tests.frontend.reading import Page
from tests.frontend.register import SUSPENDED, TWO_PLANTS, YEARLY, case
from tests.frontend.test_pages_products import page

OTHER = "GB/T 24067-2024"
# On the other rules: two of the class of twelve, one whose certificate is suspended, one of the other class.
RESTATED = {
    11: Decimal(500),
    12: Decimal(520),
    SUSPENDED: Decimal(540),
    TWO_PLANTS: Decimal(560),
    YEARLY: Decimal(800),
}
QUERIES = (
    {"sort": "gwp"},
    {"sort": "gwp", "status": "all"},
    {"sort": "gwp", "province": "510000"},
    {"sort": "gwp", "max": "650"},
    {"sort": "gwp", "max": "530", "status": "all"},
    {"level": "p50"},
    {"sort": "gwp", "star": "2", "status": "all"},
)


@pytest.fixture
def two_rules(own_site: TestClient) -> TestClient:
    """The small register with figures of the class of twelve on a second basis."""
    drafts = []
    for n, value in RESTATED.items():
        own = case(n).declaration or declaration(200 + n, product_ids=(case(n).product.id,))
        fact = own.model_copy(update={"standard": OTHER, "modules": {"A1-A3": value}})
        drafts.append(Draft(DECLARATION, fact.id, START, fact))
    change(own_site, drafts)
    return own_site


def beside(shown: Page, name: str) -> dict[str, int]:
    return {value: int(count) for value, count in shown.counts(name).items()}


@pytest.mark.parametrize("query", QUERIES)
def test_a_basis_counts_what_choosing_it_lists(two_rules: TestClient, query: dict[str, str]) -> None:
    held = {"kind": "cement", "performance": "42.5", **query}
    counted = beside(page(two_rules, urlencode(held)), "basis")
    assert len(counted) == 2
    for basis, count in counted.items():
        assert page(two_rules, urlencode({**held, "basis": basis})).total == count


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("chosen", ["", "42.5", "52.5"])
def test_a_class_counts_what_it_lists_alone(
    two_rules: TestClient, query: dict[str, str], chosen: str
) -> None:
    held = {"kind": "cement", **query}
    counted = beside(page(two_rules, urlencode({**held, "performance": chosen})), "performance")
    assert set(counted) == {"42.5", "52.5"}
    for value, count in counted.items():
        assert page(two_rules, urlencode({**held, "performance": value})).total == count


def test_without_figures_compared_a_basis_changes_nothing_and_has_no_count(two_rules: TestClient) -> None:
    shown = page(two_rules, "kind=cement&performance=42.5")
    ticks = [
        one
        for one in shown.all("label")
        if any(inner.attributes.get("name") == "basis" for inner in one.inside)
    ]
    assert len(ticks) == 2
    assert not any(inner.attributes.get("class") == "count" for one in ticks for inner in one.inside)
