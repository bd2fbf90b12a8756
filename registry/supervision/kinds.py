"""The public facts' place in the feed, and the tables that find them."""

from sqlmodel import Session

from registry.changes.kinds import Known, define
from registry.kit.errors import Conflict
from registry.supervision.facts import FindingFact, OutcomeFact, RecognitionFact, RoundFact
from registry.supervision.models import FindingRow, OutcomeRow, RecognitionRow


def _project_finding(session: Session, known: Known[FindingFact]) -> None:
    fact = known.fact
    session.add(
        FindingRow(
            seq=known.header.seq,
            id=fact.id,
            subject_id=fact.subject_id,
            organisation_id=fact.organisation_id,
        )
    )


def _check_round(_session: Session, known: Known[RoundFact]) -> None:
    """No table: rounds are few and read whole. A wrong draw enters no register, whoever brings it."""
    if not known.fact.is_recomputed:
        raise Conflict("round-draw-wrong", code=known.fact.code)


def _project_outcome(session: Session, known: Known[OutcomeFact]) -> None:
    fact = known.fact
    session.add(
        OutcomeRow(seq=known.header.seq, id=fact.id, round_id=fact.round_id, product_id=fact.product_id)
    )


def _project_recognition(session: Session, known: Known[RecognitionFact]) -> None:
    session.add(RecognitionRow(seq=known.header.seq, id=known.fact.id, product_id=known.fact.product_id))


FINDING = define("finding", FindingFact, _project_finding)
ROUND = define("surveillance_round", RoundFact, _check_round)
OUTCOME = define("surveillance_outcome", OutcomeFact, _project_outcome)
RECOGNITION = define("recognition", RecognitionFact, _project_recognition)
