"""Reporting a problem without an account: the form, its checks, and a number to keep."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from frontend.csrf import refuse_cross_site_writes
from frontend.forms import legible
from frontend.frame import LangPath
from frontend.pages import verify
from frontend.pages.check_desk import fits, text
from frontend.pages.supervision.complain import complain_href
from frontend.pages.words import Words
from frontend.site import Site, SiteDep
from frontend.templating import respond
from frontend.views.parts import Field, FieldError, Link, Notice, Option, Tone
from frontend.views.problem import ProblemFormView, ProblemTakenView
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.reading import find_code
from registry.feedback import service
from registry.feedback.service import LONGEST_ABOUT, LONGEST_CONTACT, LONGEST_TEXT, Problem, ProblemKind
from registry.kit.clock import NowDep
from registry.kit.db import read_session, write_session
from registry.kit.errors import NotFound, TooLarge
from registry.kit.ids import parse_code
from registry.kit.senders import sender

router = APIRouter(
    prefix="/{lang}/report-problem",
    dependencies=[Depends(May(Act.REPORT_PROBLEM)), Depends(refuse_cross_site_writes)],
)

FORM_BYTES = 40_000  # the longest text in the widest encoding of a form, and room beside it
SHORTEST = 5
NUMBER = re.compile(r"WT-[0-9A-Z]{8}")
PATHS = {"product": "products", "organisation": "organisations", "plant": "plants"}
PAGE = {"kind": ProblemKind.WRONG_INFORMATION.value, "text": "", "contact": ""}


async def _typed(request: Request) -> FormData:
    """The form as typed; its size is known before anything of it is read."""
    if not fits(request, FORM_BYTES):
        raise TooLarge
    return await request.form(max_files=0, max_fields=10)


@router.get("")
def form(
    request: Request, lang: LangPath, site: SiteDep, about: Annotated[str, Query(max_length=400)] = ""
) -> Response:
    view = _view(site, Words(lang), {**PAGE, "about": legible(about.strip())[:LONGEST_ABOUT]})
    return respond(request, lang, "problem/form.html", view=view)


@router.post("")
def report(
    request: Request, lang: LangPath, site: SiteDep, now: NowDep, typed: Annotated[FormData, Depends(_typed)]
) -> Response:
    """Keep what is in order; otherwise the form again, with every fault named."""
    words = Words(lang)
    given = {name: text(typed, name).strip() for name in ("kind", "about", "text", "contact")}
    faults = _faults(given, words)
    if faults:
        view = _view(site, words, given, faults)
        return respond(request, lang, "problem/form.html", status=422, view=view)
    problem = Problem(ProblemKind(given["kind"]), given["about"], given["text"], given["contact"])
    address = sender(request)
    limits = service.Limits(site.settings.problem_days, site.settings.problems_per_day)
    try:
        with write_session(site.engine) as session:
            number = service.take(session, problem, address=address, now=now, limits=limits)
    except service.TooManyProblems as refused:
        view = _view(site, words, given, refused=words.say(refused.key, **refused.facts))
        return respond(request, lang, "problem/form.html", status=refused.status, view=view)
    return RedirectResponse(f"/{lang}/report-problem/taken?number={number}", status_code=303)


@router.get("/taken")
def taken(
    request: Request, lang: LangPath, site: SiteDep, number: Annotated[str, Query(max_length=20)]
) -> Response:
    """The number alone: what was typed is shown to nobody but the operator."""
    if not NUMBER.fullmatch(number):
        raise NotFound
    view = ProblemTakenView(number, site.settings.problem_days)
    return respond(request, lang, "problem/taken.html", view=view)


def _faults(given: dict[str, str], words: Words) -> tuple[FieldError, ...]:
    found = []
    if given["kind"] not in {kind.value for kind in ProblemKind}:
        found.append(FieldError("kind", words.say("problem.kind-missing")))
    if len(given["text"]) < SHORTEST:
        found.append(FieldError("text", words.say("problem.text-missing")))
    for name, limit in (("about", LONGEST_ABOUT), ("text", LONGEST_TEXT), ("contact", LONGEST_CONTACT)):
        if len(given[name]) > limit:
            said = words.say("problem.too-long", limit=limit, length=len(given[name]))
            found.append(FieldError(name, said))
    return tuple(found)


def _view(
    site: Site, words: Words, given: dict[str, str], faults: tuple[FieldError, ...] = (), *, refused: str = ""
) -> ProblemFormView:
    said = {fault.field_id: fault.text for fault in faults}
    with read_session(site.engine) as session:
        about = _about(session, words, given["about"])
    notice = Notice(Tone.BAD, refused, words.say("problem.come-back")) if refused else None
    if notice is None and site.demonstration:
        notice = Notice(Tone.WARN, words.say("report.nobody"))
    return ProblemFormView(
        action=f"/{words.lang}/report-problem",
        about=about,
        fields=tuple(_fields(words, given, said)),
        errors=faults,
        days=site.settings.problem_days,
        complain_href=complain_href(given["about"], words),
        notice=notice,
    )


def _fields(words: Words, given: dict[str, str], said: dict[str, str]) -> list[Field]:
    def one(name: str, *, kind: str, required: bool, options: tuple[Option, ...] = ()) -> Field:
        return Field(
            name=name,
            label=words.say(f"problem.{name}"),
            value=given[name],
            hint=words.say(f"problem.{name}-hint"),
            error=said.get(name, ""),
            kind=kind,
            options=options,
            required=required,
        )

    kinds = tuple(
        Option(kind.value, words.say(f"problem.kind.{kind}"), kind.value == given["kind"])
        for kind in ProblemKind
    )
    return [
        one("kind", kind="select", required=True, options=kinds),
        one("about", kind="text", required=False),
        one("text", kind="textarea", required=True),
        one("contact", kind="text", required=False),
    ]


def _about(session: Session, words: Words, typed: str) -> Link | None:
    """A link to what the number names, so that its reporter sees that it is the right one."""
    printed = parse_code(typed)
    record = find_code(session, printed) if printed else None
    if record is None:
        return None
    folder = PATHS.get(record.kind)
    href = f"/{words.lang}/{folder}/{record.code}" if folder else verify.address(record.code)
    return Link(record.code, href)
