"""The certificate is in force on the line's reference day, last day included.

Clause: evidence clause of the pack ("certificates within validity"); reference day by the pack's convention.
An objection is a flag beside the state and lifts nothing. A product made while the certificate was valid and
delivered after its expiry, cancellation or suspension is treated as the pack says; a withdrawal for cause is
never helped by the production day, nor is a product made while the certificate was suspended, even if later
reinstated.
"""

from datetime import date

from catalogue.compliance.evidence import CertificateFact, CertificateState, LineEvidence
from catalogue.compliance.verdicts import Verdict, failed, passed, undecided
from registry.policies.pack_terms import Treatment

ID = "certificate-in-force"
VERSION = 1

_MAY_HAVE_BEEN_MADE_BEFORE = {
    CertificateState.EXPIRED,
    CertificateState.CANCELLED,
    CertificateState.SUSPENDED,
}


def check(
    line: LineEvidence, certificate: CertificateFact, *, produced_while_valid: Treatment, clause: str
) -> Verdict:
    state = _state(certificate, line.day)
    number, day = certificate.number, line.day
    if state is CertificateState.ACTIVE:
        flag = "-disputed" if certificate.dispute else ""
        return passed(
            f"certificate-in-force.active{flag}", clause, number=number, day=day, until=certificate.valid_to
        )
    if state is CertificateState.NOT_YET_VALID:
        return failed(
            "certificate-in-force.not-yet-valid", clause, number=number, day=day, start=certificate.valid_from
        )
    made = _made_while_valid(line.production_day, certificate, state)
    if made and produced_while_valid is not Treatment.FAILS:
        treat = passed if produced_while_valid is Treatment.COUNTS else undecided
        return treat(
            f"certificate-in-force.made-while-valid-{produced_while_valid.value}",
            clause,
            number=number,
            day=day,
            produced=str(line.production_day),
        )
    if state is CertificateState.EXPIRED:
        return failed(
            "certificate-in-force.expired", clause, number=number, day=day, until=certificate.valid_to
        )
    since, why = str(certificate.state_since or "—"), certificate.state_reason or "—"
    return failed(f"certificate-in-force.{state.value}", clause, number=number, day=day, since=since, why=why)


def _state(certificate: CertificateFact, day: date) -> CertificateState:
    """Dates outrank a stored active state, so a stale state never makes an expired certificate count."""
    if certificate.state_on_day in (CertificateState.WITHDRAWN, CertificateState.CANCELLED):
        return certificate.state_on_day
    if day > certificate.valid_to:
        return CertificateState.EXPIRED
    if day < certificate.valid_from:
        return CertificateState.NOT_YET_VALID
    return certificate.state_on_day


def _made_while_valid(made: date | None, certificate: CertificateFact, state: CertificateState) -> bool:
    if made is None or state not in _MAY_HAVE_BEEN_MADE_BEFORE:
        return False
    if not certificate.valid_from <= made <= certificate.valid_to:
        return False
    if any(start <= made and (end is None or made < end) for start, end in certificate.suspensions):
        return False
    ended_by_state = state is not CertificateState.EXPIRED
    return not ended_by_state or (certificate.state_since is not None and made < certificate.state_since)
