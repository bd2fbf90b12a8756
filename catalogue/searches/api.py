"""Keeping a search as machines do it, and reading a kept one as a file."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from catalogue.archive import store
from catalogue.archive.limits import admit, peek
from catalogue.archive.numbers import Kind
from catalogue.naming import Lang
from catalogue.searches import files, interface
from catalogue.searches.http import ShelfDep
from catalogue.searches.kept import KeptSearch, compose
from catalogue.tables import MEDIA, Form, written
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.reading import point
from registry.kit.clock import NowDep, TodayDep
from registry.kit.db import ReadDep, read_session, write_session
from registry.kit.problems import PROBLEMS, problems, wanted_language
from registry.kit.senders import sender

router = APIRouter(prefix="/api/v1/archive", tags=["archive"], responses=PROBLEMS)

_BINARY = {"schema": {"type": "string", "format": "binary"}}
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The list, to be worked on", "content": dict.fromkeys(MEDIA.values(), _BINARY)}
}
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
    return KeptOut(
        number=kept.number,
        sha256=kept.sha256,
        total=content.total,
        kept_until=kept.kept_until,
        href=f"/api/v1/archive/{token}",
        page=f"/{wanted_language(request)}/archive/{token}",
    )


@router.get("/{token}.{form}", dependencies=[Depends(May(Act.READ))], responses=_FILE)
def read_kept_search_file(
    request: Request, session: ReadDep, now: NowDep, token: str, form: Form
) -> Response:
    """The rows of a kept search for a spreadsheet, from the sealed document alone."""
    kept = store.get(session, token, now=now)
    return as_file(form, kept, kept.content(Kind.SEARCH, KeptSearch), wanted_language(request))


def as_file(form: Form, archived: store.Archived, kept: KeptSearch, lang: Lang) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{archived.number}.{form}"'}
    return Response(written(form, files.lines(archived, kept, lang)), media_type=MEDIA[form], headers=headers)
