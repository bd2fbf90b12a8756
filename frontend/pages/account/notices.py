"""The notices of the organisation somebody acts for: read, unread, and as a private feed."""

from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Response

from frontend.i18n import Lang
from frontend.pages import verify
from frontend.pages.account.parts import TypedDep, Visit, VisitDep, given
from frontend.templating import respond
from frontend.views import formats
from frontend.views.notices import NoticeLine, NoticesView, ShownOnceView
from registry.access.http import May
from registry.access.permissions import Act
from registry.accounts import logins
from registry.accounts.http import FreshDep, SignedInDep
from registry.kit.db import read_session, write_session
from registry.kit.errors import NotFound
from registry.kit.messages import say
from registry.notices import private_feed, reading
from registry.notices.reading import PAGE, Notice

MOST = 2**53

router = APIRouter(prefix="/{lang}/account/notices", dependencies=[Depends(May(Act.READ_NOTICES))])


@router.get("")
def listed(
    visit: VisitDep, person: SignedInDep, before: Annotated[int | None, Query(ge=1, le=MOST)] = None
) -> Response:
    with read_session(visit.site.engine) as session:
        organisation_id = reading.own_organisation(person.actor)
        found = reading.latest(session, organisation_id, before=before)
        read = reading.read_up_to(session, person.account_id, organisation_id)
        unread = reading.unread(session, person.account_id, organisation_id)
        shared = logins.get(session, person.account_id).demonstration
    view = NoticesView(
        lines=tuple(_line(visit, one, new=one.position > read) for one in found),
        unread=unread,
        newest=found[0].position if found else 0,
        older=f"{visit.path('notices')}?before={found[-1].position}" if len(found) == PAGE else "",
        read_action=visit.path("notices/read"),
        feed_action=visit.path("notices/feed"),
        shared=shared,
    )
    return respond(visit.request, visit.lang, "account/notices.html", view=view)


@router.post("/read")
def mark_read(visit: VisitDep, person: SignedInDep, typed: TypedDep) -> Response:
    """Everything up to what the page showed: what came meanwhile stays unread."""
    text = given(typed, "position")
    position = int(text) if text.isascii() and text.isdecimal() and len(text) < 17 else 0
    with write_session(visit.site.engine) as session:
        reading.mark_read(session, person.account_id, position, actor=person.actor)
    return visit.go("notices")


@router.post("/feed")
def open_feed(visit: VisitDep, person: FreshDep) -> Response:
    """A new private address; the one before is void."""
    if person.membership is None:
        raise NotFound
    with write_session(visit.site.engine) as session:
        token = private_feed.open_feed(session, person.membership, actor=person.actor, now=visit.moment.now)
    base = visit.site.settings.public_url.rstrip("/") or str(visit.request.base_url).rstrip("/")
    path = private_feed.PATH.format(token=token)
    words = visit.words
    view = ShownOnceView(
        title=words.say("notices.feed-made"),
        text=words.say("notices.feed-once"),
        secret=f"{base}{path}?lang={visit.lang}",
        back=visit.path("notices"),
        back_words=words.say("notices.back"),
    )
    return respond(visit.request, visit.lang, "account/shown_once.html", view=view)


@router.post("/feed/close")
def close_feed(visit: VisitDep, person: SignedInDep) -> Response:
    if person.membership is None:
        raise NotFound
    with write_session(visit.site.engine) as session:
        private_feed.close_feed(session, person.membership, actor=person.actor)
    return visit.go("notices")


def _line(visit: Visit, notice: Notice, *, new: bool) -> NoticeLine:
    return NoticeLine(
        text=sentence(notice, visit.lang),
        at=formats.instant(notice.at, visit.lang),
        href=_page_of(visit, notice),
        new=new,
    )


def sentence(notice: Notice, lang: Lang) -> str:
    """What a notice says, its day written as the page writes days."""
    day = notice.facts.get("day")
    shown = {"day": formats.day(date.fromisoformat(day), lang)} if day else {}
    return say(f"notice.{notice.kind}", lang, {**notice.facts, **shown})


def _page_of(visit: Visit, notice: Notice) -> str:
    """Where what it tells of is read on."""
    match notice.kind.about:
        case "certificate":
            return verify.address(notice.code)
        case "declaration":
            return visit.path(f"declarations/{quote(notice.code)}")
        case "application":
            return visit.path(f"maker/{quote(notice.code)}")
        case _:
            return visit.path(f"complaints/{quote(notice.code)}")
