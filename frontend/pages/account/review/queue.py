"""What waits for a review, and taking the oldest of it."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from frontend.pages.account.parts import Visit, VisitDep
from frontend.pages.account.review.desk import Officer, OfficerDep, case_path
from frontend.pages.paging import cut, pager
from frontend.templating import respond
from frontend.views import formats
from frontend.views.parts import Badge, Link, Notice, Option, Tone
from frontend.views.parts import Field as Input
from frontend.views.review import QueueLine, QueueView, Tick
from registry.access.http import May
from registry.access.permissions import Act
from registry.applications import acting, reviewing, store
from registry.applications.parts import Subject
from registry.applications.queue import Order, Queue, Waiting, Wanted, queue
from registry.applications.states import WITH_REGISTRY, State, Step, open_steps
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict

router = APIRouter(prefix="/{lang}/account/review", dependencies=[Depends(May(Act.REVIEW_APPLICATION))])
TONES = {
    State.SUBMITTED: Tone.QUIET,
    State.IN_REVIEW: Tone.WARN,
    State.APPROVED_ONCE: Tone.GOOD,
    State.PUBLISHED: Tone.GOOD,
    State.REMOVED: Tone.BAD,
}


class Asked(BaseModel):
    """The filters as they stand in the address; what is no filter asks for everything."""

    model_config = ConfigDict(extra="ignore")

    q: str = Field("", max_length=80)
    subject: str = Field("", max_length=24)
    state: str = Field("", max_length=16)
    order: str = Field("", max_length=8)
    overdue: str = Field("", max_length=4)
    mine: str = Field("", max_length=4)
    page: str = Field("", max_length=9)
    taken: str = Field("", max_length=4, description="Somebody was faster")

    def wanted(self) -> Wanted:
        return Wanted(
            order=Order.RISK if self.order == Order.RISK else Order.AGE,
            state=State(self.state) if self.state in set(WITH_REGISTRY) else None,
            subject=Subject(self.subject) if self.subject in set(Subject) else None,
            overdue=self.overdue == "1",
            mine=self.mine == "1",
            words=self.q,
        )

    def address(self, here: str, page: int) -> str:
        """The same filters on another page."""
        kept = {**self.model_dump(exclude={"page", "taken"}), "page": str(page) if page > 1 else ""}
        query = urlencode([(name, value) for name, value in kept.items() if value])
        return f"{here}?{query}" if query else here


AskedDep = Annotated[Asked, Query()]


@router.get("/queue")
def waiting(visit: VisitDep, officer: OfficerDep, asked: AskedDep) -> Response:
    """The cases with the registry, without those of the officer's own organisation."""
    words, here = visit.words, visit.path("review/queue")
    with read_session(visit.site.engine) as session:
        found = _queue(session, asked.wanted(), officer)
        free = _oldest(session, officer)
    part = cut(found.lines, asked.page)
    view = QueueView(
        counts=words.say(
            "review.counts", total=found.total, mine=found.mine, overdue=found.overdue, days=officer.desk.days
        ),
        lines=tuple(_line(visit, one, officer) for one in part.items),
        fields=_fields(visit, asked),
        ticks=tuple(
            Tick(name, words.say(f"review.only-{name}"), getattr(asked, name) == "1")
            for name in ("overdue", "mine")
        ),
        take_action=f"{here}/oldest" if free else "",
        nothing=words.say("review.none-found" if found.total else "review.cleared"),
        pager=pager(part.page, part.pages, lambda page: asked.address(here, page)),
        links=(Link("JSON", "/api/v1/applications/queue"),),
        notices=(Notice(Tone.WARN, words.say("application-taken")),) if asked.taken else (),
    )
    return respond(visit.request, visit.lang, "account/review/queue.html", view=view)


@router.post("/queue/oldest")
def take_oldest(visit: VisitDep, officer: OfficerDep) -> Response:
    """Take the case that has waited longest and that this officer may take; of two officers one gets it."""
    with read_session(visit.site.engine) as session:
        oldest = _oldest(session, officer)
    if oldest is None:
        return visit.go("review/queue")
    number, revision = oldest
    try:
        with write_session(visit.site.engine) as session:
            reviewing.take(session, number, officer.by(revision))
    except Conflict:
        return visit.go("review/queue?taken=1")
    return RedirectResponse(case_path(visit, number), status_code=303)


def _queue(session: Session, wanted: Wanted, officer: Officer) -> Queue:
    return queue(session, wanted, actor=officer.actor, today=officer.today, limit_days=officer.desk.days)


def _oldest(session: Session, officer: Officer) -> tuple[str, int] | None:
    """Number and revision of the first case in the queue that is open to this officer."""
    person = acting.person(session, officer.by())
    for line in _queue(session, Wanted(), officer).lines:
        if line.assignee_id is None:
            one = store.get(session, line.number, levels=officer.desk.levels)
            if Step.TAKE in open_steps(one.case, person):
                return one.number, one.revision
    return None


def _line(visit: Visit, one: Waiting, officer: Officer) -> QueueLine:
    words = visit.words
    late = Badge(words.say("review.late", day=one.due_on), Tone.BAD) if one.overdue and one.due_on else None
    if one.assignee_id is None:
        owner = "—"
    else:
        mine = one.assignee_id == officer.actor.account_id
        owner = words.say("review.owner-me" if mine else "review.owner-other")
    hints = words.say("review.hints", count=one.warnings) if one.warnings else words.say("review.no-hints")
    return QueueLine(
        number=one.number,
        href=case_path(visit, one.number),
        name=one.name or "—",
        organisation=one.organisation or words.say("account.unlisted"),
        subject=words.say(f"review.subject.{one.subject}"),
        state=state_badge(visit, one.state),
        waited=words.say("review.waited", days=formats.number(one.days), round=one.round),
        late=late,
        hints=Badge(hints, Tone.WARN if one.warnings else Tone.QUIET),
        owner=owner,
    )


def state_badge(visit: Visit, state: State) -> Badge:
    return Badge(visit.words.say(f"review.state.{state}"), TONES.get(state, Tone.QUIET))


def _fields(visit: Visit, asked: Asked) -> tuple[Input, ...]:
    words = visit.words

    def select(name: str, values: list[tuple[str, str]]) -> Input:
        chosen = getattr(asked, name)
        options = tuple(Option(value, label, value == chosen) for value, label in values)
        return Input(name, words.say(f"review.filter-{name}"), kind="select", options=options, required=True)

    every = ("", words.say("review.every"))
    states = (State.SUBMITTED, State.IN_REVIEW, State.APPROVED_ONCE)
    return (
        Input("q", words.say("review.filter-q"), asked.q, kind="search"),
        select("subject", [every, *((str(one), words.say(f"review.subject.{one}")) for one in Subject)]),
        select("state", [every, *((str(one), words.say(f"review.state.{one}")) for one in states)]),
        select("order", [("", words.say("review.by-age")), ("risk", words.say("review.by-risk"))]),
    )
