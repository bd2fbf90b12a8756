"""The page of a batch: its maker's own word, what covered product and plant that day, identifiers, tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from catalogue.batches.of_batch import of_batch
from frontend.frame import LangPath
from frontend.pages import batch_files, verify
from frontend.pages.batch_parts import (
    Lines,
    amount,
    batch_href,
    cover_badge,
    cover_text,
    digital_link,
    made,
    public_base,
)
from frontend.pages.paging import PER_PAGE, pager, spot
from frontend.pages.party_links import plant_link, report_href
from frontend.pages.party_parts import Party
from frontend.pages.reference import reference
from frontend.pages.standpoint import MomentDep, is_current, stand
from frontend.pages.verdicts import Finding
from frontend.pages.words import Words
from frontend.site import SiteDep
from frontend.templating import respond
from frontend.views import formats
from frontend.views.batch import BatchesView, BatchView, CoverPart, MeasuredRow
from frontend.views.batches import BatchesPart
from frontend.views.parts import Fact, Link, Qr, Tone
from frontend.views.product import Verdict
from frontend.views.qr import qr
from registry.access.http import May
from registry.access.permissions import Act
from registry.batches.facts import BatchFact, BatchTest
from registry.batches.kind import BATCH
from registry.batches.listing import counts, of_product
from registry.changes.codes import by_code
from registry.changes.reading import Point, get
from registry.kit.db import read_session
from registry.kit.ids import parse_code
from registry.parties.service import PLANT
from registry.products.facts import ProductFact
from registry.products.service import PRODUCT

router = APIRouter(dependencies=[Depends(May(Act.READ))])

LOOPBACK = ("localhost", "127.0.0.1", "::1")
SHOWN = 8


@router.get("/{lang}/batches/{code}")
def batch(request: Request, lang: LangPath, code: str, site: SiteDep, moment: MomentDep) -> Response:
    words, printed = Words(lang), parse_code(code)
    if printed is not None and printed != code:
        return RedirectResponse(batch_href(printed, words), status_code=301)
    with read_session(site.engine) as session:
        at = stand(session, moment)
        known = reference(session, at)
        party = Party(session, at, known, words, current=is_current(session, at, moment.today))
        fact = party.record(BATCH, code).fact
        view = _Page(party, fact, public_base(site, request)).view()
    return respond(request, lang, "batch.html", view=view)


@router.get("/{lang}/products/{code}/batches")
def batches(request: Request, lang: LangPath, code: str, site: SiteDep, moment: MomentDep) -> Response:
    """Every batch of a product, the latest production first."""
    words = Words(lang)
    with read_session(site.engine) as session:
        at = stand(session, moment)
        product = by_code(session, code, PRODUCT, at).fact
        count = counts(session, [product.id], at)[product.id]
        place = spot(count, request.query_params.get("page", ""))
        shown = of_product(session, product.id, at, most=PER_PAGE, skip=place.skip)
        lines = Lines.of(session, shown, at, words)
        part = BatchesPart(
            tuple(lines.line(one.fact) for one in shown), words.say("batch.count", count=count)
        )
    here = f"/{lang}/products/{product.code}"
    view = BatchesView(
        title=words.name(product),
        crumbs=(Link(words.name(product), here),),
        part=part,
        pager=pager(place.page, place.pages, lambda n: f"{here}/batches?page={n}"),
        files=batch_files.links(product, count, words),
        json_href=f"/api/v1/batches?product={product.code}",
    )
    return respond(request, lang, "batches.html", view=view)


def part(session: Session, product: ProductFact, at: Point, words: Words) -> BatchesPart | None:
    """The section of a product's page; none where nothing is stated."""
    count = counts(session, [product.id], at)[product.id]
    if not count:
        return None
    found = of_product(session, product.id, at, most=SHOWN)
    lines = Lines.of(session, found, at, words)
    more = Link(words.say("batch.all"), f"/{words.lang}/products/{product.code}/batches")
    return BatchesPart(
        lines=tuple(lines.line(one.fact) for one in found),
        text=words.say("batch.count", count=count),
        more=more if count > SHOWN else None,
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """One batch being put into words."""

    party: Party
    batch: BatchFact
    base: str

    @property
    def words(self) -> Words:
        return self.party.words

    def view(self) -> BatchView:
        batch, words, session, at = self.batch, self.words, self.party.session, self.party.at
        product = get(session, PRODUCT, batch.product_id, at)
        path = batch_href(batch.code, words)
        name = words.name(product.fact) if product else "—"
        href = f"/{words.lang}/products/{product.fact.code}" if product else ""
        return BatchView(
            title=words.say("batch.title", number=batch.number),
            code=batch.code,
            crumbs=(Link(name, href),) if href else (),
            verdict=_verdict(batch, words),
            notices=self.party.notices(path),
            facts=tuple(self._facts(Fact(words.say("label.product"), name, href=href))),
            cover=self._cover(),
            identifiers=tuple(self._identifiers()),
            tests=tuple(self._test(one) for one in batch.tests),
            history=self.party.versions(BATCH, batch.id, path),
            qr=self._qr(),
            actions=(
                Link(words.say("action.verdict"), verify.address(batch.code)),
                Link(words.say("action.json"), f"/api/v1/batches/{batch.code}?on={at.on}&as_of={at.as_of}"),
            ),
            report_href=report_href(batch.code, words),
        )

    def _facts(self, product: Fact) -> Iterator[Fact]:
        batch, words, party = self.batch, self.words, self.party
        plant = get(party.session, PLANT, batch.plant_id, party.at)
        link = plant_link(plant.fact if plant else None, words)
        yield product
        yield Fact(words.say("batch.model"), batch.model or words.say("not-stated"))
        yield Fact(words.say("label.plant"), link.text, href=link.href)
        yield Fact(words.say("batch.made"), made(batch, words))
        yield Fact(words.say("batch.amount"), amount(batch, words))
        yield Fact(words.say("batch.stated-on"), words.day(batch.stated_on))

    def _identifiers(self) -> Iterator[Fact]:
        batch, words = self.batch, self.words
        yield Fact(words.say("label.number"), batch.code, copy=True)
        yield Fact(words.say("batch.number"), batch.number, words.say("batch.number-note"))
        if batch.gtin is not None:
            yield Fact(words.say("batch.gtin"), batch.gtin, words.say("batch.gtin-note"))
        link = digital_link(batch)
        if link is not None:
            yield Fact(words.say("batch.digital-link"), self.base + link.path, href=link.path)
        for handle in batch.industrial_ids:
            yield Fact(words.say("batch.industrial"), handle)
        if batch.serials:
            yield Fact(words.say("batch.serials", count=len(batch.serials)), words.listed(batch.serials))

    def _cover(self) -> CoverPart:
        found = of_batch(self.party.session, self.batch, self.party.at)
        return CoverPart(
            cover_badge(found, self.words),
            cover_text(found, self.batch, self.words),
            tuple(Link(one.number, verify.address(one.code)) for one in found.certificates),
        )

    def _test(self, test: BatchTest) -> MeasuredRow:
        words = self.words
        unstated = words.say("not-stated")
        by = [text for text in (test.laboratory, test.report_number) if text]
        return MeasuredRow(
            indicator=test.indicator,
            value=formats.quantity(test.value, test.unit) if test.unit else formats.number(test.value),
            method=test.method or unstated,
            by=words.listed(by) or unstated,
            day=words.day(test.tested_on) if test.tested_on else unstated,
        )

    def _qr(self) -> Qr:
        """The Digital Link where there is one, since a label carries it; else our own number."""
        link = digital_link(self.batch)
        path = link.path if link else verify.address(self.batch.code)
        here = urlsplit(self.base).hostname in LOOPBACK
        scheme, mark, host = self.base.partition("://")
        # Scheme and host take capitals, which need fewer modules; the path keeps its case.
        address = (scheme + mark + host).upper() + (path if link else path.upper())
        return qr(address, Link(path if here else self.base + path, path))


def _verdict(batch: BatchFact, words: Words) -> Verdict:
    if batch.withdrawn:
        gone = words.say("batch.withdrawn-because", reason=batch.withdrawn_reason or "")
        return Verdict(Tone.BAD, words.say("verdict.batch-withdrawn"), gone)
    finding = Finding(Tone.QUIET, "verdict.batch")
    return Verdict(finding.tone, finding.said(words), words.say("batch.own-word"))
