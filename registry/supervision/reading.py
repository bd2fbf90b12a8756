"""What supervision has made public, at a point: of a thing, of an organisation, of a round, of a product."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import Session, col

from registry.changes.kinds import Known
from registry.changes.reading import Point, every, many
from registry.supervision.facts import FindingFact, OutcomeFact, RecognitionFact, RoundFact
from registry.supervision.kinds import FINDING, OUTCOME, RECOGNITION, ROUND
from registry.supervision.models import FindingRow, OutcomeRow, RecognitionRow


def findings_about(session: Session, subjects: Iterable[UUID], at: Point) -> list[Known[FindingFact]]:
    """Findings about any of these things, newest first."""
    return _findings(session, col(FindingRow.subject_id).in_(sorted(set(subjects))), at)


def findings_of(session: Session, organisation_id: UUID, at: Point) -> list[Known[FindingFact]]:
    """Findings that an organisation answered for, or that are about it, newest first."""
    mine = or_(
        col(FindingRow.organisation_id) == organisation_id, col(FindingRow.subject_id) == organisation_id
    )
    return _findings(session, mine, at)


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


def outcomes_of(session: Session, products: Iterable[UUID], at: Point) -> list[Known[OutcomeFact]]:
    """What surveillance found on these products, newest first."""
    ids = session.scalars(
        select(col(OutcomeRow.id)).where(col(OutcomeRow.product_id).in_(sorted(set(products)))).distinct()
    )
    known = many(session, OUTCOME, ids, at).values()
    return sorted(known, key=lambda one: (one.fact.found_on, one.header.seq), reverse=True)


def recognitions_of(session: Session, products: Iterable[UUID], at: Point) -> list[Known[RecognitionFact]]:
    """Where the evidence of these products is recognised, or was, or is announced to be; newest first."""
    ids = session.scalars(
        select(col(RecognitionRow.id))
        .where(col(RecognitionRow.product_id).in_(sorted(set(products))))
        .distinct()
    )
    known = many(session, RECOGNITION, ids, at).values()
    return sorted(known, key=lambda one: (one.fact.since, one.header.seq), reverse=True)


def recognitions(session: Session, at: Point) -> list[Known[RecognitionFact]]:
    """Every recognition, newest first."""
    found = every(session, RECOGNITION, at)
    return sorted(found, key=lambda one: (one.fact.since, one.header.seq), reverse=True)


def _findings(session: Session, condition: ColumnElement[bool], at: Point) -> list[Known[FindingFact]]:
    ids = session.scalars(select(col(FindingRow.id)).where(condition).distinct())
    return _newest(many(session, FINDING, ids, at).values())


def _newest(found: Iterable[Known[FindingFact]]) -> list[Known[FindingFact]]:
    return sorted(found, key=lambda one: (one.header.effective_on, one.header.seq), reverse=True)
