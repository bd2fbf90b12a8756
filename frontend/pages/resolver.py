"""The GS1 Digital Link resolver: from a GTIN, batch or serial number to its page, or to the set of its links.

It follows GS1-Conformant Resolver 1.2.0 but for compressed URIs, which it refuses with 400. Nothing is
guessed: what is not registered is 404, also where a coarser level is known, so that no unknown batch looks
registered.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from sqlmodel import Session

from frontend import linkset
from frontend.i18n import LANGS, Lang
from frontend.linkset import DEFAULT, DEFAULT_MULTI, HTML, JSON, Level, Target
from frontend.pages import verify
from frontend.pages.batch_parts import public_base
from frontend.pages.find import address
from frontend.pages.standpoint import MomentDep, stand
from frontend.pages.words import Words
from frontend.site import SiteDep
from registry.access.http import May
from registry.access.permissions import Act
from registry.batches import digital_link, finding
from registry.batches.digital_link import DigitalLink
from registry.batches.finding import Thing
from registry.batches.kind import BATCH
from registry.changes.codes import by_code
from registry.changes.reading import Point, get
from registry.dossiers.load import load
from registry.kit.db import read_session
from registry.kit.errors import NotFound
from registry.products.service import PRODUCT

router = APIRouter(dependencies=[Depends(May(Act.READ))])

SPOKEN = {"zh": "zh-CN", "en": "en"}
ANYBODY = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Link, Location",
}
SHOWN = 120


@router.get("/01/{rest:path}")
def resolve(
    request: Request,
    rest: str,
    site: SiteDep,
    moment: MomentDep,
    asked: Annotated[str | None, Query(alias="linkType", max_length=200)] = None,
) -> Response:
    """A redirect by link type and language, or every link there is."""
    spoken = linkset.languages(request.headers.get("accept-language", ""))
    request.state.lang = _language(spoken)  # refusals speak it too
    raw: bytes = request.scope.get("raw_path") or b"/01/" + rest.encode()
    # What is not ASCII in an address as it was sent is no URI; it is encoded, and then refused for itself.
    link = digital_link.parse("".join(chr(one) if one < 128 else f"%{one:02X}" for one in raw))
    base, accept = public_base(site, request), request.headers.get("accept", "")
    with read_session(site.engine) as session:
        maker = _Levels(session, stand(session, moment), base)
        levels = maker.levels(link)
    headers = {**ANYBODY, "Vary": "Accept, Accept-Language"}
    if linkset.wants_linkset(accept, asked):
        headers |= {"Link": linkset.CONTEXT, "Cache-Control": "no-cache"}
        return JSONResponse(linkset.linkset(levels), headers=headers, media_type=linkset.MEDIA_TYPE)
    target = _target(levels, asked, accept=accept, spoken=spoken)
    if target is None:
        raise NotFound("digital-link-no-such-type", path=link.path[:SHOWN], type=(asked or "")[:SHOWN])
    every = f'<{base}{link.path}?linkType=linkset>; rel="linkset"; type="{linkset.MEDIA_TYPE}"'
    headers |= {"Link": every, "Cache-Control": "no-cache"}
    return RedirectResponse(_with_query(target.href, request.url.query), status_code=307, headers=headers)


@router.options("/01/{rest:path}")
def options(rest: str) -> Response:  # noqa: ARG001 - whatever it is, it is asked for in the same ways
    """What may be asked, and by pages of any site."""
    allowed = "GET, HEAD, OPTIONS"
    headers = {"Allow": allowed, "Access-Control-Allow-Methods": allowed, "Access-Control-Allow-Headers": "*"}
    return Response(status_code=204, headers=ANYBODY | headers)


@router.get("/.well-known/gs1resolver")
def description(request: Request, site: SiteDep) -> Response:
    """What this resolver can do, in the form that GS1 gives such files."""
    content = {
        "name": "GreenMat 绿材名录",
        "resolverRoot": public_base(site, request),
        "supportedPrimaryKeys": [digital_link.GTIN],
        "supportedLinkType": [{"namespace": linkset.VOCABULARY, "prefix": "gs1:"}],
        "linkTypeDefaultCanBeLinkset": False,
    }
    return JSONResponse(content, headers=ANYBODY | {"Cache-Control": "no-cache"})


def _language(spoken: Sequence[str]) -> Lang:
    """The reader's first language among ours; Chinese where there is none."""
    return next((one for wanted in spoken for one in LANGS if one == wanted), "zh")


def _with_query(href: str, query: str) -> str:
    """Every pair of the query is passed on, before a heading inside the page."""
    path, mark, heading = href.partition("#")
    if query:
        path += ("&" if "?" in path else "?") + query
    return path + mark + heading


def _target(
    levels: Sequence[Level], asked: str | None, *, accept: str, spoken: Sequence[str]
) -> Target | None:
    """The link of the type asked for, at the finest level that has one; by default the thing's own page."""
    name = DEFAULT_MULTI if asked is None else linkset.link_type(asked)
    if name == DEFAULT:
        name = DEFAULT_MULTI
    wanted = (*spoken, *LANGS)
    for level in levels:
        found = linkset.chosen(level.links.get(name or "", ()), accept=accept, languages=wanted)
        if found is not None:
            return found
    return None


class _Levels:
    """The levels of one Digital Link being linked, as known at a point."""

    def __init__(self, session: Session, at: Point, base: str) -> None:
        self.session, self.at, self.base = session, at, base

    def levels(self, link: DigitalLink) -> tuple[Level, ...]:
        """From what was asked up to the trade item; NotFound where what was asked is not registered."""
        things = finding.resolve(self.session, link, self.at)
        if not things:
            raise NotFound("digital-link-unknown", path=link.path[:SHOWN])
        found = [self._level(link, things[0])]
        for coarser in link.above[1:]:
            found += [
                self._level(coarser, one) for one in finding.resolve(self.session, coarser, self.at)[:1]
            ]
        return tuple(found)

    def _level(self, link: DigitalLink, thing: Thing) -> Level:
        if thing.kind == BATCH.name:
            name, links = self._batch(thing)
        else:
            name, links = self._product(thing)
        pages = self._pages(thing, name)
        first = {DEFAULT: (Target(pages[0].href, pages[0].title),), DEFAULT_MULTI: pages}
        return Level(self.base + link.path, name["zh"], {**first, **links})

    def _batch(self, thing: Thing) -> tuple[dict[str, str], Mapping[str, Sequence[Target]]]:
        batch = by_code(self.session, thing.code, BATCH, self.at).fact
        name: dict[str, str] = {lang: Words(lang).say("batch.title", number=batch.number) for lang in LANGS}
        own = (*self._pages(thing, name), self._json(f"batches/{thing.code}", name))
        product = get(self.session, PRODUCT, batch.product_id, self.at)
        if product is None:
            return name, {"traceability": own}
        about = Thing(PRODUCT.name, product.fact.code, thing.scheme)
        names = {"zh": product.fact.name_zh, "en": product.fact.name_en}
        return name, {"traceability": own, "pip": self._pages(about, names)}

    def _product(self, thing: Thing) -> tuple[dict[str, str], Mapping[str, Sequence[Target]]]:
        key = by_code(self.session, thing.code, PRODUCT, self.at).header.key
        dossier = load(self.session, [key], self.at)[key]
        product = dossier.product.fact
        name = {"zh": product.name_zh, "en": product.name_en}
        links: dict[str, Sequence[Target]] = {
            "pip": self._pages(thing, name),
            "masterData": (self._json(f"products/{thing.code}", name),),
            "traceability": (
                *self._pages(thing, name, "/batches"),
                self._json(f"batches?product={thing.code}", name),
            ),
        }
        if dossier.certificates:
            both = tuple(SPOKEN.values())
            seen = Target(self.base + verify.address(thing.code), name["zh"], both, HTML)
            links["certificationInfo"] = (seen, self._json(f"certificates?product={thing.code}", name))
        if dossier.declarations:
            links["sustainabilityInfo"] = (
                *self._pages(thing, name, "#stages"),
                self._json(f"declarations?product={thing.code}", name),
            )
        return name, links

    def _pages(self, thing: Thing, name: Mapping[str, str], rest: str = "") -> tuple[Target, ...]:
        return tuple(
            Target(self.base + address(thing, Words(lang)) + rest, name[lang], (SPOKEN[lang],), HTML)
            for lang in LANGS
        )

    def _json(self, path: str, name: Mapping[str, str]) -> Target:
        return Target(f"{self.base}/api/v1/{path}", name["en"], (), JSON)
