"""What supervision has made public, at a point: of a thing, of an organisation, of a round, of a product."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from registry.changes.kinds import Known
from registry.changes.naming import ASKED, Naming, pairs
from registry.changes.reading import Point, every, many
from registry.supervision.facts import FindingFact, OutcomeFact, RecognitionFact, RoundFact, SubjectKind
from registry.supervision.kinds import FINDING, OUTCOME, RECOGNITION, ROUND
from registry.supervision.models import FindingRow, OutcomeRow, RecognitionRow


@dataclass(frozen=True, slots=True)
class Supervised:
    """What is public about a thing, the newest of each first."""

    recognitions: Sequence[Known[RecognitionFact]] = ()
    outcomes: Sequence[Known[OutcomeFact]] = ()
    findings: Sequence[Known[FindingFact]] = ()


def of_product(session: Session, product: UUID, papers: Iterable[UUID], at: Point) -> Supervised:
    """Of a product, of the papers that speak for it, and of the recognition of its evidence."""
    found = _OF_PRODUCT.facts(session, {product, *papers}, at)
    return Supervised(
        sorted(found.of(RECOGNITION), key=lambda one: (one.fact.since, one.header.seq), reverse=True),
        sorted(found.of(OUTCOME), key=lambda one: (one.fact.found_on, one.header.seq), reverse=True),
        _newest(found.of(FINDING)),
    )


def of_record(session: Session, kind: str, key: UUID, at: Point) -> Supervised:
    """Of whatever a number names."""
    if kind == SubjectKind.PRODUCT:
        return of_product(session, key, (), at)
    if kind == SubjectKind.ORGANISATION:
        return Supervised(findings=findings_of(session, key, at))
    return Supervised(findings=findings_about(session, [key], at))


def findings_about(session: Session, subjects: Iterable[UUID], at: Point) -> list[Known[FindingFact]]:
    """Findings about any of these things, newest first."""
    return _newest(_ABOUT.facts(session, subjects, at).of(FINDING))


def findings_of(session: Session, organisation_id: UUID, at: Point) -> list[Known[FindingFact]]:
    """Findings that an organisation answered for, or that are about it, newest first."""
    return _newest(_ANSWERED_FOR.facts(session, [organisation_id], at).of(FINDING))


def findings(session: Session, at: Point) -> list[Known[FindingFact]]:
    """Every finding, newest first."""
    return _newest(every(session, FINDING, at))


def rounds(session: Session, at: Point) -> list[Known[RoundFact]]:
    """Every round, newest first."""
    found = every(session, ROUND, at)
    return sorted(found, key=lambda one: (one.fact.scope_on, one.fact.code), reverse=True)


def outcomes_of_round(session: Session, round_id: UUID, at: Point) -> dict[str, Known[OutcomeFact]]:
    """The outcomes of a round by the product's 登记号."""
    ids = session.scalars(select(col(OutcomeRow.id)).where(col(OutcomeRow.round_id) == round_id).distinct())
    return {one.fact.product_code: one for one in many(session, OUTCOME, ids, at).values()}


def recognitions(session: Session, at: Point) -> list[Known[RecognitionFact]]:
    """Every recognition, newest first."""
    found = every(session, RECOGNITION, at)
    return sorted(found, key=lambda one: (one.fact.since, one.header.seq), reverse=True)


def _newest(found: Iterable[Known[FindingFact]]) -> list[Known[FindingFact]]:
    return sorted(found, key=lambda one: (one.header.effective_on, one.header.seq), reverse=True)


_RECOGNISED = pairs(RECOGNITION, col(RecognitionRow.id)).where(col(RecognitionRow.product_id).in_(ASKED))
_ABOUT_IT = pairs(FINDING, col(FindingRow.id)).where(col(FindingRow.subject_id).in_(ASKED))
_OF_PRODUCT = Naming(
    _RECOGNISED,
    pairs(OUTCOME, col(OutcomeRow.id)).where(col(OutcomeRow.product_id).in_(ASKED)),
    _ABOUT_IT,
    pairs(FINDING, col(FindingRow.id))
    .join(RecognitionRow, col(RecognitionRow.id) == col(FindingRow.subject_id))
    .where(col(RecognitionRow.product_id).in_(ASKED)),
)
_ABOUT = Naming(_ABOUT_IT)
_ANSWERED_FOR = Naming(
    _ABOUT_IT, pairs(FINDING, col(FindingRow.id)).where(col(FindingRow.organisation_id).in_(ASKED))
)
