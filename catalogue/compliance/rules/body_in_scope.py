"""The certification body is approved for the category on that day.

Clause: only bodies approved by the market-supervision authority certify (practice, section 1); the pack sets
what a body outside its approved scope means. Our default is undecided: approval lists are transcribed, and
only the authority can say that a certificate does not stand. Either way the line does not count as green.
"""

from catalogue.compliance.evidence import CertificateFact
from catalogue.compliance.verdicts import Verdict, failed, passed, undecided
from registry.policies.pack_terms import Treatment

ID = "body-in-scope"
VERSION = 1


def check(certificate: CertificateFact, *, outside: Treatment, clause: str) -> Verdict:
    body, number = certificate.body_name, certificate.number
    if certificate.body_scope_ok:
        return passed("body-in-scope.approved", clause, body=body, number=number)
    if certificate.body_scope_ok is None:
        return undecided("body-in-scope.not-checked", clause, body=body, number=number)
    if outside is Treatment.FAILS:
        return failed("body-in-scope.outside", clause, body=body, number=number)
    # COUNTS is not offered for a body known to be outside its scope: at best the line stays open.
    return undecided("body-in-scope.outside-open", clause, body=body, number=number)
