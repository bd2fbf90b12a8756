"""Which lines one showing of the match page holds: a filter, a page of them, one line that was opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.datastructures import FormData

from catalogue.checks.state import LineState
from frontend.forms import tidy
from frontend.pages.check_desk import text
from frontend.pages.check_needs import WORK, brought, need

PER_PAGE = 25  # the page then keeps to its bytes
MOST_HELD = PER_PAGE + 1  # a page and the line that was opened beside it
LONGEST_QUERY = 200
HIGHEST_FIGURES = 5  # figures of a page or line number in an address


@dataclass(frozen=True, slots=True)
class Wanted:
    """The address as read: `line` is shown whatever the filter, with the search field that `query` fills."""

    every: bool = False
    page: int = 1
    line: int | None = None
    query: str = ""
    saved: bool = False

    def href(self, here: str, *, saved: bool = False) -> str:
        asked = {
            "show": "all" if self.every else "",
            "page": str(self.page) if self.page > 1 else "",
            "line": "" if self.line is None else str(self.line),
            "q": self.query,
            "saved": "1" if saved else "",
        }
        query = urlencode([(name, value) for name, value in asked.items() if value])
        return here + (f"?{query}" if query else "")

    def at_line(self, place: int, query: str = "") -> "Wanted":
        return replace(self, line=place, query=tidy(query)[:LONGEST_QUERY], saved=False)

    def closed(self) -> "Wanted":
        return replace(self, line=None, query="")


@dataclass(frozen=True, slots=True)
class Places:
    """The lines of this page by their places in the list, and how many pages the filter makes."""

    lines: tuple[int, ...]
    page: int
    pages: int


def of_query(asked: Mapping[str, str]) -> Wanted:
    return Wanted(
        every=asked.get("show") == "all",
        page=figure(asked.get("page", "")) or 1,
        line=figure(asked.get("line", "")),
        query=tidy(asked.get("q", ""))[:LONGEST_QUERY],
        saved=asked.get("saved") == "1",
    )


def of_form(typed: FormData) -> Wanted:
    """The place in the list that a form was sent from, with the search that stood open there."""
    return of_query({name: text(typed, name) for name in ("show", "page", "line", "q")})


def on_page(lines: Sequence[LineState], wanted: Wanted, typed: FormData | None = None) -> Places:
    """The lines to show; a form that was not saved keeps exactly the lines it held."""
    if typed is not None:
        held = [place for place in sorted(brought(text(typed, "seen"))) if place < len(lines)]
        return Places(tuple(held[:MOST_HELD]), page=wanted.page, pages=1)
    listed = [place for place, line in enumerate(lines) if wanted.every or need(line) in WORK]
    pages = max(1, -(-len(listed) // PER_PAGE))
    page = min(max(wanted.page, 1), pages)
    if wanted.line in listed:
        page = listed.index(wanted.line) // PER_PAGE + 1
    shown = listed[(page - 1) * PER_PAGE : page * PER_PAGE]
    if wanted.line is not None and wanted.line < len(lines) and wanted.line not in shown:
        shown = sorted([*shown, wanted.line])
    return Places(tuple(shown), page=page, pages=pages)


def figure(value: str) -> int | None:
    """A place or page number; anything else is none."""
    if not (value.isascii() and value.isdecimal() and len(value) <= HIGHEST_FIGURES):
        return None
    return int(value)
