"""Carbon of a report's lines as a page: from declarations, from marked stand-ins, or none, never added up."""

from collections.abc import Sequence

from fastapi import APIRouter, Depends, Response

from catalogue.background.generic import Generic
from catalogue.checks.carbon import Estimate, LineCarbon, Source, Sum, of_report
from frontend.pages.check_basis import Told, told
from frontend.pages.check_desk import VisitDep
from frontend.pages.check_lines import Lines, stated
from frontend.pages.check_paging import Wanted, of_query
from frontend.pages.paging import pager
from frontend.pages.words import Words, figure
from frontend.views.check_carbon import CarbonLine, CarbonView
from frontend.views.formats import has_han
from frontend.views.parts import Badge, Fact, Link, Tone
from registry.access.http import May
from registry.access.permissions import Act
from registry.declarations.figures.shapes import step_said
from registry.kit.db import read_session

router = APIRouter(dependencies=[Depends(May(Act.CHECK_BILL))])
PER_PAGE = 40
TONES = {Source.DECLARED: Tone.GOOD, Source.STAND_IN: Tone.WARN, Source.NONE: Tone.QUIET}


@router.get("/{token}/report/{number}/carbon")
def show(visit: VisitDep, token: str, number: str, page: str = "") -> Response:
    """Read at the report's own position, so that it stays as it is."""
    with read_session(visit.site.engine) as session:
        found = told(visit, session, token, number)
        carbon = of_report(session, found.report.input)
    return visit.page("check/carbon.html", view=carbon_view(found, carbon, of_query({"page": page}).page))


def carbon_view(found: Told, carbon: Estimate, page: int) -> CarbonView:
    """A page of the estimate in words."""
    words, total = found.terms.words, len(carbon.lines)
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), pages)
    first, last = (page - 1) * PER_PAGE, min(page * PER_PAGE, total)
    shown = Shown(found, Lines(found.report, found.terms, found.here, printed=False))
    here = f"{found.here}/carbon"
    token = found.address.rpartition("/")[2]
    return CarbonView(
        number=found.row.number,
        apart=words.say("check.carbon.apart"),
        by_rules=words.say("check.carbon.by-rules-apart"),
        stand_in_note=words.say("check.carbon.stand-in-note"),
        declared=_sums(carbon.declared, words),
        stand_ins=_sums(carbon.stand_ins, words),
        without=words.say("check.carbon.without", count=carbon.without),
        lines=tuple(shown.line(one) for one in carbon.lines[first:last]),
        count=words.say("check.count-lines", count=total, first=first + 1, last=last) if total else "",
        pager=pager(page, pages, lambda number: Wanted(page=number).href(here)),
        json_href=f"/api/v1/checks/{token}/reports/{found.row.number}/carbon",
        back=found.here,
    )


def _sums(sums: Sequence[Sum], words: Words) -> tuple[Fact, ...]:
    return tuple(
        Fact(one.name, f"{figure(one.kilograms)} kgCO₂e", words.say("check.carbon.of-lines", count=one.lines))
        for one in sums
    )


class Shown:
    """The lines of one report in words."""

    def __init__(self, found: Told, lines: Lines) -> None:
        self._terms, self._words, self._lines = found.terms, found.terms.words, lines

    def line(self, one: LineCarbon) -> CarbonLine:
        given = one.line
        return CarbonLine(
            name=given.name or "—",
            spec=given.spec,
            spoken="zh-CN" if has_han(given.name + given.spec) else "",
            meta=" · ".join((self._lines.place(given), stated(given, self._terms))),
            badge=Badge(self.kind(one), TONES[one.source]),
            value="" if one.kilograms is None else f"{figure(one.kilograms)} kgCO₂e",
            source=self.source(one),
            link=self._declaration(one),
            path=self.path(one),
        )

    def kind(self, one: LineCarbon) -> str:
        return self._words.say(f"check.carbon.{one.source}")

    def path(self, one: LineCarbon) -> str:
        """Every step of the conversion, with the figure it leans on and where that was stated."""
        return self._words.in_turn(step_said(step, self._words.lang) for step in one.path)

    def source(self, one: LineCarbon) -> str:
        """What stands behind a figure, or why there is none."""
        if one.generic is not None:
            return generic_said(one.generic, self._words)
        if one.why is not None:
            return self._words.say(one.why.key, **one.why.facts)
        return self._words.say("check.carbon.by-rules", rules=one.rules)

    def _declaration(self, one: LineCarbon) -> Link | None:
        if one.declaration is None:
            return None
        code = one.declaration.code
        return Link(one.declaration.number or code, f"/{self._words.lang}/declarations/{code}")


def generic_said(one: Generic, words: Words) -> str:
    """What stands in: the row of which document, its year and how sure it is."""
    return words.say(
        "check.carbon.generic",
        name=words.pick(one.name_zh, one.name_en),
        value=figure(one.value),
        per=one.per.symbol(words.lang),
        document=one.document,
        clause=one.clause or "–",
        year=one.data_year or words.say("check.carbon.no-year"),
        confidence=words.say(f"data.confidence.{one.confidence}"),
    )
