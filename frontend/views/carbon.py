"""What the pages of carbon spreads and of published limits print."""

from dataclasses import dataclass

from frontend.views.charts import Strip
from frontend.views.diverging import Diverging
from frontend.views.parts import Badge, Empty, Fact, Field, Link


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One declared value; `year` is empty where none is stated."""

    code: Link
    value: str
    products: str
    year: str


@dataclass(frozen=True, slots=True)
class CarbonCell:
    """Values of like things: the picture, its base, what to know of it, and the lowest values in a table."""

    id: str
    title: str
    base: str
    strip: Strip
    warnings: tuple[str, ...]
    lines: tuple[ValueLine, ...]
    more: str


@dataclass(frozen=True, slots=True)
class CarbonView:
    title: str
    crumbs: tuple[Link, ...]
    action: str
    fields: tuple[Field, ...]
    unit: str
    cells: tuple[CarbonCell, ...]
    more: str
    apart: tuple[str, ...]
    recipe: tuple[str, ...]
    json_href: str
    empty: Empty | None


@dataclass(frozen=True, slots=True)
class LimitRow:
    """What must be known of the product, and the value of each level; empty where none is published."""

    when: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LimitTable:
    id: str
    title: str
    standing: Badge
    facts: tuple[Fact, ...]
    levels: tuple[str, ...]
    rows: tuple[LimitRow, ...]
    raised: str


@dataclass(frozen=True, slots=True)
class LimitsView:
    """`region` is what was asked for; empty shows this country alone."""

    action: str
    region: Field
    tables: tuple[LimitTable, ...]
    json_href: str


@dataclass(frozen=True, slots=True)
class HeadroomLine:
    """One limit against the product: how far, or why it cannot be said."""

    title: str
    limit: str
    outcome: Badge
    text: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadroomPart:
    """`charts` show the parts of the value where stated, `recipes` how probabilities were reckoned.

    `basis` says whose data the value is and who verified it. `reason` stands instead of all that where the
    paper is not in force.
    """

    lines: tuple[HeadroomLine, ...]
    all_limits: Link
    charts: tuple[Diverging, ...] = ()
    recipes: tuple[str, ...] = ()
    of: Link | None = None
    basis: str = ""
    reason: str = ""
