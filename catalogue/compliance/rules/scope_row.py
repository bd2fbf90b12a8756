"""A row of the certificate's annex covers the product, its model and the plant that made it.

Clause: certificates name units, models and plants row by row (practice of graded certification); the pack's
evidence clause accepts "a certificate", and a certificate reaches only as far as its rows.
An unknown plant or model cannot be decided; another plant fails, and the covered plants are named.
The trademark never decides alone: a differing mark asks for licence papers.
"""

import re
import unicodedata

from catalogue.compliance.evidence import CertificateFact, LineEvidence, ScopeRow
from catalogue.compliance.model_match import covers
from catalogue.compliance.verdicts import Outcome, Verdict, failed, passed, undecided

ID = "scope-row"
VERSION = 1

_REGISTERED = str.maketrans("", "", "®™©Ⓡ")  # taken off first: NFKC writes ™ as the letters TM
_RANK = {Outcome.FAIL: 0, Outcome.UNDECIDED: 1, Outcome.PASS: 2}


def check(line: LineEvidence, certificate: CertificateFact, *, clause: str) -> Verdict:
    """The verdict of the row that reaches furthest; rows are alternatives."""
    number = certificate.number
    rows = [row for row in certificate.rows if line.product_id in row.product_ids]
    if not rows:
        return failed("scope-row.product-not-covered", clause, number=number)
    judged = [(_judge(line, row, rows, number=number, clause=clause), row.row_id) for row in rows]
    shallow = ("scope-row.model-not-covered", "scope-row.model-unknown", "scope-row.model-not-stated")
    depth = dict.fromkeys(shallow, 0)
    return max(judged, key=lambda found: (_RANK[found[0].outcome], depth.get(found[0].reason, 1), found[1]))[
        0
    ]


def _judge(line: LineEvidence, row: ScopeRow, rows: list[ScopeRow], *, number: str, clause: str) -> Verdict:
    model = covers(row.models, line.model)
    printed = tuple(sorted({text for one in rows for text in one.models}))
    if model is False:
        return failed(
            "scope-row.model-not-covered", clause, number=number, model=line.model or "—", covered=printed
        )
    if row.plant_id is None or line.plant_id is None:
        return undecided("scope-row.plant-unknown", clause, number=number, covered=_plants(line, rows))
    if row.plant_id != line.plant_id:
        return failed(
            "scope-row.other-plant",
            clause,
            number=number,
            plant=line.plant_shown,
            covered=_plants(line, rows),
        )
    if model is None:
        key = "scope-row.model-not-stated" if line.model is None else "scope-row.model-unknown"
        return undecided(key, clause, number=number, model=line.model or "—", covered=printed)
    if row.trademark and line.trademark and _mark(row.trademark) != _mark(line.trademark):
        marks = {"mark": line.trademark, "covered": row.trademark}
        return undecided("scope-row.trademark-differs", clause, number=number, **marks)
    return passed(
        "scope-row.covered", clause, number=number, unit=row.cert_unit, page=str(row.annex_page or "—")
    )


def _mark(text: str) -> str:
    """A mark without width, case, blanks, signs of registration and the word 牌 behind it."""
    plain = unicodedata.normalize("NFKC", text.translate(_REGISTERED)).casefold()
    return re.sub(r"\s|\((?:r|tm)\)", "", plain).removesuffix("牌")


def _plants(line: LineEvidence, rows: list[ScopeRow]) -> tuple[str, ...]:
    """Plants of the rows that could cover the model, as the annex names them."""
    return tuple(sorted({row.plant_shown for row in rows if covers(row.models, line.model) is not False}))
