"""A public query as typed in an address becomes a search request; what cannot be used is reported."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from search.documents.fields import PUBLIC_FACETS, Field
from search.documents.product import DataKind, Evidence, Status
from search.engine.ports import DEEPEST, Ranges, SearchRequest, Sort
from search.query.near import USUAL_KM, Near, read_centre, read_km
from search.text.analyze import encodable
from search.text.words import LONGEST_QUERY

T = TypeVar("T")

LARGEST_PAGE = 100
USUAL_PAGE = 20
_LONGEST_VALUE = 200
_MOST_VALUES = 50
CLOSED = {
    Field.STATUS: frozenset(Status),
    Field.EVIDENCE: frozenset(Evidence),
    Field.DATA_KIND: frozenset(DataKind),
    Field.STAR: frozenset(("1", "2", "3")),
}
_LIMITS = ("gwp_max", "valid_to_min", "star_min", "waste_content_min")
KNOWN = frozenset(("q", "sort", "page", "per_page", "near", "within", *_LIMITS, *Field))
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,9})?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Problem:
    """A message key with its facts; `name` is the parameter it speaks of."""

    key: str
    name: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    request: SearchRequest
    page: int
    per_page: int
    problems: tuple[Problem, ...]
    near: Near | None = None


@dataclass(slots=True)
class _Reading:
    """The parameters being read, and what was wrong with them."""

    params: Mapping[str, Sequence[str]]
    problems: list[Problem] = field(default_factory=list)

    def report(self, key: str, name: str, **facts: object) -> None:
        self.problems.append(Problem(f"search.{key}", name, MappingProxyType({"name": name, **facts})))

    def first(self, name: str) -> str:
        """The first value without blanks around it; empty when absent."""
        return encodable(next(iter(self.params.get(name, ())), "")).strip()

    def read(self, name: str, convert: Callable[[str], T | None], key: str) -> T | None:
        text = self.first(name)
        if not text:
            return None
        value = convert(text)
        if value is None:
            self.report(key, name, value=text[:_LONGEST_VALUE])
        return value


def parse(
    params: Mapping[str, Sequence[str]],
    *,
    facets: tuple[Field, ...] = PUBLIC_FACETS,
    pinned: Mapping[Field, tuple[str, ...]] = MappingProxyType({}),
) -> ParsedQuery:
    """Total: any parameters give a request. `pinned` filters are the page's own and win."""
    reading = _Reading(params)
    for name in sorted(params.keys() - KNOWN):
        reading.report("unknown-parameter", encodable(name[:_LONGEST_VALUE]))
    filters = {field: values for field in Field if (values := _values(reading, field))} | dict(pinned)
    ranges = _ranges(reading)
    sort = reading.read("sort", _sort, "unknown-value") or Sort.RELEVANCE
    if len(filters.get(Field.GWP_BASIS, ())) != 1:
        sort, ranges = _without_carbon(reading, sort, ranges)
    page, per_page = _page(reading)
    near = _near(reading)
    request = SearchRequest(
        text=_text(reading),
        filters=MappingProxyType(filters),
        ranges=ranges,
        sort=sort,
        facets=facets,
        offset=(page - 1) * per_page,
        limit=per_page,
    )
    return ParsedQuery(request, page, per_page, tuple(reading.problems), near)


def _without_carbon(reading: _Reading, sort: Sort, ranges: Ranges) -> tuple[Sort, Ranges]:
    """Figures of several bases are not compared: what asks for it is named and left out."""
    if ranges.gwp_max is not None:
        reading.report("figures-not-comparable", "gwp_max")
    if sort in (Sort.GWP, Sort.GWP_DOWN):
        reading.report("figures-not-comparable", "sort")
        sort = Sort.RELEVANCE
    return sort, replace(ranges, gwp_max=None)


def _text(reading: _Reading) -> str:
    text = next(iter(reading.params.get("q", ())), "")  # a blank at the end says that the word is complete
    if len(text) > LONGEST_QUERY:
        reading.report("text-shortened", "q", limit=LONGEST_QUERY)
    return encodable(text[:LONGEST_QUERY])


def _values(reading: _Reading, name: Field) -> tuple[str, ...]:
    kept: list[str] = []
    for value in dict.fromkeys(encodable(value).strip() for value in reading.params.get(name, ())):
        if len(value) > _LONGEST_VALUE:
            reading.report("value-too-long", name, limit=_LONGEST_VALUE)
        elif value and name in CLOSED and value not in CLOSED[name]:
            reading.report("unknown-value", name, value=value)
        elif value:
            kept.append(value)
    if len(kept) > _MOST_VALUES:
        reading.report("too-many-values", name, limit=_MOST_VALUES)
    return tuple(kept[:_MOST_VALUES])


def _ranges(reading: _Reading) -> Ranges:
    star = reading.read("star_min", _whole, "not-a-number")
    return Ranges(
        gwp_max=reading.read("gwp_max", _number, "not-a-number"),
        valid_to_min=reading.read("valid_to_min", _day, "not-a-day"),
        star_min=star,
        waste_content_min=reading.read("waste_content_min", _number, "not-a-number"),
    )


def _near(reading: _Reading) -> Near | None:
    """A radius without a centre means nothing; a centre without a radius takes the usual one."""
    centre = reading.read("near", read_centre, "near-unreadable")
    km = reading.read("within", read_km, "within-unreadable")
    if centre is None:
        if km is not None and not reading.first("near"):
            reading.report("within-alone", "within")
        return None
    return Near(*centre, km or USUAL_KM)


def _page(reading: _Reading) -> tuple[int, int]:
    asked_size = reading.read("per_page", _whole, "not-a-number")
    per_page = min(max(1, USUAL_PAGE if asked_size is None else asked_size), LARGEST_PAGE)
    if asked_size is not None and asked_size != per_page:
        reading.report("per-page-out-of-range", "per_page", size=asked_size, used=per_page, most=LARGEST_PAGE)
    asked = reading.read("page", _whole, "not-a-number")
    last = DEEPEST // per_page
    page = min(max(1, 1 if asked is None else asked), last)
    if asked is not None and asked != page:
        reading.report("page-out-of-range", "page", page=asked, last=last)
    return page, per_page


def _sort(text: str) -> Sort | None:
    return Sort(text) if text in tuple(Sort) else None


def _number(text: str) -> Decimal | None:
    """Plain decimals only: no sign, exponent or NaN."""
    return Decimal(text) if _NUMBER.fullmatch(text) and text.isascii() else None


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
