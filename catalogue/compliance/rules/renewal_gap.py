"""The day falls between an expired certificate and its renewal: both dates are told.

Clause: validity of certificates (pack's evidence clause); a renewal is a new certificate and covers no day
before its own first day.
"""

from collections.abc import Sequence

from catalogue.compliance.evidence import CertificateFact, LineEvidence
from catalogue.compliance.verdicts import Verdict, failed

ID = "renewal-gap"
VERSION = 1


def check(line: LineEvidence, covering: Sequence[CertificateFact], *, clause: str) -> Verdict | None:
    """`covering` are certificates whose rows cover the line; None where the day is not in such a gap."""
    ended = [item for item in covering if item.valid_to < line.day]
    coming = [item for item in covering if item.valid_from > line.day]
    if not ended or not coming:
        return None
    last = max(ended, key=lambda item: (item.valid_to, item.id))
    following = min(coming, key=lambda item: (item.valid_from, item.id))
    return failed(
        "renewal-gap.not-covered",
        clause,
        day=line.day,
        ended=last.valid_to,
        old=last.number,
        start=following.valid_from,
        new=following.number,
    )
