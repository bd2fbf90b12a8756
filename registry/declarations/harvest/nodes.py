"""What a harvest asks of a node: whom it is, which stocks it has, what they list, and one document."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import orjson

from registry.declarations.harvest.fetching import Answer, Fetcher, NodeAway

MOST_PAGES = 20_000
PAGE = 500
LONGEST_VERSION = 40


@dataclass(frozen=True, slots=True)
class Stock:
    """A part of a node that is listed by itself; `terms` is what it says about itself, its licence too."""

    id: str
    name: str
    terms: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a listing; `elsewhere` is the address at the node that holds what this one only names."""

    id: str
    version: str
    name: str = ""
    elsewhere: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a listing, and how much there is in all as the node counts at this moment."""

    start: int
    total: int
    items: tuple[Listed, ...]
    length: int  # lines, those without an id counted


class Node(Protocol):
    """A protocol that a node speaks."""

    @property
    def base(self) -> str: ...

    def stocks(self, fetcher: Fetcher) -> Sequence[Stock]: ...

    def pages(self, fetcher: Fetcher, stock: str) -> Iterator[Page]: ...

    def document(self, fetcher: Fetcher, item: Listed, known: Mapping[str, str]) -> Answer: ...


def parsed(answer: Answer) -> object:
    """The JSON of a good answer; anything else is a node that does not speak the protocol."""
    if answer.status != 200:
        raise NodeAway(url=answer.url, said=str(answer.status))
    try:
        found: object = orjson.loads(answer.body)
    except orjson.JSONDecodeError as error:
        raise NodeAway("harvest-not-json", url=answer.url) from error
    return found


def mapping(found: object, url: str) -> Mapping[str, object]:
    if not isinstance(found, Mapping):
        raise NodeAway("harvest-not-json", url=url)
    return found


def text(found: object, longest: int = 2000) -> str:
    """A text, or the first of a list of texts in several languages; empty where there is none."""
    if isinstance(found, list):
        found = found[0] if found else ""
    if isinstance(found, Mapping):
        found = found.get("value") or found.get("#text") or ""
    return "".join(one for one in str(found or "") if one.isprintable())[:longest]


def count(found: object) -> int | None:
    return found if isinstance(found, int) and not isinstance(found, bool) and found >= 0 else None
