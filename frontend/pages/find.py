"""Finding a thing by any identifier: straight to it, a choice where several carry it, or a reason."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from frontend.forms import legible
from frontend.frame import LangPath
from frontend.pages import verify
from frontend.pages.batch_parts import batch_href
from frontend.pages.party_links import report_href
from frontend.pages.standpoint import MomentDep, stand
from frontend.pages.words import Words
from frontend.site import SiteDep
from frontend.templating import respond
from frontend.views.batch import FindView, Found
from frontend.views.parts import Badge, FieldError, Link, Tone
from registry.access.http import May
from registry.access.permissions import Act
from registry.batches import finding
from registry.batches.finding import LONGEST, Thing
from registry.batches.kind import BATCH
from registry.changes.codes import by_code
from registry.changes.reading import Point
from registry.kit.db import read_session
from registry.products.gtin import LENGTHS, NoGtin, read_gtin
from registry.products.service import PRODUCT

router = APIRouter(dependencies=[Depends(May(Act.READ))])


@router.get("/{lang}/find")
def find(
    request: Request,
    lang: LangPath,
    site: SiteDep,
    moment: MomentDep,
    identifier: Annotated[str, Query(alias="id", max_length=LONGEST)] = "",
) -> Response:
    """The form; what one thing alone carries leads straight to it."""
    words, typed = Words(lang), identifier.strip()
    if not typed:
        asked = "id" in request.query_params
        errors = (FieldError("id", words.say("find.nothing-typed")),) if asked else ()
        return respond(request, lang, "find.html", view=FindView(errors=errors))
    with read_session(site.engine) as session:
        at = stand(session, moment)
        found = finding.find(session, typed, at)
        if len(found) == 1:
            return RedirectResponse(address(found[0], words, request.url.query), status_code=303)
        lines = _lines(session, found, at, words)
    view = FindView(
        value=legible(typed),
        found=lines,
        unknown="" if found else words.say("find.unknown", id=legible(typed)),
        detail="" if found else _why(typed, words),
        report_href=report_href(legible(typed)[:60], words),
    )
    return respond(request, lang, "find.html", view=view, status=200 if found else 404)


def address(thing: Thing, words: Words, query: str = "") -> str:
    """The page of a thing; a day that was asked for is kept."""
    kept = "&".join(part for part in query.split("&") if part.startswith(("on=", "as_of=")))
    if thing.kind == BATCH.name:
        path = batch_href(thing.code, words)
    elif thing.kind == PRODUCT.name:
        path = f"/{words.lang}/products/{thing.code}"
    else:
        path = verify.address(thing.code)
    return f"{path}?{kept}" if kept else path


def _lines(session: Session, found: Sequence[Thing], at: Point, words: Words) -> tuple[Found, ...]:
    return tuple(
        Found(
            name=Link(_name(session, thing, at, words), address(thing, words)),
            kind=words.say(f"thing.{thing.kind}"),
            by=words.say(f"find.by.{thing.scheme}"),
            state=Badge(words.say("batch.withdrawn"), Tone.BAD) if thing.withdrawn else None,
        )
        for thing in found
    )


def _name(session: Session, thing: Thing, at: Point, words: Words) -> str:
    """Only products and batches share an identifier with others; a batch is named with its product."""
    if thing.kind == PRODUCT.name:
        return words.name(by_code(session, thing.code, PRODUCT, at).fact)
    batch = by_code(session, thing.code, BATCH, at).fact
    return words.say("batch.title", number=batch.number) + f" · {thing.code}"


def _why(typed: str, words: Words) -> str:
    """A slip in a GTIN is told; other texts may be anything."""
    read = read_gtin(typed)
    if not isinstance(read, NoGtin) or len(read.figures) not in LENGTHS:
        return ""
    return words.say("gtin.check-digit", figures=read.figures, expected=read.expected)
