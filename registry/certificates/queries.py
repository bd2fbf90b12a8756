"""Finding certificates: by product, by id, by the body's number."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from registry.certificates.facts import CertificateFact
from registry.certificates.kind import CERTIFICATE
from registry.certificates.models import CertificateRow, CertificateScopeRow
from registry.changes.kinds import Known
from registry.changes.naming import ASKED, Naming, pairs
from registry.changes.reading import Point, many
from registry.kit.reading.folded import fold

# Asked with products.
NAMING = pairs(CERTIFICATE, col(CertificateScopeRow.certificate_id)).where(
    col(CertificateScopeRow.product_id).in_(ASKED)
)
_NAMING = Naming(NAMING)


def of_products(
    session: Session, product_ids: Iterable[UUID], at: Point
) -> dict[UUID, list[Known[CertificateFact]]]:
    """Certificates whose rows name each product at a point, latest validity first."""
    wanted = set(product_ids)
    return by_product(wanted, _NAMING.facts(session, wanted, at).of(CERTIFICATE))


def by_product(
    products: Collection[UUID], known: Iterable[Known[CertificateFact]]
) -> dict[UUID, list[Known[CertificateFact]]]:
    """The certificates of each product, latest validity first."""
    found: dict[UUID, list[Known[CertificateFact]]] = {product: [] for product in products}
    for certificate in sorted(known, key=lambda k: (k.fact.valid_to, k.header.key), reverse=True):
        named = {product for row in certificate.fact.rows for product in row.product_ids}
        for product in named & found.keys():
            found[product].append(certificate)
    return found


def coming(
    session: Session, product_ids: Iterable[UUID], at: Point
) -> dict[UUID, list[Known[CertificateFact]]]:
    """Certificates recorded for each product that start only after the day, the next first."""
    later = of_products(session, product_ids, Point(date.max, at.as_of))
    return {
        product: sorted(
            (known for known in found if known.fact.valid_from > at.on),
            key=lambda known: (known.fact.valid_from, known.header.key),
        )
        for product, found in later.items()
    }


def by_number(session: Session, number: str, at: Point) -> list[Known[CertificateFact]]:
    """Every certificate with this number; two bodies may use the same one."""
    folded = fold(number)
    if not folded:
        return []
    ids = session.scalars(
        select(col(CertificateRow.id)).where(col(CertificateRow.number_folded) == folded).distinct()
    )
    known = many(session, CERTIFICATE, ids, at).values()
    return sorted(known, key=lambda k: (k.fact.valid_from, k.header.key))


def of_body(session: Session, body_id: UUID, at: Point) -> list[Known[CertificateFact]]:
    """Every certificate of a body at a point, latest validity first."""
    ids = session.scalars(
        select(col(CertificateRow.id)).where(col(CertificateRow.body_id) == body_id).distinct()
    )
    return _latest_first(many(session, CERTIFICATE, ids, at).values())


def of_plant(session: Session, plant_id: UUID, at: Point) -> list[Known[CertificateFact]]:
    """Certificates whose rows name a plant at a point, latest validity first."""
    ids = session.scalars(
        select(col(CertificateScopeRow.certificate_id))
        .where(col(CertificateScopeRow.plant_id) == plant_id)
        .distinct()
    )
    known = many(session, CERTIFICATE, ids, at).values()
    return _latest_first(k for k in known if plant_id in {row.plant_id for row in k.fact.rows})


def _latest_first(found: Iterable[Known[CertificateFact]]) -> list[Known[CertificateFact]]:
    return sorted(found, key=lambda known: (known.fact.valid_to, known.header.key), reverse=True)


def renewals(session: Session, holder_id: UUID, at: Point) -> list[Known[CertificateFact]]:
    """Every certificate of a holder at a point, so that a renewal and its gap can be shown."""
    ids = session.scalars(
        select(col(CertificateRow.id)).where(col(CertificateRow.holder_id) == holder_id).distinct()
    )
    known = many(session, CERTIFICATE, ids, at).values()
    return sorted(known, key=lambda k: (k.fact.valid_from, k.header.key))
