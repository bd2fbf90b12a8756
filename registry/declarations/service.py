"""Recording declarations and finding those of a product."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from sqlmodel import Session, col

from registry.access.actors import Actor
from registry.access.permissions import Act, Target, require
from registry.changes.feed import Draft
from registry.changes.kinds import Known, define
from registry.changes.naming import ASKED, Naming, pairs
from registry.changes.reading import Point, amendments
from registry.declarations.facts import DeclarationFact, DeclarationState
from registry.declarations.models import DeclarationProductRow
from registry.declarations.node.projecting import note_state
from registry.declarations.sums import PARTS, SUM, added, agree
from registry.kit.errors import Invalid
from registry.kit.types import plain


def _project(session: Session, known: Known[DeclarationFact]) -> None:
    session.add_all(
        DeclarationProductRow(seq=known.header.seq, product_id=product, declaration_id=known.fact.id)
        for product in sorted(set(known.fact.product_ids))
    )
    withdrawn = known.fact.state is DeclarationState.WITHDRAWN
    note_state(session, known.header, known.fact.id, withdrawn=withdrawn)


DECLARATION = define("declaration", DeclarationFact, _project)
# Asked with products.
NAMING = pairs(DECLARATION, col(DeclarationProductRow.declaration_id)).where(
    col(DeclarationProductRow.product_id).in_(ASKED)
)
_NAMING = Naming(NAMING)


def record(fact: DeclarationFact, *, effective_on: date, actor: Actor, owner_id: UUID | None = None) -> Draft:
    """A draft of a carbon declaration; `owner_id` is the maker that declares.

    A sum that its parts contradict is refused as Invalid.
    """
    require(actor, Act.RECORD_DECLARATION, Target(organisation_id=owner_id, issuer_id=fact.verifier_id))
    total, parts = fact.modules.get(SUM), [fact.modules[part] for part in PARTS if part in fact.modules]
    if total is not None and len(parts) == len(PARTS) and not agree(total, parts):
        raise Invalid("gwp.sum-disagrees", stated=plain(total), summed=plain(added(parts)))
    return Draft(DECLARATION, fact.id, effective_on, fact)


def withdraw(
    session: Session, declaration_id: UUID, *, from_day: date, actor: Actor, owner_id: UUID
) -> list[Draft]:
    """Drafts that take a declaration back from a day on; what it said before stays on record."""
    require(actor, Act.RECORD_DECLARATION, Target(organisation_id=owner_id))
    gone = {"state": DeclarationState.WITHDRAWN}
    return amendments(
        session, DECLARATION, declaration_id, from_day=from_day, patch=lambda f: f.model_copy(update=gone)
    )


def of_products(
    session: Session, product_ids: Iterable[UUID], at: Point
) -> dict[UUID, list[Known[DeclarationFact]]]:
    """Declarations that name each product at a point, newest validity first."""
    wanted = set(product_ids)
    return by_product(wanted, _NAMING.facts(session, wanted, at).of(DECLARATION))


def by_product(
    products: Collection[UUID], known: Iterable[Known[DeclarationFact]]
) -> dict[UUID, list[Known[DeclarationFact]]]:
    """The declarations of each product, newest validity first."""
    found: dict[UUID, list[Known[DeclarationFact]]] = {product: [] for product in products}
    for declaration in sorted(known, key=lambda k: (k.fact.valid_to.day, k.header.key), reverse=True):
        for product in declaration.fact.product_ids:
            if product in found:
                found[product].append(declaration)
    return found
