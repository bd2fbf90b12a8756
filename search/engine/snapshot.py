"""One unchanging view of the embedded index, with what is kept for as long as it is the newest."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from search.engine.beside import Beside
from search.engine.parts import Parts, PartsReader
from search.engine.ports import SearchResult
from search.engine.query_builder import QueryBuilder

if TYPE_CHECKING:
    import tantivy

_KEPT = 64  # answers of one view, of up to 100 kB each


class Answers:
    """The last answers of one view to requests without words, by the request."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[str, SearchResult] = OrderedDict()

    def get(self, asked: str) -> SearchResult | None:
        with self._lock:
            if asked in self._kept:
                self._kept.move_to_end(asked)
            return self._kept.get(asked)

    def __len__(self) -> int:
        return len(self._kept)

    def clear(self) -> None:
        self._kept.clear()

    def keep(self, asked: str, answer: SearchResult) -> None:
        with self._lock:
            self._kept[asked] = answer
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One unchanging view of the index."""

    generation: str
    index: "tantivy.Index"
    shared: PartsReader
    searcher: "tantivy.Searcher"
    parts: Parts
    queries: QueryBuilder
    beside: Beside = field(default_factory=Beside)
    answers: Answers = field(default_factory=Answers)
