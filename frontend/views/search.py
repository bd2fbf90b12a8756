"""The product search: filters, results with their place in the class, and what to do when nothing is left."""

from dataclasses import dataclass

from frontend.views.charts import Strip
from frontend.views.histogram import Histogram
from frontend.views.parts import Badge, Chip, Empty, EvidenceTag, Facet, Link, Notice, Option, Pager


@dataclass(frozen=True, slots=True)
class ResultCard:
    """One product; `value` is empty where no footprint is declared, `strip` None where none may be drawn."""

    id: str
    name: str
    href: str
    firm: str
    number: str
    evidence: EvidenceTag
    state: Badge
    details: tuple[str, ...]
    value: str = ""
    unit: str = ""
    position: str = ""
    strip: Strip | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    text: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class LimitField:
    """The upper limit a reader may type; shown only where one class and one unit are chosen."""

    value: str
    unit: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class DayField:
    """The day on which certificates must be valid."""

    value: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class NearField:
    """Where the works are and how far away a plant may be; `usual` stands where no radius was typed."""

    options: tuple[Option, ...]
    km: str
    usual: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class SearchView:
    """`count` is the sentence announced after each change; `active` counts the filters in force.

    `keeping` are the fields that keep the search as evidence; None where it finds too much for that.
    """

    query: str
    count: str
    active: int
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    clear_href: str
    sorts: tuple[Sort, ...]
    cards: tuple[ResultCard, ...]
    pager: Pager
    downloads: tuple[Link, ...]
    kept: tuple[tuple[str, str], ...] = ()
    limit: LimitField | None = None
    hints: tuple[Notice, ...] = ()
    distribution: Strip | None = None
    spread: Histogram | None = None
    threshold: Link | None = None
    empty: Empty | None = None
    near: NearField | None = None
    on_day: DayField | None = None
    regions: tuple[Option, ...] = ()
    keeping: tuple[tuple[str, str], ...] | None = None
    left_out: Notice | None = None
