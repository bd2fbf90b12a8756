"""The page of a declaration: how it stands, its document by stage, what was lost, its versions, its files."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from frontend.frame import LangPath
from frontend.pages import headroom, verdicts, verify
from frontend.pages.batch_parts import public_base
from frontend.pages.declaration.document import document, text_of
from frontend.pages.declaration.sources import sources
from frontend.pages.party_links import plant_link, report_href
from frontend.pages.party_parts import Party
from frontend.pages.reference import reference
from frontend.pages.standpoint import MomentDep, is_current, stand
from frontend.pages.words import Words
from frontend.site import SiteDep
from frontend.templating import respond
from frontend.views.carbon import HeadroomPart
from frontend.views.declaration import DeclarationView
from frontend.views.parts import Fact, Link, Notice, Qr, Tone
from frontend.views.product import Verdict, VersionLine
from frontend.views.qr import qr
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.codes import by_code
from registry.changes.feed import head
from registry.changes.kinds import Known
from registry.changes.reading import day_known, history, many
from registry.declarations.documents.content import ContentFact, content_of, contents
from registry.declarations.documents.contents_api import file_answer
from registry.declarations.documents.kept_readings import KeptReading, reading_of
from registry.declarations.documents.sameness import order
from registry.declarations.facts import DeclarationFact, DeclarationState
from registry.declarations.figures.restated import restated
from registry.declarations.figures.stated import of_dataset, stated_by
from registry.declarations.formats.writers import endings, written
from registry.declarations.harvest.origins import Origin, origins
from registry.declarations.service import DECLARATION
from registry.declarations.validity import validity
from registry.kit.db import read_session
from registry.kit.errors import NotFound
from registry.kit.ids import parse_code
from registry.parties.service import PLANT
from registry.products.conversions import unit_facts_of
from registry.products.service import PRODUCT

router = APIRouter(prefix="/{lang}/declarations", dependencies=[Depends(May(Act.READ))])

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def declaration_href(code: str, words: Words) -> str:
    return f"/{words.lang}/declarations/{quote(code)}"


@router.get("/{code}")
def declaration(request: Request, lang: LangPath, code: str, site: SiteDep, moment: MomentDep) -> Response:
    words = Words(lang)
    plain_code, _, ending = code.partition(".")
    printed = parse_code(plain_code)
    if printed is not None and printed != plain_code:
        return RedirectResponse(
            f"/{lang}/declarations/{code.replace(plain_code, printed, 1)}", status_code=301
        )
    with read_session(site.engine) as session:
        at = stand(session, moment)
        known = by_code(session, plain_code, DECLARATION, at)
        content = content_of(session, known.fact.id, at)
        if ending:
            return _file(known.fact, content, ending)
        current = is_current(session, at, moment.today)
        party = Party(session, at, reference(session, at), words, current=current)
        reading = reading_of(session, content.header.seq) if content else None
        came = origins(session, known.fact.id)
        stated = of_dataset(content.fact.dataset) if content else None
        limits = headroom.of_products(party, known.fact, stated, headroom.Asked.of(request))
        page = _Page(party, known.fact, content, reading, came, tuple(limits), public_base(site, request))
        view = page.view()
    return respond(request, lang, "declaration/page.html", view=view)


def _file(fact: DeclarationFact, content: Known[ContentFact] | None, ending: str) -> Response:
    """The document in one of the formats we write."""
    if content is None:
        raise NotFound("declaration-without-document", code=fact.code)
    return file_answer(written(content.fact.dataset, ending), f"{fact.code}.{ending}")


@dataclass(frozen=True, slots=True)
class _Page:
    """One declaration being put into words."""

    party: Party
    fact: DeclarationFact
    content: Known[ContentFact] | None
    reading: KeptReading | None
    came: list[Origin]
    limits: tuple[HeadroomPart, ...]
    base: str

    @property
    def words(self) -> Words:
        return self.party.words

    def view(self) -> DeclarationView:
        words, fact, reading = self.words, self.fact, self.reading
        dataset = self.content.fact.dataset if self.content else restated(fact)
        own = of_dataset(dataset) if self.content else None
        products = many(self.party.session, PRODUCT, fact.product_ids, self.party.at).values()
        stated = stated_by(fact, own, unit_facts_of(one.fact for one in products))
        standing = validity(fact, self.party.at.on)
        name = text_of(dataset.names, words)
        places = reading.origins if reading else {}
        return DeclarationView(
            title=name or f"{words.say(f'document.{fact.document}')} {fact.number}",
            code=fact.code,
            crumbs=tuple(self._products()),
            verdict=Verdict(
                verdicts.validity_tone(fact, standing),
                words.say(f"validity.{standing}"),
                words.say("declaration.own-words", number=fact.number),
            ),
            notices=(*self._replaced(), *self.party.notices(declaration_href(fact.code, words))),
            facts=tuple(self._facts()),
            products=tuple(self._products()),
            sources=tuple(sources(self.came, words)),
            document=document(dataset, reading.remarks if reading else (), places, words, stated=stated),
            headrooms=self.limits,
            whole=self.content is not None,
            files=tuple(self._files()),
            history=tuple(self._history()),
            qr=self._qr(),
            actions=(
                Link(words.say("action.verdict"), verify.address(fact.code)),
                Link("JSON", f"/api/v1/declarations/{fact.code}"),
                Link(words.say("declaration.origins-json"), f"/api/v1/declarations/{fact.code}/origins"),
            ),
            report_href=report_href(fact.code, words),
        )

    def _products(self) -> Iterator[Link]:
        found = many(self.party.session, PRODUCT, self.fact.product_ids, self.party.at)
        for one in found.values():
            yield Link(self.words.name(one.fact), f"/{self.words.lang}/products/{one.fact.code}")

    def _facts(self) -> Iterator[Fact]:
        """What the record says, and where it was read."""
        words, fact = self.words, self.fact
        plants = many(self.party.session, PLANT, fact.plant_ids, self.party.at)
        yield Fact(words.say("label.number"), fact.code)
        yield Fact(words.say("declaration.data-kind"), words.say(f"data.{fact.data_kind}"))
        yield Fact(words.say("label.verification"), words.say(f"proof.{fact.verification}"))
        for one in plants.values():
            link = plant_link(one.fact, words)
            yield Fact(words.say("label.plant"), link.text, href=link.href)
        if fact.verifier_id is not None:
            named = self.party.named([fact.verifier_id]).get(fact.verifier_id)
            yield Fact(words.say("declaration.verifiers"), words.name(named) if named else "—")
        if (reading := self.reading) is not None:
            source = f"{reading.source.format} {reading.source.version or ''}".strip()
            yield Fact(words.say("declaration.read-from"), reading.file.name, source)
            yield Fact("SHA-256", reading.file.sha256)
            by = words.say(f"declaration.by-{reading.file.read_by}")
            yield Fact(words.say("declaration.read-on"), words.day(reading.read_at.date()), by)
            if reading.file.source_url and not self.came:
                yield Fact(words.say("declaration.source"), reading.file.source_url)
            if reading.file.licence and not self.came:
                yield Fact(words.say("declaration.licence"), reading.file.licence)

    def _files(self) -> Iterator[Link]:
        if self.content is not None:
            here = declaration_href(self.fact.code, self.words)
            for ending in endings(self.content.fact.dataset):
                yield Link(self.words.say(f"format.{ending}"), f"{here}.{ending}")

    def _history(self) -> Iterator[VersionLine]:
        """Versions of the record, the newest first, each with its document's version."""
        session, at, words = self.party.session, self.party.at, self.words
        versions = history(session, DECLARATION, self.fact.id, as_of=at.as_of)
        documents = contents(session, self.fact.id, as_of=at.as_of)
        here = declaration_href(self.fact.code, words)
        later: str | None = None
        until = at.as_of
        for one in reversed(versions):
            came = [c for c in documents if c.header.seq <= until]
            stated = came[-1].fact.dataset.version if came else None
            day, newest = day_known(one.header), one is versions[-1]
            yield VersionLine(
                label=words.say("declaration.record-version", version=one.header.version),
                day=words.day(day),
                text=self._version_said(stated, later, newest=newest),
                current=newest,
                href="" if newest else f"{here}?on={one.header.effective_on}&as_of={until}",
            )
            later, until = stated, one.header.seq - 1

    def _version_said(self, stated: str | None, later: str | None, *, newest: bool) -> str:
        words, withdrawn = self.words, self.fact.state is DeclarationState.WITHDRAWN
        said = words.say("declaration.document-version", version=stated or "—")
        if newest or withdrawn:
            return said
        gone = "taken-back" if order(later) < order(stated) else "superseded"
        return f"{said} · {words.say(f'declaration.{gone}')}"

    def _replaced(self) -> Iterator[Notice]:
        """Whoever looks back at a version is told which one took its place."""
        session, words = self.party.session, self.words
        newest = contents(session, self.fact.id, as_of=head(session).seq)[-1:]
        if self.content is None or not newest or newest[0].fact.dataset == self.content.fact.dataset:
            return
        before, now = (one.fact.dataset.version for one in (self.content, newest[0]))
        key = "declaration.was-taken-back" if order(now) < order(before) else "declaration.replaced"
        text = words.say(key, before=before or "—", now=now or "—")
        link = Link(words.say("declaration.replaced-by"), declaration_href(self.fact.code, words))
        yield Notice(Tone.WARN, text, links=(link,))

    def _qr(self) -> Qr:
        path = verify.address(self.fact.code)
        shown = path if urlsplit(self.base).hostname in LOOPBACK else self.base + path
        return qr(f"{self.base}/V/{self.fact.code}".upper(), Link(shown, path))
