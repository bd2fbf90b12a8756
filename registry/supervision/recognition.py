"""采信: announced for a notice period, entered when nobody's objection stands, removed with a reason.

Whether a recognised listing counts anywhere is a rule pack's affair (`catalogue/compliance`), never ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import ValidationError
from sqlmodel import Session, col

from registry.access.permissions import Act, Target, require
from registry.certificates.kind import CERTIFICATE
from registry.certificates.states import StateOnDay, on_day
from registry.changes import feed
from registry.changes.codes import by_code
from registry.changes.feed import Draft
from registry.changes.kinds import Known
from registry.changes.reading import Point, find_code, get
from registry.kit.errors import Conflict, Invalid
from registry.kit.ids import new, parse_code, public_code
from registry.products.facts import ProductFact
from registry.products.service import PRODUCT
from registry.reports.service import TEST_REPORT
from registry.supervision import store
from registry.supervision.facts import Outcome, RecognitionFact, RecognitionState
from registry.supervision.kinds import RECOGNITION
from registry.supervision.models import ComplaintRow
from registry.supervision.reading import findings_about
from registry.supervision.states import OPEN
from registry.supervision.store import By

LETTER = "K"
_S = RecognitionState
# state: the states that may follow it
FOLLOWING: Mapping[RecognitionState, frozenset[RecognitionState]] = {
    _S.NOTICE: frozenset({_S.ENTERED, _S.REFUSED}),
    _S.ENTERED: frozenset({_S.REMOVED}),
    _S.REFUSED: frozenset(),
    _S.REMOVED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is to be recognised; without a document that sets the period its length is our own convention."""

    product_code: str
    evidence_code: str
    catalogue_zh: str
    catalogue_en: str
    notice_until: date
    notice_basis: str | None = None


def announce(session: Session, proposed: Proposed, by: By) -> RecognitionFact:
    """Begin the notice period today; until its last day anybody may object."""
    head = feed.head(session)
    at = Point(by.today, head.seq)
    product = by_code(session, proposed.product_code, PRODUCT, at).fact
    require(by.actor, Act.DECIDE_RECOGNITION, Target(organisation_id=product.manufacturer_id))
    if proposed.notice_until < by.today:
        raise Invalid("recognition-notice-over-before", day=proposed.notice_until)
    key = new()
    fact = _built(
        id=key,
        code=public_code(LETTER, key, demonstration=head.feed == "demonstration"),
        product_id=product.id,
        product_code=product.code,
        catalogue_zh=proposed.catalogue_zh,
        catalogue_en=proposed.catalogue_en,
        organisation_id=by.person.organisation_id,
        evidence_code=_evidence(session, proposed.evidence_code, product, at),
        notice_from=by.today,
        notice_until=proposed.notice_until,
        notice_basis=proposed.notice_basis or None,
        since=by.today,
    )
    _append(session, Draft(RECOGNITION, key, by.today, fact, after_version=0), by)
    return fact


def enter(session: Session, code: str, by: By) -> RecognitionFact:
    """Enter it after the notice period, on evidence that still holds, where no objection stands."""
    known = _for_act(session, code, by)
    at = Point(by.today, feed.head(session).seq)
    if by.today <= known.fact.notice_until:
        raise Conflict("recognition-notice-runs", day=known.fact.notice_until)
    standing = objections(session, known.fact, at)
    if standing:
        raise Conflict("recognition-objected", count=standing)
    if known.fact.state is _S.NOTICE:  # a notice lasts days in which a body may withdraw the certificate
        product = by_code(session, known.fact.product_code, PRODUCT, at).fact
        _evidence(session, known.fact.evidence_code, product, at)
    return _next(session, known, _S.ENTERED, by)


def refuse(session: Session, code: str, by: By, *, reason: str) -> RecognitionFact:
    """End the notice without entry."""
    return _next(session, _for_act(session, code, by), _S.REFUSED, by, reason=reason)


def remove(session: Session, code: str, by: By, *, reason: str) -> RecognitionFact:
    """Take out what was entered; its page and its past stay."""
    return _next(session, _for_act(session, code, by), _S.REMOVED, by, reason=reason)


def objections(session: Session, fact: RecognitionFact, at: Point) -> int:
    """How many objections of the notice period stand in the way: open still, or upheld at least in part."""
    waiting = sum(
        one.state in OPEN and one.day <= fact.notice_until
        for one in store.listed(session, col(ComplaintRow.subject_id) == fact.id)
    )
    return waiting + sum(
        one.fact.outcome is not Outcome.NOT_UPHELD and one.fact.received_on <= fact.notice_until
        for one in findings_about(session, [fact.id], at)
    )


def _evidence(session: Session, typed: str, product: ProductFact, at: Point) -> str:
    """The 登记号 of a test report of this very product, or of a certificate of it that is in force."""
    if product.removed:
        raise Conflict("recognition-product-removed", code=product.code)
    printed = parse_code(typed[:80])
    record = find_code(session, printed) if printed else None
    covered: set[UUID] = set()
    certificate = None
    if record is not None and record.kind == CERTIFICATE.name:
        certificate = get(session, CERTIFICATE, record.key, at)
        covered = {key for row in certificate.fact.rows for key in row.product_ids} if certificate else set()
    if record is not None and record.kind == TEST_REPORT.name:
        report = get(session, TEST_REPORT, record.key, at)
        covered = {report.fact.product_id} if report else set()
    if record is None or product.id not in covered:
        raise Invalid("recognition-evidence-unfit", code=typed[:40])
    if certificate is not None and on_day(certificate.fact, at.on) is not StateOnDay.ACTIVE:
        raise Conflict("recognition-evidence-not-in-force", code=record.code)
    return record.code


def _for_act(session: Session, code: str, by: By) -> Known[RecognitionFact]:
    at = Point(by.today, feed.head(session).seq)
    known = by_code(session, code, RECOGNITION, at)
    product = get(session, PRODUCT, known.fact.product_id, at)
    maker = product.fact.manufacturer_id if product else None
    require(by.actor, Act.DECIDE_RECOGNITION, Target(organisation_id=maker))
    return known


def _next(
    session: Session, known: Known[RecognitionFact], state: RecognitionState, by: By, *, reason: str = ""
) -> RecognitionFact:
    fact = known.fact
    if state not in FOLLOWING[fact.state]:
        raise Conflict("recognition-step-refused", state=str(fact.state), wanted=str(state))
    after = _built(
        **{**fact.model_dump(), "state": state, "since": by.today, "reason": reason.strip() or None}
    )
    _append(session, Draft(RECOGNITION, fact.id, by.today, after, after_version=known.header.version), by)
    return after


def _built(**fields: object) -> RecognitionFact:
    try:
        return RecognitionFact.model_validate(fields)
    except ValidationError as error:
        raise Invalid("recognition-unfit") from error


def _append(session: Session, draft: Draft, by: By) -> None:
    feed.append(session, [draft], actor=str(by.actor), now=by.now)
