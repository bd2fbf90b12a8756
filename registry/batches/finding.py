"""Finding what an identifier names, however it is typed: our number, GTIN, handle, batch or serial number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session, col

from registry.batches.digital_link import DigitalLink, LinkRefused, parse
from registry.batches.facts import BatchFact
from registry.batches.identifiers import Scheme, same
from registry.batches.kind import BATCH
from registry.batches.listing import marked, products_of, standing
from registry.batches.models import BatchRow
from registry.changes.kinds import Known
from registry.changes.reading import Point, find_code, many
from registry.kit.ids import parse_code
from registry.products.gtin import NoGtin, read_gtin
from registry.products.service import PRODUCT, by_gtin

MOST = 50
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that an identifier names: which kind of fact, its 登记号, and by what it was found."""

    kind: str
    code: str
    scheme: Scheme
    withdrawn: bool = False


def find(session: Session, text: str, at: Point) -> tuple[Thing, ...]:
    """Everything a text names at a point, the surest reading first; withdrawn batches come last."""
    found = [*sure(session, text, at), *_by_own_numbers(session, text, at)]
    once: dict[str, Thing] = {}
    for thing in found:
        once.setdefault(thing.code, thing)
    return tuple(sorted(once.values(), key=lambda one: one.withdrawn))[:MOST]


def sure(session: Session, text: str, at: Point) -> tuple[Thing, ...]:
    """What a text names by an identifier that is unmistakable wherever it is typed."""
    text = text[:LONGEST].strip()
    printed = parse_code(text)
    record = find_code(session, printed) if printed else None
    if record is not None:
        return (Thing(record.kind, record.code, Scheme.CODE),)
    link = _scanned(text)
    if link is not None:
        return resolve(session, link, at)
    gtin = read_gtin(text)
    if not isinstance(gtin, NoGtin):
        return _trade_items(session, gtin, at)
    return _batches(of_identifier(session, Scheme.INDUSTRIAL, text, at), Scheme.INDUSTRIAL)


def resolve(session: Session, link: DigitalLink, at: Point) -> tuple[Thing, ...]:
    """What a Digital Link names exactly; a variant is not registered here, so naming one finds nothing."""
    if link.variant is not None or link.third_party is not None:
        return ()
    if link.lot is None and link.serial is None:
        return _trade_items(session, link.gtin, at)
    wanted = [col(BatchRow.gtin) == link.gtin]
    carriers = [one for one in by_gtin(session, link.gtin, at) if not one.fact.removed]
    if carriers:  # what others stated under a registered product's GTIN is not named by it
        wanted.append(col(BatchRow.product_id).in_([one.fact.id for one in carriers]))
    if link.lot is not None:
        wanted.append(col(BatchRow.number_folded) == same(link.lot))
    if link.serial is not None:
        wanted.append(marked(Scheme.SERIAL, [same(link.serial)]))
    return _batches(standing(session, wanted, at, most=MOST), Scheme.GTIN)


def of_identifier(session: Session, scheme: Scheme, text: str, at: Point) -> list[Known[BatchFact]]:
    """Batches that carry a handle or a serial number at a point, as many as an answer holds."""
    return standing(session, [marked(scheme, [same(text)])], at, most=MOST)


def _by_own_numbers(session: Session, text: str, at: Point) -> Iterator[Thing]:
    """By the producer's batch number or a serial number, which several makers may have given."""
    wanted = same(text[:LONGEST])
    if not wanted:
        return
    numbered = [col(BatchRow.number_folded) == wanted]
    yield from _batches(standing(session, numbered, at, most=MOST), Scheme.NUMBER)
    yield from _batches(of_identifier(session, Scheme.SERIAL, text, at), Scheme.SERIAL)


def _trade_items(session: Session, gtin: str, at: Point) -> tuple[Thing, ...]:
    """Products by their own GTIN; else those whose batches are packed under it."""
    products = by_gtin(session, gtin, at)
    if not products:
        packed = [col(BatchRow.gtin) == gtin, ~col(BatchRow.withdrawn)]
        ids = products_of(session, packed, at, most=MOST)
        products = list(many(session, PRODUCT, ids, at).values())
    return tuple(Thing(PRODUCT.name, one.fact.code, Scheme.GTIN) for one in products)


def _batches(found: Iterable[Known[BatchFact]], scheme: Scheme) -> tuple[Thing, ...]:
    return tuple(Thing(BATCH.name, one.fact.code, scheme, one.fact.withdrawn) for one in found)


def _scanned(text: str) -> DigitalLink | None:
    """A Digital Link as a scanner reads it from a label, whoever's address it begins with."""
    if not text.lower().startswith(("http://", "https://")):
        return None
    try:
        path: Any = urlsplit(text).path
        _, mark, rest = path.partition("/01/")
        return parse(mark + rest) if mark else None
    except (LinkRefused, ValueError):
        return None
