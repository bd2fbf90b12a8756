"""Queries meant to hurt, as the interface and the page are sent them: answered, or refused as documented."""

from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from benchmarks.hostile_queries import hostile

LONGEST_SUGGESTED = 200


@pytest.mark.parametrize("name", hostile())
def test_they_are_answered_by_the_interface_and_the_page(site: TestClient, name: str) -> None:
    query = urlencode(hostile()[name], doseq=True, encoding="utf-8", errors="surrogatepass")
    answer = site.get(f"/api/v1/search?{query}")
    assert answer.status_code == 200, answer.text
    assert answer.json()["total"] >= len(answer.json()["items"])
    assert site.get(f"/zh/products?{query}").status_code == 200
    typed = hostile()[name].get("q", [""])[0]
    suggested = site.get(f"/api/v1/suggest?{query}").status_code
    assert suggested == (422 if len(typed) > LONGEST_SUGGESTED else 200)
