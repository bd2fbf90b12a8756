"""Two to four products side by side; unlike things are refused with the reason."""

from dataclasses import dataclass

from frontend.views.charts import Stacked
from frontend.views.marks import Marked
from frontend.views.parts import Empty, Link, Notice


@dataclass(frozen=True, slots=True)
class CompareItem:
    """`letter` names the product in the chart of its class, where there is one."""

    name: str
    href: str
    firm: str
    remove_href: str
    letter: str = ""


@dataclass(frozen=True, slots=True)
class CompareCell:
    """`note` is the difference to the lowest; `best` marks the lowest, in words by `note`."""

    text: str
    note: str = ""
    best: bool = False
    chart: Stacked | None = None


@dataclass(frozen=True, slots=True)
class CompareRow:
    label: str
    cells: tuple[CompareCell, ...]
    differs: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class CompareView:
    """With `refusal` the table still shows what may stand side by side, and no difference is printed."""

    items: tuple[CompareItem, ...]
    rows: tuple[CompareRow, ...]
    only_differences: bool = False
    toggle_href: str = ""
    downloads: tuple[Link, ...] = ()
    refusal: Notice | None = None
    conversion: Notice | None = None
    basis: str = ""
    empty: Empty | None = None
    crumbs: tuple[Link, ...] = ()
    chart: Marked | None = None
    threshold: Link | None = None
