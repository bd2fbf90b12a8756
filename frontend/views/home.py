"""The front page: one search, three doors, one verification, what is in the register and what changed."""

from dataclasses import dataclass

from frontend.views.parts import Link, Notice


@dataclass(frozen=True, slots=True)
class Tally:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Update:
    """A change of rules or data, dated; `day_iso` is for machines."""

    day: str
    day_iso: str
    title: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class HomeView:
    examples: tuple[Link, ...]
    tallies: tuple[Tally, ...]
    updates: tuple[Update, ...]
    notice: Notice | None = None
