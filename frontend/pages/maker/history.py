"""Who did what to an application and when; people of one's own firm by name, the registry's by role."""

from fastapi import APIRouter, Depends, Response
from sqlalchemy import select
from sqlmodel import Session, col

from frontend.pages.check_desk import writable
from frontend.pages.maker import words
from frontend.pages.maker.desk import MakerDep, open_one
from frontend.pages.words import Words
from frontend.views import formats
from frontend.views.maker import Act as Line
from frontend.views.maker import HistoryView
from registry.access.http import May
from registry.access.permissions import Act
from registry.accounts.models import AccountRow
from registry.applications.application import Event
from registry.applications.fields import Part, label_key
from registry.applications.states import OF_THE_APPLICANT
from registry.applications.store import START
from registry.kit.db import read_session
from registry.kit.messages import catalogue

router = APIRouter(prefix="/{lang}/account/maker", dependencies=[Depends(May(Act.READ_APPLICATION))])
MOST_NAMED = 8


@router.get("/{number}/history")
def read_history(maker: MakerDep, number: str) -> Response:
    with read_session(maker.call.engine) as session:
        opened = open_one(session, maker, number)
        lines = tuple(
            Line(
                at=formats.instant(one.at, maker.words.lang),
                what=maker.words.say(f"maker.act.{one.act}"),
                who=who(session, one, maker.words),
                detail=_detail(one, maker.words),
            )
            for one in reversed(opened.events)
        )
    return maker.page("history", HistoryView(opened.application.number, maker.path(number), lines))


def who(session: Session, event: Event, speak: Words) -> str:
    """A colleague by name and role; whoever reviews stays a role."""
    role = speak.say(f"actor.{event.role}")
    if event.act not in (START, *OF_THE_APPLICANT):
        return role
    name = session.scalar(select(col(AccountRow.name)).where(col(AccountRow.id) == event.account_id))
    return speak.say("maker.who", name=name, role=role) if name else role


def _detail(event: Event, speak: Words) -> str:
    """The reason that was given, or the fields that changed; never what stood in them."""
    if event.reason:
        return writable(event.reason)
    changed = [_label(path, speak) for path in event.details.get("changed", [])]
    if len(changed) > MOST_NAMED:
        rest = len(changed) - MOST_NAMED
        return speak.say("maker.and-more", fields=tuple(changed[:MOST_NAMED]), count=rest)
    if changed:
        return speak.listed(dict.fromkeys(changed))
    for key in ("pinned", "unpinned"):
        if key in event.details:
            return speak.say(f"maker.{key}", place=_label(str(event.details[key]), speak))
    return ""


def _label(path: str, speak: Words) -> str:
    """The field's name; attributes of a kind go by the name of their part."""
    if path in set(Part):
        return words.part(Part(path), speak)
    key = label_key(path)
    if key in catalogue(speak.lang):
        return speak.say(key)
    return words.part(Part(path.partition(".")[0]), speak)
