"""A public query as typed in an address becomes a search request; what cannot be used is reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from registry.certificates.facts import Scheme
from registry.declarations.comparable import Generation
from registry.declarations.facts import Verification
from search.documents.fields import PUBLIC_FACETS, Field
from search.documents.product import DataKind, Evidence, Status
from search.engine.ports import DEEPEST, SearchRequest, Sort
from search.query import limits
from search.query.near import USUAL_KM, Near, read_centre, read_km
from search.query.reading import LONGEST_VALUE, Problem, Reading, whole
from search.text.analyze import encodable
from search.text.words import LONGEST_QUERY, understand

LARGEST_PAGE = 100
USUAL_PAGE = 20
CLOSED = {
    Field.STATUS: frozenset(Status),
    Field.EVIDENCE: frozenset(Evidence),
    Field.DATA_KIND: frozenset(DataKind),
    Field.STAR: frozenset(limits.STARS),
    Field.SCHEME: frozenset(Scheme),
    Field.VERIFICATION: frozenset(Verification),
    Field.GWP_STANDARD: frozenset(Generation),
}
# Beside these, every typed attribute: attr.<name>, attr.<name>_min, attr.<name>_max.
KNOWN = frozenset(
    ("q", "sort", "page", "per_page", "near", "within", *limits.LIMITS, *limits.COUNTED, *Field)
)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    request: SearchRequest
    page: int
    per_page: int
    problems: tuple[Problem, ...]
    near: Near | None = None


def is_known(name: str) -> bool:
    return name in KNOWN or limits.is_attribute(name)


def parse(
    params: Mapping[str, Sequence[str]],
    *,
    facets: tuple[Field, ...] = PUBLIC_FACETS,
    pinned: Mapping[Field, tuple[str, ...]] = MappingProxyType({}),
) -> ParsedQuery:
    """Total: any parameters give a request. `pinned` filters are the page's own and win."""
    reading = Reading(params)
    for name in sorted(name for name in params if not is_known(name)):
        reading.report("unknown-parameter", encodable(name[:LONGEST_VALUE]))
    limits.report_surplus(reading)
    given = {field: reading.values(field, CLOSED.get(field)) for field in Field}
    filters = {field: values for field, values in given.items() if values} | dict(pinned)
    ranges = limits.ranges(reading)
    sort = reading.read("sort", _sort, "unknown-value") or Sort.RELEVANCE
    sort, ranges = limits.comparable(reading, filters, sort, ranges)
    page, per_page = _page(reading)
    near = _near(reading)
    counted, typed = limits.facets(reading, facets)
    request = SearchRequest(
        text=_text(reading),
        filters=MappingProxyType(filters),
        attributes=limits.attributes(reading),
        ranges=ranges,
        sort=sort,
        facets=counted,
        attribute_facets=typed,
        histograms=limits.histograms(reading, filters),
        offset=(page - 1) * per_page,
        limit=per_page,
    )
    return ParsedQuery(request, page, per_page, tuple(reading.problems), near)


def _text(reading: Reading) -> str:
    text = next(iter(reading.params.get("q", ())), "")  # a blank at the end says that the word is complete
    if len(text) > LONGEST_QUERY:
        reading.report("text-shortened", "q", limit=LONGEST_QUERY)
    text = encodable(text[:LONGEST_QUERY])
    if text.strip() and not understand(text).words:
        reading.report("text-unread", "q")
    return text


def _near(reading: Reading) -> Near | None:
    """A radius without a centre means nothing; a centre without a radius takes the usual one."""
    centre = reading.read("near", read_centre, "near-unreadable")
    km = reading.read("within", read_km, "within-unreadable")
    if centre is None:
        if km is not None and not reading.first("near"):
            reading.report("within-alone", "within")
        return None
    return Near(*centre, km or USUAL_KM)


def _page(reading: Reading) -> tuple[int, int]:
    asked_size = reading.read("per_page", whole, "not-a-number")
    per_page = min(max(1, USUAL_PAGE if asked_size is None else asked_size), LARGEST_PAGE)
    if asked_size is not None and asked_size != per_page:
        reading.report("per-page-out-of-range", "per_page", size=asked_size, used=per_page, most=LARGEST_PAGE)
    asked = reading.read("page", whole, "not-a-number")
    last = DEEPEST // per_page
    page = min(max(1, 1 if asked is None else asked), last)
    if asked is not None and asked != page:
        reading.report("page-out-of-range", "page", page=asked, last=last)
    return page, per_page


def _sort(text: str) -> Sort | None:
    return Sort(text) if text in tuple(Sort) else None
