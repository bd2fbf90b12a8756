"""The embedded search engine: tantivy in this process, a snapshot per request."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from search.engine import facets, ordering
from search.engine.attempts import Rung, attempts
from search.engine.beside import Beside, Errands
from search.engine.leaves import Asked
from search.engine.parts import PartsReader
from search.engine.ports import (
    Hit,
    SearchRequest,
    SearchResult,
    SearchUnavailable,
    Sort,
    Suggestion,
)
from search.engine.query_builder import QueryBuilder
from search.engine.schema import ID, fingerprint, whole_id
from search.engine.snapshot import Snapshot
from search.engine.store import Store, guarded
from search.engine.suggesting import suggestions
from search.text.words import QueryText, understand

if TYPE_CHECKING:
    import tantivy

NAME = "embedded"


class EmbeddedEngine:
    """Reads the index under a root directory; notices commits and swaps of other processes."""

    def __init__(self, root: Path) -> None:
        self._store = Store(root)
        self._lock = Lock()
        self._held: Snapshot | None = None
        self._beside = Beside()

    def search(self, request: SearchRequest) -> SearchResult:
        """Lists without words are asked for by everybody, so a view keeps its answers to them."""
        snapshot = self.snapshot()
        if request.text:
            return _answered(snapshot, request)
        asked = repr(request)
        found = snapshot.answers.get(asked)
        if found is None:
            found = _answered(snapshot, request)
            snapshot.answers.keep(asked, found)
        return found

    def suggest(self, prefix: str, limit: int) -> tuple[Suggestion, ...]:
        snapshot = self.snapshot()
        with guarded(), snapshot.beside.asking():
            return suggestions(snapshot, prefix, limit=limit)

    def count(self) -> int:
        return int(self.snapshot().searcher.num_docs)

    def generation(self) -> str:
        return self.snapshot().generation

    def ids_and_versions(self) -> Mapping[str, int]:
        import tantivy  # noqa: PLC0415  a native module: loaded by the process that searches

        snapshot = self.snapshot()
        with guarded():
            addresses = matching_all(snapshot, tantivy.Query.all_query())
            versions = snapshot.searcher.fast_field_values("version", addresses)
            ids = ids_of(snapshot, addresses)
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
                index, parts = held.index, held.shared
            else:
                directory = self._store.current()
                index, parts = _opened(directory), PartsReader(directory)
            index.reload()
            searcher, known = index.searcher(), parts.renewed()
            queries = QueryBuilder(index.schema, known)
            # The label was read before the searcher: a newer view under an older name is read again.
            self._held = Snapshot(generation, index, parts, searcher, known, queries, self._beside)
            return self._held


def _answered(snapshot: Snapshot, request: SearchRequest) -> SearchResult:
    """All words must match; if nothing does and the request allows it, ever fewer of them."""
    query = understand(request.text)
    with guarded(), snapshot.beside.searching():
        for attempt in _rungs(snapshot, request, query):
            if found := _found(snapshot, request, attempt):
                return found
        whole = Rung(query, len(query.words))
        return _result(snapshot, whole, (), _counter(snapshot, whole).counted(request).ordered(request))


def _found(snapshot: Snapshot, request: SearchRequest, attempt: Rung) -> SearchResult | None:
    """The answer of one rung; None where it finds nothing."""
    counted = facets.Counted()
    tasks = _counter(snapshot, attempt).tasks(request, counted)
    by_tiers = request.sort is Sort.RELEVANCE and attempt.is_whole
    is_wanted = request.counts or (by_tiers and snapshot.queries.is_narrowed(attempt.query))
    counting = snapshot.beside.begun(tasks) if is_wanted else Errands(tasks)
    rows, total = ordering.page(snapshot, request, attempt)
    if total == 0:
        counting.dropped()
        return None
    scored = request.sort is Sort.RELEVANCE
    ids = ids_of(snapshot, (address for _, address in rows))
    hits = tuple(Hit(name, key if scored else None) for name, (key, _) in zip(ids, rows, strict=True))
    if total is not None and not request.counts:
        counting.dropped()
        counted = facets.Counted(total)
    else:
        counting.finish()
    return _result(snapshot, attempt, hits, counted.ordered(request))


def _counter(snapshot: Snapshot, attempt: Rung) -> facets.Counter:
    queries, words = snapshot.queries, snapshot.queries.words(attempt, Asked.COUNTED)
    return facets.Counter(
        snapshot.searcher, snapshot.parts, lambda asked: queries.filtered(words, asked), queries.part
    )


def _result(
    snapshot: Snapshot, attempt: Rung, hits: tuple[Hit, ...], counted: facets.Counted
) -> SearchResult:
    return SearchResult(
        hits=hits,
        total=counted.total,
        facets=counted.facets,
        facet_values=counted.values,
        attribute_facets=counted.attributes,
        histograms=counted.histograms,
        widened=attempt.widened,
        generation=snapshot.generation,
        engine=NAME,
        definition=fingerprint(),
    )


def matching_all(snapshot: Snapshot, query: "tantivy.Query") -> list["tantivy.DocAddress"]:
    """Every match, however many, in the index's own order."""
    searcher = snapshot.searcher
    with guarded():
        hits = searcher.search(query, limit=max(1, searcher.num_docs), count=False).hits
    return [address for _, address in hits]


def ids_of(snapshot: Snapshot, addresses: Iterable["tantivy.DocAddress"]) -> list[str]:
    return [whole_id(snapshot.searcher.doc(address)[ID][0]) for address in addresses]


def _opened(directory: Path) -> "tantivy.Index":
    import tantivy  # noqa: PLC0415  a native module: loaded by the process that searches

    index = tantivy.Index.open(str(directory))
    # 2026-11: reload at request start 9-13 ms after a commit, the file watcher 256-296 ms
    index.config_reader("manual")
    return index


def _rungs(snapshot: Snapshot, request: SearchRequest, query: QueryText) -> Iterator[Rung]:
    """The rungs of the ladder that are worth a whole answer, one after another."""
    ladder = attempts(query, relax=request.relax)
    for _, group in groupby(ladder, key=lambda rung: (rung.query, rung.is_whole)):
        rungs = list(group)
        yield rungs[_first_found(snapshot, request, rungs)]


def _first_found(snapshot: Snapshot, request: SearchRequest, rungs: Sequence[Rung]) -> int:
    """The first rung that finds anything, or the last: what has more words has fewer too, so ask by halves.

    2026-11: for ten words that no product has together 4 short questions instead of 9 searches.
    """

    def finds(place: int) -> bool:
        words = snapshot.queries.words(rungs[place], Asked.COUNTED)
        matching = snapshot.queries.filtered(words, request)
        return bool(snapshot.searcher.search(matching, limit=1, count=False).hits)

    return bisect_left(range(len(rungs) - 1), x=True, key=finds) if len(rungs) > 1 else 0
