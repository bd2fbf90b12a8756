"""The first page of a check, where a bill is uploaded, and the last, where everything is deleted."""

from collections.abc import Iterator
from datetime import date
from pathlib import PurePath

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, UploadFile

from catalogue.checks import service, store
from catalogue.checks.state import CheckState
from frontend.assets import asset
from frontend.csrf import refuse_cross_site_writes
from frontend.pages import check_columns, check_match, check_report
from frontend.pages.check_desk import (
    Asked,
    UploadDep,
    Visit,
    VisitDep,
    asked,
    fields,
    kept_check,
    on_its_day,
    writable,
)
from frontend.pages.reference import Reference, reference
from frontend.views.check import UploadView
from frontend.views.parts import Field, FieldError, FileField, Link
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes import feed
from registry.changes.reading import Point
from registry.kit.clock import TodayDep, now
from registry.kit.confined import MEGABYTE
from registry.kit.db import read_session, write_session
from registry.kit.sheets import Limits, ReadProblem
from registry.policies import service as policies
from registry.policies.pack import Pack

router = APIRouter(
    prefix="/{lang}/check", dependencies=[Depends(May(Act.CHECK_BILL)), Depends(refuse_cross_site_writes)]
)

EXAMPLES = {
    "small": "demo-bill.xlsx",
    "school": "demo-bill-school.xlsx",
    "hospital": "demo-bill-hospital.xlsx",
    "housing": "demo-bill-housing.xlsx",
}
LIMIT = Limits().file_bytes


@router.get("")
def start(visit: VisitDep, today: TodayDep) -> Response:
    """The upload form; the report day is today until the user says otherwise."""
    return _start(visit, today)


@router.post("")
def upload(visit: VisitDep, today: TodayDep, typed: UploadDep) -> Response:
    """Read the file and go on to its columns; a file that cannot be read leaves nothing behind."""
    if typed is None:
        said = visit.words.say("check.upload-too-large", limit=LIMIT // MEGABYTE)
        return _start(visit, today, FieldError("file", said))
    packs, known = _rules(visit, today)
    with read_session(visit.site.engine) as session:
        given = on_its_day(session, asked(typed, packs, visit.words), visit.words)
    fault, state = None, None
    try:
        content, name = _file(typed)
        if given.day is not None and not given.faults:
            state = service.start(
                content, name, service.settings_for(given.project, given.pack_id, given.day)
            )
    except ReadProblem as problem:
        fault = FieldError("file", visit.words.say(problem.key, **problem.facts))
    if state is None:
        view = _view(visit, given, fields(given, packs, known, visit.words), fault)
        return visit.page("check/start.html", status=422, view=view)
    with write_session(visit.site.engine) as session:
        token = store.create(session, state, now=now(), days=visit.desk.days)
    return visit.go(token, "columns")


@router.get("/deleted")
def deleted(visit: VisitDep) -> Response:
    return visit.page("check/deleted.html")


@router.get("/{token}")
def resume(visit: VisitDep, token: str) -> Response:
    """The address a user keeps: it leads to the step that comes next."""
    with read_session(visit.site.engine) as session:
        state = kept_check(session, token).state
    return visit.go(token, _next_step(state))


@router.get("/{token}/delete")
def ask_delete(visit: VisitDep, token: str) -> Response:
    with read_session(visit.site.engine) as session:
        state = kept_check(session, token).state
    return visit.page(
        "check/delete.html",
        action=visit.to(token, "delete"),
        back=visit.to(token, _next_step(state)),
        file_name=state.file_name,
    )


@router.post("/{token}/delete")
def delete(visit: VisitDep, token: str) -> Response:
    """Everything of this check goes, its reports too."""
    with write_session(visit.site.engine) as session:
        store.remove(session, kept_check(session, token))
    return RedirectResponse(visit.to("deleted"), status_code=303)


router.include_router(check_columns.router)
router.include_router(check_match.router)
router.include_router(check_report.router)


def _start(visit: Visit, today: date, too_large: FieldError | None = None) -> Response:
    """The form with nothing filled in but today; a file too large was not read, nor the fields beside it."""
    packs, known = _rules(visit, today)
    given = Asked("", "", today.isoformat(), today, {}, ())
    view = _view(visit, given, fields(given, packs, known, visit.words), too_large)
    return visit.page("check/start.html", status=413 if too_large else 200, view=view)


def _file(typed: FormData) -> tuple[bytes, str]:
    """The upload and its name without any folder; a form without a file is refused in words."""
    given = typed.get("file")
    if not isinstance(given, UploadFile) or not given.filename:
        raise ReadProblem("check-file-missing")
    return given.file.read(LIMIT + 1), PurePath(writable(given.filename).replace("\\", "/")).name


def _view(
    visit: Visit, given: Asked, asked_for: tuple[Field, ...], fault: FieldError | None = None
) -> UploadView:
    """The upload form, with what was wrong and what was typed."""
    return UploadView(
        file=FileField(
            name="file",
            label=visit.words.say("check.file-label"),
            accept=".xlsx,.csv",
            hint=visit.words.say("check.file-hint", limit=LIMIT // MEGABYTE),
            error=fault.text if fault else "",
        ),
        fields=asked_for,
        days=visit.desk.days,
        errors=(*((fault,) if fault else ()), *given.faults),
        examples=tuple(_examples(visit)) if visit.site.demonstration else (),
    )


def _examples(visit: Visit) -> Iterator[Link]:
    for name, file in EXAMPLES.items():
        yield Link(visit.words.say(f"check.example.{name}"), asset(file))


def _rules(visit: Visit, day: date) -> tuple[tuple[Pack, ...], Reference]:
    with read_session(visit.site.engine) as session:
        at = Point(day, feed.head(session).seq)
        return tuple(policies.packs(session, at)), reference(session, at)


def _next_step(state: CheckState) -> str:
    return "match" if state.columns_confirmed else "columns"
