"""Product lists by machine: upload, check in steps, read verdicts, hand in."""

from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.datastructures import UploadFile

from catalogue.bulk import files, service
from catalogue.bulk.shapes import CheckIn, CommitIn, ListOut, ListsOut, RowOut, RowsOut, RowsQuery
from catalogue.bulk.taking import LIMITS, TakenFile, taken
from registry.access.http import May
from registry.access.permissions import Act
from registry.applications import service as applications
from registry.applications.http import RESPONSES, Call, CallDep
from registry.applications.parts import Subject
from registry.applications.store import By
from registry.categories import service as categories
from registry.changes.feed import head
from registry.changes.reading import Point
from registry.evidence.files import digest, headers
from registry.kit.clock import civil_day
from registry.kit.confined import MEGABYTE
from registry.kit.db import ReadDep, read_session, write_session
from registry.kit.errors import NotFound, TooLarge
from registry.kit.sheets import ReadProblem, read
from registry.parties.service import plants_of

router = APIRouter(prefix="/api/v1/bulk", tags=["bulk"], responses=RESPONSES)
_READ = [Depends(May(Act.READ_APPLICATION))]
_APPLY = [Depends(May(Act.APPLY))]
_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}
_WORKBOOK: dict[int | str, dict[str, Any]] = {200: {"content": {files.MEDIA: {}}}}


async def upload(request: Request) -> AsyncIterator[UploadFile]:
    """The form, whose size is known before it is read and whose file is closed at the end."""
    stated = request.headers.get("content-length", "")
    if not (stated.isascii() and stated.isdecimal()) or int(stated) > LIMITS.file_bytes + MEGABYTE:
        raise TooLarge
    async with request.form(max_files=1, max_fields=2) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise ReadProblem("bulk-file-missing")
        yield file


def read_file(engine: Engine, given: UploadFile, by: By) -> tuple[TakenFile, service.Named]:
    """What a file says, read in the confined child for whoever may hand in a list."""
    applications.may_start(Subject.PRODUCT_LIST, by)
    data, name = given.file.read(LIMITS.file_bytes + 1), given.filename or ""
    sheets = read(data, name, LIMITS)
    with read_session(engine) as session:
        kinds = categories.kinds(session, Point(civil_day(by.now), head(session).seq))
    return taken(sheets, kinds), service.Named(name, digest(data))


@router.get("", dependencies=_READ)
def read_bulk_lists(call: CallDep, session: ReadDep) -> ListsOut:
    """The lists of the organisation that asks, newest first."""
    return ListsOut(items=[ListOut.of(one) for one in service.of_organisation(session, call.actor)])


@router.get("/template", dependencies=_APPLY, response_class=Response, responses=_WORKBOOK)
def read_bulk_template(
    call: CallDep, session: ReadDep, kind: Annotated[str, Query(max_length=64)]
) -> Response:
    """A workbook to fill in for one material kind."""
    at = _today(session, call)
    found = categories.kinds(session, at).get(kind)
    if found is None:
        raise NotFound("bulk-kind-unknown", kind=kind)
    organisation = call.actor.organisation_id
    own = plants_of(session, organisation, at) if organisation else []
    plants = [(one.fact.code, one.fact.name_zh) for one in own]
    return _workbook(files.template(found, plants, call.lang), f"{found.kind}.xlsx")


@router.post("", status_code=201, dependencies=_APPLY, openapi_extra=_FORM)
def receive_bulk_list(call: CallDep, given: Annotated[UploadFile, Depends(upload)]) -> ListOut:
    """Read a file of at most 10,000 products in the confined child; the same file is one list for ever."""
    found, named = read_file(call.engine, given, call.by())
    with write_session(call.engine) as session:
        return ListOut.of(service.receive(session, found, named, call.by()))


@router.get("/{list_id}", dependencies=_READ)
def read_bulk_list(call: CallDep, session: ReadDep, list_id: UUID) -> ListOut:
    """How far a list is, and its counts."""
    return ListOut.of(service.read(session, list_id, call.by()))


@router.delete("/{list_id}", dependencies=[Depends(May(Act.DELETE_LIST))])
def delete_bulk_list(call: CallDep, list_id: UUID) -> ListsOut:
    """Delete a list that was not handed in, with its rows and verdicts, for good; the lists that are left."""
    with write_session(call.engine) as session:
        service.remove(session, list_id, call.by())
        return ListsOut(items=[ListOut.of(one) for one in service.of_organisation(session, call.actor)])


@router.post("/{list_id}/check", dependencies=_APPLY)
def check_bulk_list(call: CallDep, list_id: UUID, given: CheckIn) -> ListOut:
    """Verdicts for the next thousand rows; ask until `checked` equals `rows`."""
    with write_session(call.engine) as session:
        return ListOut.of(service.check_some(session, list_id, call.by(), again=given.again))


@router.get("/{list_id}/rows", dependencies=_READ)
def read_bulk_rows(
    call: CallDep, session: ReadDep, list_id: UUID, asked: Annotated[RowsQuery, Query()]
) -> RowsOut:
    """Rows with their verdicts, page by page, or a sample of twenty."""
    service.read(session, list_id, call.by())
    if asked.sample:
        found = service.sample(session, list_id)
        return RowsOut(items=[RowOut.of(row, call.lang) for row in found], next_after=None)
    wanted = service.Wanted([asked.verdict] if asked.verdict else [], asked.words)
    found = service.page(session, list_id, wanted, after=asked.after, limit=asked.limit + 1)
    shown = found[: asked.limit]
    following = shown[-1].place if len(found) > asked.limit else None
    return RowsOut(items=[RowOut.of(row, call.lang) for row in shown], next_after=following)


@router.get("/{list_id}/file", dependencies=_READ, response_class=Response, responses=_WORKBOOK)
def read_bulk_file(call: CallDep, session: ReadDep, list_id: UUID) -> Response:
    """The list as a workbook with row number, verdict and findings in front."""
    kept = service.read(session, list_id, call.by()).kept
    rows = service.page(session, list_id, limit=kept.rows)
    kinds = categories.kinds(session, _today(session, call))
    return _workbook(files.annotated(rows, kinds, call.lang), f"{kept.sha256[:8]}.xlsx")


@router.post("/{list_id}/commit", dependencies=_APPLY)
def commit_bulk_list(call: CallDep, list_id: UUID, given: CommitIn) -> ListOut:
    """Hand in the rows without error as one application; a second time gives the same answer."""
    with write_session(call.engine) as session:
        return ListOut.of(service.commit(session, list_id, call.by(), rows=given.rows))


def _today(session: Session, call: Call) -> Point:
    return Point(call.today, head(session).seq)


def _workbook(content: bytes, name: str) -> Response:
    return Response(content, media_type=files.MEDIA, headers=headers(name))
