"""The steps of a check: read the file, settle its columns, match its lines, decide, report, replay."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session

from catalogue.bom.columns import Columns, ListForm, guess_columns
from catalogue.bom.lines import read_list
from catalogue.bom.matching import same_words
from catalogue.checks import judge, mending, report, store
from catalogue.checks.classes import place_of
from catalogue.checks.inputs import CheckInput, LineInput, Standing
from catalogue.checks.matching import Matcher
from catalogue.checks.state import CheckState, Edit, LineState, Settings
from catalogue.checks.store import Kept
from registry.changes import feed
from registry.changes.reading import Point
from registry.kit.clock import SHANGHAI
from registry.kit.errors import Conflict, Invalid
from registry.kit.sheets import Sheets, read
from registry.kit.sheets.sheets import pack, unpack
from registry.policies import service as policies
from registry.policies.pack import Pack
from registry.units.table import table
from search.engine.ports import SearchEngine


@dataclass(frozen=True, slots=True)
class Decision:
    """What the user said of one line; a field that is None leaves things as they are.

    `choice` is a product's id, "none" (nothing registered stands behind it) or "not-a-material".
    """

    line_id: str
    choice: str | None = None
    plant_id: UUID | None = None
    model: str | None = None
    material_kind: str | None = None
    ratio_kind: str | None = None
    edit: Edit | None = None
    same_words: bool = False


def start(upload: bytes, file_name: str, settings: Settings) -> CheckState:
    """Read an upload in the confined child and guess its columns; raises ReadProblem, keeps nothing."""
    sheets = read(upload, file_name)
    return CheckState(
        file_name=file_name[-120:],
        file_sha256=hashlib.sha256(upload).hexdigest(),
        settings=settings,
        sheets=pack(sheets),
        columns=tuple(_guessed(sheets)),
        notes=sheets.notes,
    )


def _guessed(sheets: Sheets) -> list[Columns]:
    """Visible sheets that look like lists of materials, else of work items; else the first visible one."""
    guesses = [guess_columns(sheet) for sheet in sheets.visible if sheet.rows]
    lists = [guess for guess in guesses if not guess.missing]
    return [guess for guess in lists if guess.form is not ListForm.WORK_ITEMS] or lists or guesses[:1]


def sheets_of(state: CheckState) -> Sheets:
    return unpack(state.sheets)


def settle_columns(
    session: Session, engine: SearchEngine, state: CheckState, chosen: Sequence[Columns], *, at: Point
) -> CheckState:
    """Read the lines by the user's columns and look for their products; what is missing is refused."""
    for columns in chosen:
        if columns.problems:
            problem = columns.problems[0]
            raise Invalid(problem.key, **problem.facts)
    readings, _ = read_list(sheets_of(state), {columns.sheet: columns for columns in chosen})
    pack_in_use = chosen_pack(session, state.settings, at)
    matcher = Matcher(session, engine, pack_in_use, at)
    lines = matcher.lines([line for reading in readings for line in reading.lines])
    return state.model_copy(
        update={
            "columns": tuple(chosen),
            "columns_confirmed": True,
            "lines": lines,
            "skipped": tuple(row for reading in readings for row in reading.skipped),
            "matched_as_of": at.as_of,
        }
    )


def chosen_pack(session: Session, settings: Settings, at: Point) -> Pack:
    found = policies.pack(session, settings.pack_id, at)
    return judge.chosen_pack(found, settings.choices)


def change_settings(session: Session, state: CheckState, settings: Settings, *, at: Point) -> CheckState:
    """The same lines under another pack or day; kinds the user chose stay where the pack knows them."""
    pack_in_use = chosen_pack(session, settings, at)
    lines = tuple(classed(line, pack_in_use, line.ratio_kind) for line in state.lines)
    return state.model_copy(update={"settings": settings, "lines": lines})


def classed(line: LineState, pack_in_use: Pack, chosen: str | None) -> LineState:
    """A line with the ratio kind its material has under a pack."""
    return line.model_copy(update=place_of(pack_in_use, line.material_kind, chosen))


def decide(
    session: Session, engine: SearchEngine, state: CheckState, decisions: Sequence[Decision], *, at: Point
) -> CheckState:
    """Apply decisions; with `same_words` one serves every line that says the same."""
    pack_in_use = chosen_pack(session, state.settings, at)
    matcher = Matcher(session, engine, pack_in_use, at)
    by_line: dict[str, Decision] = {}
    for decision in decisions:
        by_line[decision.line_id] = decision
        if decision.same_words:
            origin = next((one for one in state.lines if one.line_id == decision.line_id), None)
            words = same_words(origin.line) if origin else None
            for other in state.lines:
                if other.line_id not in by_line and words == same_words(other.line):
                    by_line[other.line_id] = decision
    matcher.expect(decision.choice for decision in by_line.values() if decision.choice is not None)
    own = {decision.line_id for decision in decisions}
    lines = tuple(
        _decided(line, by_line[line.line_id], matcher, is_own=line.line_id in own)
        if line.line_id in by_line
        else line
        for line in state.lines
    )
    return state.model_copy(update={"lines": lines})


def _decided(line: LineState, decision: Decision, matcher: Matcher, *, is_own: bool) -> LineState:
    if decision.edit is not None and is_own:
        _check_edit(decision.edit)
        before, line = line.told.name, line.model_copy(update={"edit": decision.edit})
        if line.told.name != before:
            line = matcher.renamed(line)
    if decision.material_kind is not None and decision.material_kind != line.material_kind:
        line = matcher.as_kind(line, decision.material_kind)
    if decision.choice is not None:
        line = matcher.chosen(line, decision.choice, plant_id=decision.plant_id, model=decision.model)
    if decision.ratio_kind is not None:
        line = classed(line, matcher.pack, decision.ratio_kind)
    return line


def _check_edit(edit: Edit) -> None:
    if edit.quantity is not None and edit.quantity <= 0:
        raise Invalid("check-quantity-not-positive", value=str(edit.quantity))
    if edit.unit is not None and edit.unit not in table().by_code:
        raise Invalid("line.unit-unknown", unit=edit.unit)


def line_input(line: LineState) -> LineInput:
    """A line as the report takes it: the file's words, the user's corrections over them.

    A cell with a problem that nobody mended is no figure, whatever stands in it.
    """
    bill, edit, problems = line.line, line.edit, mending.cell_problems(line)
    wrong = {mending.about(problem) for problem in problems}
    quantity = edit.quantity if edit.quantity is not None else bill.quantity
    usable = quantity is not None and quantity > Decimal(0) and not wrong & {"quantity", "units"}
    unit = edit.unit or (bill.unit.code if bill.unit else None)
    return LineInput(
        line_id=line.line_id,
        row=bill.row,
        sheet=bill.sheet,
        name=line.told.name,
        spec=bill.spec,
        unit_text=bill.unit_text,
        unit=None if "unit" in wrong else unit,
        quantity=quantity if usable else None,
        building=edit.building if edit.building is not None else (bill.building or ""),
        delivery=edit.delivery or bill.delivery,
        production_day=bill.production_day,
        supplied_by=str(bill.supplied_by) if bill.supplied_by else None,
        material_kind=line.material_kind,
        ratio_kind=line.ratio_kind,
        ratio_kind_open=line.ratio_kind_open,
        standing=line.standing,
        product_id=line.product_id,
        plant_id=line.plant_id,
        model=line.model,
        trademark=bill.brand_text or None,
        match_tier=line.tier,
        plant_source=line.plant_source,
        model_inferred=line.model_inferred,
        conflicts=line.against,
        differing=line.differing,
        problems=problems,
        day_unread="day" in wrong and edit.delivery is None and bill.delivery is None,
    )


def make_report(session: Session, kept: Kept, *, now: datetime) -> tuple[Kept, str]:
    """Judge the lines as they stand, keep the report under a new number; returns the check and the number."""
    state = kept.state
    if not state.columns_confirmed:
        raise Conflict("check-not-ready", step="columns")
    head = feed.head(session)
    at = Point(state.settings.report_day, head.seq)
    edition = policies.pack(session, state.settings.pack_id, at).edition
    number = _number(kept, now)
    given = CheckInput(
        number=number,
        made_at=now,
        project=state.settings.project,
        file_name=state.file_name,
        file_sha256=state.file_sha256,
        pack_id=state.settings.pack_id,
        pack_edition=edition,
        choices=state.settings.choices,
        report_day=state.settings.report_day,
        as_of=head.seq,
        feed=head.feed,
        lines=tuple(line_input(line) for line in state.lines),
    )
    text = report.dump(judge.judge(session, given))
    store.add_report(session, kept, number=number, made_at=now, text=text)
    return store.save(session, kept, state.model_copy(update={"reports": (*state.reports, number)})), number


def _number(kept: Kept, now: datetime) -> str:
    """A report's number: the civil day, the check's own digits, and which report of the check it is."""
    return f"R-{now.astimezone(SHANGHAI):%Y%m%d}-{kept.id.hex[-8:].upper()}-{len(kept.state.reports) + 1}"


def replay(session: Session, text: str) -> bool:
    """Whether the register, read again at the stored position, gives the stored report byte for byte.

    It is judged by the version it names; where this software no longer holds that one, nothing is claimed.
    """
    stored = report.load(text)
    made = stored.judging_version
    if made not in judge.JUDGINGS:
        raise Conflict("check-judging-gone", made=made, now=judge.VERSION)
    return report.dump(judge.judge(session, stored.input, version=made)) == text


def summary(state: CheckState) -> Mapping[Standing, int]:
    """How many lines stand where."""
    counts = dict.fromkeys(Standing, 0)
    for line in state.lines:
        counts[line.standing] += 1
    return counts


def settings_for(project: str, pack_id: str, report_day: date) -> Settings:
    return Settings(project=project.strip()[:120], pack_id=pack_id, report_day=report_day, choices={})
