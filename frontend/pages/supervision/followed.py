"""A complaint under its secret address: what became of it, taking it back, having one's contact erased."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from frontend.csrf import refuse_cross_site_writes
from frontend.pages.check_desk import TypedDep, text
from frontend.pages.supervision import complaint_words, told
from frontend.pages.supervision.complain import Visit, VisitDep
from frontend.templating import respond
from frontend.views.parts import Link, Notice, Tone
from frontend.views.supervision import Form, SheetView
from registry.access.http import May
from registry.access.permissions import Act
from registry.kit.clock import civil_day
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict
from registry.supervision import handling, intake, store
from registry.supervision.api import OF_COMPLAINANT
from registry.supervision.complaint import Complaint
from registry.supervision.states import State, Step, open_steps

router = APIRouter(
    prefix="/{lang}/complaints/{token}",
    dependencies=[Depends(May(Act.COMPLAIN)), Depends(refuse_cross_site_writes)],
)
DONE = frozenset({"start", "withdraw", "erase", "changed"})
LONGEST_REVISION = 9


@router.get("")
def followed(visit: VisitDep, token: str, done: Annotated[str, Query(max_length=20)] = "") -> Response:
    with read_session(visit.site.engine) as session:
        view = _view(session, visit, token, done)
    answer = respond(visit.request, visit.lang, "supervision/sheet.html", view=view)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@router.post("/withdraw")
def withdraw(visit: VisitDep, token: str, typed: TypedDep) -> Response:
    stated = text(typed, "revision")[:LONGEST_REVISION]
    revision = int(stated) if stated.isascii() and stated.isdecimal() else -1
    return _do(
        visit, token, "withdraw",
        lambda session: intake.withdraw(session, token, now=visit.now, revision=revision),
    )  # fmt: skip


@router.post("/erase")
def erase(visit: VisitDep, token: str) -> Response:
    return _do(visit, token, "erase", lambda session: intake.erase_contact(session, token, now=visit.now))


def _do(visit: Visit, token: str, done: str, act: Callable[[Session], Complaint]) -> Response:
    """Do it and show the complaint; who was overtaken sees how it stands now."""
    try:
        with write_session(visit.site.engine) as session:
            act(session)
    except Conflict:
        done = "changed"
    return RedirectResponse(f"/{visit.lang}/complaints/{token}?done={done}", status_code=303)


def _view(session: Session, visit: Visit, token: str, done: str) -> SheetView:
    words = visit.words
    one = store.by_token(session, token)
    events = store.events(session, one.id)
    return SheetView(
        title=words.say("complaint.yours"),
        code=one.number,
        state=told.complaint_badge(one.state, words),
        notices=_notices(visit, done, one),
        facts=complaint_words.facts(session, one, words, seen=OF_COMPLAINANT, today=civil_day(visit.now)),
        passages=complaint_words.passages(one, events, words, OF_COMPLAINANT),
        forms=tuple(_forms(visit, token, one)),
        acts=complaint_words.acts(events, words, None),
        links=_links(session, visit, one),
        private=True,
    )


def _notices(visit: Visit, done: str, one: Complaint) -> tuple[Notice, ...]:
    words, found = visit.words, []
    if done in DONE:
        tone = Tone.WARN if done == "changed" else Tone.GOOD
        found.append(
            Notice(
                tone,
                words.say(f"complaint.done.{done}"),
                words.say("complaint.keep") if done == "start" else "",
            )
        )
    if one.state is State.RECEIVED and not found:
        found.append(Notice(Tone.QUIET, words.say("complaint.waiting")))
    return tuple(found)


def _links(session: Session, visit: Visit, one: Complaint) -> tuple[Link, ...]:
    """The public finding, once there is one."""
    code = handling.finding_code(session, one)
    return (Link(visit.words.say("complaint.finding"), told.verify_href(code)),) if code else ()


def _forms(visit: Visit, token: str, one: Complaint) -> list[Form]:
    words, here = visit.words, f"/{visit.lang}/complaints/{token}"
    found = []
    if one.contact:
        found.append(
            Form(
                "erase", words.say("complaint.erase"), f"{here}/erase", words.say("complaint.erase-button"),
                consequence=words.say("complaint.erase-text"),
            )
        )  # fmt: skip
    if Step.WITHDRAW in open_steps(one.case, None, today=civil_day(visit.now)):
        found.append(
            Form(
                "withdraw", words.say("complaint.withdraw"), f"{here}/withdraw",
                words.say("complaint.withdraw-button"), hidden=(("revision", str(one.revision)),),
                consequence=words.say("complaint.withdraw-text"), danger=True,
            )
        )  # fmt: skip
    return found
