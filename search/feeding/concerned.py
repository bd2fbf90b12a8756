"""Which products a change concerns, and which records, known or still to come, stand behind a product."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select, union
from sqlmodel import Session, col

from registry.certificates.models import CertificateRow, CertificateScopeRow
from registry.changes.models import ChangeRow
from registry.changes.reading import Point
from registry.changes.record import Change
from registry.declarations.models import DeclarationProductRow
from registry.parties.models import PlantRow
from registry.products.models import ProductRow
from registry.products.service import PRODUCT
from registry.reports.models import ProductEvidenceRow

_REFERENCE = frozenset({"region", "category", "material_kind"})


def products_touched(session: Session, changes: Iterable[Change]) -> set[UUID] | None:
    """Products whose document may differ after these changes; None means all of them."""
    touched: set[UUID] = set()
    for change in changes:
        kind, key = change.header.kind, change.header.key
        if kind in _REFERENCE:
            return None
        for statement in _products_of(kind, key):
            touched |= set(session.scalars(statement.distinct()))
    return touched


def _products_of(kind: str, key: UUID) -> tuple[Select[Any], ...]:
    product, scope = col(ProductRow.id), col(CertificateScopeRow.product_id)
    evidence = select(col(ProductEvidenceRow.product_id)).where(col(ProductEvidenceRow.id) == key)
    issued = select(col(CertificateRow.id)).where(
        or_(col(CertificateRow.body_id) == key, col(CertificateRow.holder_id) == key)
    )
    made_by = select(product).where(col(ProductRow.manufacturer_id) == key)
    owner = select(col(PlantRow.organisation_id)).where(col(PlantRow.id) == key)
    declared = select(col(DeclarationProductRow.product_id)).where(
        col(DeclarationProductRow.declaration_id) == key
    )
    found: Mapping[str, tuple[Select[Any], ...]] = {
        "product": (select(product).where(product == key),),
        "certificate": (select(scope).where(col(CertificateScopeRow.certificate_id) == key),),
        "declaration": (declared,),
        "declaration_content": (declared,),  # a document under the key of its declaration: its figures
        "test_report": (evidence,),
        "self_declaration": (evidence,),
        "organisation": (made_by, select(scope).where(col(CertificateScopeRow.certificate_id).in_(issued))),
        # a contract manufacturer's plant stands on the certificate, not on the maker's own list
        "plant": (
            select(product).where(col(ProductRow.manufacturer_id).in_(owner)),
            select(scope).where(col(CertificateScopeRow.plant_id) == key),
        ),
    }
    return found.get(kind, ())


def records_of(session: Session, products: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """The keys of a product and of all its dated records, those that are not in force yet included."""
    wanted = set(products)
    found = {product: {product} for product in wanted}
    scope, declared, proven = CertificateScopeRow, DeclarationProductRow, ProductEvidenceRow
    rows = session.execute(
        union(
            select(col(scope.product_id), col(scope.certificate_id)).where(col(scope.product_id).in_(wanted)),
            select(col(declared.product_id), col(declared.declaration_id)).where(
                col(declared.product_id).in_(wanted)
            ),
            select(col(proven.product_id), col(proven.id)).where(col(proven.product_id).in_(wanted)),
        )
    )
    for product, record in rows:
        found[product].add(record)
    return found


def begun(session: Session, at: Point) -> set[UUID]:
    """Every product that a recorded version has brought into being by a day."""
    return set(
        session.scalars(
            select(col(ChangeRow.key))
            .where(and_(col(ChangeRow.kind) == PRODUCT.name, col(ChangeRow.seq) <= at.as_of))
            .group_by(col(ChangeRow.key))
            .having(func.min(col(ChangeRow.effective_on)) <= at.on)
        )
    )
