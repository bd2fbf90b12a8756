"""Verifying a number: the form, the bilingual answer, the choice among equal numbers, and what is near."""

from datetime import date
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Session

from catalogue.archive.numbers import parse_number
from frontend.forms import legible
from frontend.frame import LangPath
from frontend.pages import answers_supervision
from frontend.pages.answer_parts import EN, ZH, Ask, Parts, both
from frontend.pages.answers import ANSWERS
from frontend.pages.near import nearest
from frontend.pages.party_links import report_href
from frontend.pages.reference import reference
from frontend.pages.standpoint import MomentDep, stand
from frontend.pages.supervision.complain import complain_href
from frontend.pages.verdicts import Finding
from frontend.pages.words import Words
from frontend.remembered import MOMENT, Page
from frontend.site import Site, SiteDep
from frontend.templating import render, respond
from frontend.views import formats
from frontend.views.parts import EvidenceKind, EvidenceTag, FieldError, Link, Tone
from frontend.views.verify import AnswerView, Both, Candidate, CandidatesView, UnknownView, VerifyFormView
from registry.access.http import May
from registry.access.permissions import Act
from registry.batches import finding
from registry.certificates import queries as certificates
from registry.certificates.facts import CertificateFact
from registry.certificates.states import on_day
from registry.changes.kinds import Known
from registry.changes.models import PublicCode
from registry.changes.reading import Point, find_code, many
from registry.kit.clock import NowDep
from registry.kit.db import read_session
from registry.kit.ids import parse_code
from registry.parties.service import ORGANISATION

router = APIRouter(dependencies=[Depends(May(Act.READ))])
scanned = APIRouter(dependencies=[Depends(May(Act.READ))])

LONGEST = 120
MOST_CANDIDATES = 10


@router.get("/{lang}/verify")
def form(
    request: Request,
    lang: LangPath,
    code: Annotated[str, Query(max_length=400)] = "",
    q: Annotated[str, Query(max_length=400, description="The same as `code`")] = "",
) -> Response:
    """The form; a typed number goes straight to its answer."""
    words, typed = Words(lang), (code or q).strip()[:LONGEST]
    if typed:
        return RedirectResponse(address(typed), status_code=303)
    asked = "code" in request.query_params or "q" in request.query_params
    errors = (FieldError("code", words.say("verify.nothing-typed")),) if asked else ()
    return respond(request, lang, "verify/form.html", view=VerifyFormView(errors=errors))


@scanned.get("/v/{code:path}")
@scanned.get("/V/{code:path}")
def verify(code: str, site: SiteDep, now: NowDep, moment: MomentDep) -> Response:
    """The public answer to a number, ours or a body's."""
    typed = legible(code.strip()[:LONGEST])
    if not typed:
        return RedirectResponse("/zh/verify", status_code=303)
    with read_session(site.engine) as session:
        at = stand(session, moment)
        known = site.answered.find(typed, at)
        if known is not None:
            return _written(known.at(_moment(now)))
        printed = parse_code(typed)
        record = find_code(session, printed) if printed else None
        if record is None:
            found = certificates.by_number(session, typed, at)
            if len(found) > 1:
                return _page("verify/candidates.html", _candidates(session, site, typed, found, at))
            record = find_code(session, found[0].fact.code) if found else None
        things = finding.find(session, typed, at) if record is None else ()
        if len(things) > 1:
            return RedirectResponse(f"/zh/find?{urlencode({'id': typed})}", status_code=303)
        record = find_code(session, things[0].code) if things else record
        if record is None:
            return _page("verify/unknown.html", _unknown(site, session, typed, at=at), status=404)
        view = answer(session, site, record, at=at)
    page = Page.of(render(None, "zh", "verify/answer.html", view=view))
    site.answered.keep(typed, at, page)
    return _written(page.at(_moment(now)))


def address(code: str, day: date | None = None) -> str:
    """Where a number is answered; a day is kept, so that a look back can be passed on."""
    return f"/v/{quote(code, safe='')}" + (f"?on={day.isoformat()}" if day else "")


def is_number(session: Session, text: str, at: Point) -> bool:
    """Whether a typed text names something unmistakably, so that a search box can lead there."""
    printed = parse_code(text)
    if printed is not None and find_code(session, printed) is not None:
        return True
    return bool(certificates.by_number(session, text, at) or finding.sure(session, text, at))


def answer(session: Session, site: Site, record: PublicCode, *, at: Point) -> AnswerView:
    ask = Ask(session, record.key, at, reference(session, at))
    reply = ANSWERS.get(record.kind) or answers_supervision.ANSWERS.get(record.kind)
    parts = (reply(ask) if reply else None) or _not_yet(at)
    finding = parts.finding
    return AnswerView(
        code=record.code,
        tone=finding.tone,
        verdict=Both(finding.said(ZH), finding.said(EN)),
        source=Both(
            ZH.joined(finding.detail(ZH), finding.source(ZH)),
            EN.joined(finding.detail(EN), finding.source(EN, brief=True)),
        ),
        tag=parts.tag,
        facts=(*parts.facts, *answers_supervision.lines(session, record, at)),
        covered=parts.covered,
        not_covered=parts.not_covered,
        checked_at=MOMENT,
        product_href=f"/zh/products/{parts.product.code}" if parts.product else "",
        report_href=report_href(record.code, ZH),
        complain_href=complain_href(record.code, ZH),
        demo=site.demonstration,
    )


def _not_yet(at: Point) -> Parts:
    tag = EvidenceTag(EvidenceKind.NONE, f"{ZH.say('evidence.none')} {EN.say('evidence.none')}")
    return Parts(Finding(Tone.QUIET, "verdict.not-yet-known", {"day": at.on}), tag, ())


def _candidates(
    session: Session, site: Site, code: str, found: list[Known[CertificateFact]], at: Point
) -> CandidatesView:
    bodies = many(session, ORGANISATION, (known.fact.body_id for known in found), at)
    return CandidatesView(
        code=code,
        candidates=tuple(
            Candidate(
                number=known.fact.code,
                body=bodies[known.fact.body_id].fact.name_zh if known.fact.body_id in bodies else "—",
                name=known.fact.rows[0].product_name if known.fact.rows else "—",
                state=both(f"state.{on_day(known.fact, at.on)}"),
                href=address(known.fact.code),
            )
            for known in found[:MOST_CANDIDATES]
        ),
        demo=site.demonstration,
    )


def _unknown(site: Site, session: Session, code: str, *, at: Point) -> UnknownView:
    return UnknownView(
        code=code,
        nearest=tuple(Link(one, address(one)) for one in nearest(site, session, code, at)),
        report_href=report_href(code, ZH),
        demo=site.demonstration,
        kept=parse_number(code) is not None,
    )


def _moment(now: NowDep) -> str:
    return formats.instant(now, "zh")


def _page(name: str, view: object, *, status: int = 200) -> Response:
    return _written(render(None, "zh", name, view=view), status)


def _written(page: str, status: int = 200) -> Response:
    """A page of its own without a language in its address; it may change, so browsers do not keep it."""
    headers = {"Content-Language": "zh-CN, en", "Cache-Control": "no-cache"}
    return HTMLResponse(page, status_code=status, headers=headers)
