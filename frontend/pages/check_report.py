"""A finished report as a page and as files, and computed again to see that it still comes out the same."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import RedirectResponse

from catalogue.checks import service, store
from catalogue.checks.carbon import of_report
from catalogue.checks.report import Report, load
from frontend.exports import report_xlsx
from frontend.pages import check_again, check_carbon, check_forms
from frontend.pages.check_basis import Told, basis, head, remarks, told
from frontend.pages.check_changes import changes_block
from frontend.pages.check_desk import VisitDep
from frontend.pages.check_first import FirstSteps
from frontend.pages.check_lines import PER_PAGE, Lines
from frontend.pages.check_paging import Wanted, of_query
from frontend.pages.check_units import unit_block
from frontend.pages.paging import pager
from frontend.views.parts import Notice, Tone
from frontend.views.report import Downloads, ReportView
from registry.access.http import May
from registry.access.permissions import Act
from registry.kit.db import read_session

router = APIRouter(dependencies=[Depends(May(Act.CHECK_BILL))])


@router.get("/{token}/report/{number}.json")
def as_json(visit: VisitDep, token: str, number: str) -> Response:
    """The report as it was stored, byte for byte."""
    with read_session(visit.site.engine) as session:
        row = told(visit, session, token, number).row
    disposition = f'attachment; filename="{row.number}.json"'
    return Response(row.report, media_type="application/json", headers={"Content-Disposition": disposition})


@router.get("/{token}/report/{number}.xlsx")
def as_workbook(visit: VisitDep, token: str, number: str) -> Response:
    """The report as a workbook, to be worked on."""
    with read_session(visit.site.engine) as session:
        found = told(visit, session, token, number)
        carbon = of_report(session, found.report.input)
    content = report_xlsx.workbook(found, carbon, demonstration=visit.site.demonstration)
    disposition = f'attachment; filename="{found.row.number}.xlsx"'
    return Response(content, media_type=report_xlsx.MEDIA, headers={"Content-Disposition": disposition})


@router.get("/{token}/report/{number}")
def show(
    visit: VisitDep,
    token: str,
    number: str,
    page: str = "",
    on_paper: Annotated[str, Query(alias="print")] = "",
) -> Response:
    """The report, its lines in pages, or every line for paper."""
    with read_session(visit.site.engine) as session:
        found, before = told(visit, session, token, number), None
        earlier = found.kept.state.reports
        if number in earlier[1:]:
            before = load(store.report(session, found.kept, earlier[earlier.index(number) - 1]).report)
    view = report_view(found, page=of_query({"page": page}).page, printed=bool(on_paper), before=before)
    return visit.page("check/report.html", view=view)


@router.post("/{token}/report/{number}/replay")
def replay(visit: VisitDep, token: str, number: str) -> Response:
    """Read the register again at the stored position, judge again, and compare byte for byte."""
    with read_session(visit.site.engine) as session:
        found = told(visit, session, token, number)
        outcome = "same" if service.replay(session, found.row.report) else "differs"
    said = Notice(
        Tone.GOOD if outcome == "same" else Tone.BAD,
        visit.words.say(f"check.replay-{outcome}"),
        visit.words.say(f"check.replay-{outcome}-text", digest=found.row.sha256),
    )
    view = report_view(found, replayed=said)
    return visit.page("check/report.html", view=view)


@router.get("/{token}/report/{number}/replay")
def opened_anew(visit: VisitDep, token: str, number: str) -> Response:
    """The address that a form was sent to, opened by itself: the report."""
    return RedirectResponse(visit.to(token, f"report/{number}"), status_code=303)


def report_view(
    found: Told,
    *,
    page: int = 1,
    printed: bool = False,
    replayed: Notice | None = None,
    before: Report | None = None,
) -> ReportView:
    """The whole report in words; the page of lines is the only thing that turns."""
    here, words = found.here, found.terms.words
    total = len(found.report.lines)
    pages = 1 if printed else max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), pages)
    first, last = (0, total) if printed else ((page - 1) * PER_PAGE, min(page * PER_PAGE, total))
    lines = Lines(found.report, found.terms, here, printed, match="" if printed else f"{found.address}/match")
    first_steps = FirstSteps(lines)
    units = tuple(
        replace(
            unit_block(unit, found.terms, place=place, lines=lines, forms_at=f"{here}/forms"),
            first=tuple(first_steps.of(unit)) if page == 1 else (),
        )
        for place, unit in enumerate(found.report.units, 1)
    )
    return ReportView(
        number=found.row.number,
        head=head(found),
        basis=basis(found),
        remarks=remarks(found),
        overview=units,
        units=units if page == 1 else (),
        lines=lines.rows(first, last),
        count=words.say("check.count-lines", count=total, first=first + 1, last=last) if total else "",
        pager=pager(page, pages, lambda number: Wanted(page=number).href(here)),
        not_counted=lines.not_counted(),
        downloads=Downloads(f"{here}.xlsx", f"{here}.json", f"{here}?print=1"),
        match_href=f"{found.address}/match",
        delete_href=f"{found.address}/delete",
        replay_href=f"{here}/replay",
        again_href=f"{here}/again",
        here=here,
        printed=printed,
        replayed=replayed,
        form_document=check_forms.document(found.terms),
        translation=words.lang == "en",
        changes=changes_block(before, found.report, address=found.address, lines=lines)
        if before and page == 1
        else None,
    )


router.include_router(check_again.router)
router.include_router(check_carbon.router)
router.include_router(check_forms.router)
