"""What officers, the party and a certificate's body do: admit, dismiss, forward, reply, decide, revise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session, col

from registry.access.permissions import Act, Target, allows, fields, require, require_some
from registry.changes import feed
from registry.changes.feed import Draft
from registry.changes.reading import Point, get, history
from registry.kit.clock import civil_day
from registry.kit.errors import Invalid, NotFound
from registry.kit.ids import derived, public_code
from registry.notices.kinds import NoticeKind, Told
from registry.notices.store import tell
from registry.supervision import store
from registry.supervision.complaint import FORWARDED, Complaint
from registry.supervision.facts import FindingFact, Measure, Outcome
from registry.supervision.intake import LONGEST_WORDS
from registry.supervision.kinds import FINDING
from registry.supervision.models import ComplaintRow
from registry.supervision.states import ADMITTED, Doing, State, Step, obstacle, step
from registry.supervision.store import By, Taken

# Whose part of a complaint somebody sees; officers see all of it.
STATEMENT, DECISION = "statement", "decision"
LETTER = "T"
TOLD: Mapping[Step, NoticeKind] = {
    Step.ADMIT: NoticeKind.COMPLAINT_RECEIVED,
    Step.FORWARD: NoticeKind.COMPLAINT_RECEIVED,
    Step.DECIDE: NoticeKind.COMPLAINT_DECIDED,
    Step.REVISE: NoticeKind.COMPLAINT_DECIDED,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What an officer decides; `words` is for those concerned, the rest becomes public."""

    outcome: Outcome
    measures: Sequence[Measure]
    words: str
    appeal_until: date | None = None


def finding_id(complaint: Complaint) -> UUID:
    """One complaint has one finding, so nothing can be published twice."""
    return derived("finding", str(complaint.id))


def finding_code(session: Session, complaint: Complaint) -> str | None:
    """The 登记号 of the public finding, once there is one."""
    head = feed.head(session)
    found = history(session, FINDING, finding_id(complaint), as_of=head.seq)
    return found[-1].fact.code if found else None


def read(session: Session, number: str, by: By) -> tuple[Complaint, frozenset[str] | None]:
    """A complaint and the parts of it that this reader sees (None: all); others are not told that it is."""
    complaint = store.by_number(session, number)
    seen = _seen(complaint, by)
    if not seen:
        require_some(by.actor, Act.READ_COMPLAINT)
        raise NotFound("complaint-not-found")
    if None in seen:
        return complaint, None
    return complaint, frozenset[str]().union(*(one for one in seen if one))


def _seen(complaint: Complaint, by: By) -> list[frozenset[str] | None]:
    """What each capacity of this reader opens; whoever could take no step does not see the whole (None).

    The permission table knows the respondent and the body; a case touches other parties as well.
    """
    found = [
        fields(by.actor, Act.READ_COMPLAINT, target)
        for target in (complaint.target(), *_as_forwarded(complaint))
        if allows(by.actor, Act.READ_COMPLAINT, target)
    ]
    if None in found and obstacle(complaint.case, by.person) is not None:
        return [one for one in found if one is not None]
    return found


def _as_forwarded(complaint: Complaint) -> tuple[Target, ...]:
    return (complaint.target(FORWARDED),) if complaint.case.forwarded else ()


def of_office(session: Session, by: By) -> list[Complaint]:
    """Every complaint that this officer reads as one: none that touches their organisations."""
    return [one for one in store.listed(session) if None in _seen(one, by)]


def of_party(session: Session, by: By) -> list[Complaint]:
    """Complaints about this organisation once they are admitted, and those forwarded to it as a body."""
    organisation = by.actor.organisation_id
    if organisation is None:
        return []
    about_it = (col(ComplaintRow.respondent_id) == organisation) & col(ComplaintRow.state).in_(ADMITTED)
    told = (col(ComplaintRow.body_id) == organisation) & col(ComplaintRow.forwarded)
    return [
        one
        for one in store.listed(session, about_it | told)
        if any(allows(by.actor, Act.READ_COMPLAINT, target) for target in (one.target(), *_as_forwarded(one)))
    ]


def admit(session: Session, number: str, by: By, *, reply_days: int) -> Complaint:
    """Take it up: from now on the party sees it and may reply until the day set."""
    due = by.today + timedelta(days=reply_days)
    return _office(
        session, number, by, Doing(Step.ADMIT, by.today, due=due), details={"reply_due": due.isoformat()}
    )


def dismiss(session: Session, number: str, by: By, *, words: str) -> Complaint:
    return _office(session, number, by, Doing(Step.DISMISS, by.today, words))


def forward(session: Session, number: str, by: By) -> Complaint:
    """Tell the body that issued the certificate; only it acts on the certificate."""
    return _office(session, number, by, Doing(Step.FORWARD, by.today))


def reply(session: Session, number: str, by: By, *, words: str) -> Complaint:
    """The party's answer, once."""
    complaint, _ = read(session, number, by)
    if store.was_taken_already(session, complaint, Step.REPLY, by):
        return complaint
    require(by.actor, Act.REPLY_TO_COMPLAINT, complaint.target())
    return _taken(session, complaint, by, Doing(Step.REPLY, by.today, words))


def decide(session: Session, number: str, by: By, decision: Decision) -> Complaint:
    """The second officer's decision; the finding is published with it."""
    return _decided(session, number, by, decision, step_=Step.DECIDE)


def revise(session: Session, number: str, by: By, decision: Decision) -> Complaint:
    """After an appeal, by an officer who has decided nothing of it before."""
    return _decided(session, number, by, decision, step_=Step.REVISE)


def _decided(session: Session, number: str, by: By, decision: Decision, *, step_: Step) -> Complaint:
    complaint = _for_office(session, number, by)
    if store.was_taken_already(session, complaint, step_, by):
        return complaint
    _fits(decision, by.today)
    details = {
        "outcome": decision.outcome,
        "measures": sorted(set(decision.measures)),
        "appeal_until": decision.appeal_until.isoformat() if decision.appeal_until else None,
    }
    after = _taken(session, complaint, by, Doing(step_, by.today, decision.words), details=details)
    feed.append(session, [_finding(session, after, decision, by)], actor=str(by.actor), now=by.now)
    return after


def _fits(decision: Decision, today: date) -> None:
    if decision.measures and decision.outcome is Outcome.NOT_UPHELD:
        raise Invalid("complaint-measures-without-ground")
    if decision.appeal_until is not None and decision.appeal_until < today:
        raise Invalid("complaint-appeal-over-before", day=decision.appeal_until)


def _finding(session: Session, complaint: Complaint, decision: Decision, by: By) -> Draft:
    """The finding from the case and its acts; a revision keeps the days of the first decision."""
    head, key, due = feed.head(session), finding_id(complaint), complaint.case.reply_due
    assert due is not None, "nothing is decided that was not admitted"
    before = get(session, FINDING, key, Point(by.today, head.seq))
    replied = next((one for one in store.events(session, complaint.id) if one.act == Step.REPLY), None)
    fact = FindingFact(
        id=key,
        code=public_code(LETTER, key, demonstration=head.feed == "demonstration"),
        subject_kind=complaint.subject_kind,
        subject_id=complaint.subject_id,
        subject_code=complaint.subject_code,
        organisation_id=complaint.case.respondent,
        lot=complaint.lot,
        allegation=complaint.allegation,
        received_on=complaint.day,
        reply_due=due,
        replied_on=civil_day(replied.at) if replied else None,
        decided_on=before.fact.decided_on if before else by.today,
        revised_on=by.today if before else None,
        outcome=decision.outcome,
        measures=tuple(sorted(set(decision.measures))),
        appeal_until=decision.appeal_until,
    )
    return Draft(FINDING, key, by.today, fact, after_version=before.header.version if before else 0)


def _for_office(session: Session, number: str, by: By) -> Complaint:
    """The complaint for whoever may handle it, and a refusal that tells others nothing."""
    complaint, seen = read(session, number, by)
    if seen is not None:
        require(by.actor, Act.HANDLE_COMPLAINT)
    return complaint


def _office(
    session: Session, number: str, by: By, doing: Doing, *, details: Mapping[str, object] | None = None
) -> Complaint:
    complaint = _for_office(session, number, by)
    if store.was_taken_already(session, complaint, doing.act, by):
        return complaint
    return _taken(session, complaint, by, doing, details=details)


def _taken(
    session: Session,
    complaint: Complaint,
    by: By,
    doing: Doing,
    *,
    details: Mapping[str, object] | None = None,
) -> Complaint:
    """The step, where the table, the roles and the two persons allow it."""
    if doing.act is not Step.REPLY and complaint.state not in (State.WITHDRAWN, State.INADMISSIBLE):
        require(by.actor, Act.HANDLE_COMPLAINT, complaint.target())
    kept = plain(doing.words)
    if len(kept) > LONGEST_WORDS:
        raise Invalid("complaint-words-too-long", limit=LONGEST_WORDS, length=len(kept))
    case = step(complaint.case, by.person, replace(doing, words=kept))
    taken = Taken(doing.act, case, by.now, by.revision, by.actor, kept, details or {})
    after = store.write(session, complaint, taken)
    tell(session, [*_told(after, doing.act, by)], now=by.now)
    return after


def _told(after: Complaint, act: Step, by: By) -> Iterator[Told]:
    """The party hears of what is admitted and decided, the body of what is forwarded to it."""
    kind, party = TOLD.get(act), after.case.body if act is Step.FORWARD else after.case.respondent
    if kind is not None and party is not None:
        facts = {"number": after.number, "subject": after.subject_code}
        yield Told(party, kind, after.id, after.number, by.now, facts, f"revision {after.revision}")


def plain(words: str) -> str:
    """What somebody wrote to somebody, without the signs that no database keeps."""
    return words.replace("\0", "").encode(errors="replace").decode().strip()
