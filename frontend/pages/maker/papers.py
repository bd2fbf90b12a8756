"""The files of a part: shown, added at a named place, taken off; refused files say why."""

from collections.abc import Iterator
from uuid import UUID

from sqlmodel import Session
from starlette.datastructures import FormData, UploadFile

from frontend.pages.maker.boxes import Form
from frontend.pages.maker.desk import Maker
from frontend.views import formats
from frontend.views.maker import Papers, PinnedLine
from frontend.views.parts import Field, FileField, Option
from registry.applications import acting, service
from registry.applications.application import Application
from registry.applications.fields import FieldKind, Part
from registry.applications.findings import Severity
from registry.applications.rules import WITH_PAPERS
from registry.applications.typed import asked_fields
from registry.evidence import files
from registry.evidence import service as evidence
from registry.evidence.kinds import LARGEST
from registry.kit.confined import MEGABYTE
from registry.kit.db import read_session, write_session
from registry.kit.errors import NotFound

FILE, PLACE, UNPIN = "file", "file-place", "unpin"
ACCEPTED = ".pdf,.png,.jpg,.jpeg"


def papers(maker: Maker, form: Form, refused: str = "") -> Papers:
    """What is pinned to the part, and a field for one more where the part is open."""
    words, application = maker.words, form.opened.application
    lines = tuple(
        PinnedLine(
            name=one.name,
            size=formats.file_size(one.size),
            place=place_name(form, one.path),
            href=f"/api/v1/applications/{application.number}/files/{one.file_id}",
            unpin=f"{one.path} {one.file_id}" if application.is_open(one.path) else "",
        )
        for one in application.pinned
        if one.path.partition(".")[0] == form.part
    )
    places = list(_places(form))
    if not places:
        return Papers(lines)
    error = refused or form.said(form.part, Severity.ERROR)
    hint = words.say("maker.file-hint", limit=LARGEST // MEGABYTE)
    key = "maker.file-needed" if form.part in WITH_PAPERS else "maker.file-may"
    return Papers(
        lines=lines,
        field=FileField(FILE, words.say(key), ACCEPTED, hint=hint, error=error),
        place=Field(
            PLACE,
            words.say("maker.file-place"),
            kind="select",
            options=tuple(Option(path, place_name(form, path)) for path in places),
            required=True,
        ),
    )


def place_name(form: Form, path: str) -> str:
    """The part as a whole, or the field."""
    words = form.offers.words
    return words.say("maker.whole-part") if path in set(Part) else form.label(path)


def _places(form: Form) -> Iterator[str]:
    """The part, its plants (whose contract papers belong there), and every field that came back."""
    application = form.opened.application
    if application.is_open(form.part):
        yield str(form.part)
    for path, asked in asked_fields(form.typed, form.part):
        returned = path in application.open_paths
        if application.is_open(path) and (returned or asked.kind in (FieldKind.PLANT, FieldKind.PLANTS)):
            yield path


def sent_file(form: FormData) -> UploadFile | None:
    """A chosen file; a form without one still sends its empty field."""
    file = form.get(FILE)
    return file if isinstance(file, UploadFile) and file.filename else None


def pin(maker: Maker, number: str, file: UploadFile, path: str) -> None:
    """Scan the file, then pin it; nobody's writing waits for the scan."""
    with read_session(maker.call.engine) as session:
        current = acting.read(session, number, maker.by())
        service.may_pin(session, number, path, by=maker.by(current.revision))
    data = file.file.read(LARGEST + 1)
    scanned = evidence.look(data, file.filename or "")
    with write_session(maker.call.engine) as session:
        current = acting.read(session, number, maker.by())
        service.pin(session, number, path, scanned, by=maker.by(current.revision))
        files.keep(maker.call.desk.evidence, data)  # before the commit: a refused file is not on disk


def unpin(session: Session, maker: Maker, application: Application, wanted: str) -> None:
    """Take one file off its place; one that is off already stays off."""
    path, _, text = wanted.partition(" ")
    try:
        file_id = UUID(text)
    except ValueError as wrong:
        raise NotFound("evidence-not-found") from wrong
    if any(one.file_id == file_id and one.path == path for one in application.pinned):
        service.unpin(session, application.number, path, file_id, by=maker.by(application.revision))
