"""采信 at work: announced for its notice period, entered or refused, removed with a public reason."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from frontend.forms import Unreadable, read_day
from frontend.pages.account.body.side import Clerk, ClerkDep
from frontend.pages.account.supervision.parts import NOTHING, Again, Inputs, by, desk, home, page, refused
from frontend.pages.check_desk import TypedDep, text
from frontend.pages.supervision import told
from frontend.pages.supervision.naming import beside, names
from frontend.views.parts import Fact, FieldError, Link, Notice, Tone
from frontend.views.supervision import Cell, Form, SheetView, Table
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.codes import by_code
from registry.changes.reading import point
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.supervision import reading, recognition
from registry.supervision.facts import RecognitionFact, RecognitionState, SubjectKind
from registry.supervision.kinds import RECOGNITION
from registry.supervision.recognition import FOLLOWING, Proposed

router = APIRouter(prefix="/{lang}/account/recognition", dependencies=[Depends(May(Act.DECIDE_RECOGNITION))])
ACTS = {
    "enter": RecognitionState.ENTERED,
    "refuse": RecognitionState.REFUSED,
    "remove": RecognitionState.REMOVED,
}
NAMES = ("product", "evidence", "catalogue_zh", "catalogue_en", "notice_until", "notice_basis")


@router.get("")
def recognitions(clerk: ClerkDep) -> Response:
    return _start(clerk, NOTHING)


@router.post("")
def announce(clerk: ClerkDep, typed: TypedDep) -> Response:
    """Begin the notice period; from its first day it is public."""
    values = {name: text(typed, name).strip() for name in NAMES}
    words = clerk.visit.words
    try:
        until = read_day(values["notice_until"])
    except Unreadable:
        said = words.say("check.day-unreadable", value=values["notice_until"][:40])
        return _start(clerk, Again(values, (FieldError("notice_until", said),), status=422))
    until = until or clerk.today + timedelta(days=desk(clerk).notice_days)
    proposed = Proposed(
        values["product"], values["evidence"], values["catalogue_zh"], values["catalogue_en"], until,
        values["notice_basis"],
    )  # fmt: skip
    places = {
        "recognition-notice-over-before": "notice_until",
        "recognition-unfit": "catalogue_zh",
        "recognition-evidence-unfit": "evidence",
        "recognition-evidence-not-in-force": "evidence",
    }
    try:
        with write_session(clerk.visit.site.engine) as session:
            fact = recognition.announce(session, proposed, by(clerk))
    except (Conflict, Invalid, NotAllowed, NotFound) as error:
        return _start(clerk, refused(clerk, values, error, places.get(error.key, "product")))
    return _to(clerk, fact.code, "announce")


@router.get("/{code}")
def one_recognition(clerk: ClerkDep, code: str, done: str = "") -> Response:
    words = clerk.visit.words
    notices = (
        (Notice(Tone.GOOD, words.say(f"recognition.done.{done}")),) if done in ("announce", *ACTS) else ()
    )
    return _show(clerk, code, Again(notices=notices))


@router.post("/{code}/enter")
def enter(clerk: ClerkDep, code: str) -> Response:
    return _do(clerk, code, None, "enter", lambda session: recognition.enter(session, code, by(clerk)))


@router.post("/{code}/refuse")
def refuse(clerk: ClerkDep, code: str, typed: TypedDep) -> Response:
    reason = text(typed, "refuse-reason")
    return _do(
        clerk, code, typed, "refuse",
        lambda session: recognition.refuse(session, code, by(clerk), reason=reason),
    )  # fmt: skip


@router.post("/{code}/remove")
def remove(clerk: ClerkDep, code: str, typed: TypedDep) -> Response:
    reason = text(typed, "remove-reason")
    return _do(
        clerk, code, typed, "remove",
        lambda session: recognition.remove(session, code, by(clerk), reason=reason),
    )  # fmt: skip


def _do(
    clerk: Clerk, code: str, typed: FormData | None, act: str, doing: Callable[[Session], object]
) -> Response:
    values = {name: text(typed, name) for name in typed} if typed is not None else {}
    try:
        with write_session(clerk.visit.site.engine) as session:
            doing(session)
    except (Conflict, Invalid, NotAllowed) as error:
        return _show(clerk, code, refused(clerk, values, error, "" if act == "enter" else f"{act}-reason"))
    return _to(clerk, code, act)


def _to(clerk: Clerk, code: str, done: str) -> Response:
    return RedirectResponse(clerk.visit.path(f"recognition/{quote(code)}?done={done}"), status_code=303)


def _start(clerk: Clerk, again: Again) -> Response:
    words = clerk.visit.words
    with read_session(clerk.visit.site.engine) as session:
        at = point(session, clerk.today)
        found = reading.recognitions(session, at)
        named = names(session, ((SubjectKind.PRODUCT, one.fact.product_id) for one in found), at, words)
    table = Table(
        "recognitions",
        words.say("supervision.recognitions"),
        tuple(words.say(f"supervision.column.{name}") for name in ("product", "catalogue", "state", "day")),
        tuple(
            (
                Cell(
                    beside(one.fact.product_code, named.get(one.fact.product_id)),
                    clerk.visit.path(f"recognition/{quote(one.fact.code)}"),
                ),
                Cell(words.pick(one.fact.catalogue_zh, one.fact.catalogue_en)),
                Cell(badge=told.recognition_badge(one.fact.state, words)),
                Cell(words.day(one.fact.since)),
            )
            for one in found
        ),
        words.say("supervision.no-recognitions"),
    )
    inputs = Inputs(words, "recognition", again)
    days = desk(clerk).notice_days
    form = Form(
        "propose",
        words.say("recognition.propose"),
        clerk.visit.path("recognition"),
        words.say("recognition.button.announce"),
        fields=tuple(inputs.one(name, required=not name.startswith("notice")) for name in NAMES),
        consequence=words.say("recognition.propose-text", days=days),
    )
    view = SheetView(
        title=words.say("recognition.work"), lead=words.say("recognition.work-lead"), crumbs=(home(clerk),),
        notices=again.notices, errors=again.errors, forms=(form,), tables=(table,), private=True,
    )  # fmt: skip
    return page(clerk, view, again.status)


def _show(clerk: Clerk, code: str, again: Again) -> Response:
    words = clerk.visit.words
    with read_session(clerk.visit.site.engine) as session:
        at = point(session, clerk.today)
        fact = by_code(session, code, RECOGNITION, at).fact
        standing = recognition.objections(session, fact, at)
        view = SheetView(
            title=words.pick(fact.catalogue_zh, fact.catalogue_en),
            code=fact.code,
            state=told.recognition_badge(fact.state, words),
            crumbs=(home(clerk), Link(words.say("recognition.work"), clerk.visit.path("recognition"))),
            notices=again.notices,
            errors=again.errors,
            facts=_facts(clerk, fact, standing),
            links=(Link(words.say("action.verdict"), told.verify_href(fact.code)),),
            forms=_forms(clerk, fact, standing, again),
            private=True,
        )
    return page(clerk, view, again.status)


def _facts(clerk: Clerk, fact: RecognitionFact, standing: int) -> tuple[Fact, ...]:
    words = clerk.visit.words
    basis = fact.notice_basis or words.say("recognition.convention")
    return (
        Fact(
            words.say("label.product"),
            fact.product_code,
            href=f"/{words.lang}/products/{quote(fact.product_code)}",
        ),
        Fact(
            words.say("recognition.field.evidence"),
            fact.evidence_code,
            href=told.verify_href(fact.evidence_code),
        ),
        Fact(
            words.say("recognition.notice"),
            words.say("period", start=fact.notice_from, end=fact.notice_until),
            basis,
        ),
        Fact(words.say("recognition.objections"), str(standing), words.say("recognition.objections-note")),
    )


def _forms(clerk: Clerk, fact: RecognitionFact, standing: int, again: Again) -> tuple[Form, ...]:
    """The acts that are open in this state; nothing is entered while it may be objected to."""
    words = clerk.visit.words
    inputs = Inputs(words, "recognition", again)
    open_now = {
        act: state
        for act, state in ACTS.items()
        if state in FOLLOWING[fact.state]
        and (act != "enter" or (clerk.today > fact.notice_until and not standing))
    }
    return tuple(
        Form(
            f"form-{act}",
            words.say(f"recognition.act.{act}"),
            clerk.visit.path(f"recognition/{quote(fact.code)}/{act}"),
            words.say(f"recognition.button.{act}"),
            fields=() if act == "enter" else (inputs.one(f"{act}-reason"),),
            consequence=words.say(f"recognition.consequence.{act}"),
            danger=act != "enter",
        )
        for act in open_now
    )
