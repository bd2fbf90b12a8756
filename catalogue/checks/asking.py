"""What a machine asks of a check, held against the check itself: nothing unknown is passed over."""

from collections.abc import Mapping, Sequence
from functools import reduce

from sqlmodel import Session

from catalogue.bom.columns import Columns, guess_columns
from catalogue.checks import service
from catalogue.checks.choosing import chosen_columns
from catalogue.checks.shapes_in import ColumnsIn, DecisionIn, SheetIn
from catalogue.checks.state import CheckState, LineState, Settings
from catalogue.checks.store import Kept
from registry.changes import feed
from registry.changes.reading import Point, get
from registry.kit.errors import Conflict, Invalid, NotFound
from registry.kit.sheets import Sheet
from registry.products.service import PRODUCT
from search.engine.ports import SearchEngine


def revised(kept: Kept, revision: int) -> Kept:
    """The check, if it is still the one that was read."""
    if kept.revision != revision:
        raise Conflict("check-changed-meanwhile")
    return kept


def known_rule(session: Session, settings: Settings) -> Point:
    """Where the settings look; a rule not there on that day, or an answer it does not offer, is refused."""
    at = Point(settings.report_day, feed.head(session).seq)
    try:
        service.chosen_pack(session, settings, at)
    except ValueError as error:
        given = ", ".join(f"{point}={answer}" for point, answer in settings.choices.items())
        raise Invalid("check-answer-unknown", choices=given[:200]) from error
    return at


def guesses(state: CheckState) -> Mapping[str, Columns]:
    return {sheet.name: guess_columns(sheet) for sheet in service.sheets_of(state).sheets if sheet.rows}


def chosen(state: CheckState, given: ColumnsIn) -> list[Columns]:
    """The columns to read by; naming no sheet takes the ones in use."""
    sheets = {sheet.name: sheet for sheet in service.sheets_of(state).sheets if sheet.rows}
    unknown = [one.sheet for one in given.sheets if one.sheet not in sheets]
    if unknown:
        raise NotFound("check-sheet-not-found", sheet=unknown[0])
    found = [_columns(sheets[one.sheet], one) for one in given.sheets] or list(state.columns)
    if not found:
        raise Invalid("check-no-list")
    return found


def _columns(sheet: Sheet, given: SheetIn) -> Columns:
    guess = guess_columns(sheet)
    roles = {choice.index: choice.role for choice in guess.choices}
    if given.columns is not None:
        roles = {_index(letter): role for letter, role in given.columns.items()}
    return chosen_columns(sheet, roles, given.header_rows)


def _index(letter: str) -> int:
    """A is 0, Z is 25, AA is 26."""
    return reduce(lambda place, one: place * 26 + ord(one) - ord("A") + 1, letter, 0) - 1


def decided(
    session: Session, engine: SearchEngine, state: CheckState, given: Sequence[DecisionIn], *, at: Point
) -> CheckState:
    """The check with these decisions; a line, kind or plant that is not there refuses them all."""
    lines = {line.line_id: line for line in state.lines}
    for one in given:
        if one.line not in lines:
            raise NotFound("check-line-not-found", line=one.line)
    decisions = [one.decision(lines[one.line]) for one in given]
    after = service.decide(session, engine, state, decisions, at=at)
    now = {line.line_id: line for line in after.lines}
    for one in given:
        _taken(session, one, now[one.line], at)
    return after


def _taken(session: Session, given: DecisionIn, line: LineState, at: Point) -> None:
    """What the service leaves aside when it does not fit is refused by name."""
    if given.ratio_kind is not None and line.ratio_kind != given.ratio_kind:
        raise Invalid("check-ratio-kind-unknown", kind=given.ratio_kind, line=given.line)
    if given.plant_id is None:
        return
    product = get(session, PRODUCT, line.product_id, at) if line.product_id else None
    if product is None or given.plant_id not in product.fact.plant_ids:
        raise Invalid("check-plant-unknown", plant=str(given.plant_id), line=given.line)
