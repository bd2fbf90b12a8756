"""Recording batches once for each client's key, refusing a name that is taken, and withdrawing them."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from registry.access.actors import Actor
from registry.access.permissions import Act, Target, require
from registry.batches.claims import taken
from registry.batches.facts import BatchFact
from registry.batches.kind import BATCH
from registry.batches.stating import About, BatchIn, read
from registry.changes import feed
from registry.changes.codes import by_code, optional_key
from registry.changes.feed import Draft
from registry.changes.kinds import Known
from registry.changes.reading import Point, amendments, get, history
from registry.kit.errors import Conflict, Invalid
from registry.kit.ids import derived, public_code
from registry.parties.service import PLANT
from registry.products.facts import ProductFact
from registry.products.service import PRODUCT

LETTER = "B"


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
    for refusal in taken(session, fact, product, at):
        raise refusal
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


def _changed(fact: BatchFact, changes: dict[str, object]) -> BatchFact:
    return BatchFact.model_validate({**fact.model_dump(), **changes})


def _target_of(session: Session, fact: BatchFact, at: Point) -> Target:
    product = get(session, PRODUCT, fact.product_id, at)
    return target(product.fact) if product else Target()
