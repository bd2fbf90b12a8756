"""Totals, facets and histograms of a request on Meilisearch: every count is that of a filter."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from search.engine import meilisearch_filters as filters
from search.engine import schema
from search.engine.facets import Counted, Counts, Pass, passes
from search.engine.histograms import bounds
from search.engine.meilisearch_server import Server
from search.engine.meilisearch_values import plain
from search.engine.ports import LISTED, Histogram, SearchRequest


def counting(filtering: filters.Filter, facets: Sequence[str] = ()) -> dict[str, Any]:
    """Exact totals need a page by number; a page of none is enough."""
    return {"filter": filtering, "facets": list(facets), "page": 1, "hitsPerPage": 0}


def counts(answer: Mapping[str, Any], name: str) -> Counts:
    found = ((plain(value), count) for value, count in answer["facetDistribution"].get(name, {}).items())
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0]))[:LISTED])


def counted(
    server: Server, request: SearchRequest, matching: filters.Filter, state: Mapping[str, Any]
) -> tuple[int, Counted, Mapping[str, Any]]:
    """The total, everything counted beside it, and the answer to `state`, asked in the same breath."""
    several = list(passes(request))
    asked = [counting([*filters.limits(one.request), *matching], _names(one)) for one in several]
    known, *answers = server.multi_search([state, *asked])
    found = Counted()
    for one, answer in zip(several, answers, strict=True):
        for field in one.fields:
            name = schema.facet_field(field)
            found.facets[field] = counts(answer, name)
            found.values[field] = len(answer["facetDistribution"].get(name, {}))
        for attribute in one.attributes:
            found.attributes[attribute] = counts(answer, schema.attribute_field(attribute))
        within = [*filters.limits(one.request), *matching]
        found.histograms.update(_histograms(server, one, within, answer.get("facetStats", {})))
    return answers[0]["totalHits"], found, known


def _names(one: Pass) -> list[str]:
    fields = map(schema.facet_field, one.fields)
    return [
        *fields,
        *map(schema.attribute_field, one.attributes),
        *map(schema.number_field, one.numbers),
    ]


def _histograms(
    server: Server, one: Pass, within: filters.Filter, stats: Mapping[str, Mapping[str, float]]
) -> Iterator[tuple[str, Histogram]]:
    for number in one.numbers:
        name = schema.number_field(number)
        if name not in stats:
            yield number, Histogram((), ())
            continue
        # repr: the shortest decimal that is this float, so the bounds are those of the stated figures
        least, greatest = (Decimal(repr(float(stats[name][edge]))) for edge in ("min", "max"))
        edges = bounds(least, greatest)
        classes = [
            (f"{name} >= {float(low)!r} AND {name} < {float(high)!r}",) for low, high in pairwise(edges)
        ]
        answers = server.multi_search([counting([*within, part]) for part in classes])
        yield number, Histogram(edges, tuple(answer["totalHits"] for answer in answers))
