"""Suggestions while typing: kinds, names, makers and numbers that the typed text itself matches."""

import json
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from search.documents.fields import Field
from search.engine import facets, ordering
from search.engine.attempts import Rung
from search.engine.leaves import Asked
from search.engine.parts import PART
from search.engine.ports import SearchRequest, Suggestion, SuggestionKind
from search.engine.query_builder import QueryBuilder
from search.engine.schema import ID, LABELS, facet_field, whole_id
from search.engine.snapshot import Snapshot
from search.text.analyze import encodable
from search.text.highlight import is_found
from search.text.words import QueryText, understand

if TYPE_CHECKING:
    import tantivy

LOOKED_AT = 30  # best products whose names are offered
_VALUES = 200  # kinds and makers with the most matches that are looked at; 2026-11: 1,000 took 20 ms
_MAKER = facet_field(Field.MAKER)
SHARE = 3  # of each kind of suggestion before the rest is filled up


def suggestions(snapshot: Snapshot, prefix: str, limit: int) -> tuple[Suggestion, ...]:
    """Some of each kind first, then whatever more there is; nothing for a blank prefix."""
    query = understand(prefix)
    if not query.words or limit < 1:
        return ()
    attempt = Rung(query, len(query.words))
    searcher, queries = snapshot.searcher, snapshot.queries
    values = dict[str, facets.Counts]()
    counting = snapshot.beside.begun([partial(_count, snapshot, attempt, values)])
    hits = ordering.best(snapshot, SearchRequest(), attempt, places=(0, LOOKED_AT)).rows
    best = [searcher.doc(address) for _, address in hits]
    products = [(whole_id(one[ID][0]), *json.loads(one[LABELS][0])) for one in best]
    counting.finish()
    found = (
        counted(SuggestionKind.KIND, values[PART], query, limit=limit),
        counted(SuggestionKind.MAKER, values[_MAKER], query, limit=limit),
        named(((product, names) for product, names, _ in products), query),
        _numbers(searcher, queries, (number for *_, known in products for number in known), prefix),
    )
    return mixed(found, limit)


def mixed(lists: Sequence[list[Suggestion]], limit: int) -> tuple[Suggestion, ...]:
    """A few of each list, then whatever more there is."""
    few = [item for found in lists for item in found[:SHARE]]
    more = [item for found in lists for item in found[SHARE:]]
    return tuple(islice((*few, *more), limit))


def _count(snapshot: Snapshot, attempt: Rung, values: dict[str, facets.Counts]) -> None:
    """The labels of kinds and the makers with the most matches; rare ones may lack."""
    wanted = {name: {"terms": {"field": name, "size": _VALUES}} for name in (PART, _MAKER)}
    answer = snapshot.searcher.aggregate(snapshot.queries.words(attempt, Asked.COUNTED), wanted)
    labels = snapshot.parts.labelled(facets.counts(answer[PART]))
    values[PART] = facets.most_frequent(labels, _VALUES)
    values[_MAKER] = facets.most_frequent(facets.counts(answer[_MAKER]), _VALUES)


def counted(
    kind: SuggestionKind, values: Iterable[tuple[str, int]], query: QueryText, *, limit: int
) -> list[Suggestion]:
    """Of the values of the matches those that the typed text itself names."""
    named = ((value, count) for value, count in values if is_found(value, query))
    return [Suggestion(text=value, kind=kind, count=count) for value, count in islice(named, limit)]


def named(products: Iterable[tuple[str, Sequence[str]]], query: QueryText) -> list[Suggestion]:
    """Of each product the first name the typed text stands in; every name once."""
    found: dict[str, Suggestion] = {}
    for product, names in products:
        for name in names:
            if is_found(name, query):  # a second product of that name is not offered by its other name
                found.setdefault(name, Suggestion(text=name, kind=SuggestionKind.NAME, id=product))
                break
    return list(found.values())


def _numbers(
    searcher: "tantivy.Searcher", queries: QueryBuilder, known: Iterable[str], prefix: str
) -> list[Suggestion]:
    """Registry and certificate numbers of the best products that begin so, as typed or in capitals.

    2026-11: walking the dictionary of numbers took 76 ms for a beginning that 100,000 products share.
    """
    typed = encodable(prefix).strip()
    begins = sorted({number for number in known if number.startswith((typed, typed.upper()))})
    found: list[Suggestion] = []
    for number in begins[: 2 * SHARE]:
        products = searcher.search(queries.numbered(number), limit=1).count  # type: ignore[attr-defined]
        found.append(Suggestion(text=number, kind=SuggestionKind.NUMBER, count=int(products)))
    return found
