"""The Meilisearch engine: what must match goes there as filters, the order of the hits is ours."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from search.documents.fields import Field, Text
from search.engine import meilisearch_filters as filters
from search.engine import meilisearch_records as definition
from search.engine import schema, suggesting
from search.engine.attempts import attempts
from search.engine.meilisearch_facets import counted, counting, counts
from search.engine.meilisearch_ranking import Ranker, near
from search.engine.meilisearch_server import Server
from search.engine.meilisearch_values import coded, plain
from search.engine.parts import KIND_WORD
from search.engine.ports import (
    Hit,
    SearchRequest,
    SearchResult,
    SearchUnavailable,
    Sort,
    Suggestion,
    SuggestionKind,
    Widened,
)
from search.engine.query_builder import STANDINGS
from search.text.analyze import encodable, key
from search.text.words import QueryText, understand

_WINDOW = 200  # hits are ordered within each; above it what surely comes first is told apart by filters
# 2026-11: "at least five of ten words" is a filter that took Meilisearch seconds
_MOST_COUNTED = 5
# An order is called as the number it goes by, with a minus for the greatest first.
_ORDERS = {sort: f"{sort.removeprefix('-')}:{'desc' if sort.startswith('-') else 'asc'}" for sort in Sort}
_ORDERS |= {Sort.RELEVANCE: f"{definition.STANDING}:asc", Sort.NAME: f"{schema.NAME_ORDER}:asc"}
_TIES = f"{schema.TIE}:asc"
NAME = "meilisearch"
_RANKED = ["id", schema.TIE, definition.STANDING, KIND_WORD, schema.LABELS]
_RANKED += [definition.text_field(text) for text in Text]
_STATE = {"filter": f'{definition.ENTRY} = "{definition.POSITION}"', "limit": 1}


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One step of the ladder: what is asked, how many of its words are required, and each word's filter."""

    query: QueryText
    required: int
    spellings: filters.Spellings
    words: Sequence[filters.Options]
    widened: Widened | None = None

    @property
    def matching(self) -> filters.Filter:
        return filters.at_least(self.required, self.words)


class MeilisearchEngine:
    """Asks the index of this definition; any failure is SearchUnavailable."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def search(self, request: SearchRequest) -> SearchResult:
        query = understand(request.text)
        spellings = self._spellings(query)
        strict = _Attempt(query, len(query.words), spellings, filters.words(query, spellings))
        asked = strict
        total, found, state = counted(self._server, request, asked.matching, _STATE)
        if not total and request.relax and query.words and (further := self._relaxed(request, strict)):
            asked = further
            total, found, state = counted(self._server, request, asked.matching, _STATE)
        return SearchResult(
            hits=self._hits(request, asked, total),
            total=total,
            facets={field: found.facets[field] for field in request.facets},
            facet_values=found.values,
            attribute_facets=found.attributes,
            histograms=found.histograms,
            widened=asked.widened,
            generation=self._generation(state),
            engine=NAME,
            definition=definition.fingerprint(),
        )

    def suggest(self, prefix: str, limit: int) -> tuple[Suggestion, ...]:
        query = understand(prefix)
        if not query.words or limit < 1:
            return ()
        spellings = self._spellings(query)
        asked = _Attempt(query, len(query.words), spellings, filters.words(query, spellings))
        request = SearchRequest(text=prefix, limit=suggesting.LOOKED_AT)
        matching = [*filters.limits(request), *asked.matching]
        sources = {
            SuggestionKind.KIND: definition.KIND_LABEL,
            SuggestionKind.MAKER: schema.facet_field(Field.MAKER),
        }
        found = self._server.multi_search([counting(matching, list(sources.values()))])[0]
        lists = [
            suggesting.counted(kind, counts(found, name), query, limit=limit)
            for kind, name in sources.items()
        ]
        rows = self._ranked(request, asked, found["totalHits"])
        lists.append(suggesting.named(((row["id"], row[schema.LABELS]) for row, _ in rows), query))
        lists.append(list(self._numbers(encodable(prefix).strip())))
        return suggesting.mixed(lists, limit)

    def count(self) -> int:
        return int(self._server.multi_search([counting([(filters.PRODUCTS,)])])[0]["totalHits"])

    def generation(self) -> str:
        return self._generation(self._server.multi_search([_STATE])[0])

    def ids_and_versions(self) -> Mapping[str, int]:
        rows = self._server.fetch(filters.PRODUCTS, ("id", "version"))
        return {row["id"]: int(row["version"]) for row in rows}

    def _spellings(self, query: QueryText) -> filters.Spellings:
        """What stands in the index a few slips away from the longer Latin words."""
        return {
            word.text: {
                attribute: near(word, self._server.values_near(attribute, word.text))
                for attribute in (definition.LETTERS, definition.SOUND)
            }
            for word in query.words
            if word.typos
        }

    def _relaxed(self, request: SearchRequest, strict: _Attempt) -> _Attempt | None:
        """The first further step of the ladder that finds anything."""
        limits = filters.limits(request)
        known: dict[QueryText, tuple[filters.Options, ...]] = {}
        for query, required, widened in islice(attempts(strict.query, relax=True), 1, None):
            if query not in known:
                known[query] = self._living(filters.words(query, strict.spellings))
            asked = _Attempt(query, required, strict.spellings, known[query], widened)
            if required <= len(asked.words):
                [found] = self._server.multi_search([counting([*limits, *asked.matching])])
                if found["totalHits"]:
                    return asked
        return None

    def _living(self, words: Sequence[filters.Options]) -> tuple[filters.Options, ...]:
        """The words that stand anywhere at all: only they can be found; of very many the rarest."""
        found = self._server.multi_search([counting([(filters.PRODUCTS,), word]) for word in words])
        totals = [answer["totalHits"] for answer in found]
        rarest = sorted((total, place) for place, total in enumerate(totals) if total)[:_MOST_COUNTED]
        return tuple(words[place] for place in sorted(place for _, place in rarest))

    def _hits(self, request: SearchRequest, asked: _Attempt, total: int) -> tuple[Hit, ...]:
        if not request.limit or request.offset >= total:
            return ()
        if request.sort is Sort.RELEVANCE and asked.query.words:
            return tuple(Hit(row["id"], score) for row, score in self._ranked(request, asked, total))
        matching = [*filters.limits(request), *asked.matching]
        page = {"offset": request.offset, "limit": request.limit, "sort": [_ORDERS[request.sort], _TIES]}
        rows = self._rows([{"filter": matching, **page}], ["id", definition.STANDING])
        scored = request.sort is Sort.RELEVANCE
        return tuple(Hit(row["id"], STANDINGS[row[definition.STANDING]] if scored else None) for row in rows)

    def _ranked(
        self, request: SearchRequest, asked: _Attempt, total: int
    ) -> list[tuple[dict[str, Any], float]]:
        """The windows that hold the page, each in the order of the score, cut to the page."""
        first = request.offset // _WINDOW * _WINDOW
        last = -(-(request.offset + request.limit) // _WINDOW) * _WINDOW
        slices = self._slices(request, asked, total)
        rows = self._rows(list(_within(slices, first, min(last, total))), _RANKED)
        ranker = Ranker(asked.query, asked.spellings)
        scored = [(row, ranker.score(row)) for row in rows]
        ordered = [
            found
            for start in range(0, len(scored), _WINDOW)
            for found in sorted(
                scored[start : start + _WINDOW], key=lambda found: (-found[1], found[0][schema.TIE])
            )
        ]
        return ordered[request.offset - first :][: request.limit]

    def _slices(
        self, request: SearchRequest, asked: _Attempt, total: int
    ) -> list[tuple[filters.Filter, int]]:
        """The matches in steps of which each comes before the next, with the size of each."""
        whole = [*filters.limits(request), *asked.matching]
        if total <= _WINDOW:
            return [(whole, total)]
        steps = tuple(_steps(asked.query))
        tiers = [
            [*whole, *((f"NOT {one}",) for one in steps[:place]), (step,)] for place, step in enumerate(steps)
        ]
        tiers.append([*whole, *((f"NOT {one}",) for one in steps)])
        found = self._server.multi_search([counting(tier) for tier in tiers])
        return [(tier, answer["totalHits"]) for tier, answer in zip(tiers, found, strict=True)]

    def _rows(self, queries: Sequence[Mapping[str, Any]], fields: Sequence[str]) -> list[dict[str, Any]]:
        if not queries:
            return []
        found = self._server.multi_search(
            [{"attributesToRetrieve": list(fields), **query} for query in queries]
        )
        return [row for answer in found for row in answer["hits"]]

    def _numbers(self, prefix: str) -> Iterator[Suggestion]:
        """Registry and certificate numbers that begin so, as typed or in capitals."""
        for spelling in dict.fromkeys((prefix, prefix.upper())):
            known = map(plain, self._server.values_near(schema.NUMBER, coded(spelling)))
            found = sorted(number for number in known if number.startswith(spelling))
            for number in found[: 2 * suggesting.SHARE]:
                yield Suggestion(text=number, kind=SuggestionKind.NUMBER)

    def _generation(self, state: Mapping[str, Any]) -> str:
        if not state["hits"]:
            raise SearchUnavailable(reason="the search index is not whole")
        return f"{self._server.index}:{state['hits'][0]['commit']}"


def _steps(query: QueryText) -> Iterator[str]:
    """What the score puts first whatever else: the kind itself, all words in the name, no slip."""
    yield f'{KIND_WORD} = "{key(query.text)}"'
    yield filters.literal(query, definition.HEAD)
    yield filters.literal(query, definition.ALL)


def _within(slices: Sequence[tuple[filters.Filter, int]], first: int, last: int) -> Iterator[dict[str, Any]]:
    """The queries that bring the hits from `first` to before `last` of all slices laid end to end."""
    begin = 0
    for filtering, size in slices:
        start, stop = max(first - begin, 0), min(last - begin, size)
        if start < stop:
            page = {"offset": start, "limit": stop - start}
            yield {"filter": filtering, "sort": [_ORDERS[Sort.RELEVANCE], _TIES], **page}
        begin += size
