"""What the pages of one check share: its state, its form as typed, its pack in words, its addresses."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue.checks import service, store
from catalogue.checks.http import Desk, DeskDep
from catalogue.checks.state import CheckState
from catalogue.checks.store import Kept
from frontend.forms import Unreadable, read_day, tidy
from frontend.frame import LangPath
from frontend.pages.check_words import PackWords
from frontend.pages.reference import Reference, reference
from frontend.pages.words import Words
from frontend.site import Site, SiteDep
from frontend.templating import respond
from frontend.views.parts import Field, FieldError, Option
from registry.changes import feed
from registry.changes.reading import Point
from registry.kit.clock import now
from registry.kit.confined import MEGABYTE
from registry.kit.errors import TooLarge
from registry.kit.sheets import Limits
from registry.policies import service as policies
from registry.policies.pack import Pack

FORM_BYTES = 2 * MEGABYTE
UPLOAD_BYTES = Limits().file_bytes + MEGABYTE
MOST_FIELDS = 6_000
LONGEST_PROJECT = 120


async def _typed(request: Request) -> AsyncIterator[FormData]:
    """The form as typed; its size is known before anything is read."""
    if not fits(request, FORM_BYTES):
        raise TooLarge
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as typed:
        yield typed


async def _uploaded(request: Request) -> AsyncIterator[FormData | None]:
    """The form with a file, which is closed afterwards; None where it is too large to be read at all."""
    if not fits(request, UPLOAD_BYTES):
        yield None
        return
    async with request.form(max_files=1, max_fields=MOST_FIELDS) as typed:
        yield typed


def fits(request: Request, limit: int) -> bool:
    stated = request.headers.get("content-length", "")
    return stated.isascii() and stated.isdecimal() and int(stated) <= limit


TypedDep = Annotated[FormData, Depends(_typed)]
UploadDep = Annotated[FormData | None, Depends(_uploaded)]


def text(typed: FormData, name: str) -> str:
    """One value of the form as text that can be written; an absent or file value is empty."""
    value = typed.get(name, "")
    return writable(value) if isinstance(value, str) else ""


def writable(value: str) -> str:
    """Half a character, which a form in some encodings can carry, becomes a question mark.

    So does NUL, which PostgreSQL keeps in no text.
    """
    return value.encode(errors="replace").decode().replace("\x00", "?")


@dataclass(frozen=True, slots=True)
class Visit:
    """One request to a page of the checks, with everything its handler reaches for."""

    request: Request
    words: Words
    site: Site
    desk: Desk

    def page(self, template: str, *, status: int = 200, **context: object) -> Response:
        return respond(self.request, self.words.lang, template, status=status, also_partial=False, **context)

    def go(self, token: str, step: str = "") -> Response:
        return RedirectResponse(self.to(token, step), status_code=303)

    def to(self, token: str, step: str = "") -> str:
        return f"/{self.words.lang}/check/{token}" + (f"/{step}" if step else "")


def _visit(request: Request, lang: LangPath, site: SiteDep, desk: DeskDep) -> Visit:
    return Visit(request, Words(lang), site, desk)


VisitDep = Annotated[Visit, Depends(_visit)]


@dataclass(frozen=True, slots=True)
class Standpoint:
    """A check's own point in time with the words of its pack."""

    at: Point
    terms: PackWords
    packs: tuple[Pack, ...]


def kept_check(session: Session, token: str) -> Kept:
    return store.get(session, token, now=now())


def standpoint(visit: Visit, session: Session, state: CheckState) -> Standpoint:
    at = Point(state.settings.report_day, feed.head(session).seq)
    known = reference(session, at)
    pack = service.chosen_pack(session, state.settings, at)
    return Standpoint(at, PackWords(visit.words, pack, known), tuple(policies.packs(session, at)))


@dataclass(frozen=True, slots=True)
class Asked:
    """The rule and day a form asks for; `faults` name the fields that cannot be used."""

    project: str
    pack_id: str
    day_text: str
    day: date | None
    choices: dict[str, str]
    faults: tuple[FieldError, ...]


def asked(typed: FormData, packs: tuple[Pack, ...], words: Words) -> Asked:
    """The settings as typed; open points that the chosen pack does not ask fall away."""
    faults: list[FieldError] = []
    project, pack_id, day_text = (tidy(text(typed, name)) for name in ("project", "pack", "day"))
    if len(project) > LONGEST_PROJECT:
        said = words.say("check.too-long", limit=LONGEST_PROJECT, length=len(project))
        faults.append(FieldError("project", said))
    pack = next((pack for pack in packs if pack.id == pack_id), None)
    if pack is None:
        faults.append(FieldError("pack", words.say("check.pack-unknown")))
    day = None
    try:
        day = read_day(day_text)
    except Unreadable:
        faults.append(FieldError("day", words.say("check.day-unreadable", value=day_text[:40])))
    else:
        if day is None:
            faults.append(FieldError("day", words.say("check.day-missing")))
    choices = {
        point.point.value: answer
        for point in (pack.open_points if pack else ())
        if (answer := text(typed, f"open-{point.point}")) in point.options and answer != point.default
    }
    return Asked(project, pack_id, day_text, day, choices, tuple(faults))


def on_its_day(session: Session, given: Asked, words: Words) -> Asked:
    """A rule that does not exist yet on the chosen day is a fault of the day."""
    if given.day is None or given.faults:
        return given
    known = policies.packs(session, Point(given.day, feed.head(session).seq))
    if any(pack.id == given.pack_id for pack in known):
        return given
    return replace(given, faults=(FieldError("day", words.say("check.pack-not-on-day", day=given.day)),))


def fields(given: Asked, packs: tuple[Pack, ...], known: Reference, words: Words) -> tuple[Field, ...]:
    """Project, rule and day, with the faults of the last try."""
    said = {fault.field_id: fault.text for fault in given.faults}
    return (
        Field(
            name="project",
            label=words.say("check.project-label"),
            value=given.project,
            hint=words.say("check.project-hint"),
            error=said.get("project", ""),
        ),
        Field(
            name="pack",
            label=words.say("check.pack-label"),
            hint=words.say("check.pack-hint"),
            error=said.get("pack", ""),
            kind="select",
            options=(
                Option("", words.say("check.pack-choose"), not given.pack_id),
                *(
                    Option(pack.id, _pack_option(pack, known, words), pack.id == given.pack_id)
                    for pack in packs
                ),
            ),
            required=True,
        ),
        Field(
            name="day",
            label=words.say("check.day-label"),
            value=given.day_text,
            hint=words.say("check.day-hint"),
            error=said.get("day", ""),
            required=True,
        ),
    )


def open_fields(pack: Pack, choices: dict[str, str], words: Words) -> tuple[Field, ...]:
    """A select for every point the pack's text leaves open and offers more than one answer to."""
    return tuple(
        Field(
            name=f"open-{point.point}",
            label=words.say(f"check.open.{point.point}"),
            hint=words.say("check.open-hint"),
            kind="select",
            options=tuple(
                Option(
                    answer,
                    words.say(f"check.answer.{point.point}.{answer}"),
                    choices.get(point.point, point.default) == answer,
                )
                for answer in point.options
            ),
            required=True,
        )
        for point in pack.open_points
        if len(point.options) > 1
    )


def pack_status(pack: Pack, words: Words) -> str:
    return words.say(f"check.pack-status.{pack.sources[0].status}")


def _pack_option(pack: Pack, known: Reference, words: Words) -> str:
    """The rule by name; where its list is not loaded, what can come of it."""
    option = words.say(
        "check.pack-option",
        title=words.pick(pack.title_zh, pack.title_en),
        region=known.region(pack.region, words),
        edition=pack.edition,
        status=pack_status(pack, words),
    )
    return option if pack.kinds is not None else words.say("check.pack-not-loaded", option=option)
