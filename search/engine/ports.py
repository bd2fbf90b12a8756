"""What the catalogue asks of any search engine, and what an engine answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from registry.kit.errors import DomainError
from search.documents.fields import Field
from search.documents.product import ProductDocument

DEEPEST = 10_000  # offset + limit: deeper pages are answered by narrowing the search


class Sort(StrEnum):
    RELEVANCE = "relevance"
    GWP = "gwp"
    GWP_DOWN = "-gwp"
    VALID_TO = "valid_to"
    VALID_TO_DOWN = "-valid_to"
    NAME = "name"


class SuggestionKind(StrEnum):
    KIND = "kind"
    NAME = "name"
    MAKER = "maker"
    NUMBER = "number"


class SearchUnavailable(DomainError):
    """There is no usable index, or another process is writing it; rebuild or retry."""

    code = "search-unavailable"
    status = 503


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges:
    """Limits, all inclusive; None sets no limit. A document without the value is outside."""

    gwp_max: Decimal | None = None
    valid_to_min: date | None = None
    star_min: int | None = None
    waste_content_min: Decimal | None = None

    def __post_init__(self) -> None:
        for value in (self.gwp_max, self.waste_content_min):
            if value is not None and not value.is_finite():
                raise ValueError("a limit must be a finite number")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """Values of one filter are alternatives, filters add up; `disjunctive` facets ignore their own."""

    text: str = ""
    filters: Mapping[Field, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    ranges: Ranges = field(default_factory=Ranges)
    sort: Sort = Sort.RELEVANCE
    facets: tuple[Field, ...] = ()
    offset: int = 0
    limit: int = 20
    disjunctive: bool = True
    relax: bool = True  # ever fewer of the words where no product has them all

    def __post_init__(self) -> None:
        if self.offset < 0 or self.limit < 0 or self.offset + self.limit > DEEPEST:
            raise ValueError(f"a page lies between 0 and {DEEPEST}")


@dataclass(frozen=True, slots=True)
class Hit:
    id: str
    score: float | None  # None where the order is not by relevance


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """`total` is exact; `relaxed` says that not every word was found; `generation` names the index state."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[Field, tuple[tuple[str, int], ...]]
    relaxed: bool
    generation: str


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
