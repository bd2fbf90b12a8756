"""Which engine answers: the one the settings name, and the embedded one wherever that is away."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from registry.kit.log import get as get_log
from registry.kit.settings import Settings
from search.engine.embedded import EmbeddedEngine
from search.engine.ports import (
    SearchEngine,
    SearchRequest,
    SearchResult,
    SearchUnavailable,
    Suggestion,
    Writer,
)
from search.engine.writer import EmbeddedWriter

T = TypeVar("T")
_PAUSE = 5.0  # seconds without asking an engine that did not answer: nobody waits for it meanwhile
_log = get_log("search.chosen")


@dataclass(frozen=True, slots=True)
class Index:
    """The two sides of one index; each is followed for itself."""

    engine: SearchEngine
    writer: Writer


def embedded(root: Path) -> Index:
    return Index(EmbeddedEngine(root), EmbeddedWriter(root))


def meilisearch(url: str, key: str, prefix: str) -> Index:
    from search.engine.meilisearch import MeilisearchEngine  # noqa: PLC0415  only where it is chosen
    from search.engine.meilisearch_server import Server  # noqa: PLC0415
    from search.engine.meilisearch_writer import MeilisearchWriter  # noqa: PLC0415

    server = Server(url, key, prefix)
    return Index(MeilisearchEngine(server), MeilisearchWriter(server))


def away(settings: Settings) -> Index | None:
    """The index on a server, where the settings name one."""
    if not settings.meilisearch_url:
        return None
    return meilisearch(settings.meilisearch_url, settings.meilisearch_key, settings.meilisearch_index)


class StandingIn:
    """Asks the chosen engine; while it is away the other one answers and its answers say so."""

    def __init__(
        self, chosen: SearchEngine, other: SearchEngine, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._chosen, self._other, self._clock = chosen, other, clock
        self._away_until = 0.0

    def search(self, request: SearchRequest) -> SearchResult:
        return self._asked(lambda engine: engine.search(request), lambda found: replace(found, stood_in=True))

    def suggest(self, prefix: str, limit: int) -> tuple[Suggestion, ...]:
        return self._asked(lambda engine: engine.suggest(prefix, limit))

    def count(self) -> int:
        return self._asked(lambda engine: engine.count())

    def ids_and_versions(self) -> Mapping[str, int]:
        return self._asked(lambda engine: engine.ids_and_versions())

    def generation(self) -> str:
        return self._asked(lambda engine: engine.generation())

    def _asked(self, ask: Callable[[SearchEngine], T], marked: Callable[[T], T] = lambda found: found) -> T:
        if self._clock() >= self._away_until:
            try:
                return ask(self._chosen)
            except SearchUnavailable as error:
                self._away_until = self._clock() + _PAUSE
                _log.warning("The chosen search engine is away; the embedded one answers.", error=str(error))
        return marked(ask(self._other))
