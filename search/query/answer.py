"""A parsed query answered by an engine: held to the plants of its circle, what it could not use named."""

from dataclasses import dataclass

from sqlmodel import Session

from registry.changes.reading import Point
from search.engine.ports import SearchEngine, SearchRequest, SearchResult
from search.query.near import Circle, located, narrowed
from search.query.parse import ParsedQuery
from search.query.reading import Problem


@dataclass(frozen=True, slots=True)
class Answered:
    """`request` is the one that was run."""

    request: SearchRequest
    circle: Circle | None
    found: SearchResult
    problems: tuple[Problem, ...]


def answer(session: Session, engine: SearchEngine, parsed: ParsedQuery, at: Point) -> Answered:
    circle = located(session, parsed.near, at) if parsed.near else None
    request = narrowed(parsed.request, circle) if circle else parsed.request
    problems = list(parsed.problems)
    if parsed.near is not None and circle is None:
        facts = {"name": "near", "value": parsed.near.region}
        problems.append(Problem("search.region-without-place", "near", facts))
    found = engine.search(request)
    if found.stood_in:
        problems.append(Problem("search.engine-fallback", "", {}))
    return Answered(request, circle, found, tuple(problems))
