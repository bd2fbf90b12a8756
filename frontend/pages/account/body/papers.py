"""The paper of an act: scanned when it comes, kept privately, named in the act by its SHA-256."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.datastructures import FormData, UploadFile

from frontend.pages.account.body.side import Clerk, ClerkDep, Side, certificate
from frontend.pages.check_desk import fits, text
from frontend.views.parts import FileField, Link
from registry.access import walls
from registry.access.http import May
from registry.certificates.facts import CertificateFact
from registry.certificates.kind import CERTIFICATE
from registry.changes.reading import history
from registry.evidence import files
from registry.evidence import service as evidence
from registry.evidence.kinds import LARGEST
from registry.evidence.models import EvidenceFileRow
from registry.evidence.service import StoredBy
from registry.kit.confined import MEGABYTE
from registry.kit.db import read_session, write_session
from registry.kit.errors import NotFound, TooLarge

FILE, PAPER = "file", "paper"
ACCEPTED = ".pdf,.png,.jpg,.jpeg"
SHOWN = 16  # signs of a SHA-256: enough to tell two papers apart


async def _sent(request: Request) -> AsyncIterator[FormData]:
    """The form with at most one file; its size is known before it is read."""
    if not fits(request, LARGEST + MEGABYTE):
        raise TooLarge
    async with request.form(max_files=1, max_fields=40) as form:
        yield form


SentDep = Annotated[FormData, Depends(_sent)]


def router(side: Side) -> APIRouter:
    """A paper back to the organisation that brought it."""
    made = APIRouter(
        prefix=f"/{{lang}}/account/{side.name}/certificates/{{code}}/papers",
        dependencies=[Depends(May(side.act))],
    )

    @made.get("/{sha256}")
    def paper(clerk: ClerkDep, code: str, sha256: str) -> Response:
        with read_session(clerk.visit.site.engine) as session:
            known, at = certificate(session, code, side, clerk)
            versions = history(session, CERTIFICATE, known.fact.id, as_of=at.as_of)
        if not any(one.fact.act_evidence_sha256 == sha256 for one in versions):
            raise NotFound("evidence-not-found")
        row = own(clerk, sha256)
        content = files.content(_folder(clerk), row.sha256)
        return Response(content, media_type=row.media_type, headers=files.headers(row.name))

    return made


def brought(clerk: Clerk, form: FormData) -> EvidenceFileRow | None:
    """The file chosen now, else the one that came with the step before; nobody's writing waits for a scan."""
    file = form.get(FILE)
    if not isinstance(file, UploadFile) or not file.filename:
        before = text(form, PAPER)
        return own(clerk, before) if before else None
    organisation_id, engine = clerk.organisation_id, clerk.visit.site.engine
    if organisation_id is None:
        raise NotFound("evidence-not-found")
    with read_session(engine) as session:
        walls.stand_for(session, clerk.actor)
        evidence.require_room(session, organisation_id)
    data = file.file.read(LARGEST + 1)
    scanned = evidence.look(data, file.filename)
    by = StoredBy(organisation_id, str(clerk.actor)[:80], clerk.now)
    with write_session(engine) as session:
        walls.stand_for(session, clerk.actor)
        row = evidence.record(session, scanned, by)
        files.keep(_folder(clerk), data)  # before the commit: a row always has its file
        session.expunge(row)
    return row


def own(clerk: Clerk, sha256: str) -> EvidenceFileRow:
    """A file that the clerk's own organisation brought; another's does not exist."""
    if clerk.organisation_id is None:
        raise NotFound("evidence-not-found")
    with read_session(clerk.visit.site.engine) as session:
        walls.stand_for(session, clerk.actor)
        return evidence.of_content(session, clerk.organisation_id, sha256)


def link(fact: CertificateFact, side: Side, clerk: Clerk) -> Link | None:
    """To the paper of an act, by the beginning of its SHA-256."""
    sha256 = fact.act_evidence_sha256
    if sha256 is None:
        return None
    shown = clerk.visit.words.say("body.paper", sha256=sha256[:SHOWN])
    return Link(shown, clerk.path(side, fact.code, f"papers/{sha256}"))


def field(clerk: Clerk, error: str = "") -> FileField:
    words = clerk.visit.words
    hint = words.say("body.hint.file", limit=LARGEST // MEGABYTE)
    return FileField(FILE, words.say("body.field.file"), ACCEPTED, hint=hint, error=error)


def _folder(clerk: Clerk) -> Path:
    folder: Path = clerk.visit.request.app.state.applications.evidence
    return folder
