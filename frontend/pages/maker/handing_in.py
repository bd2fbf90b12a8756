"""Check the answers, hand them in, keep the receipt; or take the application back."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from starlette.datastructures import FormData

from frontend.pages.check_desk import text
from frontend.pages.maker import answers, history, progress, words
from frontend.pages.maker.boxes import Form
from frontend.pages.maker.desk import Maker, MakerDep, Opened, SentDep, open_one
from frontend.pages.maker.offers import Offers, offers
from frontend.views import formats
from frontend.views.maker import CheckView, ReceiptView, WithdrawView
from frontend.views.parts import Fact, Link, Notice, Tone
from registry.access.http import May
from registry.access.permissions import Act, allows
from registry.applications import clock, lists, service
from registry.applications.fields import Part
from registry.applications.findings import errors_of
from registry.applications.parts import ASKED
from registry.kit.clock import civil_day
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict, Faulty, NotAllowed, NotFound

router = APIRouter(prefix="/{lang}/account/maker")
Changed = Annotated[str, Query(max_length=8)]


@router.get("/{number}/check", dependencies=[Depends(May(Act.READ_APPLICATION))])
def read_check(maker: MakerDep, number: str, changed: Changed = "") -> Response:
    with read_session(maker.call.engine) as session:
        opened = open_one(session, maker, number)
        found = offers(session, maker, opened)
        kept = lists.of_application(session, opened.application.id)
    if kept is not None:
        return maker.go("bulk", str(kept.id))
    application = opened.application
    edited = application.state in progress.EDITED
    notices = [Notice(Tone.WARN, maker.words.say("maker.changed-meanwhile"))] if changed and edited else []
    view = CheckView(
        number=application.number,
        back=maker.path(application.number),
        action=maker.path(application.number, "submit") if edited and opened.outcome.is_fit else "",
        revision=application.revision,
        errors=tuple(_errors(maker, opened, found)) if edited else (),
        warnings=len(opened.outcome.findings) - len(errors_of(opened.outcome.findings)),
        notices=tuple(notices),
        parts=tuple(answers.of_part(maker, opened, found, part) for part in application.given().parts()),
    )
    return maker.page("check", view)


def _errors(maker: Maker, opened: Opened, found: Offers) -> Iterator[Link]:
    """Each error leads to its field."""
    asked, number = ASKED[opened.application.subject].parts, opened.application.number
    for one in sorted(errors_of(opened.outcome.findings), key=lambda one: answers.place(one.path)):
        part = Part(one.path.partition(".")[0])
        form = Form(opened, found, part, faults=True, typed=opened.application.typed)
        error = maker.words.say(one.key, **form.facts(one.facts))
        whole = one.path == part
        label = words.part(part, maker.words) if whole else form.named(one.path)
        address = maker.path(number, str(part)) + f"?show=errors#{'file' if whole else one.path}"
        href = address if part in asked and part is not Part.ABOUT else maker.path()
        yield Link(maker.words.say("maker.error-of", label=label, error=error), href)


@router.post("/{number}/submit", dependencies=[Depends(May(Act.EDIT_APPLICATION))])
def submit(maker: MakerDep, number: str, form: SentDep) -> Response:
    """A second click gets the same receipt; what somebody changed meanwhile is shown before it counts."""
    try:
        with write_session(maker.call.engine) as session:
            open_one(session, maker, number)
            service.submit(session, number, maker.by(_revision(form)))
    except (Conflict, Faulty, NotAllowed):
        return maker.go(number, *_where(maker, number))
    return maker.go(number, "receipt")


def _where(maker: Maker, number: str) -> tuple[str, ...]:
    """After a refusal: the check with what changed, or the application where it was handed in already."""
    with read_session(maker.call.engine) as session:
        edited = open_one(session, maker, number).application.state in progress.EDITED
    return ("check?changed=1",) if edited else ()


def _revision(form: FormData) -> int:
    given = text(form, "revision")
    return int(given[:9]) if given.isascii() and given.isdecimal() else -1


@router.get("/{number}/receipt", dependencies=[Depends(May(Act.READ_APPLICATION))])
def read_receipt(maker: MakerDep, number: str) -> Response:
    """What was handed in when and by whom, and what happens next; there for as long as the application is."""
    with read_session(maker.call.engine) as session:
        opened = open_one(session, maker, number)
        event = progress.submitted(opened.events)
        if event is None:
            raise NotFound
        by = history.who(session, event, maker.words)
    speak, application = maker.words.say, opened.application
    running = clock.spans((one.act, civil_day(one.at)) for one in opened.events)
    names = words.product_names(opened.known, maker.words)
    due = clock.due_on(running, maker.call.desk.days)
    facts = [
        Fact(speak("maker.number"), application.number, copy=True),
        Fact(speak("maker.subject"), words.subject(application.subject, maker.words)),
        Fact(speak("maker.name"), words.name(application, names, maker.words)),
        Fact(speak("maker.handed-in"), formats.instant(event.at, maker.words.lang)),
        Fact(speak("maker.handed-in-by"), by),
        Fact(speak("maker.state"), words.state(application.state, maker.words).word),
    ]
    if due is not None:
        facts.append(Fact(speak("maker.due"), maker.words.day(due), speak("maker.due-note")))
    steps = tuple(speak(f"maker.next.{place}", limit=maker.call.desk.days) for place in (1, 2, 3))
    return maker.page(
        "receipt", ReceiptView(application.number, tuple(facts), steps, maker.path(application.number))
    )


@router.get("/{number}/withdraw", dependencies=[Depends(May(Act.WITHDRAW_APPLICATION))])
def ask_withdraw(maker: MakerDep, number: str) -> Response:
    with read_session(maker.call.engine) as session:
        opened = open_one(session, maker, number)
    application, names = opened.application, words.product_names(opened.known, maker.words)
    if not allows(maker.call.actor, Act.WITHDRAW_APPLICATION, application.target()):
        return maker.go(application.number)
    view = WithdrawView(
        number=application.number,
        name=words.name(application, names, maker.words),
        action=maker.path(application.number, "withdraw"),
        revision=application.revision,
        back=maker.path(application.number),
    )
    return maker.page("withdraw", view)


@router.post("/{number}/withdraw", dependencies=[Depends(May(Act.WITHDRAW_APPLICATION))])
def withdraw(maker: MakerDep, number: str, form: SentDep) -> Response:
    """Taken back before it is public; everything that was typed stays to be read."""
    with write_session(maker.call.engine) as session:
        open_one(session, maker, number)
        service.withdraw(session, number, maker.by(_revision(form)))
    return maker.go(number)
