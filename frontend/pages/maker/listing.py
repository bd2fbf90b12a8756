"""The applications of one organisation, what to do next first, and what may be started."""

from collections.abc import Sequence

from fastapi import APIRouter, Depends, Response
from sqlmodel import Session

from frontend.pages.account.parts import organisation_names
from frontend.pages.check_desk import text
from frontend.pages.maker import progress, words
from frontend.pages.maker.desk import Maker, MakerDep, Opened, SentDep, of
from frontend.pages.maker.offers import options, products
from frontend.views import formats
from frontend.views.maker import Choice, Line, ListView
from frontend.views.parts import Field, FieldError, Link
from registry.access.http import May
from registry.access.permissions import Act
from registry.applications import service
from registry.applications.application import Application
from registry.applications.fields import Part
from registry.applications.parts import ASKED, Subject
from registry.applications.states import ENDED, State
from registry.changes.feed import head
from registry.changes.reading import Point
from registry.kit.db import read_session, write_session
from registry.products.service import of_maker

router = APIRouter(prefix="/{lang}/account/maker")
# Who waits for the applicant comes first, then who waits for the registry, then what is over.
_ORDER = {State.RETURNED: 0, State.DRAFT: 1}


@router.get("", dependencies=[Depends(May(Act.READ_APPLICATION))])
def read_list(maker: MakerDep) -> Response:
    return _page(maker)


@router.post("", dependencies=[Depends(May(Act.APPLY))])
def start(maker: MakerDep, form: SentDep) -> Response:
    """A new draft; on to its papers and parts, or straight to the only part."""
    wanted = text(form, "subject")
    if wanted not in {str(one) for one in _startable(maker)}:
        return _page(maker, [FieldError("start", maker.words.say("maker.subject-needed"))])
    subject, about = Subject(wanted), text(form, "about").strip() or None
    if subject is Subject.PRODUCT_LIST:
        return maker.go("bulk")  # begun by its file
    needs = Part.ABOUT in ASKED[subject].parts
    if needs and about is None:
        return _page(maker, [FieldError("about", maker.words.say("maker.product-needed"))])
    with write_session(maker.call.engine) as session:
        begun = service.start(session, subject, maker.by(), about=about if needs else None)
    own = [part for part in ASKED[subject].parts if part is not Part.ABOUT]
    return maker.go(begun.number, *([str(own[0])] if len(own) == 1 else []))


def _startable(maker: Maker) -> tuple[Subject, ...]:
    role = maker.call.actor.role
    return tuple(one for one in Subject if role in ASKED[one].roles)


def _page(maker: Maker, faults: Sequence[FieldError] = ()) -> Response:
    organisation = maker.call.actor.organisation_id
    with read_session(maker.call.engine) as session:
        found = service.of_organisation(session, maker.call.actor)
        at = Point(maker.call.today, head(session).seq)
        made = of_maker(session, organisation, at) if organisation else []
        names = {one.fact.code: maker.words.name(one.fact) for one in made}
        lines = [_line(session, maker, one, names) for one in sorted(found, key=_place)]
        about = _about(session, maker, {one.field_id: one.text for one in faults})
    organisations = organisation_names(maker.visit, {organisation} if organisation else set())
    startable = _startable(maker)
    view = ListView(
        organisation=organisations[organisation] if organisation else "",
        lines=tuple(lines),
        action=maker.path(),
        about=about,
        with_product=_choices(maker, startable, about_product=True) if about else (),
        without=_choices(maker, startable, about_product=False),
        errors=tuple(faults),
    )
    return maker.page("list", view, status=422 if faults else 200)


def _place(application: Application) -> tuple[int, bool]:
    return _ORDER.get(application.state, 2), application.state in ENDED


def _choices(maker: Maker, startable: Sequence[Subject], *, about_product: bool) -> tuple[Choice, ...]:
    speak = maker.words.say
    return tuple(
        Choice(str(one), words.subject(one, maker.words), speak(f"maker.subject.{one}.text"))
        for one in startable
        if (Part.ABOUT in ASKED[one].parts) is about_product
    )


def _about(session: Session, maker: Maker, faults: dict[str, str]) -> Field | None:
    """A choice among the registered products; None where there is none yet."""
    known = products(session, maker, Point(maker.call.today, head(session).seq))
    if not known:
        return None
    return Field(
        "about",
        maker.words.say("application.field.about.product"),
        kind="select",
        error=faults.get("about", ""),
        options=options(known, "", maker.words.say("maker.choose")),
        required=True,
    )


def _line(session: Session, maker: Maker, application: Application, names: dict[str, str]) -> Line:
    speak, number = maker.words.say, application.number
    left, action = "", Link(speak("maker.view"), maker.path(number))
    if application.subject is Subject.PRODUCT_LIST:
        pass  # judged row by row on its own page
    elif application.state in progress.EDITED:
        opened = of(session, maker, application)
        left, action = _left(maker, opened), _action(maker, opened)
    elif application.published:
        left = maker.words.listed(one.code for one in application.published)
    return Line(
        number=number,
        name=words.name(application, names, maker.words),
        subject=words.subject(application.subject, maker.words),
        state=words.state(application.state, maker.words),
        since=formats.instant(application.submitted_at or application.started_at, maker.words.lang),
        left=left,
        action=action,
    )


def _left(maker: Maker, opened: Opened) -> str:
    left = [words.part(part, maker.words) for part in progress.to_do(opened)]
    key = "maker.left-returned" if opened.is_returned else "maker.left"
    return maker.words.say(key, parts=tuple(left)) if left else maker.words.say("maker.nothing-left")


def _action(maker: Maker, opened: Opened) -> Link:
    key = "maker.correct" if opened.is_returned else "maker.go-on"
    return Link(maker.words.say(key), maker.path(opened.application.number, progress.go_on(opened)))
