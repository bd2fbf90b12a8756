"""The certificate's place in the feed and the tables that follow it."""

from sqlmodel import Session

from registry.certificates.facts import CertificateFact
from registry.certificates.models import CertificateRow, CertificateScopeRow
from registry.changes.kinds import Known, define
from registry.kit.reading.folded import fold


def _project(session: Session, known: Known[CertificateFact]) -> None:
    fact, header = known.fact, known.header
    session.add(
        CertificateRow(
            seq=header.seq,
            id=fact.id,
            version=header.version,
            body_id=fact.body_id,
            number=fact.number,
            number_folded=fold(fact.number),
            holder_id=fact.holder_id,
        )
    )
    session.add_all(
        CertificateScopeRow(
            seq=header.seq, row=row.row, product_id=product, certificate_id=fact.id, plant_id=row.plant_id
        )
        for row in fact.rows
        for product in sorted(set(row.product_ids))
    )


CERTIFICATE = define("certificate", CertificateFact, _project)
