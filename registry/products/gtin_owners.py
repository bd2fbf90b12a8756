"""In whose range of numbers a GTIN stands, as far as the registered GTINs tell.

GS1 gives a company a prefix and the company numbers its trade items below it. How long a prefix is cannot
be read off a GTIN; in China it has 7 to 10 figures (GB 12904). So a GTIN is taken to belong to whoever
registered the GTIN that begins like it for longest, and to nobody where fewer figures agree than any prefix
has.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import Session, col

from registry.changes.reading import Point, many
from registry.products.facts import ProductFact
from registry.products.gtin import LENGTHS, LONGEST
from registry.products.models import ProductRow
from registry.products.service import PRODUCT

SHORTEST_PREFIX = 7
BODY = slice(1, 13)  # of fourteen figures: behind the one for the packing, before the check digit
MOST_LOOKED_AT = 50
SHORT = LONGEST - LENGTHS[0]  # eight figures are given out one by one: they have no company in them


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The product whose GTIN begins most like one that is asked about, and how many figures they share."""

    product: ProductFact
    shared: int


def neighbour(session: Session, gtin: str, maker_id: UUID, at: Point) -> Neighbour | None:
    """The nearest registered GTIN to fourteen figures; of several as near, the maker's own comes first."""
    if not gtin[:SHORT].strip("0"):
        return None
    body = gtin[BODY]
    for shared in range(len(body), SHORTEST_PREFIX - 1, -1):
        start, row = body[:shared], ProductRow
        own_first = (col(row.manufacturer_id) != maker_id, col(row.seq))
        ids = session.scalars(
            select(col(row.id)).where(_begins(start)).order_by(*own_first).limit(MOST_LOOKED_AT)
        )
        known = many(session, PRODUCT, ids, at).values()
        found = [one.fact for one in known if (one.fact.gtin or "").zfill(LONGEST)[BODY].startswith(start)]
        if found:
            return Neighbour(min(found, key=lambda one: (one.manufacturer_id != maker_id, one.code)), shared)
    return None


def _begins(start: str) -> ColumnElement[bool]:
    """Whether a GTIN, in whatever length it was written, begins so; a range, so that the index serves."""
    written = [(LONGEST, f"{packing}{start}") for packing in range(10)]
    written.append((LONGEST - 1, start))
    if start.startswith("0"):
        written.append((LONGEST - 2, start[1:]))
    gtin = col(ProductRow.gtin)
    return or_(
        *(
            (gtin >= text) & (gtin <= text.ljust(LONGEST, "9")) & (func.length(gtin) == length)
            for length, text in written
        )
    )
