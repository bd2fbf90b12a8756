"""Checks as machines make them: a bill uploaded, its columns settled, its lines decided, its report read.

Whoever holds the token of a check may do everything with it; it is as secret as its page's address.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy import Engine
from starlette.datastructures import FormData, UploadFile

from catalogue.checks import service, store
from catalogue.checks.asking import chosen, decided, guesses, known_rule, revised
from catalogue.checks.http import Desk, DeskDep
from catalogue.checks.report import Report
from catalogue.checks.shapes_in import ColumnsIn, DecisionsIn, RevisionIn, SettingsIn
from catalogue.checks.shapes_out import (
    CheckOut,
    DeletedOut,
    LineOut,
    LinesOut,
    ReplayOut,
    ReportMade,
    SheetsOut,
    sheets_out,
)
from catalogue.checks.state import Settings
from catalogue.checks.store import Kept
from registry.access.http import May
from registry.access.permissions import Act
from registry.categories import service as categories
from registry.changes import feed
from registry.changes.reading import Point
from registry.kit.clock import NowDep, TodayDep
from registry.kit.confined import MEGABYTE
from registry.kit.db import ReadDep, read_session, write_session
from registry.kit.errors import Invalid, TooLarge
from registry.kit.problems import MEDIA_TYPE, PROBLEMS, Problem, wanted_language
from registry.kit.sheets import Limits, ReadProblem

MAY = [Depends(May(Act.CHECK_BILL))]
_MORE: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "content": {MEDIA_TYPE: {}}, "description": text}
    for status, text in ((409, "Changed meanwhile, or a step is missing"), (413, "Too large"))
}
router = APIRouter(prefix="/api/v1/checks", tags=["checks"], responses={**PROBLEMS, **_MORE})

PER_PAGE = 50
LIMIT = Limits().file_bytes
_TEXT = {"type": "string"}
_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file", "pack"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "pack": _TEXT,
                        "day": {"type": "string", "format": "date"},
                        "project": _TEXT,
                    },
                }
            }
        },
    }
}


@dataclass(frozen=True, slots=True)
class Upload:
    """The form of an upload; the file is read by whoever needs it."""

    file: UploadFile
    pack: str
    day: str
    project: str


async def _upload(request: Request) -> AsyncIterator[Upload]:
    """The form, whose size is known before it is read and whose file is closed at the end."""
    stated = request.headers.get("content-length", "")
    if not (stated.isascii() and stated.isdecimal()) or int(stated) > LIMIT + MEGABYTE:
        raise TooLarge
    async with request.form(max_files=1, max_fields=10) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise ReadProblem("check-file-missing")
        yield Upload(file, *(_text(form, name) for name in ("pack", "day", "project")))


def _text(form: FormData, name: str) -> str:
    """One field; half a character, which some encodings can carry, becomes a question mark."""
    value = form.get(name, "")
    return value.encode(errors="replace").decode().strip() if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Call:
    """What a call reaches for besides what it sends."""

    engine: Engine
    desk: Desk
    now: datetime
    lang: str

    def answer(self, kept: Kept, token: str) -> CheckOut:
        return CheckOut.of(kept, token, self.lang)


def _call(request: Request, desk: DeskDep, now: NowDep) -> Call:
    return Call(request.app.state.engine, desk, now, wanted_language(request))


CallDep = Annotated[Call, Depends(_call)]
UploadDep = Annotated[Upload, Depends(_upload)]


@router.post("", status_code=201, dependencies=MAY, openapi_extra=_FORM)
def create(call: CallDep, given: UploadDep, today: TodayDep) -> CheckOut:
    """A new check from an XLSX or CSV file; a file that cannot be read leaves nothing behind."""
    try:
        day = date.fromisoformat(given.day) if given.day else today
    except ValueError as error:
        raise Invalid("check-day-unreadable", value=given.day[:40]) from error
    settings = service.settings_for(given.project, given.pack, day)
    with read_session(call.engine) as session:
        known_rule(session, settings)
    name = PurePath((given.file.filename or "").encode(errors="replace").decode().replace("\\", "/")).name
    state = service.start(given.file.file.read(LIMIT + 1), name, settings)
    with write_session(call.engine) as session:
        token = store.create(session, state, now=call.now, days=call.desk.days)
        return call.answer(store.get(session, token, now=call.now), token)


@router.get("/{token}", dependencies=MAY)
def read(call: CallDep, session: ReadDep, token: str) -> CheckOut:
    """Where the check stands."""
    return call.answer(store.get(session, token, now=call.now), token)


@router.delete("/{token}", dependencies=MAY)
def delete(call: CallDep, token: str) -> DeletedOut:
    """The bill, its lines and every report are gone for good."""
    with write_session(call.engine) as session:
        kept = store.get(session, token, now=call.now)
        store.remove(session, kept)
        return DeletedOut(reports=len(kept.state.reports))


@router.put("/{token}/settings", dependencies=MAY)
def settle_settings(call: CallDep, token: str, given: SettingsIn) -> CheckOut:
    """The same lines under another rule or day; reports already made stay as they are."""
    with write_session(call.engine) as session:
        kept = revised(store.get(session, token, now=call.now), given.revision)
        settings = Settings(
            project=given.project, pack_id=given.pack, report_day=given.day, choices=given.choices
        )
        at = known_rule(session, settings)
        state = service.change_settings(session, kept.state, settings, at=at)
        return call.answer(store.save(session, kept, state), token)


@router.get("/{token}/columns", dependencies=MAY)
def read_columns(call: CallDep, session: ReadDep, token: str) -> SheetsOut:
    """Which sheets are lists and which column holds what, as guessed or settled."""
    kept = store.get(session, token, now=call.now)
    return sheets_out(kept, guesses(kept.state))


@router.put("/{token}/columns", dependencies=MAY)
def settle_columns(call: CallDep, token: str, given: ColumnsIn) -> CheckOut:
    """Read the lines by these columns and look for their products; the search holds no writer's turn."""
    with read_session(call.engine) as session:
        kept = revised(store.get(session, token, now=call.now), given.revision)
        at = Point(kept.state.settings.report_day, feed.head(session).seq)
        state = service.settle_columns(
            session, call.desk.search, kept.state, chosen(kept.state, given), at=at
        )
    with write_session(call.engine) as session:
        return call.answer(store.save(session, kept, state), token)


@router.get("/{token}/lines", dependencies=MAY)
def read_lines(
    call: CallDep, session: ReadDep, token: str, page: Annotated[int, Query(ge=1)] = 1
) -> LinesOut:
    """Fifty lines a page, each with the products that may stand behind it."""
    kept = store.get(session, token, now=call.now)
    lines = kept.state.lines
    kinds = categories.kinds(session, Point(kept.state.settings.report_day, feed.head(session).seq))
    return LinesOut(
        revision=kept.revision,
        total=len(lines),
        page=page,
        per_page=PER_PAGE,
        lines=[LineOut.of(line, call.lang, kinds) for line in lines[(page - 1) * PER_PAGE : page * PER_PAGE]],
    )


@router.post("/{token}/decisions", dependencies=MAY)
def decide(call: CallDep, token: str, given: DecisionsIn) -> CheckOut:
    """Products, kinds and corrections of lines: all of them are taken, or none."""
    with read_session(call.engine) as session:
        kept = revised(store.get(session, token, now=call.now), given.revision)
        at = Point(kept.state.settings.report_day, feed.head(session).seq)
        state = decided(session, call.desk.search, kept.state, given.decisions, at=at)
    with write_session(call.engine) as session:
        return call.answer(store.save(session, kept, state), token)


@router.post("/{token}/reports", status_code=201, dependencies=MAY)
def make_report(call: CallDep, token: str, given: RevisionIn) -> ReportMade:
    """Judge the lines as they stand; the report never changes, a further one gets a further number."""
    with write_session(call.engine) as session:
        kept = revised(store.get(session, token, now=call.now), given.revision)
        kept, number = service.make_report(session, kept, now=call.now)
        row = store.report(session, kept, number)
        return ReportMade(
            number=number,
            revision=kept.revision,
            sha256=row.sha256,
            href=f"/api/v1/checks/{token}/reports/{number}",
        )


@router.get("/{token}/reports/{number}", dependencies=MAY, response_model=Report)
def read_report(call: CallDep, session: ReadDep, token: str, number: str) -> Response:
    """The report as it was stored, byte for byte."""
    row = store.report(session, store.get(session, token, now=call.now), number)
    return Response(row.report, media_type="application/json", headers={"ETag": f'"{row.sha256}"'})


@router.post("/{token}/reports/{number}/replay", dependencies=MAY)
def replay(call: CallDep, session: ReadDep, token: str, number: str) -> ReplayOut:
    """Read the register again at the stored position, judge again, and compare byte for byte."""
    row = store.report(session, store.get(session, token, now=call.now), number)
    return ReplayOut(number=number, same=service.replay(session, row.report), sha256=row.sha256)
