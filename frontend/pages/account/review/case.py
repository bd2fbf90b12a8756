"""One case: what was submitted beside its evidence and checks, what may be decided, and its whole history."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from frontend.pages import verify
from frontend.pages.account.parts import Visit, VisitDep, organisation_names
from frontend.pages.account.review import decisions, submitted
from frontend.pages.account.review import listed as rows_of
from frontend.pages.account.review.desk import Officer, OfficerDep, case_path
from frontend.pages.account.review.labels import Labels
from frontend.pages.account.review.queue import state_badge
from frontend.pages.account.review.rows_asked import Asked
from frontend.pages.account.review.submitted import Material
from frontend.pages.account.review.typed import Again
from frontend.templating import respond
from frontend.views import formats
from frontend.views.parts import Badge, Fact, Link, Notice, Tone
from frontend.views.review import CaseView, HistoryLine, RemarkLine, SubmittedPart
from registry.access.http import May
from registry.access.permissions import Act
from registry.applications import acting, comparing, lists, store
from registry.applications.application import Application, Event, Remark
from registry.applications.queue import Wanted, queue, title
from registry.applications.reading_files import copied_from_elsewhere
from registry.applications.states import WITH_REGISTRY, Person, State, Step, obstacle, open_steps
from registry.kit.db import read_session
from registry.kit.errors import NotFound
from registry.kit.messages import catalogue

router = APIRouter(prefix="/{lang}/account/review/cases", dependencies=[Depends(May(Act.REVIEW_APPLICATION))])
DONE = frozenset(map(str, Step))
PHRASES = ("page", "unit", "scope", "readable", "agree", "plant")


class Shown(BaseModel):
    """What the address says: the step that was just taken, and which rows of a product list."""

    model_config = ConfigDict(extra="ignore")

    done: str = Field("", max_length=20)
    rows: str = Field("", max_length=8)
    row: str = Field("", max_length=8)
    words: str = Field("", max_length=80)


@router.get("/{number}")
def case(visit: VisitDep, officer: OfficerDep, number: str, shown: Annotated[Shown, Query()]) -> Response:
    notices = [Notice(Tone.GOOD, visit.words.say(f"review.done.{shown.done}"))] if shown.done in DONE else []
    return page(visit, officer, number, Again(rows=Asked.of(shown.rows, shown.row, shown.words)), notices)


def page(
    visit: Visit, officer: Officer, number: str, again: Again, notices: Sequence[Notice] = ()
) -> Response:
    """The case, or that its applicant has withdrawn it since this officer took it."""
    with read_session(visit.site.engine) as session:
        try:
            application = acting.read(session, number, officer.by())
        except NotFound:
            if not acting.was_taken_back(session, number, officer.by()):
                raise
            view = _taken_back(visit, number)
        else:
            view = _view(session, visit, officer, application, again)
            view = replace(view, notices=(*notices, *view.notices))
    return respond(visit.request, visit.lang, "account/review/case.html", status=again.status, view=view)


def _view(
    session: Session, visit: Visit, officer: Officer, application: Application, again: Again
) -> CaseView:
    """The whole case for this officer; forms only for the steps that are open to them."""
    words, person = visit.words, acting.person(session, officer.by())
    organisation = application.case.organisation_id
    outcome, known = lists.for_page(session, application, today=officer.today)
    labels = Labels(application, known, words)
    remarks = store.remarks(session, application.id)
    register = comparing.with_register(session, application, today=officer.today)
    last_round = comparing.with_last_round(session, application)
    waiting = application.state in WITH_REGISTRY
    material = Material(
        labels=labels,
        findings=outcome.findings if waiting else (),
        copied=copied_from_elsewhere(session, application) if waiting else (),
        differences=register or last_round,
        remarks=remarks,
        folder=officer.desk.evidence,
        opens=application.case.assignee == person.account_id,
        typed=again.typed,
    )
    listed = rows_of.read(session, visit, material, again.rows)
    parts = (listed.part,) if listed else submitted.parts(material)
    checks = listed.checks if listed else submitted.checks(material)
    name = organisation_names(visit, {organisation})[organisation]
    steps = open_steps(application.case, person)
    forms = decisions.Forms(visit, officer, application, steps, again)
    return CaseView(
        number=application.number,
        title=title(application.typed) or application.number,
        state=state_badge(visit, application.state),
        revision=str(application.revision),
        facts=(*_facts(visit, application, name, person), *(listed.facts if listed else ())),
        notices=(*_block(visit, application, person), *_lost(visit, parts)),
        errors=tuple(again.errors),
        checks=checks if waiting else (),
        parts=parts,
        with_register=submitted.differences(labels, register),
        with_last_round=submitted.differences(labels, last_round),
        remarks=tuple(_remark(visit, labels, one, application, steps) for one in remarks),
        history=tuple(_event(visit, one, person) for one in store.events(session, application.id)),
        published=tuple(Link(one.code, verify.address(one.code)) for one in application.published),
        phrases=tuple(words.say(f"review.phrase.{one}") for one in PHRASES),
        take=forms.take(),
        send_back=forms.send_back(),
        note=case_path(visit, application.number, "remarks") if Step.REMARK in steps else "",
        approve=forms.approve(session),
        others=forms.others(session),
        neighbours=_neighbours(session, visit, officer, application.number),
        rows=listed.nav if listed else None,
    )


def _taken_back(visit: Visit, number: str) -> CaseView:
    """A page without a word of what was submitted."""
    return CaseView(
        number=number[:24],
        title=visit.words.say("review.taken-back"),
        state=state_badge(visit, State.WITHDRAWN),
        revision="",
        facts=(),
        notices=(Notice(Tone.WARN, visit.words.say("review.taken-back-title"),
                        visit.words.say("review.taken-back-text")),),
        errors=(), checks=(), parts=(), with_register=(), with_last_round=(), remarks=(), history=(),
        published=(), phrases=(),
    )  # fmt: skip


def _facts(visit: Visit, application: Application, name: str, person: Person) -> tuple[Fact, ...]:
    words, case = visit.words, application.case
    facts = [
        Fact(words.say("review.organisation"), name),
        Fact(words.say("review.filter-subject"), words.say(f"review.subject.{application.subject}")),
        Fact(words.say("review.round"), words.say("review.round-n", round=case.round)),
    ]
    if application.submitted_at is not None:
        facts.append(
            Fact(words.say("review.submitted"), formats.instant(application.submitted_at, visit.lang))
        )
    if application.state in WITH_REGISTRY:
        facts.append(Fact(words.say("review.owner"), _owner(visit, application, person)))
    return tuple(facts)


def _owner(visit: Visit, application: Application, person: Person) -> str:
    holder = application.case.assignee
    if holder is None:
        return visit.words.say("review.owner-nobody")
    return visit.words.say("review.owner-me" if holder == person.account_id else "review.owner-other")


def _block(visit: Visit, application: Application, person: Person) -> tuple[Notice, ...]:
    """Why this officer may not decide, in the words of the rule that stands in the way."""
    found = obstacle(application.case, person)
    if found is None:
        return ()
    words, key = visit.words, f"review.block.{found.key}"
    text = words.say(key) if key in catalogue(visit.lang) else ""
    return (Notice(Tone.WARN, words.say(found.key, **found.facts), text),)


def _lost(visit: Visit, parts: Sequence[SubmittedPart]) -> tuple[Notice, ...]:
    """Evidence that the rules ask for and that is not there, or no longer on the disk."""
    missing = [one.title for one in parts if one.missing and one.whole]
    lost = [file.name for part in parts for file in part.files if file.lost]
    if not missing and not lost:
        return ()
    text = visit.words.say("review.evidence-missing-text", what=[*missing, *lost])
    return (Notice(Tone.BAD, visit.words.say("review.evidence-missing"), text),)


def _remark(
    visit: Visit, labels: Labels, one: Remark, application: Application, steps: frozenset[Step]
) -> RemarkLine:
    settled = one.settled_at is not None
    action = case_path(visit, application.number, f"remarks/{one.id}/settle")
    return RemarkLine(
        where=labels.of(one.path),
        text=one.text,
        at=visit.words.say("review.remark-at", at=formats.instant(one.at, visit.lang), round=one.round),
        state=Badge(
            visit.words.say("review.settled" if settled else "review.unsettled"),
            Tone.GOOD if settled else Tone.WARN,
        ),
        settle_action="" if settled or Step.SETTLE not in steps else action,
    )


def _event(visit: Visit, one: Event, person: Person) -> HistoryLine:
    """An account is opaque: only whether it is oneself, and in which role it acted."""
    words = visit.words
    role = words.say(f"actor.{one.role}")
    who = words.say("review.who-me", role=role) if one.account_id == person.account_id else role
    return HistoryLine(
        at=formats.instant(one.at, visit.lang),
        what=words.say(f"review.step.{one.act}"),
        who=who,
        reason=one.reason,
    )


def _neighbours(session: Session, visit: Visit, officer: Officer, number: str) -> tuple[Link, ...]:
    """The cases before and after this one in the queue."""
    found = queue(session, Wanted(), actor=officer.actor, today=officer.today, limit_days=officer.desk.days)
    numbers = [line.number for line in found.lines]
    if number not in numbers:
        return ()
    at = numbers.index(number)
    beside = (("review.previous", at - 1), ("review.next", at + 1))
    return tuple(
        Link(visit.words.say(key), case_path(visit, numbers[place]))
        for key, place in beside
        if 0 <= place < len(numbers)
    )
