"""The certificate's scheme is one the pack accepts; the star level weighs nothing.

Clause: evidence clause of the pack; Sichuan 2024, table 4.3 note 4 for GB/T green-product certificates
(shown as "treated as three stars there", never stored as a star).
"""

from catalogue.compliance.evidence import CertificateFact, Scheme
from catalogue.compliance.verdicts import Verdict, failed, passed
from registry.policies.pack import EvidenceRules
from registry.policies.pack_terms import EvidenceKind

ID = "scheme-accepted"
VERSION = 1

_NEEDED = {
    Scheme.GRADED: EvidenceKind.CERTIFICATE,
    Scheme.GREEN_PRODUCT: EvidenceKind.GREEN_PRODUCT_CERTIFICATE,
}


def check(certificate: CertificateFact, rules: EvidenceRules) -> Verdict:
    needed = _NEEDED.get(certificate.scheme)
    if needed is None or needed not in rules.accepted:
        return failed("scheme-accepted.not-accepted", rules.clause, number=certificate.number)
    if certificate.scheme is Scheme.GREEN_PRODUCT:
        key = rules.green_product_note or "scheme-accepted.green-product"
        return passed(key, rules.clause, number=certificate.number)
    return passed("scheme-accepted.graded", rules.clause, number=certificate.number)
