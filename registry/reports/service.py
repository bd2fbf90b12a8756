"""Recording test reports and self-declarations, and finding those of a product."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from registry.access.actors import Actor
from registry.access.permissions import Act, Target, require
from registry.changes.feed import Draft
from registry.changes.kinds import Known, define
from registry.changes.naming import ASKED, Pairs
from registry.reports.facts import SelfDeclarationFact, TestReportFact
from registry.reports.models import ProductEvidenceRow

Evidence = TypeVar("Evidence", TestReportFact, SelfDeclarationFact)


def _project(session: Session, known: Known[Evidence]) -> None:
    session.add(
        ProductEvidenceRow(
            seq=known.header.seq,
            kind=known.header.kind,
            id=known.fact.id,
            product_id=known.fact.product_id,
        )
    )


TEST_REPORT = define("test_report", TestReportFact, _project)
SELF_DECLARATION = define("self_declaration", SelfDeclarationFact, _project)
# Evidence of both classes, asked with products.
NAMING: Pairs = select(col(ProductEvidenceRow.kind), col(ProductEvidenceRow.id).label("key")).where(
    col(ProductEvidenceRow.product_id).in_(ASKED)
)


def record_report(
    fact: TestReportFact, *, effective_on: date, actor: Actor, owner_id: UUID | None = None
) -> Draft:
    """A draft of a laboratory's report; `owner_id` is the maker of what was tested."""
    require(actor, Act.RECORD_REPORT, Target(organisation_id=owner_id, issuer_id=fact.laboratory_id))
    return Draft(TEST_REPORT, fact.id, effective_on, fact)


def record_self_declaration(
    fact: SelfDeclarationFact, *, actor: Actor, owner_id: UUID | None = None
) -> Draft:
    """A draft of a maker's own word; `owner_id` is that maker."""
    require(actor, Act.RECORD_SELF_DECLARATION, Target(organisation_id=owner_id))
    return Draft(SELF_DECLARATION, fact.id, fact.declared_on, fact)


def by_product(
    products: Collection[UUID], known: Iterable[Known[Evidence]]
) -> dict[UUID, list[Known[Evidence]]]:
    """Evidence of one class for each product, newest first."""
    found: dict[UUID, list[Known[Evidence]]] = {product: [] for product in products}
    for evidence in sorted(known, key=lambda k: (k.header.effective_on, k.header.key), reverse=True):
        if evidence.fact.product_id in found:
            found[evidence.fact.product_id].append(evidence)
    return found
