"""Exact value counts and histograms: one pass for all without a choice, one more for each that has one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as stored
from decimal import Decimal
from functools import partial
from heapq import nsmallest
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from search.documents.fields import Field
from search.engine import packed, parts
from search.engine.histograms import bounds
from search.engine.ports import LISTED, Histogram, SearchRequest
from search.engine.schema import PLACE, attribute_field, facet_field, number_field

if TYPE_CHECKING:
    import tantivy

Counts = tuple[tuple[str, int], ...]
Narrowed = Callable[["tantivy.Query", str, int, int], "tantivy.Query"]
_MOST_BUCKETS = 60_000  # tantivy refuses an answer of more than 65,000
_EVERY_VALUE = 2**31  # more values than documents
_LAST_PLACE = 2**63 - 1
_TOTAL = "total"


@dataclass(slots=True)
class Counted:
    """What was counted, by the names of the request; `values` are the numbers of different values."""

    total: int = 0
    facets: dict[Field, Counts] = stored(default_factory=dict)
    values: dict[Field, int] = stored(default_factory=dict)
    attributes: dict[str, Counts] = stored(default_factory=dict)
    histograms: dict[str, Histogram] = stored(default_factory=dict)

    def ordered(self, request: SearchRequest) -> "Counted":
        """In the order asked for: whoever counted first must not show in the answer, which has one form."""
        return Counted(
            self.total,
            {field: self.facets[field] for field in request.facets if field in self.facets},
            {field: self.values[field] for field in request.facets if field in self.values},
            {name: self.attributes[name] for name in request.attribute_facets if name in self.attributes},
            {name: self.histograms[name] for name in request.histograms if name in self.histograms},
        )


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
    parts: parts.Parts
    matching: Callable[[SearchRequest], "tantivy.Query"]
    narrowed: Narrowed

    def counted(self, request: SearchRequest) -> Counted:
        found = Counted()
        for task in self.tasks(request, found):
            task()
        return found

    def tasks(self, request: SearchRequest, found: Counted) -> list[Callable[[], None]]:
        """What is to be counted, in pieces that may be done in any order and side by side."""
        first, *others = passes(request)
        of_papers = [field for one in others for field in one.fields if field in packed.FIELDS]
        alone = [one for one in others if not set(one.fields) & set(of_papers)]
        tasks: list[Callable[[], None]] = [partial(self._count_all, first, found)]
        tasks += (partial(self._count_own, one, found) for one in alone)
        if of_papers:
            tasks.append(partial(self._count_papers, request, of_papers, found))
        return tasks

    def _count_all(self, one: Pass, found: Counted) -> None:
        found.total = self._count(one, found)

    def _count_own(self, one: Pass, found: Counted) -> None:
        self._count(one, found)

    def _count_papers(self, request: SearchRequest, chosen: Sequence[Field], found: Counted) -> None:
        """Each of these facets without its own choice, from one count without any of their choices."""
        wider = request
        for field in chosen:
            wider = wider.without(field)
        query = self.matching(wider)
        answer = self.searcher.aggregate(query, {packed.COLUMN: _terms(packed.COLUMN)})[packed.COLUMN]
        counts = self._every(query, packed.COLUMN, answer)
        for field in chosen:
            others = {other: request.filters[other] for other in chosen if other is not field}
            values = packed.counted(field, packed.within(counts, others))
            found.facets[field], found.values[field] = most_frequent(values), len(values)

    def _count(self, one: Pass, found: Counted) -> int:
        query = self.matching(one.request)
        columns = dict.fromkeys(map(_column, one.fields))
        wanted: dict[str, Any] = {_TOTAL: {"value_count": {"field": PLACE}}}
        wanted |= {name: _terms(name) for name in (*columns, *map(attribute_field, one.attributes))}
        wanted |= {name: {"stats": {"field": name}} for name in map(number_field, one.numbers)}
        answer = self.searcher.aggregate(query, wanted)
        counted = {column: self._every(query, column, answer[column]) for column in columns}
        for field in one.fields:
            values = self._of_field(field, counted[_column(field)])
            found.facets[field], found.values[field] = most_frequent(values), len(values)
        for attribute in one.attributes:
            name = attribute_field(attribute)
            found.attributes[attribute] = most_frequent(self._every(query, name, answer[name]))
        edges = {number: _edges(answer[number_field(number)]) for number in one.numbers}
        found.histograms.update(self._histograms(query, edges))
        return int(answer[_TOTAL]["value"])

    def _of_field(self, field: Field, counted: Mapping[str, int]) -> Mapping[str, int]:
        """Counts of a facet's values from those of its column."""
        if field in parts.FIELDS:
            return self.parts.counted(field, counted)
        return packed.counted(field, counted) if field in packed.FIELDS else counted

    def _every(self, query: "tantivy.Query", name: str, answer: Mapping[str, Any]) -> Mapping[str, int]:
        """Every value with its count: of too many, products are halved by their place and added up."""
        if not answer["sum_other_doc_count"]:
            return counts(answer)
        return self._halves(query, name, 0, _LAST_PLACE)

    def _halves(self, query: "tantivy.Query", name: str, lower: int, upper: int) -> Mapping[str, int]:
        middle = (lower + upper) // 2
        found: dict[str, int] = {}
        for first, last in ((lower, middle), (middle + 1, upper)):
            part = self.narrowed(query, PLACE, first, last)
            answer = self.searcher.aggregate(part, {name: _terms(name)})[name]
            half = self._halves(query, name, first, last) if answer["sum_other_doc_count"] else counts(answer)
            for value, count in half.items():
                found[value] = found.get(value, 0) + count
        return found

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


def _column(field: Field) -> str:
    """Where the values of a facet stand, alone or with those of others."""
    if field in parts.FIELDS:
        return parts.PART
    return packed.COLUMN if field in packed.FIELDS else facet_field(field)


def _terms(name: str) -> dict[str, Any]:
    return {"terms": {"field": name, "size": _MOST_BUCKETS, "segment_size": _EVERY_VALUE}}


def counts(answer: Mapping[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in answer["buckets"]}


def most_frequent(counts: Mapping[str, int], most: int = LISTED) -> Counts:
    """The most frequent first, then by value."""
    return tuple(nsmallest(most, counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _edges(stats: Mapping[str, Any]) -> tuple[Decimal, ...]:
    # repr: the shortest decimal that is this float, so the bounds are those of the stated figures
    if not stats["count"]:
        return ()
    return bounds(Decimal(repr(stats["min"])), Decimal(repr(stats["max"])))


def _classes(name: str, edges: tuple[Decimal, ...]) -> dict[str, Any]:
    ranges = [{"from": float(lower), "to": float(upper)} for lower, upper in pairwise(edges)]
    return {"range": {"field": number_field(name), "ranges": ranges}}
