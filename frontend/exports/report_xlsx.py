"""A report as a workbook: figures are numbers, words are text, and no cell of it is a formula.

A spreadsheet holds binary doubles, so this is the one place where exact figures become floats.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from catalogue.checks.carbon import Estimate
from catalogue.checks.gaps import gaps
from catalogue.checks.inputs import LineInput
from catalogue.checks.report import WHOLE_BILL, LineOut
from catalogue.ratios.ledger import UnitResult
from catalogue.ratios.model import GroupResult, KindResult, PartShare
from frontend.exports import report_carbon
from frontend.exports.table import Row, Table
from frontend.pages.check_basis import Told, basis, head, remarks
from frontend.pages.check_conclusion import conclusion, detail, reckoned
from frontend.pages.check_lines import Lines, own_unit
from frontend.pages.check_units import gap_text
from frontend.pages.check_words import badge
from frontend.views.report import cut

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHARES = frozenset({"share", "share-upper"})
UNIT_COLUMNS = ("unit", "conclusion", "ratio", "ratio-upper", "points", "points-upper", "star", "detail")
GROUP_COLUMNS = (
    "unit", "group", "full", "n", "n-least", "n-green", "n-green-upper", "exact", "exact-upper", "rounded",
    "rounded-upper",
)  # fmt: skip
KIND_COLUMNS = (
    "unit", "group", "kind", "material", "measure", "green", "open", "total", "share", "share-upper",
    "outcome", "exact", "rounded",
)  # fmt: skip
LINE_COLUMNS = (
    "sheet", "row", "name", "spec", "quantity", "measure", "counted", "counted-measure", "building", "day",
    "kind", "outcome", "reasons", "product", "code", "maker", "plant", "evidence",
)  # fmt: skip
WIDE = {
    "reasons": 80, "detail": 80, "conclusion": 40, "name": 24, "spec": 24, "product": 28, "maker": 24,
    "plant": 28, "kind": 26, "group": 26, "evidence": 24, "material": 18, "said": 60, "path": 48,
    "declaration": 22, "rules": 22, "source": 24,
}  # fmt: skip


def workbook(found: Told, carbon: Estimate, *, demonstration: bool) -> bytes:
    """Summary, groups, kinds, lines and, apart, carbon; every sheet has the mark of demonstration data."""
    stamp = found.terms.words.say("check.xlsx.demonstration") if demonstration else ""
    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    import xlsxwriter  # noqa: PLC0415  loaded by the process that writes a workbook

    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": found.row.number, "comments": stamp})
        for table in (*_ratio(found), report_carbon.table(found, carbon)):
            _write(book, table, found, stamp)
    return content.getvalue()


def _ratio(found: Told) -> tuple[Table, ...]:
    return _summary(found), _groups(found), _kinds(found), _lines(found)


def _summary(found: Told) -> Table:
    words = found.terms.words
    facts = [*head(found), *basis(found)]
    top: list[Row] = [(fact.label, " ".join(filter(None, (fact.value, fact.note)))) for fact in facts]
    top += [(words.say("check.xlsx.limit"), text) for text in remarks(found)]
    return Table(words.say("check.xlsx.summary"), tuple(top), UNIT_COLUMNS, tuple(_unit_rows(found)))


def _unit_rows(found: Told) -> Iterator[Row]:
    terms = found.terms
    for unit in found.report.units:
        tree = unit.breakdown
        lower, upper = tree.lower, tree.upper
        missing = [gap_text(gap, terms) for gap in gaps(terms.pack, tree)]
        yield (
            _name(unit, found),
            conclusion(tree, terms)[1],
            lower.compared if lower else None,
            upper.compared if upper else None,
            lower.points if lower else None,
            upper.points if upper else None,
            lower.star if lower else None,
            "\n".join([*detail(tree, terms), *missing, *reckoned(tree, terms)]),
        )


def _groups(found: Told) -> Table:
    rows = [
        (_name(unit, found), *_group(group, found))
        for unit in found.report.units
        for group in unit.breakdown.groups
    ]
    return Table(found.terms.words.say("check.xlsx.groups"), (), GROUP_COLUMNS, tuple(rows))


def _group(group: GroupResult, found: Told) -> Row:
    score = group.score
    return (
        found.terms.group(group.group),
        group.full_points,
        group.n,
        group.n_least,
        group.n_green.lower,
        group.n_green.upper,
        score.exact.lower if score else None,
        score.exact.upper if score else None,
        score.lower if score else None,
        score.upper if score else None,
    )


def _kinds(found: Told) -> Table:
    rows = [
        (_name(unit, found), found.terms.group(group.group), *_kind(kind, part, found))
        for unit in found.report.units
        for group in unit.breakdown.groups
        for kind in group.kinds
        for part in kind.parts
    ]
    return Table(found.terms.words.say("check.xlsx.kinds"), (), KIND_COLUMNS, tuple(rows))


def _kind(kind: KindResult, part: PartShare, found: Told) -> Row:
    terms, share = found.terms, part.share
    return (
        terms.kind(kind.kind),
        terms.material(part.sub_kind),
        terms.words.unit(part.unit),
        part.green,
        part.undecided,
        part.total,
        cut(share.lower),
        cut(share.upper),
        badge(part.outcome, terms.words, "kind-outcome").word,
        kind.score.exact.lower if kind.score else None,
        kind.score.lower if kind.score else None,
    )


def _lines(found: Told) -> Table:
    lines = Lines(found.report, found.terms, found.here, printed=True)
    rows = tuple(_line(given, out, lines) for given, out in lines.pairs())
    return Table(found.terms.words.say("check.xlsx.lines"), (), LINE_COLUMNS, rows)


def _line(given: LineInput, out: LineOut, lines: Lines) -> Row:
    words = lines.terms.words
    return (
        given.sheet,
        given.row,
        given.name,
        given.spec,
        given.quantity,
        own_unit(given, words),
        out.quantity,
        words.unit(out.unit) if out.unit else "",
        given.building,
        out.day,
        lines.kind(given, out),
        lines.outcome(given, out).word,
        "\n".join(lines.every_reason(given, out)),
        out.product_name,
        out.product_code,
        out.maker,
        out.plant,
        words.listed(f"{found.number or found.evidence}" for found in out.findings),
    )


def _name(unit: UnitResult, found: Told) -> str:
    return found.terms.words.say("check.whole-bill") if unit.unit_id == WHOLE_BILL else unit.unit_id


def _write(book: Any, table: Table, found: Told, stamp: str) -> None:
    """The mark and the number on top, then the columns frozen with a filter over the rows."""
    words, formats = found.terms.words, _Formats.of(book)
    sheet = book.add_worksheet(table.title)
    top: list[Row] = [*([(stamp,)] if stamp else []), (words.say("check.xlsx.title"), found.row.number)]
    for place, row in enumerate((*top, *table.top)):
        _row(sheet, place, row, [formats.bold, formats.plain])
    start = len(top) + len(table.top) + 1
    styles = [formats.share if key in SHARES else formats.plain for key in table.columns]
    _row(
        sheet, start, [words.say(f"check.xlsx.{key}") for key in table.columns], [formats.head] * len(styles)
    )
    for place, row in enumerate(table.rows, start + 1):
        _row(sheet, place, row, styles, formats.day)
    for column, key in enumerate(table.columns):
        sheet.set_column(column, column, WIDE.get(key, 13))
    if not table.top:
        sheet.freeze_panes(start + 1, 0)
    if table.rows:
        sheet.autofilter(start, 0, start + len(table.rows), len(table.columns) - 1)


@dataclass(frozen=True, slots=True)
class _Formats:
    plain: Any
    bold: Any
    head: Any
    share: Any
    day: Any

    @classmethod
    def of(cls, book: Any) -> "_Formats":
        return cls(
            plain=book.add_format({"text_wrap": True, "valign": "top"}),
            bold=book.add_format({"bold": True, "valign": "top"}),
            head=book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#E6EEE9"}),
            share=book.add_format({"num_format": "0.00%", "valign": "top"}),
            day=book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        )


def _row(sheet: Any, place: int, row: Row, styles: Sequence[Any], day: Any = None) -> None:
    """Text is always written as a string, so `=1+1` in a bill stays four characters."""
    for column, value in enumerate(row):
        style = styles[min(column, len(styles) - 1)]
        if value is None or value == "":
            continue
        if isinstance(value, str):
            sheet.write_string(place, column, value, style)
        elif isinstance(value, date):
            sheet.write_datetime(place, column, value, day)
        else:
            sheet.write_number(place, column, float(value), style)
