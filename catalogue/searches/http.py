"""What keeping a search needs of the running site, whichever way it is asked: pages or JSON."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from search.engine.ports import SearchEngine


@dataclass(frozen=True, slots=True)
class Shelf:
    """The search engine, and how many searches one address may keep in a day."""

    search: SearchEngine
    per_day: int


def _shelf(request: Request) -> Shelf:
    found: Shelf = request.app.state.shelf
    return found


ShelfDep = Annotated[Shelf, Depends(_shelf)]
