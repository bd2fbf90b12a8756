"""A parsed query answered as a reader means it: held to its circle, what it could not use named."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from registry.changes.reading import Point
from search.engine.ports import SearchEngine, SearchRequest, SearchResult
from search.query.known import unheld
from search.query.near import Circle, located, narrowed
from search.query.parse import ParsedQuery
from search.query.reading import Problem
from search.text.words import is_number


@dataclass(frozen=True, slots=True)
class Answered:
    """`request` is the one that was run."""

    request: SearchRequest
    circle: Circle | None
    found: SearchResult
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Meant:
    """`elsewhere` counts, where nothing is found, the products outside the filters with all the words."""

    found: SearchResult
    elsewhere: int = 0


def meant(engine: SearchEngine, request: SearchRequest) -> Meant:
    """All the words first; fewer of them only where no product has them all, whatever the filters.

    Else a filter that shuts a thing out would be answered with other things.
    """
    found = engine.search(replace(request, relax=False))
    if found.total or not (request.relax and request.text.strip()):
        return Meant(found)
    anywhere = engine.search(SearchRequest(text=request.text, relax=False, limit=1)).total
    return Meant(found, anywhere) if anywhere else Meant(engine.search(request))


def answer(session: Session, engine: SearchEngine, parsed: ParsedQuery, at: Point) -> Answered:
    circle = located(session, parsed.near, at) if parsed.near else None
    request = narrowed(parsed.request, circle) if circle else parsed.request
    problems = list(parsed.problems)
    if parsed.near is not None and circle is None:
        facts = {"name": "near", "value": parsed.near.region}
        problems.append(Problem("search.region-without-place", "near", facts))
    known = meant(engine, request)
    if known.elsewhere:
        problems.append(Problem("search.words-elsewhere", "q", {"count": known.elsewhere}))
    elif not known.found.total and is_number(request.text):
        problems.append(Problem("search.number-not-found", "q", {"value": request.text.strip()}))
    problems += unheld(engine, parsed.request.filters, found=known.found.total)
    if known.found.stood_in:
        problems.append(Problem("search.engine-fallback", "", {}))
    return Answered(request, circle, known.found, tuple(problems))
