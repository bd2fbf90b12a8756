"""Names that batches claim: what is taken already, and under whose GTINs one may state anything at all."""

from collections.abc import Iterator

from sqlmodel import Session, col

from registry.batches.facts import BatchFact
from registry.batches.identifiers import Scheme, same
from registry.batches.listing import Wanted, marked, standing
from registry.batches.models import BatchRow
from registry.changes.reading import Point
from registry.kit.errors import Conflict
from registry.products.facts import ProductFact
from registry.products.gtin_owners import neighbour
from registry.products.service import by_gtin


def taken(session: Session, fact: BatchFact, product: ProductFact, at: Point) -> Iterator[Conflict]:
    """Why something the batch is named by is not its own to give; the most telling reason comes first."""
    row, number = BatchRow, same(fact.number)
    product_rows = [col(row.product_id) == fact.product_id, col(row.number_folded) == number]
    for other in _living(session, [*product_rows, col(row.plant_id) == fact.plant_id], at):
        yield Conflict("batch-number-taken", field="number", number=fact.number, first=other.code)
    is_own = False
    if fact.gtin is not None:
        carriers = [one.fact for one in by_gtin(session, fact.gtin, at) if not one.fact.removed]
        is_own = fact.product_id in [one.id for one in carriers]  # the register outweighs others' batches
        if not is_own:
            yield from _foreign(session, fact.gtin, carriers, product=product, at=at)
        for other in _living(session, [col(row.gtin) == fact.gtin, *product_rows], at):
            yield Conflict("batch-lot-taken", field="number", number=fact.number, first=other.code)
    for scheme, texts in ((Scheme.INDUSTRIAL, fact.industrial_ids), (Scheme.SERIAL, fact.serials)):
        values = {same(text): text for text in texts}
        beside = _beside(fact, scheme, is_own=is_own)
        for other in _living(session, [marked(scheme, values), *beside], at) if values else ():
            carried = other.industrial_ids if scheme is Scheme.INDUSTRIAL else other.serials
            where = "industrial_ids" if scheme is Scheme.INDUSTRIAL else "serials"
            for value in values.keys() & set(map(same, carried)):
                yield Conflict("batch-identifier-taken", field=where, value=values[value], first=other.code)


def _foreign(
    session: Session, gtin: str, carriers: list[ProductFact], *, product: ProductFact, at: Point
) -> Iterator[Conflict]:
    """Why a GTIN that the register does not give to the product is another's."""
    if carriers:
        yield Conflict("batch-gtin-taken", field="gtin", gtin=gtin, first=carriers[0].code)
    elsewhere = [col(BatchRow.gtin) == gtin, col(BatchRow.product_id) != product.id]
    for other in _living(session, elsewhere, at):
        yield Conflict("batch-gtin-taken", field="gtin", gtin=gtin, first=other.code)
    near = neighbour(session, gtin, product.manufacturer_id, at)
    if near is not None and near.product.manufacturer_id != product.manufacturer_id:
        facts = {"gtin": gtin, "figures": near.shared, "first": near.product.code}
        yield Conflict("batch-gtin-of-others", field="gtin", **facts)


def _beside(fact: BatchFact, scheme: Scheme, *, is_own: bool) -> Wanted:
    """Among which batches a mark is unique.

    A handle is unique everywhere. A serial number is unique inside its trade item or, without a GTIN, inside
    its product; under the product's own GTIN nothing that others stated counts.
    """
    if scheme is Scheme.INDUSTRIAL:
        return ()
    within = col(BatchRow.product_id) == fact.product_id
    if fact.gtin is not None and not is_own:
        within |= col(BatchRow.gtin) == fact.gtin
    return (within,)


def _living(session: Session, wanted: Wanted, at: Point) -> Iterator[BatchFact]:
    """The first batch that stands and is wanted, if any; a withdrawn one has given its names back."""
    for known in standing(session, [*wanted, ~col(BatchRow.withdrawn)], at, most=1):
        yield known.fact
