"""Published tables: an index of them, and one table with its filters, rows and their origin."""

from dataclasses import dataclass

from frontend.views.parts import Badge, Field, Link, Notice, Pager


@dataclass(frozen=True, slots=True)
class Cell:
    """What a page prints, and what a file holds where that differs; `missing` is said, never filled."""

    text: str
    exact: str | None = None
    missing: bool = False
    href: str = ""
    note: str = ""

    @property
    def written(self) -> str:
        """For a file: the exact figure, nothing for what is missing, the words with their note otherwise."""
        if self.exact is not None:
            return self.exact
        return f"{self.text} · {self.note}" if self.note else self.text


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row was read and how far it may be trusted."""

    document: str
    section: str
    status: Badge | None
    confidence: Badge | None


@dataclass(frozen=True, slots=True)
class DataRow:
    """The first cell names the row."""

    id: str
    cells: tuple[Cell, ...]
    origin: Origin
    note: str = ""


@dataclass(frozen=True, slots=True)
class DataCard:
    """One table on the index."""

    title: str
    text: str
    rows: str
    href: str
    csv_href: str


@dataclass(frozen=True, slots=True)
class DataIndexView:
    cards: tuple[DataCard, ...]
    trust: tuple[tuple[Badge, str], ...]


@dataclass(frozen=True, slots=True)
class DataTableView:
    """`filtered` says that a filter is on, so that an empty table can offer the way back."""

    title: str
    lead: str
    crumbs: tuple[Link, ...]
    action: str
    filters: tuple[Field, ...]
    filtered: bool
    columns: tuple[str, ...]
    rows: tuple[DataRow, ...]
    count: str
    pager: Pager
    csv_href: str
    remarks: tuple[str, ...]
    notice: Notice | None = None
