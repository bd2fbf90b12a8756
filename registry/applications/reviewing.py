"""What reviewers do: take, remark, return, approve, publish; never on their own organisation's case."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col

from registry.access.permissions import Act
from registry.applications import basis, documents, lists, looking, publishing, store
from registry.applications.acting import Doing, done, opened, person, words
from registry.applications.application import Application
from registry.applications.fields import Part
from registry.applications.findings import refused
from registry.applications.looking import LookUp
from registry.applications.models import ApplicationRemarkRow
from registry.applications.parts import ASKED, Subject
from registry.applications.receiving import require_receiver
from registry.applications.states import Step, step
from registry.applications.store import By
from registry.applications.typed import LONGEST_TEXT, field_at
from registry.changes import feed
from registry.declarations.documents import taking_back
from registry.kit.clock import civil_day
from registry.kit.errors import Invalid, NotFound
from registry.kit.ids import new


def take(session: Session, number: str, by: By) -> Application:
    """Take a case; of two who try at once, one gets it and the other is told."""
    application, repeated = opened(session, number, by, step=Step.TAKE, act=Act.REVIEW_APPLICATION)
    return application if repeated else done(session, application, Doing(Step.TAKE, by))


def hand_over(session: Session, number: str, by: By, *, to: UUID, reason: str) -> Application:
    """Give a case to another reviewer, who can act in it from then on."""
    application = _for(session, number, Step.HAND_OVER, by)
    if application.case.assignee == by.actor.account_id:
        require_receiver(session, application.case, to, now=by.now)
    return done(session, application, Doing(Step.HAND_OVER, by, reason, to))


def put_back(session: Session, number: str, by: By, *, reason: str) -> Application:
    """Back into the queue, by whoever has it or by a colleague of somebody who cannot go on."""
    application = _for(session, number, Step.PUT_BACK, by)
    return done(session, application, Doing(Step.PUT_BACK, by, reason))


def remark(session: Session, number: str, by: By, *, path: str, text: str) -> Application:
    """Pin a remark to a field, row or part."""
    application = _for(session, number, Step.REMARK, by)
    _paths_known(session, application, [path])
    if not words(text) or len(text) > LONGEST_TEXT:
        raise Invalid("application-remark-empty")
    after = done(session, application, Doing(Step.REMARK, by, details={"path": path}))
    session.add(
        ApplicationRemarkRow(
            id=new(),
            application_id=application.id,
            round=application.case.round,
            path=path,
            text=words(text),
            account_id=store.account_of(by.actor),
            at=by.now,
        )
    )
    session.flush()
    return after


def settle(session: Session, number: str, by: By, *, remark_id: UUID) -> Application:
    """Mark a remark as dealt with; once settled it stays so."""
    application = _for(session, number, Step.SETTLE, by)
    marked = session.execute(
        update(ApplicationRemarkRow)
        .where(
            col(ApplicationRemarkRow.id) == remark_id,
            col(ApplicationRemarkRow.application_id) == application.id,
            col(ApplicationRemarkRow.settled_at).is_(None),
        )
        .values(settled_at=by.now, settled_by=store.account_of(by.actor))
        .execution_options(synchronize_session=False)
    )
    if marked.rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound("application-remark-not-found")
    return done(session, application, Doing(Step.SETTLE, by, details={"remark": str(remark_id)}))


def return_for(session: Session, number: str, by: By, *, paths: Sequence[str], reason: str) -> Application:
    """Send it back for these fields; only they are open afterwards."""
    application = _for(session, number, Step.RETURN, by)
    wanted = sorted(set(paths))
    if not wanted:
        raise Invalid("application-return-names-nothing")
    _paths_known(session, application, wanted)
    details, columns = {"paths": wanted}, {"open_paths": json.dumps(wanted)}
    return done(session, application, Doing(Step.RETURN, by, reason, details=details, columns=columns))


def approve_first(session: Session, number: str, by: By, *, looks: Sequence[LookUp] = ()) -> Application:
    """The first of two approvals, with what this person found when looking the documents up."""
    application, repeated = opened(session, number, by, step=Step.APPROVE, act=Act.REVIEW_APPLICATION)
    if repeated:
        return application
    kept = looking.settled(application.given().parts(), looks, today=civil_day(by.now))
    return done(session, application, Doing(Step.APPROVE, by, details={"looks": kept}))


def publish(session: Session, number: str, by: By, *, looks: Sequence[LookUp] = ()) -> Application:
    """The second approval and the publication: one transaction, once, and the same answer when repeated."""
    feed.hold(session)  # publishers take turns: what one asks of the register stands until it is written
    application, repeated = opened(session, number, by, step=Step.PUBLISH, act=Act.REVIEW_APPLICATION)
    if repeated:
        return application
    today = civil_day(by.now)
    kept = looking.settled(application.given().parts(), looks, today=today)
    step(application.case, Step.PUBLISH, person(session, by))  # before any of the work
    basis.require_unchanged(session, application)
    outcome, known = lists.outcome(session, application, today=today)
    if not outcome.is_fit:
        raise refused(outcome.findings)
    approval = publishing.Approval(
        by.actor, known, _first_looks(session, application), looking.of_event({"looks": kept})
    )
    records = tuple(outcome.records)
    drafts = publishing.drafts(session, application, records, approval)
    listed = application.subject is Subject.PRODUCT_LIST  # its rows say what each became
    told = () if listed else publishing.published(records, drafts)
    public = [asdict(one) | {"key": str(one.key)} for one in told]
    # The row first: whoever loses the race for the revision has appended nothing.
    details = {"looks": kept, "published": public, **({"rows": len(records)} if listed else {})}
    columns = {"published": json.dumps(public)}
    after = done(session, application, Doing(Step.PUBLISH, by, details=details, columns=columns))
    changes = feed.append(session, drafts, actor=str(by.actor)[:80], now=by.now)
    documents.keep(session, (application.id, application.case.organisation_id), changes, by)
    return after


def remove(session: Session, number: str, by: By, *, reason: str) -> Application:
    """移出: what was published counts no longer from today on; its pages and its past stay."""
    application, repeated = opened(session, number, by, step=Step.REMOVE, act=Act.REMOVE_RECORD)
    if repeated:
        return application
    after = done(session, application, Doing(Step.REMOVE, by, reason))
    drafts = publishing.removal(session, application, words(reason), today=civil_day(by.now), actor=by.actor)
    changes = feed.append(session, drafts, actor=str(by.actor)[:80], now=by.now)
    taking_back.settle(session, changes, actor=by.actor)
    return after


def _for(session: Session, number: str, act: Step, by: By) -> Application:
    return opened(session, number, by, step=act, act=Act.REVIEW_APPLICATION)[0]


def _paths_known(session: Session, application: Application, paths: Sequence[str]) -> None:
    """Parts, rows and fields of this application, typed or not."""
    parts = ASKED[application.subject].parts
    for path in paths:
        if application.subject is Subject.PRODUCT_LIST and lists.has_row(session, application.id, path):
            continue
        head = path.partition(".")[0]
        is_row = any(typed.startswith(f"{path}.") for typed in application.typed)
        if head not in set(parts) or not (path == head or is_row or field_at(path) is not None):
            raise Invalid("application-field-unknown", path=path[:80])
        assert Part(head) in parts


def _first_looks(session: Session, application: Application) -> dict[Part, LookUp]:
    approvals = [event for event in store.events(session, application.id) if event.act == Step.APPROVE]
    return looking.of_event(approvals[-1].details)
