"""Suggestions while typing: kinds, names, makers and numbers that the typed text itself matches."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from search.documents.fields import Field
from search.engine import facets
from search.engine.ports import SearchRequest, Suggestion, SuggestionKind
from search.engine.query_builder import QueryBuilder
from search.engine.schema import KIND_LABEL, LABELS, NUMBER, facet_field
from search.text.analyze import encodable
from search.text.highlight import is_found
from search.text.words import QueryText, understand

if TYPE_CHECKING:
    import tantivy

LOOKED_AT = 30  # best products whose names are offered
_VALUES = 200  # kinds and makers with the most matches that are looked at; 2026-11: 1,000 took 20 ms
SHARE = 3  # of each kind of suggestion before the rest is filled up


def suggestions(
    searcher: "tantivy.Searcher", queries: QueryBuilder, prefix: str, *, limit: int
) -> tuple[Suggestion, ...]:
    """Some of each kind first, then whatever more there is; nothing for a blank prefix."""
    query = understand(prefix)
    if not query.words or limit < 1:
        return ()
    matching = queries.filtered(queries.words(query, len(query.words)), SearchRequest())
    sources = (
        _values(searcher, matching, query, limit=limit),
        _names(searcher, queries.ranked(matching, query), query),
        _numbers(searcher, encodable(prefix).strip()),
    )
    return mixed([found for source in sources for found in source], limit)


def mixed(lists: Sequence[list[Suggestion]], limit: int) -> tuple[Suggestion, ...]:
    """A few of each list, then whatever more there is."""
    few = [item for found in lists for item in found[:SHARE]]
    more = [item for found in lists for item in found[SHARE:]]
    return tuple(islice((*few, *more), limit))


def _values(
    searcher: "tantivy.Searcher", matching: "tantivy.Query", query: QueryText, *, limit: int
) -> Iterator[list[Suggestion]]:
    fields = {SuggestionKind.KIND: KIND_LABEL, SuggestionKind.MAKER: facet_field(Field.MAKER)}
    for kind, values in facets.aggregate(searcher, matching, fields, most=_VALUES).items():
        yield counted(kind, values, query, limit=limit)


def counted(
    kind: SuggestionKind, values: Iterable[tuple[str, int]], query: QueryText, *, limit: int
) -> list[Suggestion]:
    """Of the values of the matches those that the typed text itself names."""
    named = ((value, count) for value, count in values if is_found(value, query))
    return [Suggestion(text=value, kind=kind, count=count) for value, count in islice(named, limit)]


def _names(
    searcher: "tantivy.Searcher", ranked: "tantivy.Query", query: QueryText
) -> Iterator[list[Suggestion]]:
    hits = searcher.search(ranked, limit=LOOKED_AT, count=False).hits
    documents = (searcher.doc(address) for _, address in hits)
    yield named(((one["id"][0], json.loads(one[LABELS][0])) for one in documents), query)


def named(products: Iterable[tuple[str, Sequence[str]]], query: QueryText) -> list[Suggestion]:
    """Of each product the first name the typed text stands in; every name once."""
    found: dict[str, Suggestion] = {}
    for product, names in products:
        for name in names:
            if name not in found and is_found(name, query):
                found[name] = Suggestion(text=name, kind=SuggestionKind.NAME, id=product)
                break
    return list(found.values())


def _numbers(searcher: "tantivy.Searcher", prefix: str) -> Iterator[list[Suggestion]]:
    """Registry and certificate numbers that begin so, as typed or in capitals."""
    yield [
        Suggestion(text=number, kind=SuggestionKind.NUMBER, count=count)
        for number, count in _beginning(searcher, prefix)
    ]


def _beginning(searcher: "tantivy.Searcher", prefix: str) -> Iterable[tuple[str, int]]:
    found: dict[str, int] = {}
    for spelling in dict.fromkeys((prefix, prefix.upper())):
        found |= dict(searcher.terms_with_prefix(NUMBER, spelling, None, 2 * SHARE))
    return found.items()
