"""Random requests over given documents: every filter, limit, facet and histogram the port knows."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from search.documents.fields import Field
from search.documents.product import GwpUnit, ProductDocument
from search.engine.ports import NUMBERS, QUANTITY, Ranges, SearchRequest, Span
from tests.oracles import search_oracle

_FIRST_DAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Known:
    """What may be asked for: the values some document has."""

    fields: dict[Field, tuple[str, ...]]
    attributes: dict[str, tuple[str, ...]]
    numbers: dict[str, tuple[Decimal, ...]]


def known(documents: Sequence[ProductDocument]) -> Known:
    names = sorted({name for item in documents for name in item.attributes})
    numbers = [*NUMBERS, *sorted({f"{QUANTITY}{name}" for item in documents for name in item.quantities})]
    return Known(
        fields={
            field: tuple(sorted({value for item in documents for value in search_oracle.values(item, field)}))
            for field in Field
        },
        attributes={
            name: tuple(sorted({item.attributes[name] for item in documents if name in item.attributes}))
            for name in names
        },
        numbers={
            name: tuple(
                sorted(
                    {value for item in documents if (value := search_oracle.number(item, name)) is not None}
                )
            )
            for name in numbers
        },
    )


def requests(rng: random.Random, have: Known, count: int) -> Iterator[SearchRequest]:
    for _ in range(count):
        yield SearchRequest(
            filters=MappingProxyType(_filters(rng, have)),
            attributes=MappingProxyType(_attributes(rng, have)),
            ranges=ranges(rng, have),
            facets=tuple(rng.sample(tuple(Field), 4)),
            attribute_facets=tuple(rng.sample(sorted(have.attributes), min(2, len(have.attributes)))),
            histograms=tuple(rng.sample(sorted(have.numbers), 2)),
            limit=100,
            disjunctive=rng.random() < 0.7,
        )


def _filters(rng: random.Random, have: Known) -> dict[Field, tuple[str, ...]]:
    chosen = rng.sample(tuple(Field), rng.choice((0, 1, 1, 2, 3)))
    return {field: _some(rng, have.fields[field]) for field in chosen}


def _attributes(rng: random.Random, have: Known) -> dict[str, tuple[str, ...]]:
    chosen = [name for name in sorted(have.attributes) if rng.random() < 0.15]
    return {name: _some(rng, have.attributes[name]) for name in chosen}


def _some(rng: random.Random, values: Sequence[str]) -> tuple[str, ...]:
    return tuple(rng.sample([*values, "not there"], min(len(values), rng.randint(1, 3))))


def ranges(rng: random.Random, have: Known) -> Ranges:
    spans = {name: _span(rng, have.numbers[name]) for name in rng.sample(sorted(have.numbers), 2)}
    spans = {name: span for name, span in spans.items() if rng.random() < 0.4}
    gwp, waste = spans.get("gwp", Span()), spans.get("waste_content", Span())
    return Ranges(
        gwp_min=gwp.lower,
        gwp_max=gwp.upper,
        gwp_per={unit: spans[f"gwp_{unit}"] for unit in GwpUnit if f"gwp_{unit}" in spans},
        valid_to_min=rng.choice((None, None, None, _day(rng))),
        valid_on=rng.choice((None, None, None, _day(rng))),
        star_min=rng.choice((None, None, None, 1, 2)),
        waste_content_min=waste.lower,
        waste_content_max=waste.upper,
        quantities={
            name.removeprefix(QUANTITY): span for name, span in spans.items() if name.startswith(QUANTITY)
        },
    )


def _day(rng: random.Random) -> date:
    return _FIRST_DAY + timedelta(days=rng.randint(-10, 900))


def _span(rng: random.Random, values: Sequence[Decimal]) -> Span:
    """Limits on stated values, between two of them, and open at either end."""
    a, b = sorted((rng.choice(values), rng.choice(values)))
    if rng.random() < 0.3:
        a, b = a - Decimal("0.0625"), b + Decimal("0.0625")
    return rng.choice((Span(a, None), Span(None, b), Span(a, b)))
