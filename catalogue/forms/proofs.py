"""What the register knows of the proof behind a line that counts: its issuer, its end, its look-up."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from catalogue.checks.facts import Dossiers
from catalogue.checks.report import LineOut
from registry.certificates.facts import CertificateFact, Scheme
from registry.dossiers.dossier import Dossier
from registry.kit.known_by import KnownBy
from registry.reports.facts import TestReportFact


class ProofKind(StrEnum):
    CERTIFICATE = "certificate"
    GREEN_PRODUCT = "green_product_certificate"
    TEST_REPORT = "test_report"


@dataclass(frozen=True, slots=True)
class Proof:
    """`valid_to` None: the paper states no end. `platform` None: nobody has looked it up officially."""

    kind: ProofKind
    number: str
    issuer: str
    issued_on: date
    valid_to: date | None
    star: int | None
    platform: str | None
    looked_up: date | None


def proof_of(line: LineOut, dossiers: Dossiers) -> Proof | None:
    """The proof that made the line count; None where none did."""
    if line.evidence is None or line.product_id is None:
        return None
    dossier = dossiers.get((line.day, line.product_id))
    if dossier is None:
        return None
    for certificate in dossier.certificates:
        if certificate.fact.code == line.evidence:
            return _certificate(certificate.fact, dossier)
    for report in dossier.reports:
        if report.fact.code == line.evidence:
            return _report(report.fact, dossier)
    return None


def _certificate(fact: CertificateFact, dossier: Dossier) -> Proof:
    platform, looked_up = _looked_up(fact.known_by)
    green = fact.scheme is Scheme.GREEN_PRODUCT
    return Proof(
        kind=ProofKind.GREEN_PRODUCT if green else ProofKind.CERTIFICATE,
        number=fact.number,
        issuer=dossier.organisations[fact.body_id].name_zh,
        issued_on=fact.reissued_on or fact.issued_on,
        valid_to=fact.valid_to,
        star=fact.star,
        platform=platform,
        looked_up=looked_up,
    )


def _report(fact: TestReportFact, dossier: Dossier) -> Proof:
    platform, looked_up = _looked_up(fact.known_by)
    return Proof(
        kind=ProofKind.TEST_REPORT,
        number=fact.number,
        issuer=dossier.organisations[fact.laboratory_id].name_zh,
        issued_on=fact.tested_on,
        valid_to=None,
        star=None,
        platform=platform,
        looked_up=looked_up,
    )


def _looked_up(known_by: KnownBy) -> tuple[str | None, date | None]:
    check = known_by.cross_check
    return (check.platform, check.checked_on) if check else (None, None)
