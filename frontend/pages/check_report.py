"""A finished report as a page and as files, computed again, or made anew under another rule or day."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from catalogue.checks import service, store
from catalogue.checks.state import Settings
from frontend.pages.check_basis import Told, basis, head, remarks, told
from frontend.pages.check_desk import (
    Asked,
    TypedDep,
    Visit,
    VisitDep,
    asked,
    fields,
    open_fields,
    text,
)
from frontend.pages.check_lines import PER_PAGE, Lines
from frontend.pages.check_units import unit_block
from frontend.pages.reference import reference
from frontend.pages.words import Words
from frontend.views.parts import Field, FieldError, Notice, Page, Pager, Tone
from frontend.views.report import Downloads, ReportView
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes import feed
from registry.changes.reading import Point
from registry.kit.clock import TodayDep, now
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict, NotFound
from registry.policies import service as policies

router = APIRouter(dependencies=[Depends(May(Act.CHECK_BILL))])


@router.get("/{token}/report/{number}.json")
def as_json(visit: VisitDep, token: str, number: str) -> Response:
    """The report as it was stored, byte for byte."""
    with read_session(visit.site.engine) as session:
        stored = told(visit, session, token, number).row.report
    disposition = f'attachment; filename="{number}.json"'
    return Response(stored, media_type="application/json", headers={"Content-Disposition": disposition})


@router.get("/{token}/report/{number}")
def show(
    visit: VisitDep,
    token: str,
    number: str,
    page: Annotated[int, Query(ge=1)] = 1,
    printed: Annotated[bool, Query(alias="print")] = False,  # noqa: FBT002 - a query value
) -> Response:
    """The report; fifty lines a page, or every line for paper."""
    with read_session(visit.site.engine) as session:
        found = told(visit, session, token, number)
        again = _again(visit, session, found)
    if page > _pages(found):
        raise NotFound
    view = report_view(found, again=again, page=page, printed=printed)
    return visit.page("check/report.html", view=view)


@router.post("/{token}/report/{number}/replay")
def replay(visit: VisitDep, token: str, number: str) -> Response:
    """Read the register again at the stored position, judge again, and compare byte for byte."""
    with read_session(visit.site.engine) as session:
        found = told(visit, session, token, number)
        outcome = "same" if service.replay(session, found.row.report) else "differs"
        again = _again(visit, session, found)
    said = Notice(
        Tone.GOOD if outcome == "same" else Tone.BAD,
        visit.words.say(f"check.replay-{outcome}"),
        visit.words.say(f"check.replay-{outcome}-text", digest=found.row.sha256),
    )
    view = report_view(found, again=again, replayed=said)
    return visit.page("check/report.html", view=view)


@router.post("/{token}/report/{number}/again")
def again(visit: VisitDep, token: str, number: str, today: TodayDep, typed: TypedDep) -> Response:
    """The same lines under another rule or day: a new report under a new number; the old one stays."""
    with write_session(visit.site.engine) as session:
        found = told(visit, session, token, number)
        packs = policies.packs(session, Point(today, feed.head(session).seq))
        given = _on_its_day(session, asked(typed, tuple(packs), visit.words), visit.words)
        made = _made(session, found, given, revision=text(typed, "revision"))
        shown = () if made else _again(visit, session, found, given)
    if made:
        return visit.go(token, f"report/{made}")
    view = report_view(found, again=shown)
    return visit.page("check/report.html", status=422, view=view)


@router.get("/{token}/report/{number}/{_step}")
def opened_anew(visit: VisitDep, token: str, number: str, _step: str) -> Response:
    """The address that a form was sent to, opened by itself: the report."""
    return RedirectResponse(visit.to(token, f"report/{number}"), status_code=303)


def report_view(
    found: Told,
    *,
    again: tuple[Field, ...],
    page: int = 1,
    printed: bool = False,
    replayed: Notice | None = None,
) -> ReportView:
    """The whole report in words; the page of lines is the only thing that turns."""
    here, words = found.here, found.terms.words
    total = len(found.report.lines)
    first, last = (0, total) if printed else ((page - 1) * PER_PAGE, min(page * PER_PAGE, total))
    lines = Lines(found.report, found.terms, here, printed)
    units = tuple(
        unit_block(unit, found.terms, place=place, refer=lines.refer)
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
        pager=_pager(here, page, 1 if printed else _pages(found)),
        not_counted=lines.not_counted(),
        downloads=Downloads(f"{here}.xlsx", f"{here}.json", f"{here}?print=1"),
        match_href=f"{found.address}/match",
        delete_href=f"{found.address}/delete",
        replay_href=f"{here}/replay",
        again_action=f"{here}/again",
        here=here,
        again=again,
        revision=str(found.kept.revision),
        printed=printed,
        replayed=replayed,
        translation=words.lang == "en",
    )


def _pages(found: Told) -> int:
    return max(1, -(-len(found.report.lines) // PER_PAGE))


def _pager(here: str, page: int, last: int) -> Pager:
    def href(number: int) -> str:
        return here + (f"?page={number}" if number > 1 else "")

    return Pager(
        tuple(Page(str(number), href(number), number == page) for number in range(1, last + 1)),
        previous_href=href(page - 1) if page > 1 else "",
        next_href=href(page + 1) if page < last else "",
    )


def _again(visit: Visit, session: Session, found: Told, given: Asked | None = None) -> tuple[Field, ...]:
    """The form for another rule or day, filled with what was typed or else with this report's own."""
    mine = found.report.input
    at = Point(mine.report_day, feed.head(session).seq)
    packs = tuple(policies.packs(session, at))
    own = Asked(mine.project, mine.pack_id, mine.report_day.isoformat(), mine.report_day, mine.choices, ())
    shown = given or own
    pack = next((pack for pack in packs if pack.id == shown.pack_id), found.terms.pack)
    known = reference(visit.site.engine, session, at)
    return (*fields(shown, packs, known, visit.words), *open_fields(pack, shown.choices, visit.words))


def _on_its_day(session: Session, given: Asked, words: Words) -> Asked:
    """A rule that does not exist yet on the chosen day is a fault of the day."""
    if given.day is None or given.faults:
        return given
    known = policies.packs(session, Point(given.day, feed.head(session).seq))
    if any(pack.id == given.pack_id for pack in known):
        return given
    return replace(given, faults=(FieldError("day", words.say("check.pack-not-on-day", day=given.day)),))


def _made(session: Session, found: Told, given: Asked, *, revision: str) -> str | None:
    """The number of the new report, or None where the form has faults."""
    if given.day is None or given.faults:
        return None
    if revision != str(found.kept.revision):
        raise Conflict("check-changed-meanwhile")
    settings = Settings(
        project=given.project, pack_id=given.pack_id, report_day=given.day, choices=given.choices
    )
    at = Point(given.day, feed.head(session).seq)
    state = service.change_settings(session, found.kept.state, settings, at=at)
    kept = store.save(session, found.kept, state)
    return service.make_report(session, kept, now=now())[1]
