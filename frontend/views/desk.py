"""The desk's list of look-ups that are due: public facts, reading only."""

from dataclasses import dataclass

from frontend.views.parts import Badge, Link, Pager


@dataclass(frozen=True, slots=True)
class DueLine:
    """One certificate; `last` says in words when somebody last looked."""

    number: str
    href: str
    holder: str
    why: Badge
    last: str
    due: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A reason to look, with how many certificates it holds; the chosen one is no link."""

    text: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class CrossChecksView:
    count: str
    choices: tuple[Choice, ...]
    lines: tuple[DueLine, ...]
    pager: Pager
    links: tuple[Link, ...]
