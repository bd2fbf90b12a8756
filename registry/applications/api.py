"""Applications as their organisations make them by machine: start, type, pin files, submit, withdraw."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from sqlmodel import Session

from registry.access.http import May
from registry.access.permissions import Act
from registry.applications import acting, comparing, service, store
from registry.applications.application import Application
from registry.applications.fields import Part
from registry.applications.form_shapes import FormOut
from registry.applications.http import NUMBER, RESPONSES, UPLOAD_FORM, Call, CallDep, UploadDep
from registry.applications.parts import Subject
from registry.applications.queue import title
from registry.applications.reading_files import copied_from_elsewhere, pinned_file
from registry.applications.shapes import (
    ApplicationLine,
    ApplicationOut,
    ApplicationsOut,
    DifferenceOut,
    DifferencesOut,
    EventOut,
    EventsOut,
    FindingOut,
    FindingsOut,
    PartIn,
    StartIn,
    StepIn,
    UnpinQuery,
)
from registry.applications.states import WITH_REGISTRY
from registry.evidence import files
from registry.evidence import service as evidence
from registry.evidence.kinds import LARGEST
from registry.kit.db import ReadDep, read_session, write_session

router = APIRouter(prefix="/api/v1/applications", tags=["applications"], responses=RESPONSES)
_READ = [Depends(May(Act.READ_APPLICATION))]
_EDIT = [Depends(May(Act.EDIT_APPLICATION))]


def answer(session: Session, application: Application, call: Call) -> ApplicationOut:
    """The application with its remarks and the steps open to whoever asks."""
    remarks = store.remarks(session, application.id)
    return ApplicationOut.of(application, remarks, acting.person(session, call.by()))


@router.get("", dependencies=_READ)
def read_applications(call: CallDep, session: ReadDep) -> ApplicationsOut:
    """Every application of the organisation that asks, newest first."""
    found = service.of_organisation(session, call.actor)
    return ApplicationsOut(
        items=[
            ApplicationLine(
                number=one.number,
                subject=one.subject,
                state=one.state,
                name=title(one.typed),
                started_at=one.started_at,
                submitted_at=one.submitted_at,
            )
            for one in found
        ]
    )


@router.post("", status_code=201, dependencies=[Depends(May(Act.APPLY))])
def start_application(call: CallDep, given: StartIn) -> ApplicationOut:
    """A new draft, with what the register knows already filled in."""
    with write_session(call.engine) as session:
        return answer(session, service.start(session, given.subject, call.by(), about=given.about), call)


@router.get("/forms/{subject}", dependencies=[Depends(May(Act.READ))])
def read_application_form(call: CallDep, subject: Subject) -> FormOut:
    """What an application of this subject asks; `product` also has the attributes of its material kind."""
    return FormOut.of(subject, call.lang)


@router.get(NUMBER, dependencies=_READ)
def read_application(call: CallDep, session: ReadDep, number: str) -> ApplicationOut:
    """One application with its texts, files, remarks, and the steps open to whoever asks."""
    return answer(session, acting.read(session, number, call.by()), call)


@router.put(NUMBER + "/parts/{part}", dependencies=_EDIT)
def save_application_part(call: CallDep, number: str, part: Part, given: PartIn) -> ApplicationOut:
    """Replace one part by these texts; nothing is corrected and nothing is refused for its content."""
    with write_session(call.engine) as session:
        saved = service.save_part(session, number, part, given.typed, by=call.by(given.revision))
        return answer(session, saved, call)


@router.get(NUMBER + "/findings", dependencies=_READ)
def read_application_findings(call: CallDep, session: ReadDep, number: str) -> FindingsOut:
    """What stands in the way of submitting it today, and what deserves a second look."""
    outcome = service.findings(session, acting.read(session, number, call.by()), today=call.today)
    return FindingsOut(
        fit=outcome.is_fit, findings=[FindingOut.of(one, call.lang) for one in outcome.findings]
    )


@router.get(NUMBER + "/events", dependencies=_READ)
def read_application_events(call: CallDep, session: ReadDep, number: str) -> EventsOut:
    """Every act on it, first to last."""
    application = acting.read(session, number, call.by())
    return EventsOut(items=[EventOut.of(one) for one in store.events(session, application.id)])


@router.get(NUMBER + "/differences", dependencies=_READ)
def read_application_differences(call: CallDep, session: ReadDep, number: str) -> DifferencesOut:
    """What it changes, field by field."""
    application = acting.read(session, number, call.by())
    reviewing = application.case.organisation_id != call.actor.organisation_id
    known = comparing.with_register(session, application, today=call.today)
    return DifferencesOut(
        with_register=[DifferenceOut.of(one) for one in known],
        with_last_round=[DifferenceOut.of(one) for one in comparing.with_last_round(session, application)],
        copied_files=(
            list(copied_from_elsewhere(session, application))
            if reviewing and application.state in WITH_REGISTRY
            else []
        ),
    )


@router.post(NUMBER + "/submit", dependencies=_EDIT)
def submit_application(call: CallDep, number: str, given: StepIn) -> ApplicationOut:
    """Hand it in; with errors nothing happens and all of them are told, each with its field."""
    with write_session(call.engine) as session:
        return answer(session, service.submit(session, number, call.by(given.revision)), call)


@router.post(NUMBER + "/withdraw", dependencies=[Depends(May(Act.WITHDRAW_APPLICATION))])
def withdraw_application(call: CallDep, number: str, given: StepIn) -> ApplicationOut:
    """Take it back; what is public cannot be taken back."""
    with write_session(call.engine) as session:
        return answer(session, service.withdraw(session, number, call.by(given.revision)), call)


@router.post(NUMBER + "/files", status_code=201, dependencies=_EDIT, openapi_extra=UPLOAD_FORM)
def pin_application_file(call: CallDep, number: str, given: UploadDep) -> ApplicationOut:
    """Pin a PDF, PNG or JPEG to a field or part; scanned before anything is kept."""
    by = call.by(given.revision)
    with read_session(call.engine) as session:
        service.may_pin(session, number, given.path, by=by)
    name = given.file.filename or ""
    data = given.file.file.read(LARGEST + 1)
    scanned = evidence.look(data, name)
    with write_session(call.engine) as session:
        pinned = service.pin(session, number, given.path, scanned, by=by)
        files.keep(
            call.desk.evidence, data
        )  # before the commit: a refused file is not on disk, a kept one is
        return answer(session, pinned, call)


@router.delete(NUMBER + "/files/{file_id}", dependencies=_EDIT)
def unpin_application_file(
    call: CallDep, number: str, file_id: UUID, asked: Annotated[UnpinQuery, Query()]
) -> ApplicationOut:
    """Take a file off a field."""
    with write_session(call.engine) as session:
        by = call.by(asked.revision)
        return answer(session, service.unpin(session, number, asked.path, file_id, by=by), call)


@router.get(
    NUMBER + "/files/{file_id}",
    dependencies=[Depends(May(Act.READ_EVIDENCE))],
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}},
)
def read_application_file(call: CallDep, session: ReadDep, number: str, file_id: UUID) -> Response:
    """The file itself, to be saved and never shown in place."""
    row = pinned_file(session, number, file_id, by=call.by())
    return Response(
        files.content(call.desk.evidence, row.sha256),
        media_type=row.media_type,
        headers=files.headers(row.name),
    )
