"""The standard edition the certificate rests on has not been replaced before the day.

Clause: none in the packs; a certificate stands until its body acts, so by default a replaced edition is a
remark and not a refusal (pack parameter `replaced_standard`).
"""

from catalogue.compliance.evidence import CertificateFact, LineEvidence
from catalogue.compliance.verdicts import Verdict, failed, passed, undecided
from registry.policies.pack_terms import Treatment

ID = "standard-current"
VERSION = 1

_ANSWERS = {Treatment.COUNTS: passed, Treatment.UNDECIDED: undecided, Treatment.FAILS: failed}


def check(line: LineEvidence, certificate: CertificateFact, *, replaced: Treatment, clause: str) -> Verdict:
    since = certificate.standard_replaced_on
    if since is None or since > line.day:
        return passed("standard-current.current", clause, number=certificate.number)
    answer = _ANSWERS[replaced]
    key = f"standard-current.replaced-{replaced.value}"
    return answer(key, clause, number=certificate.number, since=since)
