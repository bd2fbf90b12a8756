"""What the routes of applications need of the running site, and who takes a step over HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request, Response
from sqlalchemy import Engine
from starlette.datastructures import UploadFile

from registry.access.actors import Actor
from registry.access.http import ActorDep
from registry.applications.store import By
from registry.evidence.kinds import LARGEST, EvidenceRefused
from registry.kit.clock import NowDep, TodayDep
from registry.kit.confined import MEGABYTE
from registry.kit.errors import TooLarge
from registry.kit.problems import problems, wanted_language

NUMBER = "/{number}"
RESPONSES = problems(400, 401, 403, 404, 409, 413, 422)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where files lie, how long a review may take, and how many levels look."""

    evidence: Path
    days: int
    levels: int


@dataclass(frozen=True, slots=True)
class Call:
    """What a route reaches for besides what it is sent."""

    engine: Engine
    desk: Desk
    actor: Actor
    now: datetime
    today: date
    lang: str

    def by(self, revision: int = 0) -> By:
        return By(self.actor, self.now, revision, self.desk.levels)


def _call(request: Request, response: Response, actor: ActorDep, now: NowDep, today: TodayDep) -> Call:
    response.headers["Cache-Control"] = "private, no-store"
    state = request.app.state
    return Call(state.engine, state.applications, actor, now, today, wanted_language(request))


CallDep = Annotated[Call, Depends(_call)]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file with the field it is pinned to."""

    file: UploadFile
    path: str
    revision: int


async def _upload(request: Request) -> AsyncIterator[Upload]:
    """The form, whose size is known before it is read and whose file is closed at the end."""
    stated = request.headers.get("content-length", "")
    if not (stated.isascii() and stated.isdecimal()) or int(stated) > LARGEST + MEGABYTE:
        raise TooLarge
    async with request.form(max_files=1, max_fields=4) as form:
        file, path, revision = form.get("file"), form.get("path"), form.get("revision")
        if not isinstance(file, UploadFile) or not file.filename or not isinstance(path, str):
            raise EvidenceRefused("evidence.missing")
        if not isinstance(revision, str) or not (revision.isascii() and revision.isdecimal()):
            raise EvidenceRefused("evidence.revision-missing")
        yield Upload(file, path, int(revision[:9]))


UploadDep = Annotated[Upload, Depends(_upload)]
UPLOAD_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file", "path", "revision"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "path": {"type": "string"},
                        "revision": {"type": "integer"},
                    },
                }
            }
        },
    }
}
