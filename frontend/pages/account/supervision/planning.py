"""Surveillance rounds as they are planned: the form, a preview of the list, and the list frozen."""

from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import quote

from fastapi import APIRouter, Depends, Response

from frontend.forms import Unreadable, read_day
from frontend.pages.account.body.side import Clerk, ClerkDep
from frontend.pages.account.supervision.parts import NOTHING, Again, Inputs, by, home, page, refused
from frontend.pages.account.supervision.rounds import to_round
from frontend.pages.check_desk import TypedDep, text
from frontend.pages.ordering import by_name
from frontend.pages.reference import Reference, reference
from frontend.pages.supervision import told
from frontend.views.parts import FieldError
from frontend.views.supervision import Cell, Form, SheetView, Table
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.reading import point
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict, Invalid
from registry.supervision import reading, rounds
from registry.supervision.rounds import Planned, Scope

router = APIRouter(prefix="/{lang}/account/surveillance", dependencies=[Depends(May(Act.RUN_SURVEILLANCE))])
PLAN = ("name_zh", "name_en", "kind", "region", "scope_on", "size", "seed_source", "seed_day")
# Where on the form each refusal belongs.
PLACES = {
    "round-seed-known": "seed_day",
    "round-scope-ahead": "scope_on",
    "round-size": "size",
    "round-too-wide": "size",
}
LONGEST_SIZE = 5


@router.get("")
def surveillance(clerk: ClerkDep) -> Response:
    return _start(clerk, NOTHING)


@router.post("")
def announce(clerk: ClerkDep, typed: TypedDep) -> Response:
    """A preview first, with how many products may be drawn; its own button freezes the list."""
    values = {name: text(typed, name).strip() for name in PLAN}
    planned, faults = _plan(clerk, values)
    if planned is None:
        return _start(clerk, Again(values, faults, status=422))
    try:
        if text(typed, "go") == "record":
            with write_session(clerk.visit.site.engine) as session:
                fact = rounds.announce(session, planned, by(clerk))
            return to_round(clerk, fact.code, "announce")
        with read_session(clerk.visit.site.engine) as session:
            found = rounds.candidates(session, planned.scope, as_of=point(session, clerk.today).as_of)
    except (Invalid, Conflict) as error:
        return _start(clerk, refused(clerk, values, error, PLACES.get(error.key, "name_zh")))
    return _start(clerk, Again(values), preview=len(found))


def _plan(clerk: Clerk, values: Mapping[str, str]) -> tuple[Planned | None, tuple[FieldError, ...]]:
    """The round as typed, or everything that cannot be read of it."""
    words, faults = clerk.visit.words, []
    days: dict[str, date] = {}
    for name in ("scope_on", "seed_day"):
        try:
            day = read_day(values[name])
        except Unreadable:
            faults.append(FieldError(name, words.say("check.day-unreadable", value=values[name][:40])))
            continue
        if day is None:
            faults.append(FieldError(name, words.say("check.day-missing")))
        else:
            days[name] = day
    size = values["size"]
    if not (size.isascii() and size.isdecimal() and len(size) <= LONGEST_SIZE):
        faults.append(FieldError("size", words.say("round.size-missing")))
    faults += [
        FieldError(name, words.say("complaint-words-needed"))
        for name in ("name_zh", "name_en", "seed_source")
        if not values[name]
    ]
    if faults:
        return None, tuple(faults)
    scope = Scope(days["scope_on"], values["kind"] or None, values["region"] or None)
    return (
        Planned(
            values["name_zh"], values["name_en"], scope, int(size), values["seed_source"], days["seed_day"]
        ),
        (),
    )


def _start(clerk: Clerk, again: Again, *, preview: int | None = None) -> Response:
    """Every round, the form of a new one, and what it would be before it is frozen."""
    words = clerk.visit.words
    with read_session(clerk.visit.site.engine) as session:
        at = point(session, clerk.today)
        known, found = reference(session, at), reading.rounds(session, at)
    forms = [_plan_form(clerk, known, again)]
    if preview is not None:
        forms.insert(0, _preview(clerk, again, preview))
    table = Table(
        "rounds",
        words.say("supervision.rounds"),
        tuple(words.say(f"supervision.column.{name}") for name in ("name", "state", "drawn")),
        tuple(
            (
                Cell(words.name(one.fact), clerk.visit.path(f"surveillance/{quote(one.fact.code)}")),
                Cell(badge=told.round_badge(one.fact.state, words)),
                Cell(words.say("round.of", size=one.fact.size, count=len(one.fact.candidates))),
            )
            for one in found
        ),
        words.say("supervision.no-rounds"),
    )
    view = SheetView(
        title=words.say("round.work"), lead=words.say("round.work-lead"), crumbs=(home(clerk),),
        notices=again.notices, errors=again.errors, forms=tuple(forms), tables=(table,), private=True,
    )  # fmt: skip
    return page(clerk, view, again.status)


def _preview(clerk: Clerk, again: Again, count: int) -> Form:
    """What the round would be, with everything typed once more for the button that freezes it."""
    words = clerk.visit.words
    return Form(
        "preview",
        words.say("round.preview"),
        clerk.visit.path("surveillance"),
        words.say("round.freeze"),
        hidden=(*((name, again.values[name]) for name in PLAN), ("go", "record")),
        consequence=words.say("round.preview-text", count=count, size=again.values["size"]),
    )


def _plan_form(clerk: Clerk, known: Reference, again: Again) -> Form:
    words = clerk.visit.words
    inputs = Inputs(words, "round", again)
    every = ("", words.say("round.every-kind"))
    kinds = [every, *by_name((one.kind, words.name(one)) for one in known.kinds.values())]
    regions = [("", words.say("round.every-region"))]
    regions += sorted((one.region, words.name(one)) for one in known.regions.values() if one.parent is None)
    return Form(
        "plan",
        words.say("round.plan"),
        clerk.visit.path("surveillance"),
        words.say("round.look"),
        fields=(
            inputs.one("name_zh"),
            inputs.one("name_en"),
            inputs.one("kind", kind="select", required=False, options=kinds),
            inputs.one("region", kind="select", required=False, options=regions),
            inputs.one("scope_on", usual=clerk.today.isoformat()),
            inputs.one("size", usual="5"),
            inputs.one("seed_source"),
            inputs.one("seed_day", usual=(clerk.today + timedelta(days=7)).isoformat()),
        ),
        consequence=words.say("round.plan-text"),
    )
