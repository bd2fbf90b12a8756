"""What supervision has made public: rounds with their lots, findings on complaints, recognition."""

from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import PlainTextResponse
from sqlmodel import Session

from frontend.frame import LangPath
from frontend.pages.reference import reference
from frontend.pages.standpoint import MomentDep, stand
from frontend.pages.supervision import told
from frontend.pages.supervision.naming import beside, names
from frontend.pages.words import Words
from frontend.site import SiteDep
from frontend.templating import respond
from frontend.views import formats
from frontend.views.parts import Fact, Link, Notice, Tone
from frontend.views.supervision import Cell, SheetView, Table
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.codes import by_code
from registry.changes.kinds import Known
from registry.changes.reading import Point, find_code, many
from registry.kit.db import read_session
from registry.products.service import PRODUCT
from registry.supervision import draw, reading
from registry.supervision.facts import OutcomeFact, RoundFact, RoundState, SubjectKind
from registry.supervision.kinds import ROUND

router = APIRouter(prefix="/{lang}/supervision", dependencies=[Depends(May(Act.READ))])
MOST = 50


@router.get("")
def supervision(request: Request, lang: LangPath, site: SiteDep, moment: MomentDep) -> Response:
    words = Words(lang)
    with read_session(site.engine) as session:
        at = stand(session, moment)
        tables = (_rounds(session, at, words), _findings(session, at, words), _entries(session, at, words))
    view = SheetView(
        title=words.say("supervision.title"),
        lead=words.say("supervision.lead"),
        tables=tables,
        links=(
            Link(words.say("supervision.complain"), f"/{lang}/complain"),
            Link("JSON", "/api/v1/surveillance-rounds"),
        ),
    )
    return respond(request, lang, "supervision/sheet.html", view=view)


@router.get("/rounds/{code}")
def surveillance_round(
    request: Request, lang: LangPath, code: str, site: SiteDep, moment: MomentDep
) -> Response:
    words = Words(lang)
    with read_session(site.engine) as session:
        at = stand(session, moment)
        fact = by_code(session, code, ROUND, at).fact
        view = SheetView(
            title=words.name(fact),
            code=fact.code,
            state=told.round_badge(fact.state, words),
            crumbs=(Link(words.say("supervision.title"), f"/{lang}/supervision"),),
            notices=_notices(fact, words),
            facts=facts(session, fact, at, words),
            links=_links(fact, words),
            tables=(drawn(session, fact, at, words),),
        )
    return respond(request, lang, "supervision/sheet.html", view=view)


@router.get("/rounds/{code}/candidates.txt")
def candidates(code: str, site: SiteDep, moment: MomentDep) -> Response:
    """The frozen list, byte for byte as its digest was published."""
    with read_session(site.engine) as session:
        fact = by_code(session, code, ROUND, stand(session, moment)).fact
    return PlainTextResponse(
        draw.listed(fact.candidates),
        headers={"Content-Disposition": f"attachment; filename={quote(fact.code)}-candidates.txt"},
    )


def facts(session: Session, fact: RoundFact, at: Point, words: Words) -> tuple[Fact, ...]:
    """How the list came about, what it is, and what draws from it."""
    known = reference(session, at)
    found = [
        Fact(
            words.say("round.scope"),
            words.say(
                "round.scope-text",
                kind=known.kind(fact.kind, words) if fact.kind else words.say("round.every-kind"),
                region=known.place(fact.region, words) if fact.region else words.say("round.every-region"),
                day=fact.scope_on,
            ),
        ),
        Fact(words.say("round.candidates"), formats.number(len(fact.candidates))),
        Fact(words.say("round.size"), formats.number(fact.size)),
        Fact(words.say("round.digest"), fact.candidates_sha256, words.say("round.digest-note")),
        Fact(
            words.say("round.seed-source"), fact.seed_source, words.say("round.seed-day", day=fact.seed_day)
        ),
    ]
    if fact.seed is not None:
        found.append(
            Fact(words.say("round.seed"), fact.seed, words.say("round.reference", where=fact.seed_reference))
        )
    return tuple(found)


def drawn(session: Session, fact: RoundFact, at: Point, words: Words) -> Table:
    """The sample in the order of the draw, with what was found."""
    outcomes = reading.outcomes_of_round(session, fact.id, at)
    codes = [found.key for code in fact.drawn if (found := find_code(session, code)) is not None]
    named = {one.fact.code: one.fact for one in many(session, PRODUCT, codes, at).values()}

    def row(code: str) -> tuple[Cell, ...]:
        outcome = outcomes.get(code)
        return (
            Cell(code, f"/{words.lang}/products/{quote(code)}", keep=True),
            Cell(words.name(named[code])) if code in named else Cell("—"),
            *_found(outcome, words),
        )

    return Table(
        "drawn",
        words.say("round.drawn"),
        tuple(words.say(f"round.column.{name}") for name in ("code", "product", "result", "day", "report")),
        tuple(row(code) for code in fact.drawn),
        words.say("round.not-drawn-yet", day=fact.seed_day),
        words.say("round.draw-note") if fact.drawn else "",
    )


def _found(outcome: Known[OutcomeFact] | None, words: Words) -> tuple[Cell, ...]:
    if outcome is None:
        return Cell(words.say("round.pending")), Cell("—"), Cell("—")
    fact = outcome.fact
    report = f"{fact.report_number} · {fact.laboratory}" if fact.report_number else "—"
    return Cell(badge=told.result_badge(fact.result, words)), Cell(words.day(fact.found_on)), Cell(report)


def _notices(fact: RoundFact, words: Words) -> tuple[Notice, ...]:
    if fact.state is not RoundState.ANNULLED:
        return ()
    return (Notice(Tone.WARN, words.say("round.annulled"), fact.reason or ""),)


def _links(fact: RoundFact, words: Words) -> tuple[Link, ...]:
    return (
        Link(words.say("round.download"), f"{told.round_href(fact.code, words)}/candidates.txt"),
        Link("JSON", f"/api/v1/surveillance-rounds/{quote(fact.code)}"),
        Link(words.say("action.verdict"), told.verify_href(fact.code)),
    )


def _rounds(session: Session, at: Point, words: Words) -> Table:
    columns = ("name", "state", "drawn", "seed")
    return Table(
        "rounds",
        words.say("supervision.rounds"),
        tuple(words.say(f"supervision.column.{name}") for name in columns),
        tuple(
            (
                Cell(words.name(one.fact), told.round_href(one.fact.code, words)),
                Cell(badge=told.round_badge(one.fact.state, words)),
                Cell(words.say("round.of", size=one.fact.size, count=len(one.fact.candidates))),
                Cell(one.fact.seed or words.say("round.seed-day", day=one.fact.seed_day)),
            )
            for one in reading.rounds(session, at)[:MOST]
        ),
        words.say("supervision.no-rounds"),
        words.say("supervision.rounds-note"),
    )


def _findings(session: Session, at: Point, words: Words) -> Table:
    found = [one.fact for one in reading.findings(session, at)[:MOST]]
    named = names(session, ((one.subject_kind, one.subject_id) for one in found), at, words)
    lines = [(told.finding_line(one, words), named.get(one.subject_id, "—")) for one in found]
    return Table(
        "findings",
        words.say("supervision.findings"),
        tuple(words.say(f"supervision.column.{name}") for name in ("finding", "about", "outcome", "day")),
        tuple(
            (Cell(one.text, one.href), Cell(name), Cell(badge=one.state), Cell(one.day))
            for one, name in lines
        ),
        words.say("supervision.no-findings"),
        words.say("supervision.findings-note"),
    )


def _entries(session: Session, at: Point, words: Words) -> Table:
    found = reading.recognitions(session, at)[:MOST]
    named = names(session, ((SubjectKind.PRODUCT, one.fact.product_id) for one in found), at, words)
    return Table(
        "recognition",
        words.say("supervision.recognitions"),
        tuple(words.say(f"supervision.column.{name}") for name in ("product", "catalogue", "state", "day")),
        tuple(
            (
                Cell(
                    beside(one.fact.product_code, named.get(one.fact.product_id)),
                    f"/{words.lang}/products/{quote(one.fact.product_code)}",
                ),
                Cell(told.recognition_line(one.fact, words).text, told.verify_href(one.fact.code)),
                Cell(badge=told.recognition_badge(one.fact.state, words)),
                Cell(words.day(one.fact.since)),
            )
            for one in found
        ),
        words.say("supervision.no-recognitions"),
        words.say("supervision.recognitions-note"),
    )
