"""Complaints by machine: made and followed without an account, handled by the office, answered."""

from fastapi import APIRouter, Depends, Response
from sqlmodel import Session

from registry.access.http import May
from registry.access.permissions import Act
from registry.evidence import files
from registry.kit.db import ReadDep, write_session
from registry.kit.errors import NotFound
from registry.supervision import erasing, handling, intake, store
from registry.supervision.complaint import Complaint
from registry.supervision.handling import DECISION, STATEMENT
from registry.supervision.http import LIMITED, RESPONSES, Call, CallDep
from registry.supervision.shapes import (
    ComplaintIn,
    ComplaintLine,
    ComplaintOut,
    ComplaintsOut,
    DecisionIn,
    RevisionIn,
    TakenOut,
    WordsIn,
    shown,
)

router = APIRouter(prefix="/api/v1/complaints", tags=["supervision"], responses=RESPONSES)
_COMPLAIN = [Depends(May(Act.COMPLAIN))]
_READ = [Depends(May(Act.READ_COMPLAINT))]
_HANDLE = [Depends(May(Act.HANDLE_COMPLAINT))]
# Whoever complained reads their own words, the reply and the decision; the rest is known to them.
OF_COMPLAINANT = frozenset({STATEMENT, DECISION})


@router.post("", status_code=201, dependencies=_COMPLAIN, responses=LIMITED)
def make_complaint(call: CallDep, given: ComplaintIn) -> TakenOut:
    """Complain about a product, certificate, declaration, organisation or recognition; no account needed."""
    desk = call.desk
    with write_session(call.engine) as session:
        erasing.purge(session, desk.evidence, now=call.now, kept_days=desk.terms.kept_days)
        typed = intake.Given(given.about, given.allegation, given.words, given.lot, given.contact)
        token = intake.take(session, typed, call.origin, folder=desk.evidence)
        return TakenOut(number=store.by_token(session, token).number, token=token)


@router.get("/followed/{token}", dependencies=_COMPLAIN)
def follow_complaint(call: CallDep, session: ReadDep, token: str) -> ComplaintOut:
    """What has become of it, for whoever knows its address."""
    return _followed(session, store.by_token(session, token), call)


@router.post("/followed/{token}/withdraw", dependencies=_COMPLAIN)
def withdraw_complaint(call: CallDep, token: str, given: RevisionIn) -> ComplaintOut:
    """Take it back; what is decided stays."""
    with write_session(call.engine) as session:
        after = intake.withdraw(session, token, now=call.now, revision=given.revision)
        return _followed(session, after, call)


@router.delete("/followed/{token}/contact", dependencies=_COMPLAIN)
def erase_complaint_contact(call: CallDep, token: str) -> ComplaintOut:
    """Forget for good how to reach the complainant."""
    with write_session(call.engine) as session:
        return _followed(session, intake.erase_contact(session, token, now=call.now), call)


@router.get("", dependencies=_READ)
def read_complaints(call: CallDep, session: ReadDep) -> ComplaintsOut:
    """For the office all that touch none of its own organisations, for others those about themselves."""
    found = {one.number: one for one in handling.of_office(session, call.by())}
    found |= {one.number: one for one in handling.of_party(session, call.by())}
    return ComplaintsOut(items=[ComplaintLine.of(one) for one in found.values()])


@router.get("/{number}", dependencies=_READ)
def read_complaint(call: CallDep, session: ReadDep, number: str) -> ComplaintOut:
    """One complaint as far as the reader may see it."""
    return _answer(session, number, call)


@router.get(
    "/{number}/file",
    dependencies=_HANDLE,
    response_class=Response,
    responses={
        200: {"description": "The file that came with it", "content": {"application/octet-stream": {}}}
    },
)
def read_complaint_file(call: CallDep, session: ReadDep, number: str) -> Response:
    """The file, for the office alone: it may say who complained."""
    complaint, seen = handling.read(session, number, call.by())
    if complaint.paper is None or seen is not None:
        raise NotFound("evidence-not-found")
    folder = intake.folder_of(call.desk.evidence, complaint.id.hex)
    content = files.content(folder, complaint.paper.sha256)
    return Response(
        content, media_type=complaint.paper.media_type, headers=files.headers(complaint.paper.name)
    )


@router.post("/{number}/admit", dependencies=_HANDLE)
def admit_complaint(call: CallDep, number: str, given: RevisionIn) -> ComplaintOut:
    """Take it up; the party may reply within the days set."""
    with write_session(call.engine) as session:
        handling.admit(session, number, call.by(given.revision), reply_days=call.desk.terms.reply_days)
        return _answer(session, number, call)


@router.post("/{number}/dismiss", dependencies=_HANDLE)
def dismiss_complaint(call: CallDep, number: str, given: WordsIn) -> ComplaintOut:
    """Not admissible, with the reason that the complainant reads."""
    with write_session(call.engine) as session:
        handling.dismiss(session, number, call.by(given.revision), words=given.words)
        return _answer(session, number, call)


@router.post("/{number}/forward", dependencies=_HANDLE)
def forward_complaint(call: CallDep, number: str, given: RevisionIn) -> ComplaintOut:
    """Tell the body that issued the certificate; nothing changes on the certificate by that."""
    with write_session(call.engine) as session:
        handling.forward(session, number, call.by(given.revision))
        return _answer(session, number, call)


@router.post("/{number}/reply", dependencies=[Depends(May(Act.REPLY_TO_COMPLAINT))])
def reply_to_complaint(call: CallDep, number: str, given: WordsIn) -> ComplaintOut:
    """The party's answer, once."""
    with write_session(call.engine) as session:
        handling.reply(session, number, call.by(given.revision), words=given.words)
        return _answer(session, number, call)


@router.post("/{number}/decide", dependencies=_HANDLE)
def decide_complaint(call: CallDep, number: str, given: DecisionIn) -> ComplaintOut:
    """The decision of a second officer; the finding is public at once."""
    with write_session(call.engine) as session:
        handling.decide(session, number, call.by(given.revision), given.decision())
        return _answer(session, number, call)


@router.post("/{number}/revise", dependencies=_HANDLE)
def revise_complaint(call: CallDep, number: str, given: DecisionIn) -> ComplaintOut:
    """After an appeal, by an officer who has decided nothing of it before."""
    with write_session(call.engine) as session:
        handling.revise(session, number, call.by(given.revision), given.decision())
        return _answer(session, number, call)


def _followed(session: Session, complaint: Complaint, call: Call) -> ComplaintOut:
    events = store.events(session, complaint.id)
    return shown(complaint, events, OF_COMPLAINANT, person=None, today=call.today)


def _answer(session: Session, number: str, call: Call) -> ComplaintOut:
    by = call.by()
    complaint, seen = handling.read(session, number, by)
    events = store.events(session, complaint.id)
    return shown(complaint, events, seen, person=by.person, today=call.today)
