"""One part of an application: its form is shown, and what was sent is kept before anything is judged."""

from dataclasses import dataclass, replace
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from frontend.pages.check_desk import text
from frontend.pages.maker import conflict, papers, progress, reuse, sending
from frontend.pages.maker.desk import Maker, MakerDep, Opened, SentDep, mark, open_one
from frontend.pages.maker.part_page import PASTE, Said, page
from registry.access.http import May
from registry.access.permissions import Act
from registry.applications import service
from registry.applications.application import Application
from registry.applications.fields import Part
from registry.applications.parts import ASKED
from registry.applications.typed import of_part
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict, Invalid, NotFound

router = APIRouter(prefix="/{lang}/account/maker")
MOST_NEW_ROWS = 20
# Acts that leave one on the page, with what it then shows.
_STAYS = {"add": "?more=1#rows", "reuse": "?show=reused", "remove": "", papers.UNPIN: ""}
Show = Annotated[Literal["", "errors", "kind", "reused"], Query()]
More = Annotated[int, Query(ge=0, le=MOST_NEW_ROWS)]


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form asks for: one act and perhaps its object."""

    part: Part
    act: str
    object: str
    paste: sending.Pasted

    @classmethod
    def of(cls, part: Part, form: FormData) -> "Sent":
        act, _, what = text(form, "act").partition(" ")
        return cls(part, act or "continue", what, sending.pasted(text(form, PASTE)))


@router.get("/{number}/{part}", dependencies=[Depends(May(Act.EDIT_APPLICATION))])
def read_part(maker: MakerDep, number: str, part: Part, show: Show = "", more: More = 0) -> Response:
    with read_session(maker.call.engine) as session:
        opened = open_one(session, maker, number)
        _is_asked(opened.application, part)
        if opened.application.state not in progress.EDITED:
            return maker.go(opened.application.number)
        said = Said(faults=show == "errors", note=show if show != "errors" else "", more=more)
        return page(session, maker, opened, part, said=said)


@router.post("/{number}/{part}", dependencies=[Depends(May(Act.EDIT_APPLICATION))])
def save_part(maker: MakerDep, number: str, part: Part, form: SentDep) -> Response:
    """Texts first, exactly as typed; then the file; then what comes next."""
    sent = Sent.of(part, form)
    with write_session(maker.call.engine) as session:
        before = open_one(session, maker, number)
        _is_asked(before.application, part)
        given = sending.texts(form, before.application, part)
        given = _wanted(session, maker, before, sent, found=given)
        wanted = sending.opened_only(given, before.application, part)
        saved = sending.filled(of_part(before.application.typed, part))
        closed = before.application.state not in progress.EDITED
        stale = text(form, "seen") != mark(before.application.typed, part)
        if (closed or stale) and given != saved:
            return conflict.page(session, maker, before, part, mine=given)
        if closed:
            return maker.go(before.application.number)
        if wanted != saved:
            by = maker.by(before.application.revision)
            service.save_part(session, number, part, wanted, by=by)
    return _file(maker, number, form, sent=sent) or _next(maker, before, sent)


def _is_asked(application: Application, part: Part) -> None:
    if part is Part.ABOUT or part not in ASKED[application.subject].parts:
        raise NotFound


def _wanted(
    session: Session, maker: Maker, opened: Opened, sent: Sent, *, found: dict[str, str]
) -> dict[str, str]:
    """The part's texts as this form wants them: with the pasted row, without the row to remove."""
    part = sent.part
    if sent.act == "remove":
        found = sending.without_row(found, part, sent.object)
    if part is Part.CARBON:
        modules = {f"carbon.modules.{name}": value for name, value in sent.paste.modules.items()}
        found |= modules
    if sent.act == "reuse":
        typed = {**opened.application.typed, **found}
        again = replace(opened, application=replace(opened.application, typed=typed))
        found |= reuse.earlier(session, maker, again, part)
    return found


def _file(maker: Maker, number: str, form: FormData, *, sent: Sent) -> Response | None:
    """Pin the file that came along or take one off; a page only where something was refused."""
    said, part = Said(), sent.part
    file = papers.sent_file(form)
    if file is not None:
        try:
            papers.pin(maker, number, file, text(form, papers.PLACE) or part)
        except (Invalid, Conflict) as refused:
            said = replace(said, file=maker.words.say(refused.key, **refused.facts))
    if part is Part.CARBON and sent.paste.count is not None:
        fault = maker.words.say("maker.paste-unreadable", count=sent.paste.count)
        said = replace(said, paste=text(form, PASTE), paste_error=fault)
    if sent.act == papers.UNPIN:
        with write_session(maker.call.engine) as session:
            application = open_one(session, maker, number).application
            papers.unpin(session, maker, application, sent.object)
    if not said.file and not said.paste_error:
        return None
    with read_session(maker.call.engine) as session:
        opened = open_one(session, maker, number)
        return page(session, maker, opened, part, said=replace(said, faults=sent.act == "continue"))


def _next(maker: Maker, before: Opened, sent: Sent) -> Response:
    """On to what is left, or back to the same page with what keeps it from being done."""
    number, part = before.application.number, sent.part
    with read_session(maker.call.engine) as session:
        now = open_one(session, maker, number)
    same = _STAYS.get(sent.act)
    if same is not None:
        return maker.go(number, str(part), query=same)
    if sent.act == "later":
        return maker.go(number)
    kind = "product.kind"
    if part is Part.PRODUCT and before.application.typed.get(kind, "") != now.application.typed.get(kind, ""):
        return maker.go(number, str(part), query="?show=kind#group")
    if progress.faults(now, part):
        return maker.go(number, str(part), query="?show=errors")
    return maker.go(number, *filter(None, [progress.after(now, part)]))
