"""The lines of a check judged once more under another rule or day: a new report, the old one stays."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Response
from sqlmodel import Session

from catalogue.checks import service, store
from catalogue.checks.state import Settings
from frontend.pages.check_basis import Told, told
from frontend.pages.check_desk import (
    Asked,
    TypedDep,
    VisitDep,
    asked,
    fields,
    on_its_day,
    open_fields,
    text,
)
from frontend.pages.reference import Reference, reference
from frontend.views.report import AgainView
from registry.changes import feed
from registry.changes.reading import Point
from registry.kit.clock import TodayDep, now
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict
from registry.policies import service as policies
from registry.policies.pack import Pack

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Rules:
    """The packs that may be chosen, and the words for their regions."""

    packs: tuple[Pack, ...]
    known: Reference


@router.get("/{token}/report/{number}/again")
def form(visit: VisitDep, token: str, number: str, today: TodayDep) -> Response:
    """The rule, the day and the answers of this report, to be changed."""
    with read_session(visit.site.engine) as session:
        found, rules = told(visit, session, token, number), _rules(session, today)
    mine = found.report.input
    own = Asked(mine.project, mine.pack_id, mine.report_day.isoformat(), mine.report_day, mine.choices, ())
    return visit.page("check/again.html", view=_view(found, own, rules))


@router.post("/{token}/report/{number}/again")
def again(visit: VisitDep, token: str, number: str, today: TodayDep, typed: TypedDep) -> Response:
    """The lines as they now stand, under what the form says; a form with faults changes nothing."""
    with write_session(visit.site.engine) as session:
        found, rules = told(visit, session, token, number), _rules(session, today)
        given = on_its_day(session, asked(typed, rules.packs, visit.words), visit.words)
        if given.faults or given.day is None:
            return visit.page("check/again.html", status=422, view=_view(found, given, rules))
        made = _made(session, found, given, given.day, revision=text(typed, "revision"))
    return visit.go(token, f"report/{made}")


def _rules(session: Session, today: date) -> Rules:
    at = Point(today, feed.head(session).seq)
    return Rules(tuple(policies.packs(session, at)), reference(session, at))


def _view(found: Told, given: Asked, rules: Rules) -> AgainView:
    words = found.terms.words
    pack = next((pack for pack in rules.packs if pack.id == given.pack_id), found.terms.pack)
    return AgainView(
        number=found.row.number,
        action=f"{found.here}/again",
        back=found.here,
        revision=str(found.kept.revision),
        fields=(
            *fields(given, rules.packs, rules.known, words),
            *open_fields(pack, given.choices, words),
        ),
        errors=given.faults,
    )


def _made(session: Session, found: Told, given: Asked, day: date, *, revision: str) -> str:
    """The number of the new report, made from the check as the form was made from it."""
    if revision != str(found.kept.revision):
        raise Conflict("check-changed-meanwhile")
    settings = Settings(project=given.project, pack_id=given.pack_id, report_day=day, choices=given.choices)
    at = Point(day, feed.head(session).seq)
    state = service.change_settings(session, found.kept.state, settings, at=at)
    kept = store.save(session, found.kept, state)
    return service.make_report(session, kept, now=now())[1]
