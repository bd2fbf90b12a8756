"""The interface for machines, shown by calls that answer as they stand here."""

from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from sqlmodel import Session

from frontend.frame import LangPath
from frontend.pages.standpoint import Moment, stand
from frontend.pages.words import Words
from frontend.site import Site, SiteDep
from frontend.templating import respond
from frontend.views.help import ApiExample, ApiView
from frontend.views.parts import Link
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.reading import Point
from registry.dossiers.dossier import Dossier
from registry.dossiers.load import load
from registry.kit.clock import TodayDep
from registry.kit.db import read_session
from registry.policies import service as policies
from search.documents.fields import Field
from search.engine.ports import SearchRequest

router = APIRouter(dependencies=[Depends(May(Act.READ))])

Call = tuple[str, str]  # its name among the messages, and what follows `curl`


@router.get("/{lang}/api")
def interface(request: Request, lang: LangPath, site: SiteDep, today: TodayDep) -> Response:
    words = Words(lang)
    base = site.settings.public_url.rstrip("/") or str(request.base_url).rstrip("/")
    with read_session(site.engine) as session:
        at = stand(session, Moment(today))
        calls = [*_reading(_two_alike(site, session, at), at), *_checking(session, at)]
    examples = tuple(
        ApiExample(
            words.say(f"api.{name}"),
            f"curl {call.format(base=f'{base}/api/v1')}",
            words.say(f"api.{name}.note"),
        )
        for name, call in calls
    )
    references = (Link(words.say("api.schema"), "/api/v1/openapi.json"),)
    view = ApiView(base_url=f"{base}/api/v1", examples=examples, references=references)
    return respond(request, lang, "api.html", view=view)


def _reading(found: list[Dossier], at: Point) -> list[Call]:
    """With numbers of this register, so that every line can be tried."""
    calls = [("search", "'{base}/search?q=C30&status=valid'")]
    if len(found) == 2:
        one, two = (dossier.product.fact.code for dossier in found)
        number = found[0].certificates[0].fact.number
        calls += [
            ("product", f"'{{base}}/products/{one}?on={at.on.isoformat()}'"),
            ("certificate", f"-G '{{base}}/certificates' --data-urlencode 'number={number}'"),
            ("compare", f"'{{base}}/compare?id={one}&id={two}'"),
        ]
    return [*calls, ("feed", "'{base}/changes?after=0'")]


def _checking(session: Session, at: Point) -> list[Call]:
    packs = policies.packs(session, at)
    if not packs:
        return []
    return [("check", f"-F file=@bill.xlsx -F pack={packs[-1].id} '{{base}}/checks'")]


def _two_alike(site: Site, session: Session, at: Point) -> list[Dossier]:
    """Two certified products whose figures compare; fewer where the register has none."""
    valid = {Field.STATUS: ("valid",)}
    counted = site.search.search(SearchRequest(filters=valid, facets=(Field.GWP_BASIS,), limit=1))
    for basis, count in counted.facets[Field.GWP_BASIS]:
        if basis and count >= 2:
            held = site.search.search(SearchRequest(filters={**valid, Field.GWP_BASIS: (basis,)}, limit=2))
            found = load(session, [UUID(hit.id) for hit in held.hits], at)
            return [one for one in found.values() if one.certificates]
    return []
