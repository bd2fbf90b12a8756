"""What an act of a body would change, told before it is recorded: its state, and which products count."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from registry.access.actors import Actor
from registry.certificates.facts import CertificateFact
from registry.certificates.kind import CERTIFICATE
from registry.certificates.queries import of_products
from registry.certificates.service import BodyAct, act
from registry.certificates.states import StateOnDay, on_day
from registry.changes.feed import head
from registry.changes.reading import Point, get
from registry.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class Effect:
    """The state before and after on the day of effect.

    `lost` and `gained` count products of the certificate's rows that no other valid certificate names;
    `covered` those that another one names anyway.
    """

    before: StateOnDay
    after: StateOnDay
    lost: int = 0
    gained: int = 0
    covered: int = 0


def effect(session: Session, certificate_id: UUID, change: BodyAct, *, actor: Actor) -> Effect:
    """What the act would change; refused exactly where recording it would be."""
    after = act(session, certificate_id, change, actor=actor)[0].fact
    at = Point(change.effective_on, head(session).seq)
    known = get(session, CERTIFICATE, certificate_id, at)
    if known is None or not isinstance(after, CertificateFact):
        raise NotFound("certificate-not-found", id=str(certificate_id))
    states = on_day(known.fact, at.on), on_day(after, at.on)
    if (states[0] is StateOnDay.ACTIVE) == (states[1] is StateOnDay.ACTIVE):
        return Effect(*states)
    products = {product for row in known.fact.rows for product in row.product_ids}
    others = of_products(session, products, at)
    covered = sum(
        any(one.fact.id != certificate_id and on_day(one.fact, at.on) is StateOnDay.ACTIVE for one in found)
        for found in others.values()
    )
    alone = len(products) - covered
    if states[0] is StateOnDay.ACTIVE:
        return Effect(*states, lost=alone, covered=covered)
    return Effect(*states, gained=alone, covered=covered)
