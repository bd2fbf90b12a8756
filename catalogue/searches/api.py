"""Keeping a search as machines do it, and reading a kept one as a file."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from catalogue.archive import store
from catalogue.archive.limits import admit, peek
from catalogue.archive.numbers import Kind
from catalogue.searches import interface
from catalogue.searches.http import ShelfDep
from catalogue.searches.kept import compose
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.reading import point
from registry.kit.clock import NowDep, TodayDep
from registry.kit.db import read_session, write_session
from registry.kit.problems import PROBLEMS, problems, wanted_language
from registry.kit.senders import sender

router = APIRouter(prefix="/api/v1/archive", tags=["archive"], responses=PROBLEMS)

Values = Annotated[list[str], Field(max_length=100)]


class SearchIn(BaseModel):
    """The parameters of `/api/v1/search` by name; `page` and `per_page` do not matter here."""

    model_config = ConfigDict(extra="forbid")  # a misspelt name must not keep everything

    parameters: Annotated[dict[str, str | Values], Field(max_length=40)] = Field(
        default_factory=dict,
        examples=[{"kind": "concrete.ready-mixed", "province": ["330000", "320000"], "status": "valid"}],
    )


class KeptOut(BaseModel):
    """Where a search is kept: `href` is known to nobody else and stored nowhere; without it, it is lost."""

    number: str = Field(examples=["S-2026-7K3M9Q-4"])
    sha256: str = Field(description="Of the sealed document, byte for byte")
    total: int
    kept_until: datetime
    href: str
    page: str
    feed: str = Field(description="Atom: what the search finds differently from then")


@router.post(
    "/searches", status_code=201, dependencies=[Depends(May(Act.KEEP_SEARCH))], responses=problems(429, 503)
)
def keep_search(request: Request, shelf: ShelfDep, now: NowDep, today: TodayDep, given: SearchIn) -> KeptOut:
    """Keep everything that a search finds now, 2,000 rows at most; nothing found is kept too.

    What the search cannot use is left out and said among the notices, as the search itself does.
    """
    named = {
        name: [values] if isinstance(values, str) else values
        for name, values in given.parameters.items()
        if name != "lang"
    }
    engine = request.app.state.engine
    with read_session(engine) as session:
        peek(session, sender(request), now=now, per_day=shelf.per_day)
        found, asked = interface.find(session, shelf.search, named, point(session, today))
        content = compose(session, asked, found)
    with write_session(engine) as session:
        admit(session, sender(request), now=now, per_day=shelf.per_day)
        token, kept = store.keep(session, Kind.SEARCH, content, now=now, at=found.at)
    page = f"/{wanted_language(request)}/archive/{token}"
    return KeptOut(
        number=kept.number,
        sha256=kept.sha256,
        total=content.total,
        kept_until=kept.kept_until,
        href=f"/api/v1/archive/{token}",
        page=page,
        feed=f"{page}.atom",
    )
