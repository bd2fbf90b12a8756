"""Whatever is kept as a file for a spreadsheet: here, where both kinds of it are known."""

from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from catalogue.archive import store
from catalogue.archive.numbers import Kind
from catalogue.naming import Lang
from catalogue.searches import files as searches
from catalogue.searches.kept import KeptSearch
from catalogue.tables import MEDIA, Form, written
from catalogue.thresholds import files as thresholds
from catalogue.thresholds.kept import KeptThreshold
from registry.access.http import May
from registry.access.permissions import Act
from registry.kit.clock import NowDep
from registry.kit.db import ReadDep
from registry.kit.problems import PROBLEMS, wanted_language

router = APIRouter(prefix="/api/v1/archive", tags=["archive"], responses=PROBLEMS)

_BINARY = {"schema": {"type": "string", "format": "binary"}}
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The list, to be worked on", "content": dict.fromkeys(MEDIA.values(), _BINARY)}
}


@router.get("/{token}.{form}", dependencies=[Depends(May(Act.READ))], responses=_FILE)
def read_kept_file(request: Request, session: ReadDep, now: NowDep, token: str, form: Form) -> Response:
    """The rows of a kept search or limit for a spreadsheet, from the sealed document alone."""
    return as_file(form, store.get(session, token, now=now), wanted_language(request))


def as_file(form: Form, archived: store.Archived, lang: Lang) -> Response:
    if archived.sealed.kind is Kind.THRESHOLD:
        lines = thresholds.lines(archived, archived.content(Kind.THRESHOLD, KeptThreshold), lang)
    else:
        lines = searches.lines(archived, archived.content(Kind.SEARCH, KeptSearch), lang)
    headers = {"Content-Disposition": f'attachment; filename="{archived.number}.{form}"'}
    return Response(written(form, lines), media_type=MEDIA[form], headers=headers)
