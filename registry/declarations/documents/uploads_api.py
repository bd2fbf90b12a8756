"""A declaration's file looked at before anything is recorded, as machines ask for it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.datastructures import UploadFile

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.answers import Instant
from registry.changes.feed import head
from registry.changes.reading import Point
from registry.declarations.dataset import Dataset
from registry.declarations.documents import uploads
from registry.declarations.documents.beside import Beside, beside
from registry.declarations.documents.examining import Note, examined
from registry.declarations.documents.material import Material, SaidBy, unknown
from registry.declarations.documents.uploads import Upload
from registry.declarations.formats import confined
from registry.declarations.formats.reading import Reading, Remark, Unreadable, Weight
from registry.declarations.preflight.model import Severity
from registry.kit.clock import NowDep, TodayDep
from registry.kit.confined import MEGABYTE
from registry.kit.db import ReadDep, read_session, write_session
from registry.kit.errors import Fault, Faulty, Invalid, TooLarge
from registry.kit.messages import say
from registry.kit.problems import PROBLEMS, problems, wanted_language

LARGEST = confined.USUAL.largest
MAY = [Depends(May(Act.CHECK_BILL))]
router = APIRouter(
    prefix="/api/v1/declarations/check", tags=["evidence"], responses={**PROBLEMS, **problems(413, 503)}
)
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


class RemarkOut(BaseModel):
    """One line of the loss report."""

    weight: Weight
    key: str
    place: str = Field(description="XPath, JSON pointer, or sheet and cell, in the file")
    says: str


class NoteOut(BaseModel):
    """One finding of the checks before anything is recorded."""

    severity: Severity
    key: str
    places: list[str]
    says: str
    mend: str | None


class MaterialOut(BaseModel):
    """The kind of material that sizes and densities were judged by."""

    kind: str
    name_zh: str
    name_en: str
    said_by: SaidBy = Field(
        description="given: by the call; product: by products on record; name: by its own name"
    )
    proposed: bool = Field(description="Nobody gave it: the document leaves no doubt of it")


class ReadOut(BaseModel):
    """One declaration of the file: what was read, what was not, and what there is to say of it."""

    format: str
    format_version: str | None
    member: str | None = Field(description="Name of the file inside a ZIP")
    dataset: Dataset
    remarks: list[RemarkOut]
    material: MaterialOut | None = Field(description="The kind it was checked as; None where none is known")
    notes: list[NoteOut]
    origins: dict[str, str] = Field(description="Where in the file each field stood")


class UploadOut(BaseModel):
    """What was read of a file; whoever has the token may see and delete it."""

    token: str
    href: str
    page: str = Field(description="The same as a page")
    file_name: str
    sha256: str
    expires_at: Instant
    declarations: list[ReadOut]

    @classmethod
    def of(cls, session: Session, upload: Upload, token: str, call: "Call") -> "UploadOut":
        asked = f"?kind={quote(call.kind)}" if call.kind else ""
        return cls(
            token=token,
            href=f"{router.prefix}/{token}{asked}",
            page=f"/{call.lang}/declarations/check/{token}{asked}",
            file_name=upload.file_name,
            sha256=upload.sha256,
            expires_at=upload.expires_at,
            declarations=[
                read_out(one, beside(session, one, call.kind, call.today), call.lang)
                for one in upload.readings
            ],
        )


class RemovedOut(BaseModel):
    """Nothing of the file is left but what was recorded of it."""

    declarations: int = Field(description="How many the file held")


def read_out(reading: Reading, known: Beside, lang: str) -> ReadOut:
    return ReadOut(
        format=reading.source.format,
        format_version=reading.source.version,
        member=reading.source.member,
        dataset=reading.dataset,
        remarks=[remark_out(one, lang) for one in reading.remarks],
        material=_material(known.material),
        notes=[_note(one, lang) for one in examined(reading.dataset, known.context)],
        origins=dict(reading.origins),
    )


def _material(found: Material | None) -> MaterialOut | None:
    if found is None:
        return None
    fact = found.fact
    return MaterialOut(
        kind=fact.kind,
        name_zh=fact.name_zh,
        name_en=fact.name_en,
        said_by=found.by,
        proposed=found.is_proposed,
    )


def remark_out(one: Remark, lang: str) -> RemarkOut:
    return RemarkOut(weight=one.weight, key=one.key, place=one.place, says=say(one.key, lang, one.facts))


def _note(one: Note, lang: str) -> NoteOut:
    return NoteOut(
        severity=one.severity,
        key=one.key,
        places=list(one.places),
        says=say(one.key, lang, one.facts),
        mend=say(one.mend, lang, one.facts) if one.mend else None,
    )


@dataclass(frozen=True, slots=True)
class Call:
    """What a call reaches for besides the file; `days` is how long that is kept, `kind` what it is of."""

    engine: Engine
    now: datetime
    today: date
    lang: str
    days: int
    kind: str


KindQuery = Annotated[
    str,
    Query(
        max_length=64,
        description="Kind of material to check by (`/api/v1/kinds`); left out, the document says it where"
        " that leaves no doubt; `none` checks without any",
        examples=["concrete.ready-mixed"],
    ),
]


def _call(request: Request, now: NowDep, today: TodayDep, kind: KindQuery = "") -> Call:
    state = request.app.state
    return Call(state.engine, now, today, wanted_language(request), state.keep_days, kind)


async def _file(request: Request) -> AsyncIterator[UploadFile]:
    """The form's file, whose size is known before it is read and which is closed at the end."""
    stated = request.headers.get("content-length", "")
    if not (stated.isascii() and stated.isdecimal()) or int(stated) > LARGEST + MEGABYTE:
        raise TooLarge
    async with request.form(max_files=1, max_fields=10) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise Unreadable("declaration-file-missing")
        yield file


CallDep = Annotated[Call, Depends(_call)]
FileDep = Annotated[UploadFile, Depends(_file)]


def bare_name(name: str | None) -> str:
    """A file's name without any folder; half a character becomes a question mark."""
    return PurePath((name or "").encode(errors="replace").decode().replace("\\", "/")).name


@router.post("", status_code=201, dependencies=MAY, openapi_extra=_FORM)
def check_file(call: CallDep, file: FileDep) -> UploadOut:
    """Read a file in any supported format; one that cannot be read leaves nothing behind.

    What is wrong with the file and with the kind is told at once.
    """
    with read_session(call.engine) as session:
        wrong = unknown(session, call.kind, Point(call.today, head(session).seq))
    try:
        looked = uploads.look(file.file.read(LARGEST + 1), bare_name(file.filename))
    except Unreadable as refused:
        raise (refused if wrong is None else both(refused, wrong)) from refused
    if wrong is not None:
        raise wrong
    with write_session(call.engine) as session:
        token = uploads.create(session, looked, now=call.now, days=call.days)
    with read_session(call.engine) as session:
        return UploadOut.of(session, uploads.get(session, token, now=call.now), token, call)


def both(file: Unreadable, kind: Invalid) -> Faulty:
    """A file that cannot be read and a kind that is none: the file's code, and each with its field."""
    faults = [Fault("file", file.key, file.facts), Fault("kind", kind.key, kind.facts)]
    return Faulty(file.key, faults=faults, **file.facts)


@router.get("/{token}", dependencies=MAY)
def read_check(call: CallDep, session: ReadDep, token: str) -> UploadOut:
    """What was read of a file, with the findings of today's checks."""
    return UploadOut.of(session, uploads.get(session, token, now=call.now), token, call)


@router.delete("/{token}", dependencies=MAY)
def delete_check(call: CallDep, token: str) -> RemovedOut:
    """The file's content is gone for good; what was recorded of it stays on record."""
    with write_session(call.engine) as session:
        found = uploads.get(session, token, now=call.now)
        uploads.remove(session, found)
    return RemovedOut(declarations=len(found.readings))
