"""While the chosen search engine is away the page and the interface answer all the same, and say who did."""

from collections.abc import Mapping

import pytest
from fastapi.testclient import TestClient

from search.engine.chosen import StandingIn
from search.engine.ports import SearchRequest, SearchResult, SearchUnavailable, Suggestion
from tests.frontend.reading import Page

SAID = "搜索服务器暂时无法使用"


class _Away:
    """An engine that nobody reaches."""

    def _refused(self) -> SearchUnavailable:
        return SearchUnavailable(reason="nobody answers")

    def search(self, _: SearchRequest) -> SearchResult:
        raise self._refused()

    def suggest(self, _: str, __: int) -> tuple[Suggestion, ...]:
        raise self._refused()

    def count(self) -> int:
        raise self._refused()

    def generation(self) -> str:
        raise self._refused()

    def ids_and_versions(self) -> Mapping[str, int]:
        raise self._refused()


def test_the_page_and_the_interface_say_that_another_index_answered(
    site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = site.get("/api/v1/search", params={"q": "水泥"}).json()
    assert SAID not in site.get("/zh/products?q=水泥").text
    running = site.app.state.site  # type: ignore[attr-defined]
    monkeypatch.setattr(running, "search", StandingIn(_Away(), running.search))
    assert SAID in Page(site.get("/zh/products?q=水泥").text).words
    found = site.get("/api/v1/search", params={"q": "水泥"}).json()
    assert (found["total"], found["items"]) == (before["total"], before["items"])
    assert [one["code"] for one in found["problems"]] == ["search.engine-fallback"]
