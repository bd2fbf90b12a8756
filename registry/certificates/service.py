"""Recording certificates and the acts of their bodies; each act adds a version with its own day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlmodel import Session

from registry.access.actors import Actor
from registry.access.permissions import Act, Target, require, require_some
from registry.certificates import states
from registry.certificates.facts import ActKind, CertificateFact
from registry.certificates.kind import CERTIFICATE
from registry.changes.feed import Draft, head
from registry.changes.reading import Point, amendments, get, history
from registry.kit.errors import Conflict, Invalid, NotFound
from registry.kit.known_by import KnownBy, Source

_FLAG = {ActKind.OBJECT: True, ActKind.SETTLE: False}


@dataclass(frozen=True, slots=True)
class BodyAct:
    """An act of the body: what, from which day, why, on what paper, and until when it may be appealed.

    `copied` says how it is known where somebody other than the body records it.
    """

    kind: ActKind
    effective_on: date
    reason: str
    appeal_until: date | None = None
    copied: KnownBy | None = None
    evidence: str | None = None
    evidence_sha256: str | None = None


def record(fact: CertificateFact, *, actor: Actor) -> Draft:
    """A draft that records a certificate as issued, once; it counts from its first day of validity."""
    require(actor, Act.RECORD_CERTIFICATE, target(fact))
    return Draft(CERTIFICATE, fact.id, fact.valid_from, fact, after_version=0)


def act(session: Session, certificate_id: UUID, change: BodyAct, *, actor: Actor) -> list[Draft]:
    """Drafts for a body's act, refused when the state on that day does not allow it.

    An act learned late is put in its place: what is already known to follow is restated on the new state,
    and refused where it could not have followed (a suspension of what was already withdrawn).
    """
    wanted = _act_of(change)
    require_some(actor, wanted)
    if not change.reason.strip():
        raise Invalid("certificate-act-without-reason", act=str(change.kind))
    if change.appeal_until is not None and change.appeal_until < change.effective_on:
        raise Invalid("certificate-appeal-over-before", day=change.appeal_until)
    last = head(session).seq
    known = get(session, CERTIFICATE, certificate_id, Point(change.effective_on, last))
    if known is None:
        raise NotFound("certificate-not-found", id=str(certificate_id))
    require(actor, wanted, target(known.fact))
    if states.refusal(change.kind, known.fact, change.effective_on) is not None:
        state = states.on_day(known.fact, change.effective_on)
        raise Conflict("certificate-act-refused", act=str(change.kind), state=str(state))
    versions = history(session, CERTIFICATE, certificate_id, as_of=last)
    follow = {v.header.effective_on: v.fact for v in versions if v.header.effective_on > change.effective_on}
    line = [(change.effective_on, known.fact.model_copy(update=changes_of(known.fact, change)))]
    before = known.fact
    for day, fact in sorted(follow.items()):
        line.append((day, _restated(fact, before, line[-1][1], days=(change.effective_on, day))))
        before = fact
    count = len(versions)
    return [Draft(CERTIFICATE, certificate_id, day, fact, after_version=count) for day, fact in line]


def target(fact: CertificateFact) -> Target:
    """Whose certificate it is, for the permission table."""
    return Target(organisation_id=fact.holder_id, issuer_id=fact.body_id, state=fact.state)


def _act_of(change: BodyAct) -> Act:
    """The body acts itself; whoever copies its act says from where."""
    if change.copied is None:
        return Act.CHANGE_CERTIFICATE_STATE
    if change.copied.source is not Source.TRANSCRIBED or not (
        change.copied.cross_check or change.copied.note
    ):
        raise Invalid("transcription-without-source")
    return Act.TRANSCRIBE_CERTIFICATE_STATE


def _restated(
    fact: CertificateFact, before: CertificateFact, now_before: CertificateFact, *, days: tuple[date, date]
) -> CertificateFact:
    """A later version on the state that an earlier act has left; what it changed itself stays changed."""
    changes: dict[str, object] = {}
    if fact.state == before.state:
        changes["state"] = now_before.state
    elif not states.may_become(now_before.state, fact.state):
        raise Conflict("certificate-act-out-of-order", day=days[0], later=days[1])
    if fact.act is ActKind.SETTLE and not now_before.disputed:
        raise Conflict("certificate-act-out-of-order", day=days[0], later=days[1])
    if fact.act not in _FLAG and fact.disputed == before.disputed:
        changes["disputed"] = now_before.disputed
    if fact.reissued_on == before.reissued_on:
        changes["reissued_on"] = now_before.reissued_on
    return fact.model_copy(update=changes)


def changes_of(fact: CertificateFact, change: BodyAct) -> dict[str, object]:
    """What an allowed act changes in the version before it."""
    return {
        "state": states.after(change.kind, fact.state),
        "act": change.kind,
        "act_reason": change.reason,
        "act_evidence": change.evidence,
        "act_evidence_sha256": change.evidence_sha256,
        "appeal_until": change.appeal_until,
        "disputed": _FLAG.get(change.kind, fact.disputed),
        "known_by": change.copied or fact.known_by,
        "reissued_on": change.effective_on if change.kind is ActKind.REISSUE else fact.reissued_on,
    }


def correct(
    session: Session, certificate_id: UUID, *, from_day: date, changes: Mapping[str, object], actor: Actor
) -> list[Draft]:
    """Drafts that mend a transcription from a day on; the state and its history stay as they were."""
    require_some(actor, Act.RECORD_CERTIFICATE)
    kept = {"id", "code", "state", "act"} & set(changes)
    if kept:
        raise Conflict("certificate-correction-refused", fields=sorted(kept))

    def patch(fact: CertificateFact) -> CertificateFact:
        return CertificateFact.model_validate({**fact.model_dump(), **changes})

    drafts = amendments(session, CERTIFICATE, certificate_id, from_day=from_day, patch=patch)
    if not drafts:
        raise NotFound("certificate-not-found", id=str(certificate_id))
    first = drafts[0]
    before = history(session, CERTIFICATE, certificate_id, as_of=head(session).seq)
    mended = (draft.fact for draft in drafts if isinstance(draft.fact, CertificateFact))
    for fact in (*(version.fact for version in before), *mended):
        require(actor, Act.RECORD_CERTIFICATE, target(fact))  # a correction may name other parties
    begins = changes.get("valid_from")
    if isinstance(begins, date) and begins < first.effective_on and _is_first(session, first):
        # nothing older stands: the mended certificate counts from the day it should have counted from
        return [replace(first, effective_on=begins), *drafts]
    return drafts


def _is_first(session: Session, draft: Draft) -> bool:
    versions = history(session, CERTIFICATE, draft.key, as_of=head(session).seq)
    return min(version.header.effective_on for version in versions) >= draft.effective_on
