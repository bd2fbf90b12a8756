"""What stands around every page of one request: demonstration mark, day, feed position."""

from typing import Annotated, Any

from fastapi import Depends, Path, Request
from sqlmodel import Session

from frontend.headers import ACCOUNT_PAGES
from frontend.i18n import Lang, language
from frontend.site import SiteDep
from frontend.views import formats
from frontend.views.frame import Frame
from registry.access.actors import Actor
from registry.access.http import ActorDep
from registry.changes import feed
from registry.kit.clock import TodayDep, civil_day
from registry.kit.db import read_session
from registry.notices import reading

VERSION = "0.1.0"
LangPath = Annotated[Lang, Path(description="zh or en")]


def set_frame(request: Request, site: SiteDep, today: TodayDep, actor: ActorDep) -> None:
    """Every page says which day and which feed position it speaks for.

    Account pages also say what their reader has not read; the public ones look the same to everybody.
    """
    private = ACCOUNT_PAGES.match(request.url.path) is not None
    with read_session(site.engine) as session:
        head = feed.head(session)
        unread = _unread(session, actor) if private else 0
    lang = language(request.url.path.strip("/").split("/")[0])
    request.state.frame = Frame(
        base=site.settings.public_url.rstrip("/"),
        demo=site.demonstration,
        data_as_of=formats.day(min(civil_day(head.recorded_at), today), lang),
        feed_position=str(head.seq),
        version=VERSION,
        unread=unread,
    )


def _unread(session: Session, actor: Actor) -> int:
    """For people; a program with a key has no menu."""
    if actor.account_id is None or actor.organisation_id is None or actor.scopes is not None:
        return 0
    return reading.unread(session, actor.account_id, actor.organisation_id)


FrameDep: Any = Depends(set_frame)
