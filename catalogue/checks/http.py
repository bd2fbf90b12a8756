"""What the check's routes need of the running site, whichever way they are asked: pages or JSON."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from search.engine.ports import SearchEngine


@dataclass(frozen=True, slots=True)
class Desk:
    """The search engine that finds candidates, and how many days an unsaved check is kept."""

    search: SearchEngine
    days: int


def _desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


DeskDep = Annotated[Desk, Depends(_desk)]
