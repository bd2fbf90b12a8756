"""Long lists cut into pages of fifty lines, with the numbers of the pages near the one shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from frontend.views.parts import Page, Pager

T = TypeVar("T")

PER_PAGE = 50
AROUND = 2
HIGHEST_FIGURES = 5  # figures of a page number in an address


@dataclass(frozen=True, slots=True)
class Cut(Generic[T]):
    """One page of a list; a page behind the last one is the last one."""

    items: Sequence[T]
    page: int
    pages: int


def cut(items: Sequence[T], asked: str) -> Cut[T]:
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= HIGHEST_FIGURES else 1
    pages = max(1, -(-len(items) // PER_PAGE))
    page = min(max(number, 1), pages)
    return Cut(items[(page - 1) * PER_PAGE : page * PER_PAGE], page, pages)


def pager(part: Cut[T], href: Callable[[int], str]) -> Pager:
    """No numbers where there is one page."""
    near = [n for n in range(1, part.pages + 1) if n in (1, part.pages) or abs(n - part.page) <= AROUND]
    numbered: list[Page] = []
    for before, page in zip((0, *near), near, strict=False):
        if page - before > 1:
            numbered.append(Page(""))
        numbered.append(Page(str(page), href(page), page == part.page))
    return Pager(
        tuple(numbered),
        previous_href=href(part.page - 1) if part.page > 1 else "",
        next_href=href(part.page + 1) if part.page < part.pages else "",
    )
