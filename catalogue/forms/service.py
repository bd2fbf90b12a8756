"""Forms of a finished report: which there are for its rule, and one of them filled for one unit."""

from collections.abc import Callable, Mapping, Sequence

from sqlmodel import Session

from catalogue.checks.report import Report
from catalogue.forms.basis import Basis, basis, pack_of
from catalogue.forms.completion import quantities
from catalogue.forms.layouts import FormLayout, TableLayout, layouts_of
from catalogue.forms.listing import materials
from catalogue.forms.model import TO_FILL, Cell, Column, Form, Sheet
from catalogue.forms.reckoned import Body, results
from catalogue.ratios.ledger import UnitResult
from registry.kit.clock import SHANGHAI
from registry.kit.errors import NotFound
from registry.kit.settings import Mode
from registry.policies.pack import Pack

BUILDERS: Mapping[str, Sequence[Callable[[Basis], Body]]] = {
    "planned": (results,),
    "completed": (quantities, results),
    "supply": (materials,),
    "acceptance": (materials,),
    "retest": (materials,),
}


def forms_of(pack: Pack) -> tuple[FormLayout, ...]:
    """The forms a rule asks for; none where its text has no such annex."""
    found = layouts_of(pack)
    return found.forms if found else ()


def make(session: Session, report: Report, form_id: str, unit_id: str | None) -> Form:
    """One form of one calculation unit; without a name the report's only one."""
    pack = pack_of(session, report)
    layouts = layouts_of(pack)
    layout = next((form for form in forms_of(pack) if form.id == form_id), None)
    if layouts is None or layout is None:
        raise NotFound("form-not-found", form=form_id[:40], pack=pack.title_zh)
    unit = _unit(report, unit_id)
    found = basis(session, report, unit, pack, layouts=layouts)
    bodies = [build(found) for build in BUILDERS[layout.id]]
    given = report.input
    return Form(
        id=layout.id,
        title=layout.title,
        source=layouts.source(layout),
        number=given.number,
        made_on=given.made_at.astimezone(SHANGHAI).date(),
        stamp=layouts.words["stamp"] if given.feed == Mode.DEMONSTRATION else "",
        page=layouts.words["page"],
        sheets=tuple(
            _sheet(table, body, _head(layout, found), found)
            for table, body in zip(layout.tables, bodies, strict=True)
        ),
    )


def _unit(report: Report, unit_id: str | None) -> UnitResult:
    if unit_id is None and len(report.units) == 1:
        return report.units[0]
    named = [unit for unit in report.units if unit.unit_id == unit_id]
    if not named:
        units = tuple(unit.unit_id for unit in report.units)
        raise NotFound("unit-not-found", unit=(unit_id or "")[:60], units=units)
    return named[0]


def _head(layout: FormLayout, found: Basis) -> tuple[tuple[str, str], ...]:
    words, given = found.layouts.words, found.report.input
    return (
        (words["project"], given.project or TO_FILL),
        (words["unit"], found.unit_name()),
        *((label, TO_FILL) for label in layout.head),
        (words["day"], given.report_day.isoformat()),
        (words["number"], given.number),
    )


def _sheet(table: TableLayout, body: Body, head: tuple[tuple[str, str], ...], found: Basis) -> Sheet:
    """The body under the columns of the layout; a column filled by hand says so in its heading."""
    columns = tuple(
        Column(
            key=column.key,
            title=f"{column.title}（{TO_FILL}）" if column.by_hand else column.title,
            width=column.width,
            show=column.show,
            by_hand=column.by_hand,
        )
        for column in table.columns
    )
    shown = {column.key for column in columns}
    return Sheet(
        tab=table.tab,
        title=table.title,
        head=head,
        columns=columns,
        rows=tuple(tuple(_cell(row, column) for column in columns) for row in body.rows),
        spans=tuple(span for span in body.spans if span.column in shown),
        foot=tuple((line.label, _below(body, line.key)) for line in table.foot),
        notes=(*table.notes, found.layouts.say("filled_by_tool", number=found.report.input.number)),
    )


def _cell(row: Mapping[str, Cell], column: Column) -> Cell:
    return row.get(column.key) if not column.by_hand or column.key in row else None


def _below(body: Body, key: str) -> Cell:
    return TO_FILL if key == "by_hand" else body.foot[key]
