"""The cover of a recorded batch at a point, computed anew each time it is asked."""

from sqlalchemy import select
from sqlmodel import Session, col

from catalogue.batches.cover import Cover, Made, cover
from registry.batches.facts import BatchFact
from registry.certificates.kind import CERTIFICATE
from registry.certificates.models import CertificateScopeRow
from registry.changes.reading import Point, get, history
from registry.products.service import PRODUCT


def of_batch(session: Session, batch: BatchFact, at: Point) -> Cover:
    """By every certificate that ever named the product, as known at the point's position."""
    product = get(session, PRODUCT, batch.product_id, at)
    models = (batch.model,) if batch.model else product.fact.models if product else ()
    named = select(col(CertificateScopeRow.certificate_id)).where(
        col(CertificateScopeRow.product_id) == batch.product_id
    )
    histories = [
        history(session, CERTIFICATE, key, as_of=at.as_of)
        for key in sorted(set(session.scalars(named.distinct())))
    ]
    made = Made(batch.product_id, batch.plant_id, models, batch.made_from, batch.made_to)
    return cover(made, [versions for versions in histories if versions])
