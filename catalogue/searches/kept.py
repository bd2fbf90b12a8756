"""A kept search: what was asked, what it meant that day, and every row it found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session

from catalogue.archive.sealed import Part, Said
from catalogue.naming import Reference
from catalogue.searches.filters import Filter, Namer
from catalogue.searches.rows import Coded, ListedRow, both, listed
from registry.changes.reading import Point
from registry.dossiers.dossier import Dossier
from registry.dossiers.load import load
from registry.kit.errors import Invalid
from search.engine.ports import Hit, SearchRequest, SearchResult, Sort
from search.query.near import Near

MOST_ROWS = 2000  # of one file or kept list; more is answered by narrowing the search
_ORDERS: Mapping[str, str] = {
    Sort.RELEVANCE: "relevance",
    Sort.GWP: "gwp",
    Sort.GWP_DOWN: "gwp-down",
    Sort.VALID_TO: "valid-to",
    Sort.VALID_TO_DOWN: "valid-to-down",
    Sort.NAME: "name",
}


class Via(StrEnum):
    """Whose address `query` is: the search page and the interface read some names differently."""

    PAGE = "page"
    INTERFACE = "interface"


class KeptSearch(Part):
    """`total` is what the search counted; `rows` stand in the order in which they were found."""

    via: Via
    query: str
    words: str
    filters: tuple[Filter, ...]
    order: Coded
    valid_means: Said
    total: int
    rows: tuple[ListedRow, ...]
    notices: tuple[Said, ...]
    engine: str
    index: str


@dataclass(frozen=True, slots=True)
class Found:
    """A search that was run: `request` as the engine had it, and the dossiers of every hit."""

    request: SearchRequest
    near: Near | None
    result: SearchResult
    dossiers: tuple[Dossier, ...]
    known: Reference
    at: Point

    def rows(self) -> tuple[ListedRow, ...]:
        return tuple(listed(one, self.known) for one in self.dossiers)


@dataclass(frozen=True, slots=True)
class Asked:
    """How it was asked, what the asker was told beside the list, and what only the address says."""

    via: Via
    query: str
    notices: tuple[Said, ...]
    levels: tuple[Filter, ...] = ()


def dossiers(session: Session, hits: Sequence[Hit], at: Point, known: Reference) -> tuple[Dossier, ...]:
    """In the order found; one the index knows and the register no longer shows is left out."""
    ids = [UUID(hit.id) for hit in hits]
    found = load(session, ids, at, kinds=known.kinds)
    return tuple(found[key] for key in ids if key in found)


def narrow_enough(total: int) -> None:
    """Refuse what would not be kept whole."""
    if total > MOST_ROWS:
        raise Invalid("archive-too-many", total=total, most=MOST_ROWS)


def compose(session: Session, asked: Asked, found: Found) -> KeptSearch:
    """A search as it is kept; an empty list is kept too: that nothing is offered is a finding."""
    narrow_enough(found.result.total)
    request, result, rows = found.request, found.result, found.rows()
    missing = result.total - len(rows)
    left_out = (Said.of("kept.left-out", count=missing),) if missing else ()
    return KeptSearch(
        via=asked.via,
        query=asked.query,
        words=request.text,
        filters=filters(session, found, asked.levels),
        order=Coded(code=request.sort.value, said=order(request.sort)),
        valid_means=Said.of("kept.valid-means", day=found.at.on),
        total=result.total,
        rows=rows,
        notices=(*asked.notices, *left_out),
        engine=result.engine,
        index=result.definition,
    )


def filters(session: Session, found: Found, levels: Sequence[Filter] = ()) -> tuple[Filter, ...]:
    """Every filter in force, named; levels are what only the address says."""
    return (*Namer(session, found.known, found.at).filters(found.request, found.near), *levels)


def order(sort: Sort) -> Said:
    """By the figure per kg, t, m² or m³ the unit is said with it."""
    if sort in _ORDERS:
        return Said.of(f"kept.order.{_ORDERS[sort]}")
    key = "kept.order.gwp-per-down" if sort.startswith("-") else "kept.order.gwp-per"
    unit = sort.rpartition("_")[2]
    return both(lambda words: words.say(key, unit=words.per(unit)))
