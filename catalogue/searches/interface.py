"""A search asked as the interface asks it: parameters in, everything found out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from sqlmodel import Session

from catalogue.archive.sealed import Said
from catalogue.naming import Reference
from catalogue.searches.kept import MOST_ROWS, Asked, Found, Via, dossiers
from registry.categories import service as categories
from registry.changes.reading import Point
from search.engine.ports import SearchEngine
from search.query.answer import Answered, answer
from search.query.known import Register
from search.query.limits import COUNTED
from search.query.parse import ParsedQuery, is_known
from search.text.analyze import encodable

UNKEPT = frozenset(("page", "per_page", *COUNTED))  # they choose what is shown of a list, never what is in it
LONGEST_VALUE, MOST_VALUES = 400, 50  # the search leaves longer and further ones out and says so

Parameters = Mapping[str, Sequence[str]]


def seek(
    session: Session, engine: SearchEngine, given: Parameters, at: Point
) -> tuple[ParsedQuery, Answered]:
    """What the search finds, as one long page of at most `MOST_ROWS`; what goes beyond is only counted."""
    parsed = Register(session, engine, at).parse(given, facets=())
    whole = replace(parsed.request.uncounted(), offset=0, limit=MOST_ROWS)
    return parsed, answer(session, engine, replace(parsed, request=whole), at)


def reference(session: Session, at: Point) -> Reference:
    """The names that rows are written with."""
    return Reference(
        kinds=categories.kinds(session, at),
        regions=categories.regions(session, at),
        categories=categories.categories(session, at),
    )


def find(session: Session, engine: SearchEngine, given: Parameters, at: Point) -> tuple[Found, Asked]:
    """The same with the dossier of every product found."""
    parsed, answered = seek(session, engine, given, at)
    known = reference(session, at)
    found = Found(
        request=answered.request,
        near=parsed.near if answered.circle else None,
        result=answered.found,
        dossiers=dossiers(session, answered.found.hits, at, known),
        known=known,
        at=at,
    )
    return found, Asked(Via.INTERFACE, query_of(given), tuple(_notices(answered)))


def query_of(given: Parameters) -> str:
    """The query string of what the search takes, names in order; what was shown of it does not matter."""
    names = sorted(name for name in given if is_known(name) and name not in UNKEPT)
    return urlencode(
        [(name, encodable(value)) for name in names for value in given[name][:MOST_VALUES] if _fits(value)]
    )


def _fits(value: str) -> bool:
    return len(value) <= LONGEST_VALUE


def parameters_of(query: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return found


def _notices(answered: Answered) -> list[Said]:
    """What could not be used, and how the search was widened where not every word was found."""
    said = [Said.of(one.key, **one.facts) for one in answered.problems]
    widened = answered.found.widened
    return [*said, Said.of(f"search.widened.{widened}")] if widened else said
