"""The calendar of certificates: what falls on which day, and how to take it along."""

from dataclasses import dataclass

from frontend.views.parts import Badge, Empty, Field, Link, Pager


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event; `note` says what it asks for, or that an overdue visit is only a hint."""

    day: str
    kind: Badge
    certificate: Link
    maker: Link
    note: str


@dataclass(frozen=True, slots=True)
class CalendarView:
    """`taken` leads to the file of the one maker chosen; empty where it is not one."""

    count: str
    fields: tuple[Field, ...]
    lines: tuple[EventLine, ...]
    pager: Pager
    steps: tuple[Link, ...]
    taken: tuple[Link, ...] = ()
    empty: Empty | None = None
