"""Recording certificates and the acts of their bodies; each act adds a version with its own day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from registry.access.actors import Actor
from registry.access.permissions import Act, require
from registry.certificates import states
from registry.certificates.facts import ActKind, CertificateFact
from registry.certificates.kind import CERTIFICATE
from registry.changes.feed import Draft, head
from registry.changes.reading import Point, amendments, get, history
from registry.kit.errors import Conflict, NotFound


@dataclass(frozen=True, slots=True)
class BodyAct:
    """An act of the body: what, from which day, why, and until when it may be appealed."""

    kind: ActKind
    effective_on: date
    reason: str
    appeal_until: date | None = None


def record(fact: CertificateFact, *, actor: Actor) -> Draft:
    """A draft that records a certificate as issued; it counts from its first day of validity."""
    require(actor, Act.RECORD_CERTIFICATE)
    return Draft(CERTIFICATE, fact.id, fact.valid_from, fact)


def act(session: Session, certificate_id: UUID, change: BodyAct, *, actor: Actor) -> Draft:
    """A draft for a body's act, refused when the state on that day does not allow it."""
    require(actor, Act.CHANGE_CERTIFICATE_STATE)
    known = get(session, CERTIFICATE, certificate_id, Point(change.effective_on, head(session).seq))
    if known is None:
        raise NotFound("certificate-not-found", id=str(certificate_id))
    versions = history(session, CERTIFICATE, certificate_id, as_of=head(session).seq)
    later = [v.header.effective_on for v in versions if v.header.effective_on > change.effective_on]
    if later:
        raise Conflict("certificate-act-out-of-order", day=change.effective_on, later=min(later))
    if not states.allows(change.kind, known.fact.state):
        raise Conflict("certificate-act-refused", act=str(change.kind), state=str(known.fact.state))
    return Draft(
        CERTIFICATE,
        certificate_id,
        change.effective_on,
        _after(known.fact, change),
        after_version=len(versions),
    )


def _after(fact: CertificateFact, change: BodyAct) -> CertificateFact:
    disputed = {ActKind.OBJECT: True, ActKind.SETTLE: False}.get(change.kind, fact.disputed)
    return fact.model_copy(
        update={
            "state": states.after(change.kind, fact.state),
            "act": change.kind,
            "act_reason": change.reason,
            "appeal_until": change.appeal_until,
            "disputed": disputed,
            "reissued_on": change.effective_on if change.kind is ActKind.REISSUE else fact.reissued_on,
        }
    )


def correct(
    session: Session, certificate_id: UUID, *, from_day: date, changes: Mapping[str, object], actor: Actor
) -> list[Draft]:
    """Drafts that mend a transcription from a day on; the state and its history stay as they were."""
    require(actor, Act.RECORD_CERTIFICATE)
    kept = {"id", "code", "state", "act"} & set(changes)
    if kept:
        raise Conflict("certificate-correction-refused", fields=sorted(kept))

    def patch(fact: CertificateFact) -> CertificateFact:
        return CertificateFact.model_validate({**fact.model_dump(), **changes})

    drafts = amendments(session, CERTIFICATE, certificate_id, from_day=from_day, patch=patch)
    if not drafts:
        raise NotFound("certificate-not-found", id=str(certificate_id))
    return drafts
