"""The embedded search engine: tantivy in this process, a snapshot per request."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from search.engine import facets
from search.engine.attempts import attempts
from search.engine.ports import (
    Hit,
    SearchRequest,
    SearchResult,
    SearchUnavailable,
    Sort,
    Suggestion,
)
from search.engine.query_builder import QueryBuilder
from search.engine.schema import NAME_ORDER, TIE
from search.engine.store import Store, guarded
from search.engine.suggesting import suggestions
from search.text.words import QueryText, understand

if TYPE_CHECKING:
    import tantivy

_WINDOW = 500  # equal scores are re-ordered inside each window, so pages never repeat a hit
_KEPT = 64  # answers of one view, of up to 100 kB each
# Apart from names, an order is called as the number it goes by, with a minus for the greatest first.
_ORDERS = {sort: (sort.removeprefix("-"), not sort.startswith("-")) for sort in Sort}
_ORDERS[Sort.NAME] = (NAME_ORDER, True)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One unchanging view of the index."""

    generation: str
    index: "tantivy.Index"
    searcher: "tantivy.Searcher"
    queries: QueryBuilder
    answers: dict[str, SearchResult] = field(default_factory=dict)  # to requests without words


@dataclass(frozen=True, slots=True)
class _Match:
    query: QueryText
    words: "tantivy.Query"
    hits: tuple[Hit, ...]
    total: int
    is_relaxed: bool


class EmbeddedEngine:
    """Reads the index under a root directory; notices commits and swaps of other processes."""

    def __init__(self, root: Path) -> None:
        self._store = Store(root)
        self._lock = Lock()
        self._held: Snapshot | None = None

    def search(self, request: SearchRequest) -> SearchResult:
        """Lists without words are asked for by everybody, so a view keeps its answers to them."""
        snapshot = self.snapshot()
        if request.text:
            return _answered(snapshot, request)
        asked = repr(request)
        found = snapshot.answers.get(asked)
        if found is None:
            found = _answered(snapshot, request)
            if len(snapshot.answers) < _KEPT:
                snapshot.answers[asked] = found
        return found

    def suggest(self, prefix: str, limit: int) -> tuple[Suggestion, ...]:
        snapshot = self.snapshot()
        with guarded():
            return suggestions(snapshot.searcher, snapshot.queries, prefix, limit=limit)

    def count(self) -> int:
        return int(self.snapshot().searcher.num_docs)

    def generation(self) -> str:
        return self.snapshot().generation

    def ids_and_versions(self) -> Mapping[str, int]:
        import tantivy  # noqa: PLC0415  a native module: loaded by the process that searches

        snapshot = self.snapshot()
        addresses = matching_all(snapshot, tantivy.Query.all_query())
        with guarded():
            versions = snapshot.searcher.fast_field_values("version", addresses)
            ids = [snapshot.searcher.doc(address)["id"][0] for address in addresses]
        return {name: int(version or 0) for name, version in zip(ids, versions, strict=True)}

    def snapshot(self) -> Snapshot:
        """The newest committed view; a swap that happens meanwhile is met by a second look."""
        for attempt in (1, 2):
            generation = self._store.generation()
            held = self._held
            if held is not None and held.generation == generation:
                return held
            try:
                return self._renewed(generation)
            except ValueError as error:
                if attempt == 2:
                    raise SearchUnavailable(reason=f"the search index cannot be opened: {error}") from error
        raise AssertionError  # pragma: no cover  the loop returns or raises

    def _renewed(self, generation: str) -> Snapshot:
        with self._lock, guarded():
            held = self._held
            if held is not None and held.generation.partition(":")[0] == generation.partition(":")[0]:
                index, queries = held.index, held.queries
            else:
                index = _opened(self._store.current())
                queries = QueryBuilder(index.schema)
            index.reload()
            # The label was read before the searcher: a newer view under an older name is read again.
            self._held = Snapshot(generation, index, index.searcher(), queries)
            return self._held


def _answered(snapshot: Snapshot, request: SearchRequest) -> SearchResult:
    with guarded():
        match = _matched(snapshot, request)
        counter = facets.Counter(
            snapshot.searcher,
            lambda asked: snapshot.queries.filtered(match.words, asked),
            snapshot.queries.part,
        )
        counted = counter.counted(request)
    return SearchResult(
        hits=match.hits,
        total=match.total,
        facets=counted.facets,
        facet_values=counted.values,
        attribute_facets=counted.attributes,
        histograms=counted.histograms,
        relaxed=match.is_relaxed,
        generation=snapshot.generation,
    )


def matching_all(snapshot: Snapshot, query: "tantivy.Query") -> list["tantivy.DocAddress"]:
    """Every match, however many, in the index's own order."""
    searcher = snapshot.searcher
    with guarded():
        hits = searcher.search(query, limit=max(1, searcher.num_docs), count=False).hits
    return [address for _, address in hits]


def _opened(directory: Path) -> "tantivy.Index":
    import tantivy  # noqa: PLC0415  a native module: loaded by the process that searches

    index = tantivy.Index.open(str(directory))
    # 2026-11: reload at request start 9-13 ms after a commit, the file watcher 256-296 ms
    index.config_reader("manual")
    return index


def _matched(snapshot: Snapshot, request: SearchRequest) -> _Match:
    """All words must match; if nothing does and the request allows it, ever fewer of them."""
    query = understand(request.text)
    for _, group in groupby(attempts(query, relax=request.relax), key=_same_words):
        rungs = list(group)
        attempt, required = rungs[_first_found(snapshot, request, rungs)]
        words = snapshot.queries.words(attempt, required)
        hits, total = _page(snapshot, request, snapshot.queries.filtered(words, request), query=attempt)
        if total:
            is_relaxed = attempt is not query or required < len(query.words)
            return _Match(attempt, words, hits, total, is_relaxed)
    return _Match(query, snapshot.queries.words(query, len(query.words)), (), 0, is_relaxed=False)


def _same_words(rung: tuple[QueryText, int]) -> tuple[QueryText, bool]:
    """All of the words are asked for by themselves: that is the usual search, and needs no halving."""
    return rung[0], rung[1] < len(rung[0].words)


def _first_found(snapshot: Snapshot, request: SearchRequest, rungs: Sequence[tuple[QueryText, int]]) -> int:
    """The first rung that finds anything, or the last: what has more words has fewer too, so ask by halves.

    2026-11: for ten words that no product has together 4 short questions instead of 9 searches.
    """

    def finds(place: int) -> bool:
        words = snapshot.queries.words(*rungs[place])
        matching = snapshot.queries.filtered(words, request)
        return bool(snapshot.searcher.search(matching, limit=1, count=False).hits)

    return bisect_left(range(len(rungs) - 1), x=True, key=finds) if len(rungs) > 1 else 0


def _page(
    snapshot: Snapshot, request: SearchRequest, matching: "tantivy.Query", *, query: QueryText
) -> tuple[tuple[Hit, ...], int]:
    """The windows that hold the page, each with its equals in tie order, cut to the page."""
    import tantivy  # noqa: PLC0415  already loaded by the snapshot

    first = request.offset // _WINDOW * _WINDOW
    last = -(-(request.offset + max(1, request.limit)) // _WINDOW) * _WINDOW
    searcher = snapshot.searcher
    # limit=0 panics inside tantivy: `last` is always above `first`
    if request.sort is Sort.RELEVANCE:
        ranked = snapshot.queries.ranked(matching, query)
        result = searcher.search(ranked, limit=last - first, offset=first)
    else:
        name, ascending = _ORDERS[request.sort]
        order = tantivy.Order.Asc if ascending else tantivy.Order.Desc
        result = searcher.search(
            matching,
            limit=last - first,
            offset=first,
            order_by_field=name,
            order=order,
        )
    rows = _in_tie_order(searcher, result.hits)[request.offset - first :][: request.limit]
    scored = request.sort is Sort.RELEVANCE
    hits = tuple(Hit(searcher.doc(address)["id"][0], key if scored else None) for key, address in rows)
    return hits, int(result.count)  # type: ignore[attr-defined]  # its stub forgets `count`


def _in_tie_order(
    searcher: "tantivy.Searcher", rows: list[tuple[Any, "tantivy.DocAddress"]]
) -> list[tuple[Any, "tantivy.DocAddress"]]:
    ties = searcher.fast_field_values(TIE, [address for _, address in rows])
    ordered: list[tuple[Any, tantivy.DocAddress]] = []
    for start in range(0, len(rows), _WINDOW):
        window = list(zip(rows[start : start + _WINDOW], ties[start : start + _WINDOW], strict=True))
        for _, equals in groupby(window, key=lambda item: item[0][0]):
            ordered += [row for row, _ in sorted(equals, key=lambda item: item[1] or 0)]
    return ordered
