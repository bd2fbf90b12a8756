"""The product page: verdict, place in the class, stages, whether it counts, evidence, history."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote, urlsplit
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from catalogue.comparison.base import Place
from frontend.frame import LangPath
from frontend.pages import (
    batch,
    carbon,
    cards,
    counting,
    headroom,
    limit_view,
    papers,
    product_facts,
    stages,
    supply,
    verdicts,
    verify,
)
from frontend.pages.party_links import report_href
from frontend.pages.reference import Reference, reference
from frontend.pages.results import class_caption
from frontend.pages.standpoint import MomentDep, bases_at, is_current, stand
from frontend.pages.supervision import told
from frontend.pages.words import Words, best_tag
from frontend.site import Site, SiteDep
from frontend.templating import respond
from frontend.views.charts import Strip
from frontend.views.parts import Link, Notice, Qr, Tone
from frontend.views.product import ProductView, Verdict, VersionLine
from frontend.views.qr import qr
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.codes import key_of_code
from registry.changes.reading import day_known, history
from registry.crosschecks.looks import Looks
from registry.crosschecks.service import looks_at
from registry.dossiers.dossier import Dossier, Standing
from registry.dossiers.load import load
from registry.kit.db import read_session
from registry.kit.errors import NotFound
from registry.kit.ids import parse_code
from registry.products.service import PRODUCT
from registry.supervision import reading as supervision

router = APIRouter(dependencies=[Depends(May(Act.READ))])

LOOPBACK = ("localhost", "127.0.0.1", "::1")
FADED = (Standing.WITHDRAWN, Standing.CANCELLED)


@router.get("/{lang}/products/{code}")
def product(request: Request, lang: LangPath, code: str, site: SiteDep, moment: MomentDep) -> Response:
    printed = parse_code(code)
    if printed is not None and printed != code:  # one address for each product, however it was typed
        return RedirectResponse(_address(request, lang, printed), status_code=301)
    words, today = Words(lang), moment.today
    with read_session(site.engine) as session:
        at = stand(session, moment)
        key = key_of_code(session, code, "product")
        known = reference(session, at)
        dossier = load(session, [key], at, kinds=known.kinds).get(key)
        if dossier is None:
            raise NotFound("code-not-yet-known", code=code, on=at.on, as_of=at.as_of)
        place = bases_at(site, session, at, today).place(session, dossier)
        page = _Page(dossier, known, words, place, looks_at(session, dossier.certificates, at))
        supplied = supply.part(session, dossier, known, words)
        made = batch.part(session, dossier.product.fact, at, words)
        limits = headroom.part(session, dossier, headroom.Asked.of(request), words)
        lines = _history(session, dossier, words, current=is_current(session, at, today))
        papers_of = [one.fact.id for one in dossier.certificates] + [
            one.fact.id for one in dossier.declarations
        ]
        supervised = told.lines(supervision.of_product(session, key, papers_of, at), words)
        backwards = not is_current(session, at, today)
    view = page.view(base=_public(site, request), history=lines, looking_back=backwards)
    view = replace(view, supply=supplied, batches=made, supervised=supervised, headroom=limits)
    return respond(request, lang, "product.html", view=view)


def _address(request: Request, lang: str, code: str) -> str:
    query = request.url.query
    return f"/{lang}/products/{code}" + (f"?{query}" if query else "")


def _public(site: Site, request: Request) -> str:
    return (site.settings.public_url or str(request.base_url)).rstrip("/")


def _code(base: str, code: str) -> Qr:
    """An address that only this machine can open is shown without its host."""
    path = verify.address(code)
    shown = path if urlsplit(base).hostname in LOOPBACK else base + path
    return qr(f"{base}/V/{code}".upper(), Link(shown, path))


class _Page:
    """One dossier being put into words."""

    def __init__(
        self,
        dossier: Dossier,
        known: Reference,
        words: Words,
        place: Place | None,
        looks: Mapping[UUID, Looks],
    ) -> None:
        self.dossier, self.known, self.words, self.place, self.looks = dossier, known, words, place, looks
        self.product = dossier.product.fact

    def view(self, *, base: str, history: tuple[VersionLine, ...], looking_back: bool) -> ProductView:
        words, dossier, product = self.words, self.dossier, self.product
        finding = verdicts.of_product(dossier, self.looks)
        strip = self._strip()
        return ProductView(
            id=str(product.id),
            name=words.name(product),
            crumbs=self._crumbs(),
            number=product.code,
            tag=best_tag(dossier, words),
            verdict=Verdict(finding.tone, finding.said(words), finding.source(words), finding.detail(words)),
            facts=product_facts.facts(dossier, self.known, words),
            headline=product_facts.headline(dossier, self.place, words),
            stages=stages.lines(dossier, words),
            stage_unit=stages.unit(dossier, words),
            checks=counting.checks(dossier, words),
            rule=words.say("counts.rule", day=dossier.at.on),
            papers=papers.papers(dossier, self.known, words, self.looks),
            history=history,
            qr=_code(base, product.code),
            actions=self._actions(),
            compare_href=f"/{words.lang}/compare?id={product.code}",
            report_href=report_href(product.code, words),
            notices=self._notices() if looking_back else (),
            strip=strip,
            no_strip="" if strip else self._no_strip(),
            threshold=self._threshold(),
            spread_href=carbon.address(product.kind, words),
            stacked=stages.stacked(dossier, words),
            faded=product.removed or dossier.standing in FADED,
        )

    def _crumbs(self) -> tuple[Link, ...]:
        path = f"/{self.words.lang}/products"
        kind = self.product.kind
        return (
            Link(self.words.say("step.search"), path),
            Link(self.known.kind(kind, self.words), f"{path}?kind={quote(kind)}"),
        )

    def _strip(self) -> Strip | None:
        if self.place is None or not self.place.distribution.n:
            return None
        caption = class_caption(self.place.distribution, self.known, self.words, on=self.dossier.at.on)
        return cards.strip(self.place.distribution, caption, self.dossier)

    def _threshold(self) -> Link | None:
        """A limit for the class that the chart shows."""
        if self.place is None or not self.place.distribution.n:
            return None
        href = limit_view.address(self.product.kind, self.words, self.place.distribution.basis)
        return Link(self.words.say("limit.set"), href)

    def _no_strip(self) -> str:
        return self.words.say("strip.no-value" if self.place is None else "strip.alone")

    def _notices(self) -> tuple[Notice, ...]:
        link = Link(self.words.say("history.to-current"), f"/{self.words.lang}/products/{self.product.code}")
        text = self.words.say("history.looking-back", day=self.dossier.at.on, as_of=self.dossier.at.as_of)
        return (Notice(Tone.WARN, text, links=(link,)),)

    def _actions(self) -> tuple[Link, ...]:
        at = self.dossier.at
        return (
            Link(self.words.say("action.verdict"), verify.address(self.product.code)),
            Link(
                self.words.say("action.json"),
                f"/api/v1/products/{self.product.code}?on={at.on.isoformat()}&as_of={at.as_of}",
            ),
        )


def _history(session: Session, dossier: Dossier, words: Words, *, current: bool) -> tuple[VersionLine, ...]:
    """Every version of the product and of its certificates, newest first, each as it was known then."""
    product, at = dossier.product.fact, dossier.at
    found = []
    for known in history(session, PRODUCT, product.id, as_of=at.as_of):
        text = (
            "history.removed"
            if known.fact.removed
            else "history.published"
            if known.header.version == 1
            else "history.changed"
        )
        found.append(
            (known.header, words.say("history.product", version=known.header.version), words.say(text))
        )
    for one in dossier.certificates:
        for known_cert in papers.versions(session, one, at):
            label = words.say(
                "history.certificate", number=known_cert.fact.number, version=known_cert.header.version
            )
            found.append((known_cert.header, label, words.say(f"act.{known_cert.fact.act}")))
    found.sort(key=lambda line: (line[0].effective_on, line[0].seq), reverse=True)
    return tuple(
        VersionLine(
            label=label,
            day=words.day(header.effective_on),
            text=words.joined(text, words.say("history.recorded", day=day_known(header))),
            href=f"/{words.lang}/products/{product.code}?on={header.effective_on.isoformat()}&as_of={header.seq}",
            current=current and header.seq == dossier.product.header.seq,
        )
        for header, label, text in found
    )
