"""Long lists cut into pages, and the numbers of the pages near the one shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from frontend.views.parts import Page, Pager

T = TypeVar("T")

PER_PAGE = 50
AROUND = 2  # page numbers shown on either side
HIGHEST_FIGURES = 5  # figures of a page number in an address


@dataclass(frozen=True, slots=True)
class Cut(Generic[T]):
    """One page of a list; a page behind the last one is the last one."""

    items: Sequence[T]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Which page of a list that the database cuts, and how many entries stand before it."""

    page: int
    pages: int
    skip: int


def spot(total: int, asked: str, size: int = PER_PAGE) -> Spot:
    """Where a page as asked for begins; one behind the last is the last one."""
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= HIGHEST_FIGURES else 1
    pages = max(1, -(-total // size))
    page = min(max(number, 1), pages)
    return Spot(page, pages, (page - 1) * size)


def cut(items: Sequence[T], asked: str) -> Cut[T]:
    place = spot(len(items), asked)
    return Cut(items[place.skip : place.skip + PER_PAGE], place.page, place.pages)


def pager(page: int, last: int, href: Callable[[int], str]) -> Pager:
    """The numbers near the page and at both ends; none where there is one page."""
    if last < 2:
        return Pager(())
    near = [n for n in range(1, last + 1) if n in (1, last) or abs(n - page) <= AROUND]
    numbered: list[Page] = []
    for before, number in zip((0, *near), near, strict=False):
        if number - before > 1:
            numbered.append(Page(""))
        numbered.append(Page(str(number), href(number), number == page))
    return Pager(
        tuple(numbered),
        previous_href=href(page - 1) if page > 1 else "",
        next_href=href(page + 1) if page < last else "",
    )
