"""The rules of each pack for everyone to read, with an example reckoned while the page is made."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from fastapi import APIRouter, Depends, Request, Response

from frontend.frame import LangPath
from frontend.pages.check_desk import pack_status
from frontend.pages.check_units import unit_block
from frontend.pages.check_words import PackWords
from frontend.pages.data_rows import dated, trust
from frontend.pages.reference import reference
from frontend.pages.rules_example import Example, ExampleLines, example, reckon
from frontend.pages.rules_terms import bars, evidence, facts, groups, steps
from frontend.pages.standpoint import MomentDep, stand
from frontend.pages.words import Words
from frontend.site import SiteDep
from frontend.templating import respond
from frontend.views.parts import Badge, Link, Tone
from frontend.views.report import cut_percent
from frontend.views.rules import (
    Answered,
    PackCard,
    PackView,
    Question,
    RemarkRow,
    RulesView,
    SourceRow,
)
from registry.access.http import May
from registry.access.permissions import Act
from registry.kit.db import read_session
from registry.policies import service as policies
from registry.policies.pack import OpenPoint, Pack
from registry.policies.pack_terms import SourceStatus

router = APIRouter(dependencies=[Depends(May(Act.READ))])

STATUS_TONES = {
    SourceStatus.IN_FORCE: Tone.GOOD, SourceStatus.TRIAL: Tone.GOOD,
    SourceStatus.DRAFT: Tone.WARN, SourceStatus.REPLACED: Tone.WARN,
}  # fmt: skip


@router.get("/{lang}/rules")
def index(request: Request, lang: LangPath, site: SiteDep, moment: MomentDep) -> Response:
    words = Words(lang)
    with read_session(site.engine) as session:
        at = stand(session, moment)
        known = reference(session, at)
        packs = sorted(policies.packs(session, at), key=lambda pack: (pack.valid_from, pack.id), reverse=True)
    cards = tuple(
        PackCard(
            title=words.pick(pack.title_zh, pack.title_en),
            href=f"/{lang}/rules/{pack.id}",
            status=_status(pack, words),
            text=words.say(
                "rules.card",
                region=known.region(pack.region, words),
                edition=pack.edition,
                method=words.say(f"rules.method.{pack.method}"),
            ),
        )
        for pack in packs
    )
    return respond(request, lang, "rules/index.html", view=RulesView(cards))


@router.get("/{lang}/rules/{pack_id}")
def read(request: Request, lang: LangPath, pack_id: str, site: SiteDep, moment: MomentDep) -> Response:
    with read_session(site.engine) as session:
        at = stand(session, moment)
        pack = policies.pack(session, pack_id[:80], at)
        terms = PackWords(Words(lang), pack, reference(session, at))
    return respond(request, lang, "rules/pack.html", view=_view(terms, example(pack)))


def _view(terms: PackWords, worked: Example) -> PackView:
    pack, words = terms.pack, terms.words
    lines = ExampleLines(worked.shares, terms)
    block = unit_block(worked.result, terms, place=1, lines=lines)
    return PackView(
        title=terms.title,
        crumbs=(Link(words.say("rules.title"), f"/{words.lang}/rules"),),
        status=_status(pack, words),
        facts=tuple(facts(terms)),
        steps=tuple(steps(terms)),
        bars=tuple(bars(terms)),
        groups=tuple(groups(terms)),
        evidence=tuple(evidence(terms)),
        questions=tuple(_question(one, terms, worked) for one in pack.open_points),
        bill=lines.rows(),
        reckoning=replace(block, name=words.say("rules.example")),
        sources=tuple(_sources(terms)),
        remarks=tuple(
            RemarkRow(words.pick(one.zh, one.en), trust(words, one.confidence)) for one in pack.remarks
        ),
        check_href=f"/{words.lang}/check",
        json_href=f"/api/v1/packs/{pack.id}",
    )


def _status(pack: Pack, words: Words) -> Badge:
    return Badge(pack_status(pack, words), STATUS_TONES.get(pack.sources[0].status, Tone.QUIET))


def _question(point: OpenPoint, terms: PackWords, worked: Example) -> Question:
    """Every answer the pack offers, with what the same bill comes to under it."""
    answers = [
        Answered(
            answer=terms.answer(point.point, option),
            used=option == point.default,
            result=_result(terms, worked, terms.pack.choosing({point.point: option})),
        )
        for option in point.options
    ]
    return Question(terms.words.say(f"check.open.{point.point}"), point.clause or "", tuple(answers))


def _result(terms: PackWords, worked: Example, pack: Pack) -> str:
    found = reckon(pack, worked.shares).breakdown
    if found.lower is None or found.upper is None:
        return terms.words.say("rules.no-figure")
    low, high = (cut_percent(total.compared / Fraction(100)) for total in (found.lower, found.upper))
    percent = low if low == high else f"{low}–{high}"
    return terms.words.say("rules.result", percent=percent, points=found.lower.points)


def _sources(terms: PackWords) -> Iterator[SourceRow]:
    words = terms.words
    for one in terms.pack.sources:
        status = Badge(words.say(f"check.pack-status.{one.status}"), STATUS_TONES.get(one.status, Tone.QUIET))
        yield SourceRow(
            document=one.document,
            clause=one.clause or "—",
            dated=dated(words, one.dated).text,
            status=status,
            confidence=trust(words, one.confidence),
        )
