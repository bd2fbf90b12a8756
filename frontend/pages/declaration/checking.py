"""A declaration's file looked at before anything is recorded: uploaded, read, shown with every finding."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, UploadFile

from frontend.csrf import refuse_cross_site_writes
from frontend.pages.account.parts import TypedDep, given
from frontend.pages.check_desk import UploadDep, Visit, VisitDep, text
from frontend.pages.declaration import saving
from frontend.pages.declaration.document import document, text_of
from frontend.pages.declaration.kinds import KIND, Choosing, kind_field, known_kinds, material_view
from frontend.pages.declaration.saving import Asking
from frontend.pages.words import Words
from frontend.views.declaration import (
    CheckedView,
    Finding,
    Findings,
    MaterialView,
    SavingView,
    UploadView,
)
from frontend.views.parts import Badge, Fact, FieldError, FileField, Link, Tone
from registry.access.http import May
from registry.access.permissions import Act
from registry.applications import documented
from registry.applications.documents import Document
from registry.applications.http import Call, CallDep
from registry.changes.feed import head
from registry.changes.reading import Point
from registry.declarations.documents import uploads
from registry.declarations.documents.beside import beside
from registry.declarations.documents.examining import Note, examined
from registry.declarations.documents.material import unknown
from registry.declarations.documents.uploads import Upload
from registry.declarations.documents.uploads_api import bare_name
from registry.declarations.formats import confined
from registry.declarations.formats.reading import Unreadable
from registry.declarations.preflight.model import Severity
from registry.kit.clock import civil_day, now
from registry.kit.confined import MEGABYTE
from registry.kit.db import read_session, write_session

router = APIRouter(
    prefix="/{lang}/declarations/check",
    dependencies=[Depends(May(Act.CHECK_BILL)), Depends(refuse_cross_site_writes)],
)
PlaceQuery = Annotated[str, Query(max_length=4)]
LONGEST_KIND = 64
KindQuery = Annotated[str, Query(max_length=LONGEST_KIND)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for: which document of the file, and as which kind of material."""

    n: str
    kind: str


def _wanted(n: PlaceQuery = "1", kind: KindQuery = "") -> Wanted:
    return Wanted(n, kind)


WantedDep = Annotated[Wanted, Depends(_wanted)]
LARGEST = confined.USUAL.largest
ACCEPT = ".xml,.json,.zip,.epb,.csv,.xlsx"
TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WARN, Severity.NOTE: Tone.QUIET}


@router.get("")
def start(visit: VisitDep) -> Response:
    return _start(visit)


@router.post("")
def upload(visit: VisitDep, typed: UploadDep) -> Response:
    """Read the file and show it; one that cannot be read leaves nothing behind, all faults are told at once.

    The kind of material goes on in the address.
    """
    if typed is None:
        said = visit.words.say("declaration-too-large", bytes="", limit=f"{LARGEST // MEGABYTE} MB")
        return _start(visit, FieldError("file", said), status=413)
    kind = text(typed, KIND)[:LONGEST_KIND]
    with read_session(visit.site.engine) as session:
        wrong = unknown(session, kind, Point(civil_day(now()), head(session).seq))
    faults = [FieldError(KIND, visit.words.say(wrong.key, **wrong.facts))] if wrong else []
    try:
        looked = uploads.look(*_file(typed))
    except Unreadable as refused:
        faults.insert(0, FieldError("file", visit.words.say(refused.key, **refused.facts)))
    if faults:
        return _start(visit, *faults, kind=kind, status=422)
    with write_session(visit.site.engine) as session:
        token = uploads.create(session, looked, now=now(), days=visit.desk.days)
    asked = f"?{urlencode({KIND: kind})}" if kind else ""
    return RedirectResponse(address(visit, token) + asked, status_code=303)


@router.get("/deleted")
def deleted(visit: VisitDep) -> Response:
    return visit.page("declaration/deleted.html")


@router.get("/{token}")
def show(visit: VisitDep, token: str, call: CallDep, wanted: WantedDep) -> Response:
    """One document of the file with everything found; `n` chooses it, `kind` says of what it is."""
    return _shown(visit, token, call, wanted)


@router.post("/{token}/save", dependencies=[Depends(May(Act.APPLY))])
def save(visit: VisitDep, token: str, call: CallDep, typed: TypedDep, wanted: WantedDep) -> Response:
    """Fill a maker's draft from the document; sent twice, or in two tabs, it is one draft."""
    found = kept(visit, token)
    document = Document(found.readings[_place(found, wanted.n) - 1], found.file_name, found.sha256)
    product = given(typed, saving.PRODUCT)
    if not product:
        return _shown(visit, token, call, wanted, fault=visit.words.say("maker.product-needed"))
    with write_session(visit.site.engine) as session:
        begun = documented.start(session, document, product, call.by())
    return RedirectResponse(f"/{visit.words.lang}/account/maker/{begun.number}/carbon", status_code=303)


def _shown(visit: Visit, token: str, call: Call, wanted: Wanted, *, fault: str = "") -> Response:
    found = kept(visit, token)
    place, here = _place(found, wanted.n), address(visit, token)
    reading = found.readings[place - 1]
    asking = Asking(call.actor, reading.dataset, call.today, here, place)
    with read_session(visit.site.engine) as session:
        offer = saving.offered(session, asking, visit.words, fault)
        known = beside(session, reading, wanted.kind, call.today)
        choosing = Choosing(known_kinds(session, call.today), wanted.kind, here, place)
    errors = (FieldError(saving.PRODUCT, fault),) if fault else ()
    material = material_view(choosing, known.material, visit.words)
    checked = Checked(visit.words, found, here, place, wanted.kind)
    view = checked.view(examined(reading.dataset, known.context), offer, material, errors)
    return visit.page("declaration/checked.html", status=422 if fault else 200, view=view)


def _place(found: Upload, n: str) -> int:
    """Which document of the file is meant; the first where it is none of them."""
    return int(n) if n.isascii() and n.isdecimal() and 1 <= int(n) <= len(found.readings) else 1


@router.get("/{token}/delete")
def ask_delete(visit: VisitDep, token: str) -> Response:
    found = kept(visit, token)
    return visit.page(
        "declaration/delete.html",
        action=address(visit, token) + "/delete",
        back=address(visit, token),
        file_name=found.file_name,
    )


@router.post("/{token}/delete")
def delete(visit: VisitDep, token: str) -> Response:
    """Everything that was read of the file goes."""
    with write_session(visit.site.engine) as session:
        uploads.remove(session, uploads.get(session, token, now=now()))
    return RedirectResponse(address(visit, "deleted"), status_code=303)


def kept(visit: Visit, token: str) -> Upload:
    with read_session(visit.site.engine) as session:
        return uploads.get(session, token, now=now())


def address(visit: Visit, token: str) -> str:
    return f"/{visit.words.lang}/declarations/check/{token}"


def _start(visit: Visit, *faults: FieldError, kind: str = "", status: int = 200) -> Response:
    """The form, with what was chosen and what was wrong beside each field."""
    words, told = visit.words, {one.field_id: one.text for one in faults}
    with read_session(visit.site.engine) as session:
        choice = kind_field(known_kinds(session, civil_day(now())), kind, words, told.get(KIND, ""))
    file = FileField(
        name="file",
        label=words.say("declaration.file"),
        accept=ACCEPT,
        hint=words.say("declaration.file-hint", limit=LARGEST // MEGABYTE),
        error=told.get("file", ""),
    )
    view = UploadView(file, choice, visit.desk.days, faults)
    return visit.page("declaration/check.html", status=status, view=view)


def _file(typed: FormData) -> tuple[bytes, str]:
    given = typed.get("file")
    if not isinstance(given, UploadFile) or not given.filename:
        raise Unreadable("declaration-file-missing")
    return given.file.read(LARGEST + 1), bare_name(given.filename)


@dataclass(frozen=True, slots=True)
class Checked:
    """One document of an upload being put into words; `place` counts from 1, `kind` is as asked for."""

    words: Words
    upload: Upload
    here: str
    place: int
    kind: str = ""

    def view(
        self,
        notes: Sequence[Note],
        offer: SavingView,
        material: MaterialView,
        errors: tuple[FieldError, ...] = (),
    ) -> CheckedView:
        words, reading = self.words, self.upload.readings[self.place - 1]
        return CheckedView(
            title=text_of(reading.dataset.names, words) or words.say("declaration.unnamed"),
            file=tuple(self._file()),
            others=tuple(self._others()),
            material=material,
            findings=tuple(findings(notes, words)),
            nothing_found="" if notes else words.say("declaration.nothing-found"),
            document=document(reading.dataset, reading.remarks, reading.origins, words),
            saving=offer,
            delete_href=f"{self.here}/delete",
            json_href=f"/api/v1/declarations/check/{self.here.rsplit('/', 1)[-1]}{self._asked('?')}",
            errors=errors,
        )

    def _file(self) -> Iterator[Fact]:
        words, source = self.words, self.upload.readings[self.place - 1].source
        yield Fact(words.say("declaration.file-name"), self.upload.file_name)
        version = f" {source.version}" if source.version else ""
        yield Fact(words.say("declaration.format"), f"{source.format}{version}", source.member or "")
        yield Fact("SHA-256", self.upload.sha256)
        yield Fact(words.say("declaration.kept-until"), words.day(self.upload.expires_at.date()))

    def _others(self) -> Iterator[Link]:
        if len(self.upload.readings) > 1:
            for number, one in enumerate(self.upload.readings, 1):
                name = text_of(one.dataset.names, self.words) or self.words.say("declaration.unnamed")
                there = f"{self.here}?n={number}{self._asked('&')}"
                yield Link(f"{number}. {name}", "" if number == self.place else there)

    def _asked(self, sign: str) -> str:
        """The kind in an address, where one was asked for."""
        return sign + urlencode({KIND: self.kind}) if self.kind else ""


def findings(notes: Sequence[Note], words: Words) -> Iterator[Findings]:
    """Notes by severity, errors first."""
    for severity, tone in TONES.items():
        found = [one for one in notes if one.severity is severity]
        if found:
            badge = Badge(words.say(f"severity.{severity}", count=len(found)), tone)
            yield Findings(badge, tuple(_finding(one, words) for one in found))


def _finding(one: Note, words: Words) -> Finding:
    mend = words.say(one.mend, **one.facts) if one.mend else ""
    return Finding(words.say(one.key, **one.facts), mend, words.listed(dict.fromkeys(one.places)))
