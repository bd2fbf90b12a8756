"""Exact value counts and histograms: one pass for all without a choice, one more for each that has one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as stored
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from search.documents.fields import Field
from search.engine.histograms import bounds
from search.engine.ports import LISTED, Histogram, SearchRequest
from search.engine.schema import TIE, attribute_field, facet_field, number_field

if TYPE_CHECKING:
    import tantivy

K = TypeVar("K", bound=str)
Counts = tuple[tuple[str, int], ...]
Narrowed = Callable[["tantivy.Query", str, int, int], "tantivy.Query"]
_SEGMENT_VALUES = 3000  # of a segment at most: whether that left anything out, tantivy says itself
_MOST_BUCKETS = 60_000  # tantivy refuses an answer of more than 65,000
_EVERY_VALUE = 2**31  # more values than documents
_LAST_TIE = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted, by the names of the request; `values` are the numbers of different values."""

    facets: dict[Field, Counts] = stored(default_factory=dict)
    values: dict[Field, int] = stored(default_factory=dict)
    attributes: dict[str, Counts] = stored(default_factory=dict)
    histograms: dict[str, Histogram] = stored(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pass:
    """Everything that is counted over the same products."""

    request: SearchRequest
    fields: tuple[Field, ...] = ()
    attributes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts within a view of the index; `matching` gives the query of a request, `narrowed` a part of it."""

    searcher: "tantivy.Searcher"
    matching: Callable[[SearchRequest], "tantivy.Query"]
    narrowed: Narrowed

    def counted(self, request: SearchRequest) -> Counted:
        found = Counted()
        for one in passes(request):
            if one.fields or one.attributes or one.numbers:
                self._count(one, self.matching(one.request), found)
        return found

    def _count(self, one: Pass, query: "tantivy.Query", found: Counted) -> None:
        wanted = {name: _terms(name) for name in (facet_field(field) for field in one.fields)}
        wanted |= {name: _terms(name) for name in map(attribute_field, one.attributes)}
        wanted |= {name: {"stats": {"field": name}} for name in map(number_field, one.numbers)}
        answer = self.searcher.aggregate(query, wanted)
        for field in one.fields:
            name = facet_field(field)
            found.facets[field], found.values[field] = self._exact(query, name, answer[name])
        for attribute in one.attributes:
            name = attribute_field(attribute)
            found.attributes[attribute], _ = self._exact(query, name, answer[name])
        edges = {number: _edges(answer[number_field(number)]) for number in one.numbers}
        found.histograms.update(self._histograms(query, edges))

    def _exact(self, query: "tantivy.Query", name: str, answer: Mapping[str, Any]) -> tuple[Counts, int]:
        """The most frequent values and the number of all; a second look where the first left values out."""
        if not answer["sum_other_doc_count"]:
            return _ordered(answer), len(answer["buckets"])
        whole = self.searcher.aggregate(query, {name: _terms(name, _MOST_BUCKETS, _EVERY_VALUE)})[name]
        if not whole["sum_other_doc_count"]:
            return _ordered(whole), len(whole["buckets"])
        return _ordered(whole), len(self._values(query, name, 0, _LAST_TIE))

    def _values(self, query: "tantivy.Query", name: str, lower: int, upper: int) -> set[str]:
        """Every value: products are halved by their tie number until each part has few enough."""
        part = self.narrowed(query, TIE, lower, upper)
        answer = self.searcher.aggregate(part, {name: _terms(name, _MOST_BUCKETS, _EVERY_VALUE)})[name]
        if not answer["sum_other_doc_count"]:
            return {bucket["key"] for bucket in answer["buckets"]}
        middle = (lower + upper) // 2
        return self._values(query, name, lower, middle) | self._values(query, name, middle + 1, upper)

    def _histograms(
        self, query: "tantivy.Query", edges: Mapping[str, tuple[Decimal, ...]]
    ) -> Iterator[tuple[str, Histogram]]:
        wanted = {number_field(name): _classes(name, found) for name, found in edges.items() if found}
        answer = self.searcher.aggregate(query, wanted) if wanted else {}
        for name, found in edges.items():
            buckets = answer[number_field(name)]["buckets"] if found else []
            # tantivy adds the open classes below and above, which hold nothing
            counts = tuple(bucket["doc_count"] for bucket in buckets if "from" in bucket and "to" in bucket)
            yield name, Histogram(found, counts)


def aggregate(searcher: Any, query: Any, fields: Mapping[K, str], *, most: int = LISTED) -> dict[K, Counts]:
    """Quick counts by fast field name, most frequent first; of very many values the rare ones may lack."""
    answer = searcher.aggregate(query, {str(key): _terms(name, most) for key, name in fields.items()})
    return {key: _ordered(answer[str(key)], most) for key in fields}


def passes(request: SearchRequest) -> Iterator[Pass]:
    """Each facet with a choice of its own is counted without that choice."""
    spans = request.ranges.spans() if request.disjunctive else {}
    filters = request.filters if request.disjunctive else {}
    attributes = request.attributes if request.disjunctive else {}
    yield Pass(
        request,
        tuple(field for field in request.facets if not filters.get(field)),
        tuple(name for name in request.attribute_facets if not attributes.get(name)),
        tuple(name for name in request.histograms if name not in spans),
    )
    for chosen in request.facets:
        if filters.get(chosen):
            yield Pass(request.without(chosen), fields=(chosen,))
    for name in request.attribute_facets:
        if attributes.get(name):
            yield Pass(request.without_attribute(name), attributes=(name,))
    for name in request.histograms:
        if name in spans:
            yield Pass(request.without_number(name), numbers=(name,))


def _terms(name: str, size: int = LISTED, of_segment: int = _SEGMENT_VALUES) -> dict[str, Any]:
    return {"terms": {"field": name, "size": size, "segment_size": of_segment}}


def _ordered(answer: Mapping[str, Any], most: int = LISTED) -> Counts:
    """The most frequent first, then by value; equals at the end of a long list are cut by value too."""
    found = [(bucket["key"], bucket["doc_count"]) for bucket in answer["buckets"]]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most])


def _edges(stats: Mapping[str, Any]) -> tuple[Decimal, ...]:
    # repr: the shortest decimal that is this float, so the bounds are those of the stated figures
    if not stats["count"]:
        return ()
    return bounds(Decimal(repr(stats["min"])), Decimal(repr(stats["max"])))


def _classes(name: str, edges: tuple[Decimal, ...]) -> dict[str, Any]:
    ranges = [{"from": float(lower), "to": float(upper)} for lower, upper in pairwise(edges)]
    return {"range": {"field": number_field(name), "ranges": ranges}}
