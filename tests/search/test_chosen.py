"""The chosen engine answers; while it is away the embedded one does and says so, and nothing is lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from registry.changes import feed
from registry.changes.feed import Draft
from registry.kit.db import write_session
from registry.kit.settings import Settings
from registry.products.service import PRODUCT
from search.engine import chosen
from search.engine.meilisearch import MeilisearchEngine
from search.engine.meilisearch_writer import MeilisearchWriter
from search.engine.ports import SearchRequest, SearchResult, SearchUnavailable, Suggestion
from search.feeding.away import AwayFollower
from tests import databases, factories
from tests.search.meilisearch_double import Double

TODAY = date(2026, 6, 1)


@dataclass
class _Engine:
    name: str
    is_away: bool = False
    asked: list[str] = field(default_factory=list)

    def _answer(self, what: str) -> str:
        self.asked.append(what)
        if self.is_away:
            raise SearchUnavailable(reason="away")
        return self.name

    def search(self, _: SearchRequest) -> SearchResult:
        return SearchResult(hits=(), total=0, facets={}, widened=None, generation=self._answer("search"))

    def suggest(self, prefix: str, limit: int) -> tuple[Suggestion, ...]:
        self._answer(f"{prefix}{limit}")
        return ()

    def count(self) -> int:
        return len(self._answer("count"))

    def generation(self) -> str:
        return self._answer("generation")

    def ids_and_versions(self) -> Mapping[str, int]:
        return {self._answer("ids"): 1}


def test_while_the_chosen_engine_is_away_the_other_answers_and_says_so() -> None:
    now = [100.0]
    first, second = _Engine("first"), _Engine("second")
    both = chosen.StandingIn(first, second, clock=lambda: now[0])
    assert not both.search(SearchRequest()).stood_in
    first.is_away = True
    found = both.search(SearchRequest())
    assert (found.generation, found.stood_in) == ("second", True)
    assert (both.generation(), both.ids_and_versions(), both.count()) == ("second", {"second": 1}, 6)
    assert first.asked == ["search", "search"]  # once it was away nobody waited for it again
    first.is_away = False
    now[0] += 6
    assert (both.search(SearchRequest()).generation, both.generation()) == ("first", "first")


def test_both_away_is_an_error() -> None:
    both = chosen.StandingIn(_Engine("first", is_away=True), _Engine("second", is_away=True))
    with pytest.raises(SearchUnavailable):
        both.search(SearchRequest())


def test_without_an_address_nothing_but_the_embedded_index_is_used() -> None:
    assert chosen.away(Settings()) is None
    assert chosen.away(Settings(meilisearch_url="http://127.0.0.1:9")) is not None


class _Faulty(Double):
    is_away = False

    def send(self, *given: object) -> int:
        if self.is_away:
            raise SearchUnavailable(reason="away")
        return super().send(*given)  # type: ignore[arg-type]


def test_what_is_recorded_while_the_server_is_away_is_found_when_it_is_back(
    empty_database: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = _Faulty("queue")
    search = MeilisearchEngine(server)
    with databases.copied(empty_database, tmp_path) as engine:
        with write_session(engine) as session:
            feed.start(session, "demonstration")
            factories.record(session, factories.world())
        follower = AwayFollower(engine, (search, MeilisearchWriter(server)), lambda: TODAY)
        monkeypatch.setattr(follower._stop_asked, "wait", lambda _: True)
        follower._round(TODAY)
        assert search.count() == 1
        server.is_away = True
        fact = factories.product(2)
        with write_session(engine) as session:
            factories.record(session, [Draft(PRODUCT, fact.id, TODAY, fact)])
        follower._round(TODAY)
        assert search.count() == 1
        server.is_away = False
        follower._round(TODAY)
        assert search.count() == 2
