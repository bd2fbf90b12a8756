"""Exact value counts: one pass for the facets without a choice, one more for each that has one."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from search.documents.fields import Field
from search.engine.ports import SearchRequest
from search.engine.schema import facet_field

if TYPE_CHECKING:
    import tantivy

K = TypeVar("K", bound=str)
_VALUES = 1000  # returned at most
_SEGMENT_VALUES = 3000  # 2026-11: with 3000 the counts of 40 k makers matched a scan at 1 M documents


def counts(
    searcher: "tantivy.Searcher",
    matching: Callable[[Field | None], "tantivy.Query"],
    request: SearchRequest,
) -> Mapping[Field, tuple[tuple[str, int], ...]]:
    """`matching` gives the query without one field's filter, or with all of them for None."""
    chosen = [field for field in request.facets if request.disjunctive and request.filters.get(field)]
    plain = [field for field in request.facets if field not in chosen]
    found: dict[Field, tuple[tuple[str, int], ...]] = {}
    if plain:
        found |= aggregate(searcher, matching(None), {field: facet_field(field) for field in plain})
    for field in chosen:
        found |= aggregate(searcher, matching(field), {field: facet_field(field)})
    return {field: found[field] for field in request.facets}


def aggregate(
    searcher: Any, query: Any, fields: Mapping[K, str], *, most: int = _VALUES
) -> dict[K, tuple[tuple[str, int], ...]]:
    """Counts by fast field name, most frequent first, then by value."""
    terms = {
        str(key): {"terms": {"field": name, "size": most, "segment_size": _SEGMENT_VALUES}}
        for key, name in fields.items()
    }
    answer = searcher.aggregate(query, terms)
    return {
        key: tuple(
            sorted(
                ((bucket["key"], bucket["doc_count"]) for bucket in answer[str(key)]["buckets"]),
                key=lambda pair: (-pair[1], pair[0]),
            ),
        )
        for key in fields
    }
