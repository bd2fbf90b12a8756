"""延续: a body's new certificate that follows an earlier one; a lapsed approval takes no new entries."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import ValidationError
from sqlmodel import Session

from registry.access.actors import Actor
from registry.access.permissions import Act, require_some
from registry.certificates import service
from registry.certificates.facts import ActKind, CertificateFact, State
from registry.certificates.kind import CERTIFICATE
from registry.changes.feed import Draft, head
from registry.changes.reading import Point, get
from registry.kit.errors import Conflict, Invalid, NotFound
from registry.kit.ids import new, public_code
from registry.kit.known_by import KnownBy, Source
from registry.parties.service import ORGANISATION, in_scope


@dataclass(frozen=True, slots=True)
class Renewal:
    """What is new on the new certificate; parties, standards and rows are those of the one it follows."""

    number: str
    issued_on: date
    valid_from: date
    valid_to: date
    reason: str


def renew(
    session: Session, certificate_id: UUID, given: Renewal, *, today: date, actor: Actor
) -> list[Draft]:
    """A draft of the new certificate, entered by the body itself; days between the two stay uncovered."""
    require_some(actor, Act.RECORD_CERTIFICATE)
    last = head(session)
    at = Point(today, last.seq)
    known = get(session, CERTIFICATE, certificate_id, at)
    if known is None:
        raise NotFound("certificate-not-found", id=str(certificate_id))
    old = known.fact
    if old.state in (State.WITHDRAWN, State.CANCELLED):
        raise Conflict("certificate-act-refused", act=str(ActKind.RENEW), state=str(old.state))
    if not given.reason.strip() or not given.number.strip():
        raise Invalid("certificate-act-without-reason", act=str(ActKind.RENEW))
    if given.issued_on > today:
        raise Invalid("certificate-issued-ahead", day=given.issued_on, today=today)
    if given.valid_from <= old.valid_from:
        raise Invalid("certificate-renewal-too-early", day=old.valid_from)
    for day in (given.issued_on, today):
        approved(session, old, on=day, as_of=last.seq)
    return [service.record(_follows(old, given, demonstration=last.feed == "demonstration"), actor=actor)]


def approved(session: Session, fact: CertificateFact, *, on: date, as_of: int) -> None:
    """Refuse an entry outside the body's approved scope; what was entered before is not touched by it."""
    body = get(session, ORGANISATION, fact.body_id, Point(on, as_of))
    scopes = body.fact.approved_scopes if body else ()
    if not in_scope(scopes, scheme=fact.scheme, category=fact.category, on=on):
        raise Conflict("certificate-outside-approval", category=fact.category, day=on)


def _follows(old: CertificateFact, given: Renewal, *, demonstration: bool) -> CertificateFact:
    key = new()
    changed = {
        "id": key,
        "code": public_code("C", key, demonstration=demonstration),
        "number": given.number.strip(),
        "issued_on": given.issued_on,
        "valid_from": given.valid_from,
        "valid_to": given.valid_to,
        "reissued_on": None,
        "renews_id": old.id,
        "state": State.ACTIVE,
        "act": ActKind.RENEW,
        "act_reason": given.reason.strip(),
        "act_evidence": None,
        "act_evidence_sha256": None,
        "appeal_until": None,
        "disputed": False,
        "last_surveillance_on": None,
        "next_surveillance_on": None,
        "known_by": KnownBy(source=Source.INTERFACE),
    }
    try:
        return CertificateFact.model_validate({**old.model_dump(), **changed})
    except ValidationError as wrong:
        raise Invalid("certificate-unfit", fault="; ".join(one["msg"] for one in wrong.errors())) from wrong
