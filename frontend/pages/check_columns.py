"""The second step: which sheets are lists and which column holds what, guessed and then settled."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from fastapi import APIRouter, Response
from starlette.datastructures import FormData

from catalogue.bom.columns import Columns, guess_columns
from catalogue.bom.headers import ColumnRole
from catalogue.checks import service, store
from catalogue.checks.choosing import chosen_columns, header_text, role_twice
from catalogue.checks.store import Kept
from frontend.forms import tidy
from frontend.pages.check_desk import TypedDep, VisitDep, kept_check, standpoint, text
from frontend.pages.words import Words
from frontend.views.check import ColumnPick, ColumnsView, SheetPick
from frontend.views.parts import Badge, Field, FieldError, Notice, Option, Tone
from registry.kit.db import read_session, write_session
from registry.kit.sheets import Sheet
from registry.kit.sheets.sheets import column_letter, text_of

router = APIRouter()

SAMPLES = 3
MOST_COLUMNS = 30
MOST_PICKED = 4  # unused sheets whose columns are offered at once; the others need only a tick
SURE = Decimal("0.75")
NEEDED = (ColumnRole.NAME, ColumnRole.UNIT, ColumnRole.QUANTITY)
DEALER, MAKER = re.compile("供应|供货|经销|代理"), re.compile("厂|生产|制造")
ROWS = re.compile(r"(\d{1,5})(?:[-–—~](\d{1,5}))?")


@dataclass(frozen=True, slots=True)
class Reading:
    """One sheet as the form says to read it, and what is wrong with that."""

    sheet: Sheet
    used: bool
    header: str
    roles: Mapping[int, ColumnRole]
    columns: Columns | None
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: the sheets as they stand or were typed, and what was wrong with that."""

    kept: Kept
    readings: tuple[Reading, ...]
    base: str
    faults: tuple[FieldError, ...] = ()
    stale: bool = False


@router.get("/{token}/columns")
def columns(visit: VisitDep, token: str) -> Response:
    with read_session(visit.site.engine) as session:
        kept = kept_check(session, token)
    shown = Shown(kept, _kept_readings(kept), visit.to(token))
    return visit.page("check/columns.html", view=_view(shown, visit.words))


@router.post("/{token}/columns")
def settle(visit: VisitDep, token: str, typed: TypedDep) -> Response:
    """Read the lines by these columns and look for their products; the search holds no writer's turn."""
    words = visit.words
    with read_session(visit.site.engine) as session:
        kept = kept_check(session, token)
        readings = tuple(_reading(place, one, typed, words) for place, one in enumerate(_sheets(kept)))
        stale = text(typed, "revision") != str(kept.revision)
        faults = (*(fault for one in readings for fault in one.errors), *_unused(readings, words))
        if stale or faults:
            view = _view(Shown(kept, readings, visit.to(token), faults, stale=stale), words)
            return visit.page("check/columns.html", status=409 if stale else 422, view=view)
        at = standpoint(visit, session, kept.state).at
        chosen = [one.columns for one in readings if one.columns is not None]
        state = service.settle_columns(session, visit.desk.search, kept.state, chosen, at=at)
    with write_session(visit.site.engine) as session:
        store.save(session, kept, state)
    return visit.go(token, "match")


def _sheets(kept: Kept) -> tuple[Sheet, ...]:
    return tuple(sheet for sheet in service.sheets_of(kept.state).sheets if sheet.rows)


def _kept_readings(kept: Kept) -> tuple[Reading, ...]:
    """The sheets as they stand: chosen or guessed ones in use, guesses for the rest."""
    in_use = {columns.sheet: columns for columns in kept.state.columns}
    return tuple(
        Reading(
            sheet=sheet,
            used=sheet.name in in_use,
            header=_rows_text(found.header_rows),
            roles={choice.index: choice.role for choice in found.choices},
            columns=found,
        )
        for sheet in _sheets(kept)
        for found in (in_use.get(sheet.name) or guess_columns(sheet),)
    )


def _reading(place: int, sheet: Sheet, typed: FormData, words: Words) -> Reading:
    """One sheet of the form; a sheet whose columns were not offered is read by the guess."""
    used = bool(text(typed, f"use-{place}"))
    guess = guess_columns(sheet)
    header, roles = _rows_text(guess.header_rows), {c.index: c.role for c in guess.choices}
    if f"header-{place}" in typed:
        header = tidy(text(typed, f"header-{place}"))
        roles = _roles(place, sheet, typed)
    if not used:
        return Reading(sheet, used=False, header=header, roles=roles, columns=None)
    errors: list[FieldError] = []
    rows = _header_rows(header)
    if rows is None:
        said = words.say("check.header-wrong", value=header[:20])
        errors.append(FieldError(f"header-{place}", said))
    twice = role_twice(roles)
    if twice is not None:
        errors.append(_twice(place, sheet, twice, words))
        return Reading(sheet, used=True, header=header, roles=roles, columns=None, errors=tuple(errors))
    found = chosen_columns(sheet, roles, rows or guess.header_rows)
    errors += [
        FieldError(
            f"sheet-{place}",
            words.say("check.sheet-required", sheet=sheet.name, role=words.say(f"check.role.{role}")),
        )
        for role in found.missing
    ]
    return Reading(sheet, used=True, header=header, roles=roles, columns=found, errors=tuple(errors))


def _roles(place: int, sheet: Sheet, typed: FormData) -> dict[int, ColumnRole]:
    known = {role.value: role for role in ColumnRole}
    named = {index: text(typed, f"role-{place}-{index}") for index in range(_width(sheet))}
    return {index: known[role] for index, role in named.items() if role in known}


def _twice(place: int, sheet: Sheet, found: tuple[ColumnRole, int, int], words: Words) -> FieldError:
    role, first, second = found
    said = words.say(
        "check.sheet-role-twice",
        sheet=sheet.name,
        role=words.say(f"check.role.{role}"),
        first=column_letter(first),
        second=column_letter(second),
    )
    return FieldError(f"role-{place}-{second}", said)


def _header_rows(header: str) -> tuple[int, ...] | None:
    """Rows from `3` or `3-4`; empty is no header, anything else None."""
    if not header:
        return ()
    found = ROWS.fullmatch(header)
    if found is None:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return tuple(range(first, last + 1)) if 0 < first <= last <= first + 4 else None


def _rows_text(rows: tuple[int, ...]) -> str:
    return "" if not rows else str(rows[0]) if len(rows) == 1 else f"{rows[0]}-{rows[-1]}"


def _unused(readings: tuple[Reading, ...], words: Words) -> tuple[FieldError, ...]:
    if any(one.used for one in readings):
        return ()
    return (FieldError("use-0", words.say("check.no-sheet-used")),)


def _view(shown: Shown, words: Words) -> ColumnsView:
    changed = Notice(Tone.BAD, words.say("check.changed-title"), words.say("check.changed-text"))
    picked = 0
    sheets = []
    for place, one in enumerate(shown.readings):
        offered = one.used or picked < MOST_PICKED
        picked += not one.used
        sheets.append(_sheet(place, one, shown.faults, words, offered=offered))
    return ColumnsView(
        file_name=shown.kept.state.file_name,
        action=f"{shown.base}/columns",
        revision=str(shown.kept.revision),
        sheets=tuple(sheets),
        notes=tuple(words.say(note.key, **note.facts) for note in shown.kept.state.notes),
        delete_href=f"{shown.base}/delete",
        errors=shown.faults,
        conflict=changed if shown.stale else None,
    )


def _sheet(
    place: int, one: Reading, faults: tuple[FieldError, ...], words: Words, *, offered: bool
) -> SheetPick:
    said = {fault.field_id: fault.text for fault in faults}
    header = words.say("check.header-rows", rows=one.header) if one.header else words.say("check.header-none")
    detail = "check.sheet-rows-hidden" if one.sheet.hidden else "check.sheet-rows"
    return SheetPick(
        id=f"sheet-{place}",
        name=f"use-{place}",
        label=one.sheet.name,
        detail=words.say(detail, count=len(one.sheet.rows), header=header),
        used=one.used,
        hidden=one.sheet.hidden,
        header_field=Field(
            name=f"header-{place}",
            label=words.say("check.header-label"),
            value=one.header,
            hint=words.say("check.header-hint"),
            error=said.get(f"header-{place}", ""),
        ),
        columns=_columns(place, one, said, words) if offered else (),
        problems=tuple(fault.text for fault in faults if fault.field_id == f"sheet-{place}"),
    )


def _columns(place: int, one: Reading, said: Mapping[str, str], words: Words) -> tuple[ColumnPick, ...]:
    rows = _header_rows(one.header) or ()
    below = [row for row in one.sheet.rows if not rows or row.number > rows[-1]][:SAMPLES]
    sure = {c.index: c.confidence >= SURE for c in (one.columns.choices if one.columns else ())}
    return tuple(
        ColumnPick(
            id=f"role-{place}-{index}",
            name=f"role-{place}-{index}",
            letter=column_letter(index),
            header=header_text(one.sheet, rows, index),
            samples=tuple(text_of(row.at(index))[:40] for row in below),
            options=_options(one.roles.get(index), words),
            error=said.get(f"role-{place}-{index}", ""),
            sure=_doubt(header_text(one.sheet, rows, index), words, sure=sure.get(index)),
        )
        for index in range(_width(one.sheet))
    )


def _doubt(header: str, words: Words, *, sure: bool | None) -> Badge | None:
    """A header that may mean a dealer or a maker is asked about by name: a dealer is no cover."""
    if DEALER.search(header) and MAKER.search(header):
        return Badge(words.say("check.guess-maker-or-dealer"), Tone.WARN)
    return Badge(words.say("check.guess-unsure"), Tone.WARN) if sure is False else None


def _options(chosen: ColumnRole | None, words: Words) -> tuple[Option, ...]:
    roles = tuple(
        Option(role.value, words.say(f"check.role.{role}"), role is chosen)
        for role in (*NEEDED, *(role for role in ColumnRole if role not in NEEDED))
    )
    return (Option("", words.say("check.role.none"), chosen is None), *roles)


def _width(sheet: Sheet) -> int:
    return min(max((len(row.cells) for row in sheet.rows), default=0), MOST_COLUMNS)
