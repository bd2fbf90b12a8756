"""The search as machines ask it: typed attributes, figures per unit, counts and histograms."""

from collections import Counter
from decimal import Decimal
from itertools import pairwise
from typing import Any

from fastapi.testclient import TestClient

from frontend import openapi

RULES = "gwp_standard=EN 15804%2BA2"


def search(site: TestClient, query: str) -> Any:
    answer = site.get(f"/api/v1/search?{query}&per_page=100&lang=en")
    assert answer.status_code == 200
    return answer.json()


def test_figures_per_kilogram_are_given_sorted_and_limited(site: TestClient) -> None:
    found = search(site, f"{RULES}&sort=gwp_kg")
    assert found["problems"] == []
    figures = [Decimal(one["a1_a3_per"]["kg"]) for one in found["items"] if "kg" in one["a1_a3_per"]]
    assert len(figures) > 5
    assert figures == sorted(figures)
    assert {one["rules"] for one in found["items"]} == {"EN 15804+A2"}
    middle = figures[len(figures) // 2]
    limited = search(site, f"{RULES}&gwp_kg_max={middle}")
    assert limited["total"] == sum(figure <= middle for figure in figures)


def test_figures_of_several_rules_are_not_compared(site: TestClient) -> None:
    found = search(site, "sort=gwp_kg")
    assert [one["code"] for one in found["problems"]] == ["search.figures-not-comparable"]


def test_histograms_and_asked_facets_count_what_is_listed(site: TestClient) -> None:
    found = search(site, f"{RULES}&facet=verification&facet=maker&histogram=gwp_t&histogram=waste_content")
    assert set(found["facets"]) == {"verification", "maker"}
    assert found["facet_values"] == {name: len(values) for name, values in found["facets"].items()}
    shown = found["histograms"]["gwp_t"]
    bounds = [Decimal(edge) for edge in shown["bounds"]]
    figures = [Decimal(one["a1_a3_per"]["t"]) for one in found["items"] if "t" in one["a1_a3_per"]]
    assert shown["counts"] == [
        sum(lower <= figure < upper for figure in figures) for lower, upper in pairwise(bounds)
    ]
    assert sum(shown["counts"]) == len(figures) > 5


def test_typed_attributes_filter_and_are_counted_by_their_names(site: TestClient) -> None:
    everything = search(site, "facet=attr.strength&facet=group")
    counted = {one["value"]: one["count"] for one in everything["facets"]["attr.strength"]}
    assert counted
    for value, count in counted.items():
        assert search(site, f"attr.strength={value}")["total"] == count
    both = "&".join(f"attr.strength={value}" for value in counted)
    chosen = search(site, f"{both}&facet=attr.strength")
    assert chosen["total"] == sum(counted.values())
    kinds = Counter(one["kind"] for one in chosen["items"])
    assert kinds


def test_a_day_is_inside_the_best_certificates_validity(site: TestClient) -> None:
    last = search(site, "status=valid")["items"][0]["valid_to"]
    after = search(site, f"valid_on={last}")["items"]
    assert after
    assert all(one["valid_to"] >= last for one in after)


def test_the_description_of_the_interface_names_the_new_parameters(site: TestClient) -> None:
    described = site.get(openapi.PATH).json()["paths"]["/api/v1/search"]["get"]
    names = {one["name"] for one in described["parameters"]}
    assert {"gwp_kg_max", "gwp_standard", "valid_on", "histogram", "facet", "group", "region"} <= names
    assert "attr.thickness_min" in described["description"]
