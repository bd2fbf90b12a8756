"""Limits: what a limit leaves of a class, who stands within it, and the sentence for the tender file."""

from dataclasses import dataclass

from frontend.views.marks import Marked
from frontend.views.parts import Empty, Fact, Link, Notice, Option


@dataclass(frozen=True, slots=True)
class Slider:
    """The ends and steps of the class as a machine writes them; the box beside it takes any number."""

    low: str
    high: str
    step: str
    at: str


@dataclass(frozen=True, slots=True)
class LimitBox:
    """The limit as typed; `slider` is None where every product has one value."""

    value: str
    unit: str
    error: str
    input_mode: str
    slider: Slider | None


@dataclass(frozen=True, slots=True)
class Offered:
    """A limit worth trying and what it leaves."""

    name: str
    limit: str
    href: str
    leaves: str
    few: bool


@dataclass(frozen=True, slots=True)
class OfferLine:
    name: str
    href: str
    value: str
    firm: str = ""


@dataclass(frozen=True, slots=True)
class MakerLine:
    """One independent maker; `firms` names the firms of a group, which count once."""

    name: str
    firms: str
    offers: tuple[OfferLine, ...]
    places: str


@dataclass(frozen=True, slots=True)
class Clause:
    """The sentence for the tender file is Chinese; readers of English get its meaning beside it."""

    text: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ThresholdView:
    """`count` is the sentence announced after each change; `makers` may be the first of `makers_all`."""

    title: str
    crumbs: tuple[Link, ...]
    action: str
    kept: tuple[tuple[str, str], ...]
    bases: tuple[Option, ...]
    box: LimitBox
    count: str
    whole: str
    notices: tuple[Notice, ...]
    chart: Marked
    offered: tuple[Offered, ...]
    makers: tuple[MakerLine, ...]
    more: Link | None
    paper_href: str
    clause: Clause | None
    recipe: tuple[Fact, ...]
    save: tuple[tuple[str, str], ...]
    json_href: str
    printed: bool = False


@dataclass(frozen=True, slots=True)
class NoMarketView:
    """A kind in which nothing can be compared yet."""

    title: str
    crumbs: tuple[Link, ...]
    empty: Empty


@dataclass(frozen=True, slots=True)
class KindLine:
    text: str
    href: str
    products: str


@dataclass(frozen=True, slots=True)
class ThresholdKindsView:
    """Where a limit may be set: every kind that has valid products."""

    kinds: tuple[KindLine, ...]


@dataclass(frozen=True, slots=True)
class KeptThresholdView:
    """A calculation as it was kept: everything comes from the sealed document and never changes."""

    number: str
    stamp: str
    title: str
    head: tuple[Fact, ...]
    count: str
    few: str
    chart: Marked
    makers: tuple[MakerLine, ...]
    clause: Clause
    recipe: tuple[Fact, ...]
    digest: str
    kept_until: str
    files: tuple[Link, ...]
    again_href: str
    broken: Notice | None = None
