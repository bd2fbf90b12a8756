"""What the catalogue asks of any search engine, and what an engine answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from registry.kit.errors import DomainError
from search.documents.fields import Field
from search.documents.product import ATTRIBUTE_NAME, GwpUnit, ProductDocument

DEEPEST = 10_000  # offset + limit: deeper pages are answered by narrowing the search
LISTED = 1000  # values of one facet at most, the most frequent; `facet_values` counts all of them
GWP = "gwp"
WASTE_CONTENT = "waste_content"
QUANTITY = "attr."  # stands before the name of a typed number where numbers of all sorts are named
NUMBERS: tuple[str, ...] = (GWP, *(f"{GWP}_{unit}" for unit in GwpUnit), WASTE_CONTENT)


class Sort(StrEnum):
    RELEVANCE = "relevance"
    GWP = "gwp"
    GWP_DOWN = "-gwp"
    GWP_KG = "gwp_kg"
    GWP_KG_DOWN = "-gwp_kg"
    GWP_T = "gwp_t"
    GWP_T_DOWN = "-gwp_t"
    GWP_M2 = "gwp_m2"
    GWP_M2_DOWN = "-gwp_m2"
    GWP_M3 = "gwp_m3"
    GWP_M3_DOWN = "-gwp_m3"
    VALID_TO = "valid_to"
    VALID_TO_DOWN = "-valid_to"
    NAME = "name"


class SuggestionKind(StrEnum):
    KIND = "kind"
    NAME = "name"
    MAKER = "maker"
    NUMBER = "number"


class Widened(StrEnum):
    """Which step found something where no product has all the words; `attempts` takes them in turn."""

    SOUND = "sound"  # words that sound the same
    PURPOSE = "purpose"  # without what it is for
    KIND = "kind"  # the kinds instead of their sorts
    WORDS = "words"  # fewer of the words
    PAIRS = "pairs"  # a long word by its pairs of characters
    CHARACTER = "character"  # a short word with one character wrong


class SearchUnavailable(DomainError):
    """There is no usable index, or another process is writing it; rebuild or retry."""

    code = "search-unavailable"
    status = 503


@dataclass(frozen=True, slots=True)
class Span:
    """From `lower` to `upper`, both inclusive; None sets no limit."""

    lower: Decimal | None = None
    upper: Decimal | None = None

    def __post_init__(self) -> None:
        if any(value is not None and not value.is_finite() for value in (self.lower, self.upper)):
            raise ValueError("a limit must be a finite number")

    @property
    def is_open(self) -> bool:
        return self.lower is None and self.upper is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges:
    """Limits, all inclusive; None sets no limit. A document without the value is outside.

    `valid_on` keeps what has its best certificate dated over that day: valid_from ≤ day ≤ valid_to. Whether
    that certificate is suspended or withdrawn today is the filter by status.
    """

    gwp_min: Decimal | None = None
    gwp_max: Decimal | None = None
    gwp_per: Mapping[GwpUnit, Span] = field(default_factory=lambda: MappingProxyType({}))
    valid_to_min: date | None = None
    valid_on: date | None = None
    star_min: int | None = None
    waste_content_min: Decimal | None = None
    waste_content_max: Decimal | None = None
    quantities: Mapping[str, Span] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        self.spans()  # refuses what is not finite
        _only_attribute_names(self.quantities)

    def spans(self) -> Mapping[str, Span]:
        """The limits that are set, by the number's name as histograms name it."""
        found = {GWP: Span(self.gwp_min, self.gwp_max)}
        found |= {f"{GWP}_{unit}": span for unit, span in self.gwp_per.items()}
        found[WASTE_CONTENT] = Span(self.waste_content_min, self.waste_content_max)
        found |= {f"{QUANTITY}{name}": span for name, span in self.quantities.items()}
        return {name: span for name, span in found.items() if not span.is_open}

    def without(self, number: str) -> "Ranges":
        """The same limits but for one number's own, by its name in `spans`."""
        if number == GWP:
            return replace(self, gwp_min=None, gwp_max=None)
        if number == WASTE_CONTENT:
            return replace(self, waste_content_min=None, waste_content_max=None)
        return replace(
            self,
            gwp_per={unit: span for unit, span in self.gwp_per.items() if f"{GWP}_{unit}" != number},
            quantities={
                name: span for name, span in self.quantities.items() if f"{QUANTITY}{name}" != number
            },
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """Values of one filter are alternatives, filters add up; `disjunctive` facets ignore their own.

    `attributes` filter typed values by the attribute's name; `histograms` names numbers as in `Ranges.spans`.
    """

    text: str = ""
    filters: Mapping[Field, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    ranges: Ranges = field(default_factory=Ranges)
    sort: Sort = Sort.RELEVANCE
    facets: tuple[Field, ...] = ()
    attribute_facets: tuple[str, ...] = ()
    histograms: tuple[str, ...] = ()
    offset: int = 0
    limit: int = 20
    disjunctive: bool = True
    relax: bool = True  # ever fewer of the words where no product has them all

    def __post_init__(self) -> None:
        if self.offset < 0 or self.limit < 0 or self.offset + self.limit > DEEPEST:
            raise ValueError(f"a page lies between 0 and {DEEPEST}")
        _only_attribute_names((*self.attributes, *self.attribute_facets))
        others = [name for name in self.histograms if name not in NUMBERS]
        if any(not name.startswith(QUANTITY) for name in others):
            raise ValueError("no such number")
        _only_attribute_names(name.removeprefix(QUANTITY) for name in others)

    @property
    def counts(self) -> bool:
        """Anything to be counted beside the hits."""
        return bool(self.facets or self.attribute_facets or self.histograms)

    def uncounted(self) -> "SearchRequest":
        """The same list without any counts beside it."""
        return replace(self, facets=(), attribute_facets=(), histograms=())

    def without(self, name: Field) -> "SearchRequest":
        """The same request but for one field's filter."""
        return replace(
            self, filters={field: chosen for field, chosen in self.filters.items() if field != name}
        )

    def without_attribute(self, name: str) -> "SearchRequest":
        return replace(
            self, attributes={own: chosen for own, chosen in self.attributes.items() if own != name}
        )

    def without_number(self, name: str) -> "SearchRequest":
        """The same request but for the limits of one number, by its name in `Ranges.spans`."""
        return replace(self, ranges=self.ranges.without(name))


def _only_attribute_names(names: Iterable[str]) -> None:
    if not all(ATTRIBUTE_NAME.fullmatch(name) for name in names):
        raise ValueError("an attribute's name is small letters, digits and low lines")


@dataclass(frozen=True, slots=True)
class Hit:
    id: str
    score: float | None  # None where the order is not by relevance


@dataclass(frozen=True, slots=True)
class Histogram:
    """Products by classes of one number: class i holds bounds[i] ≤ value < bounds[i + 1].

    The bounds are those of `histograms.bounds`; without any value both are empty.
    """

    bounds: tuple[Decimal, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """`total` is exact; `widened` says how, where not every word was found; `generation` is the index state.

    Facets list the `LISTED` most frequent values, exactly; `facet_values` says how many there are in all.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[Field, tuple[tuple[str, int], ...]]
    widened: Widened | None
    generation: str
    facet_values: Mapping[Field, int] = field(default_factory=lambda: MappingProxyType({}))
    attribute_facets: Mapping[str, tuple[tuple[str, int], ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    histograms: Mapping[str, Histogram] = field(default_factory=lambda: MappingProxyType({}))
    engine: str = ""  # which one answered, and the fingerprint of its index's definition
    definition: str = ""
    stood_in: bool = False  # the chosen engine was away, another one answered

    @property
    def relaxed(self) -> bool:
        return self.widened is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """`id` is the product's where the text names one product; `count` its products otherwise."""

    text: str
    kind: SuggestionKind
    count: int = 1
    id: str | None = None


class SearchEngine(Protocol):
    """The reading side; safe to share between threads."""

    def search(self, request: SearchRequest) -> SearchResult: ...

    def suggest(self, prefix: str, limit: int) -> tuple[Suggestion, ...]: ...

    def count(self) -> int: ...

    def generation(self) -> str:
        """Names the index state: another one after every commit and every swap."""
        ...

    def ids_and_versions(self) -> Mapping[str, int]:
        """Everything indexed, for reconciliation with the register."""
        ...


class Writer(Protocol):
    """The writing side; exactly one process holds it."""

    def apply(self, upserts: Sequence[ProductDocument], deletes: Sequence[str], position: int) -> None:
        """One atomic commit, then the position: a crash between repeats work and changes nothing."""
        ...

    def position(self) -> int:
        """The last feed position whose effects are in the index; 0 before the first."""
        ...

    def due(self, day: date) -> tuple[str, ...]:
        """Products whose derived state has changed by this day and must be read again."""
        ...

    def needs_rebuild(self) -> bool: ...

    def rebuild(self, documents: Iterable[ProductDocument], position: int) -> None:
        """Builds beside the current index, then swaps; readers never see a part."""
        ...

    def close(self) -> None: ...
