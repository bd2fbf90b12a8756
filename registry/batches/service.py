"""Recording batches once for each client's key, refusing a name that is taken, and withdrawing them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlmodel import Session, col

from registry.access.actors import Actor
from registry.access.permissions import Act, Target, require
from registry.batches.facts import BatchFact
from registry.batches.identifiers import Scheme, same
from registry.batches.models import BatchIdentifierRow, BatchRow
from registry.batches.stating import About, BatchIn, read
from registry.changes import feed
from registry.changes.codes import by_code, optional_key
from registry.changes.feed import Draft
from registry.changes.kinds import Known, define
from registry.changes.reading import Point, amendments, get, history, many
from registry.kit.errors import Conflict, Invalid
from registry.kit.ids import derived, public_code
from registry.parties.service import PLANT
from registry.products.facts import ProductFact
from registry.products.service import PRODUCT, by_gtin

LETTER = "B"


def _project(session: Session, known: Known[BatchFact]) -> None:
    fact, seq = known.fact, known.header.seq
    session.add(
        BatchRow(
            seq=seq,
            id=fact.id,
            product_id=fact.product_id,
            plant_id=fact.plant_id,
            number_folded=same(fact.number),
            gtin=fact.gtin,
        )
    )
    session.add_all(
        BatchIdentifierRow(seq=seq, scheme=scheme, value=value, batch_id=fact.id)
        for scheme, texts in ((Scheme.INDUSTRIAL, fact.industrial_ids), (Scheme.SERIAL, fact.serials))
        for value in sorted({same(text) for text in texts})
    )


BATCH = define("batch", BatchFact, _project)


@dataclass(frozen=True, slots=True)
class By:
    """Who states it, on which civil day, and the client's own key for this statement."""

    actor: Actor
    today: date
    key: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement's record; without drafts it was recorded before under the same key."""

    fact: BatchFact
    drafts: tuple[Draft, ...]


def state(session: Session, product_code: str, given: BatchIn, by: By) -> Stated:
    """A draft of a batch of a product; the same key again gets the same answer, and adds nothing."""
    # What is free now must be free when it is recorded: nobody else appends until this transaction ends.
    position = feed.hold(session)
    at = Point(by.today, position)
    product = by_code(session, product_code, PRODUCT, at).fact
    require(by.actor, Act.RECORD_BATCH, target(product))
    key = derived("batch", str(product.manufacturer_id), by.key)
    demonstration = feed.head(session).feed == "demonstration"
    code = public_code(LETTER, key, demonstration=demonstration)
    about = About(product, optional_key(session, given.plant or None, PLANT), by.today, key, code)
    if before := history(session, BATCH, key, as_of=position):
        if not _is_same(session, given, about, before[0]):
            raise Conflict("batch-key-used", key=by.key, batch=before[0].fact.code)
        return Stated(before[-1].fact, ())
    if product.removed:
        raise Invalid("batch-product-removed", product=product.code)
    fact = read(given, about)
    for taken in _taken(session, fact, at):
        raise taken
    return Stated(fact, (record(fact, product=product, actor=by.actor),))


def _is_same(session: Session, given: BatchIn, about: About, first: Known[BatchFact]) -> bool:
    """Whether the same is stated again, read by the day and the product of the first time."""
    day = first.fact.stated_on
    then = get(session, PRODUCT, about.product.id, Point(day, first.header.seq))
    product = then.fact if then else about.product
    return first.fact == read(given, replace(about, product=product, today=day))


def record(fact: BatchFact, *, product: ProductFact, actor: Actor) -> Draft:
    """A draft of a batch as stated; it counts from its first day of production."""
    require(actor, Act.RECORD_BATCH, target(product))
    if fact.product_id != product.id or fact.plant_id not in product.plant_ids:
        raise Invalid("batch-plant-not-of-product", plant=str(fact.plant_id), product=product.code)
    return Draft(BATCH, fact.id, fact.made_from, fact, after_version=0)


def withdraw(session: Session, code: str, *, reason: str, actor: Actor, today: date) -> list[Draft]:
    """Drafts that take a statement back from today on; its page stays, its identifiers are free again."""
    at = Point(today, feed.hold(session))
    fact = by_code(session, code, BATCH, at).fact
    require(actor, Act.RECORD_BATCH, _target_of(session, fact, at))
    if fact.withdrawn:
        raise Conflict("batch-withdrawn", batch=fact.code)
    if not (told := _one_line(reason)):
        raise Invalid("batch-withdrawn-without-reason")
    gone = {"withdrawn": True, "withdrawn_reason": told}
    return amendments(session, BATCH, fact.id, from_day=today, patch=lambda old: _changed(old, gone))


def _one_line(text: str) -> str:
    """Words with one blank between them; tabs and line ends are blanks, other unprintable signs are none."""
    return " ".join("".join(one for one in text if one.isprintable() or one.isspace()).split())


def target(product: ProductFact) -> Target:
    """Whose batches of a product are, for the permission table."""
    return Target(organisation_id=product.manufacturer_id)


def of_product(session: Session, product_id: UUID, at: Point) -> list[Known[BatchFact]]:
    """Batches of a product at a point, the latest production first, withdrawn ones last."""
    ids = session.scalars(select(col(BatchRow.id)).where(col(BatchRow.product_id) == product_id).distinct())
    return in_order(many(session, BATCH, ids, at).values())


def in_order(found: Iterable[Known[BatchFact]]) -> list[Known[BatchFact]]:
    latest = sorted(found, key=lambda one: (one.fact.made_to, one.fact.number, one.header.key), reverse=True)
    return sorted(latest, key=lambda one: one.fact.withdrawn)


def _changed(fact: BatchFact, changes: dict[str, object]) -> BatchFact:
    return BatchFact.model_validate({**fact.model_dump(), **changes})


def _target_of(session: Session, fact: BatchFact, at: Point) -> Target:
    product = get(session, PRODUCT, fact.product_id, at)
    return target(product.fact) if product else Target()


def _taken(session: Session, fact: BatchFact, at: Point) -> Iterator[Conflict]:
    """Why something the batch is named by names another thing already; the first of all comes first."""
    row = BatchRow
    number = same(fact.number)
    beside = select(col(row.id)).where(col(row.number_folded) == number)
    here = beside.where(col(row.product_id) == fact.product_id, col(row.plant_id) == fact.plant_id)
    for other in _living(session, here, at):
        yield Conflict("batch-number-taken", field="number", number=fact.number, first=other.code)
    if fact.gtin is not None:
        carriers = [one.fact for one in by_gtin(session, fact.gtin, at) if not one.fact.removed]
        is_own = fact.product_id in [one.id for one in carriers]  # the register outweighs others' batches
        if carriers and not is_own:
            yield Conflict("batch-gtin-taken", field="gtin", gtin=fact.gtin, first=carriers[0].code)
        same_gtin = select(col(row.id)).where(col(row.gtin) == fact.gtin)
        for other in _living(session, same_gtin, at):
            if other.product_id != fact.product_id and not is_own:
                yield Conflict("batch-gtin-taken", field="gtin", gtin=fact.gtin, first=other.code)
            elif other.product_id == fact.product_id and same(other.number) == number:
                yield Conflict("batch-lot-taken", field="number", number=fact.number, first=other.code)
    yield from _marked(session, fact, Scheme.INDUSTRIAL, at=at)
    yield from _marked(session, fact, Scheme.SERIAL, at=at)


def _marked(session: Session, fact: BatchFact, scheme: Scheme, *, at: Point) -> Iterator[Conflict]:
    """The identifiers of one scheme that another batch carries."""
    is_handle = scheme is Scheme.INDUSTRIAL
    texts = {same(text): text for text in (fact.industrial_ids if is_handle else fact.serials)}
    marks = BatchIdentifierRow
    named = select(col(marks.batch_id)).where(col(marks.scheme) == scheme, col(marks.value).in_(texts))
    for other in _living(session, named, at):
        if is_handle or _share_serials(fact, other):
            carried = {same(text) for text in (other.industrial_ids if is_handle else other.serials)}
            where = "industrial_ids" if is_handle else "serials"
            for value in texts.keys() & carried:
                yield Conflict("batch-identifier-taken", field=where, value=texts[value], first=other.code)


def _share_serials(one: BatchFact, other: BatchFact) -> bool:
    """A serial number is unique inside its trade item or, without a GTIN, inside its product."""
    return one.product_id == other.product_id or (one.gtin is not None and one.gtin == other.gtin)


def _living(session: Session, ids: Select[UUID], at: Point) -> Iterator[BatchFact]:
    """Batches that stand, first recorded first; a withdrawn one has given its names back."""
    found = many(session, BATCH, session.scalars(ids), at).values()
    for known in sorted(found, key=lambda one: one.header.seq):
        if not known.fact.withdrawn:
            yield known.fact
