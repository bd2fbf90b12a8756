"""Complaining without an account: the form with its file, and the address under which it is followed."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, UploadFile

from frontend.csrf import refuse_cross_site_writes
from frontend.forms import legible
from frontend.frame import LangPath
from frontend.i18n import Lang
from frontend.pages.check_desk import fits, text
from frontend.pages.party_links import report_href
from frontend.pages.supervision import told
from frontend.pages.words import Words
from frontend.site import Site, SiteDep
from frontend.templating import respond
from frontend.views.parts import Field, FieldError, FileField, Link, Notice, Option, Tone
from frontend.views.supervision import ComplainView
from registry.access.actors import Actor
from registry.access.http import ActorDep, May
from registry.access.permissions import Act
from registry.accounts.limiting import TooManyTries
from registry.changes.reading import find_code, point
from registry.evidence import service as evidence
from registry.evidence.kinds import LARGEST, EvidenceRefused
from registry.kit.clock import NowDep
from registry.kit.confined import MEGABYTE
from registry.kit.db import read_session, write_session
from registry.kit.errors import DomainError, Faulty, NotFound, TooLarge
from registry.kit.ids import parse_code
from registry.kit.senders import sender
from registry.supervision import erasing, intake
from registry.supervision.facts import Allegation
from registry.supervision.http import Desk
from registry.supervision.intake import Given, Origin, TooManyComplaints, Upload
from registry.supervision.subjects import subject

router = APIRouter(
    prefix="/{lang}/complain", dependencies=[Depends(May(Act.COMPLAIN)), Depends(refuse_cross_site_writes)]
)
NAMES = ("about", "allegation", "lot", "words", "contact")
ACCEPT = ".pdf,.png,.jpg,.jpeg"
LONGEST_ABOUT = 80
SCANS = 10  # files of one sender looked through in the limiter's quarter of an hour


@dataclass(frozen=True, slots=True)
class Visit:
    """One request to the form, with everything its handler reaches for."""

    request: Request
    lang: Lang
    site: Site
    actor: Actor
    now: datetime

    @property
    def words(self) -> Words:
        return Words(self.lang)

    @property
    def desk(self) -> Desk:
        return Desk.of(self.site.settings)

    @property
    def origin(self) -> Origin:
        return Origin(self.actor, sender(self.request), self.now, self.desk.terms)


def _visit(request: Request, lang: LangPath, site: SiteDep, actor: ActorDep, now: NowDep) -> Visit:
    return Visit(request, lang, site, actor, now)


VisitDep = Annotated[Visit, Depends(_visit)]


@dataclass(frozen=True, slots=True)
class Again:
    """The form as it came, with what was wrong."""

    values: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[FieldError, ...] = ()
    refused: str = ""
    status: int = 200


async def _typed(request: Request) -> AsyncIterator[FormData]:
    """The form with its file, whose size is known before it is read and which is closed at the end."""
    if not fits(request, LARGEST + MEGABYTE):
        raise TooLarge
    async with request.form(max_files=1, max_fields=10) as typed:
        yield typed


TypedDep = Annotated[FormData, Depends(_typed)]


@router.get("")
def form(visit: VisitDep, about: Annotated[str, Query(max_length=400)] = "") -> Response:
    return _page(visit, Again({"about": legible(about.strip())[:LONGEST_ABOUT]}))


@router.post("")
def complain(visit: VisitDep, typed: TypedDep) -> Response:
    """Keep what is in order; otherwise the form again, with every fault named."""
    values = {name: text(typed, name).strip() for name in NAMES}
    given = Given(**values)
    try:
        if found := intake.faults(given):
            raise Faulty("complaint-unfit", faults=found)
        token = _taken(visit, given, typed)
    except DomainError as refused:
        return _page(visit, _refused(visit.words, values, refused))
    return RedirectResponse(f"/{visit.lang}/complaints/{token}?done=start", status_code=303)


def _taken(visit: Visit, given: Given, typed: FormData) -> str:
    """The file is scanned with no writer waiting, for a sender who has a complaint left and names what is.

    Every scan counts: a file that is refused leaves no complaint behind.
    """
    desk, origin = visit.desk, visit.origin
    with write_session(visit.site.engine) as session:
        erasing.purge(session, desk.evidence, now=visit.now, kept_days=desk.terms.kept_days)
        intake.require_room(session, origin)
        subject(session, given.about, point(session, origin.today))
    file, upload = typed.get("file"), None
    if isinstance(file, UploadFile) and file.filename:
        visit.site.accounts.limiter.spend(f"complaint-file:{origin.address}", SCANS)
        data = file.file.read(LARGEST + 1)
        upload = Upload(evidence.look(data, file.filename), data)
    with write_session(visit.site.engine) as session:
        return intake.take(session, given, origin, folder=desk.evidence, upload=upload)


def _refused(words: Words, values: Mapping[str, str], refused: DomainError) -> Again:
    """Where on the form a refusal belongs."""
    said = words.say(refused.key, **refused.facts)
    match refused:
        case Faulty():
            errors = tuple(FieldError(one.where, words.say(one.key, **one.facts)) for one in refused.faults)
            return Again(values, errors, status=422)
        case EvidenceRefused():
            return Again(values, (FieldError("file", said),), status=422)
        case NotFound():
            return Again(values, (FieldError("about", said),), status=422)
        case TooManyComplaints() | TooManyTries():
            return Again(values, refused=said, status=refused.status)
    raise refused


def _page(visit: Visit, again: Again) -> Response:
    words, terms = visit.words, visit.desk.terms
    values = {name: again.values.get(name, "") for name in NAMES}
    said = {one.field_id: one.text for one in again.errors}
    notice = Notice(Tone.BAD, again.refused) if again.refused else None
    if notice is None and visit.site.demonstration:
        notice = Notice(Tone.WARN, words.say("complaint.demonstration"))
    view = ComplainView(
        action=f"/{visit.lang}/complain",
        about=_about(visit, values["about"]),
        fields=_fields(words, values, said),
        file=FileField(
            "file", words.say("complaint.field.file"), ACCEPT, words.say("complaint.hint.file"),
            said.get("file", ""),
        ),
        errors=again.errors,
        mistake=Link(words.say("complaint.mistake"), report_href(values["about"], words)),
        reply_days=terms.reply_days,
        kept_days=terms.kept_days,
        notice=notice,
    )  # fmt: skip
    return respond(visit.request, visit.lang, "supervision/complain.html", status=again.status, view=view)


def _fields(words: Words, values: Mapping[str, str], said: Mapping[str, str]) -> tuple[Field, ...]:
    kinds = (
        Option("", words.say("complaint.choose"), not values["allegation"]),
        *(
            Option(one.value, words.say(f"complaint.allegation.{one}"), one.value == values["allegation"])
            for one in Allegation
        ),
    )

    def one(
        name: str, *, kind: str = "text", required: bool = False, options: Sequence[Option] = ()
    ) -> Field:
        return Field(
            name=name,
            label=words.say(f"complaint.field.{name}"),
            value=values[name],
            hint=words.say(f"complaint.hint.{name}"),
            error=said.get(name, ""),
            kind=kind,
            options=tuple(options),
            required=required,
        )

    return (
        one("about", required=True),
        one("allegation", kind="select", required=True, options=kinds),
        one("lot"),
        one("words", kind="textarea", required=True),
        one("contact"),
    )


def _about(visit: Visit, typed: str) -> Link | None:
    """A link to what the number names, so that its writer sees that it is the right one."""
    printed = parse_code(typed)
    if printed is None:
        return None
    with read_session(visit.site.engine) as session:
        record = find_code(session, printed)
    return Link(record.code, told.verify_href(record.code)) if record else None


def complain_href(code: str, words: Words) -> str:
    return f"/{words.lang}/complain?about={quote(code)}"
