"""Complaints at work: one list and one page for the office, the party and the body, each seeing its part."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from sqlmodel import Session

from frontend.pages.account.body.side import Clerk, ClerkDep
from frontend.pages.account.supervision.forms import forms
from frontend.pages.account.supervision.parts import NOTHING, Again, by, desk, home, page
from frontend.pages.supervision import complaint_words, told
from frontend.pages.supervision.naming import beside, names
from frontend.views import formats
from frontend.views.parts import Link, Notice, Tone
from frontend.views.supervision import Cell, SheetView, Table
from registry.access.http import May
from registry.access.permissions import Act, may
from registry.changes.reading import point
from registry.evidence import files
from registry.kit.db import read_session
from registry.kit.errors import NotFound
from registry.supervision import handling, intake, store
from registry.supervision.complaint import Complaint
from registry.supervision.states import OPEN, Step

router = APIRouter(prefix="/{lang}/account/complaints", dependencies=[Depends(May(Act.READ_COMPLAINT))])
DONE = frozenset(map(str, Step))


@router.get("")
def complaints(clerk: ClerkDep) -> Response:
    """For the office all it may read, for others those about themselves; open ones first."""
    words = clerk.visit.words
    with read_session(clerk.visit.site.engine) as session:
        office, party = handling.of_office(session, by(clerk)), handling.of_party(session, by(clerk))
        about = ((one.subject_kind, one.subject_id) for one in (*office, *party))
        named = names(session, about, point(session, clerk.today), words)
    tables = []
    if may(clerk.actor, Act.HANDLE_COMPLAINT):
        tables.append(_table(clerk, "office", office, named))
    tables.append(_table(clerk, "party", party, named))
    view = SheetView(
        title=words.say("complaint.list"), lead=words.say("complaint.list-lead"), crumbs=(home(clerk),),
        tables=tuple(tables), private=True,
    )  # fmt: skip
    return page(clerk, view)


@router.get("/{number}")
def complaint(clerk: ClerkDep, number: str, done: Annotated[str, Query(max_length=20)] = "") -> Response:
    words = clerk.visit.words
    notices = (Notice(Tone.GOOD, words.say(f"complaint.done.{done}")),) if done in DONE else ()
    return show(clerk, number, Again(notices=notices))


@router.get("/{number}/file", dependencies=[Depends(May(Act.HANDLE_COMPLAINT))])
def file(clerk: ClerkDep, number: str) -> Response:
    """The file that came with it, for the office alone: it may say who complained."""
    with read_session(clerk.visit.site.engine) as session:
        one, seen = handling.read(session, number, by(clerk))
    if one.paper is None or seen is not None:
        raise NotFound("evidence-not-found")
    content = files.content(intake.folder_of(desk(clerk).evidence, one.id.hex), one.paper.sha256)
    return Response(content, media_type=one.paper.media_type, headers=files.headers(one.paper.name))


def show(clerk: Clerk, number: str, again: Again = NOTHING) -> Response:
    """The complaint as far as this reader sees it, with the forms of the steps open to them."""
    with read_session(clerk.visit.site.engine) as session:
        view = _view(session, clerk, number, again)
    return page(clerk, view, again.status)


def _view(session: Session, clerk: Clerk, number: str, again: Again) -> SheetView:
    words, who = clerk.visit.words, by(clerk)
    one, seen = handling.read(session, number, who)
    events = store.events(session, one.id)
    return SheetView(
        title=words.say(f"complaint.allegation.{one.allegation}"),
        code=one.number,
        state=told.complaint_badge(one.state, words),
        crumbs=(home(clerk), Link(words.say("complaint.list"), clerk.visit.path("complaints"))),
        notices=(*again.notices, *_notices(clerk, one, seen)),
        errors=again.errors,
        facts=complaint_words.facts(session, one, words, seen=seen, today=clerk.today),
        passages=complaint_words.passages(one, events, words, seen),
        forms=forms(clerk, one, again),
        acts=complaint_words.acts(events, words, who.person),
        links=_links(session, clerk, one, seen),
        private=True,
    )


def _notices(clerk: Clerk, one: Complaint, seen: frozenset[str] | None) -> tuple[Notice, ...]:
    """For an officer: until when nothing can be decided, and that another must decide."""
    words = clerk.visit.words
    if seen is not None:
        return ()
    due = one.case.reply_due
    if one.state in OPEN and due is not None and clerk.today <= due and one.state == "admitted":
        return (Notice(Tone.QUIET, words.say("complaint-reply-time-runs", day=due)),)
    if one.state in OPEN and one.case.deciders[-1:] == (by(clerk).person.account_id,):
        return (Notice(Tone.QUIET, words.say("complaint.second-needed")),)
    return ()


def _links(session: Session, clerk: Clerk, one: Complaint, seen: frozenset[str] | None) -> tuple[Link, ...]:
    words, found = clerk.visit.words, []
    if one.paper is not None and seen is None:
        size = formats.file_size(one.paper.size)
        shown = words.say("complaint.open-file", name=one.paper.name, size=size)
        found.append(Link(shown, clerk.visit.path(f"complaints/{one.number}/file")))
    code = handling.finding_code(session, one)
    if code:
        found.append(Link(words.say("complaint.finding"), told.verify_href(code)))
    return tuple(found)


def _table(clerk: Clerk, name: str, found: Sequence[Complaint], named: Mapping[UUID, str]) -> Table:
    words = clerk.visit.words
    soon = clerk.today + timedelta(days=3)

    def due(one: Complaint) -> Cell:
        day = one.case.reply_due
        if day is None:
            return Cell("—")
        if one.state == "admitted" and day <= soon:
            return Cell(words.say("complaint.due-soon", day=day))
        return Cell(words.day(day))

    return Table(
        name,
        words.say(f"complaint.table.{name}"),
        tuple(words.say(f"complaint.column.{one}") for one in ("number", "about", "kind", "state", "due")),
        tuple(
            (
                Cell(one.number, clerk.visit.path(f"complaints/{one.number}"), keep=True),
                Cell(beside(one.subject_code, named.get(one.subject_id))),
                Cell(words.say(f"complaint.allegation.{one.allegation}")),
                Cell(badge=told.complaint_badge(one.state, words)),
                due(one),
            )
            for one in found
        ),
        words.say("complaint.table.nothing"),
    )
