"""A small register whose maker states batches, and statements with invented names."""

from datetime import date
from typing import Any

from sqlmodel import Session

from registry.access.actors import Actor, ActorRole
from registry.batches import service
from registry.batches.facts import BatchFact
from registry.batches.kind import BATCH
from registry.batches.service import By
from registry.batches.stating import BatchIn
from registry.changes import feed
from registry.changes.feed import Draft
from registry.kit.known_by import KnownBy, Source
from registry.parties.service import ORGANISATION, PLANT
from registry.products.service import PRODUCT
from tests import factories
from tests.factories import NOW, START, key

TODAY = date(2026, 6, 1)
MAKER = Actor(ActorRole.MANUFACTURER, "account-1", key("account"), key("organisation"))
OFFICER = Actor(ActorRole.REGISTRY_OFFICER, "account-2", key("account", 2), key("organisation", 800))
STRANGER = Actor(ActorRole.MANUFACTURER, "account-3", key("account", 3), key("organisation", 2))
GTIN = "9521000000018"  # GS1 prefix 952: demonstrations and examples
OTHER_GTIN = "9521000000025"  # in the same range of numbers
FREE_GTIN = "9528000000017"  # in a range where no product is registered
HANDLE = "88.101.5/EX-0001"


def register(session: Session) -> None:
    """The factories' world, a second plant of the product, and a product of another maker."""
    plants = (key("plant"), key("plant", 2))
    first = factories.product(plant_ids=plants, models=("P·O 42.5", "P·O 52.5"), gtin=GTIN)
    foreign = factories.product(2, manufacturer_id=key("organisation", 2), plant_ids=(key("plant", 3),))
    more = [
        Draft(ORGANISATION, key("organisation", 2), START, factories.organisation(2)),
        Draft(PLANT, key("plant", 2), START, factories.plant(2)),
        Draft(PLANT, key("plant", 3), START, factories.plant(3, organisation_n=2)),
        Draft(PRODUCT, first.id, START, first),
        Draft(PRODUCT, foreign.id, START, foreign),
    ]
    factories.record(session, [*factories.world(), *more])


def batch(n: int = 1, *, product_n: int = 1, **fields: Any) -> BatchFact:
    """A record of a batch with an invented number."""
    values: dict[str, Any] = {
        "id": key("batch", n),
        "code": factories.code("B", "batch", n),
        "product_id": key("product", product_n),
        "plant_id": key("plant"),
        "number": f"演示-B{n:03d}",
        "made_from": date(2026, 5, 4),
        "made_to": date(2026, 5, 4),
        "stated_on": TODAY,
        "known_by": KnownBy(source=Source.SELF_STATED),
    }
    return BatchFact(**{**values, **fields})


def recorded(fact: BatchFact) -> Draft:
    return Draft(BATCH, fact.id, fact.made_from, fact)


def given(**fields: Any) -> BatchIn:
    values: dict[str, Any] = {
        "plant": factories.plant().code,
        "number": "B-001",
        "made_from": date(2026, 5, 4),
    }
    return BatchIn(**{**values, **fields})


def stated(
    session: Session,
    client_key: str = "key-00000001",
    *,
    by: Actor = MAKER,
    product_n: int = 1,
    **fields: Any,
) -> BatchFact:
    """State a batch and record it."""
    code = factories.product(product_n).code
    found = service.state(session, code, given(**fields), By(by, TODAY, client_key))
    feed.append(session, found.drafts, actor=str(by), now=NOW)
    return found.fact


def withdrawn(session: Session, code: str, *, by: Actor = MAKER) -> None:
    drafts = service.withdraw(session, code, reason="演示：批号抄错", actor=by, today=TODAY)
    feed.append(session, drafts, actor=str(by), now=NOW)
