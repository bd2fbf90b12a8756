"""A kept search: what was asked, when, every row, and how to check that nothing was changed."""

from dataclasses import dataclass

from frontend.views.parts import Badge, Fact, Link, Notice, Pager


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One product as it was listed; `value` is empty where no comparable footprint was declared."""

    place: int
    name: str
    href: str
    about: str
    maker: str
    maker_about: str
    state: Badge
    certificate: str
    value: str
    unit: str
    declared: str


@dataclass(frozen=True, slots=True)
class Change:
    """Rows that differ in one way; `rest` counts those that are not named."""

    title: str
    rows: tuple[Link, ...]
    rest: int


@dataclass(frozen=True, slots=True)
class TodayView:
    """The same search today beside what was kept."""

    said: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class KeptView:
    """Everything but `today` comes from the sealed document and never changes."""

    number: str
    head: tuple[Fact, ...]
    filters: tuple[Fact, ...]
    notices: tuple[str, ...]
    count: str
    rows: tuple[KeptRow, ...]
    pager: Pager
    digest: str
    files: tuple[Link, ...]
    print_href: str
    again_href: str
    today_href: str
    feed_href: str
    kept_until: str
    meant: str
    printed: bool
    stamp: str = ""
    broken: Notice | None = None
    today: TodayView | None = None
