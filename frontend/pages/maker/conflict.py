"""Two people of one firm changed the same part: both texts side by side, and nothing is lost."""

from collections.abc import Mapping

from fastapi import Response
from sqlmodel import Session

from frontend.pages.check_desk import writable
from frontend.pages.maker import history, progress, words
from frontend.pages.maker.boxes import Form
from frontend.pages.maker.desk import Maker, Opened, mark
from frontend.pages.maker.offers import offers
from frontend.views import formats
from frontend.views.maker import Both, ConflictView
from registry.applications.fields import Field, Part
from registry.applications.states import Step
from registry.applications.store import START
from registry.applications.typed import field_at, of_part


def page(session: Session, maker: Maker, opened: Opened, part: Part, *, mine: Mapping[str, str]) -> Response:
    """Without a button to save where the application is with the registry by now."""
    application = opened.application
    form = Form(opened, offers(session, maker, opened), part, faults=False, typed=application.typed)
    sent = Form(opened, form.offers, part, faults=False, typed=mine)
    saved = of_part(application.typed, part)
    differing = [path for path in dict.fromkeys((*mine, *saved)) if mine.get(path, "") != saved.get(path, "")]
    last = [one for one in opened.events if one.act in (START, *Step)][-1]
    view = ConflictView(
        number=application.number,
        title=words.part(part, maker.words),
        who=history.who(session, last, maker.words),
        at=formats.instant(last.at, maker.words.lang),
        action=maker.path(application.number, str(part)) if application.state in progress.EDITED else "",
        seen=mark(application.typed, part),
        both=tuple(
            Both(form.label(path), _said(sent, path), _said(form, path))
            for path in differing
        ),
        hidden=tuple((path, writable(mine.get(path, ""))) for path in differing),
        keep=maker.path(application.number, str(part)) if application.state in progress.EDITED
        else maker.path(application.number),
    )  # fmt: skip
    return maker.page("conflict", view, status=409)


def _said(form: Form, path: str) -> str:
    asked = field_at(path) or Field(path)
    return words.shown(form, path, asked)[0] or form.offers.words.say("maker.blank")
