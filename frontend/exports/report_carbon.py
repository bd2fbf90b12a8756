"""The carbon beside a report as a sheet: declared, stood in for, or none; each kind summed apart."""

from collections.abc import Iterator

from catalogue.checks.carbon import Estimate, LineCarbon, Source, Sum
from frontend.exports.table import Row, Table
from frontend.pages.check_basis import Told
from frontend.pages.check_carbon import Shown
from frontend.pages.check_lines import Lines, own_unit
from frontend.pages.words import Words

COLUMNS = (
    "sheet", "row", "name", "spec", "quantity", "measure", "source", "kilograms", "stands-in", "rules",
    "declaration", "said", "path",
)  # fmt: skip


def table(found: Told, carbon: Estimate) -> Table:
    """Every line that is a material, in the order of the bill; the notes say what is never added up."""
    words = found.terms.words
    shown = Shown(found, Lines(found.report, found.terms, found.here, printed=True))
    rows = tuple(_line(one, shown, words) for one in carbon.lines)
    return Table(words.say("check.xlsx.carbon"), tuple(_top(carbon, words)), COLUMNS, rows)


def _top(carbon: Estimate, words: Words) -> Iterator[Row]:
    limit = words.say("check.xlsx.limit")
    for note in ("apart", "by-rules-apart", "stand-in-note"):
        yield limit, words.say(f"check.carbon.{note}")
    yield from (_sum(one, Source.DECLARED, words) for one in carbon.declared)
    yield from (_sum(one, Source.STAND_IN, words) for one in carbon.stand_ins)
    yield words.say("check.carbon.none"), words.say("check.carbon.without", count=carbon.without)


def _sum(one: Sum, source: Source, words: Words) -> Row:
    kind = words.say(f"check.carbon.{source}")
    return words.say("check.xlsx.sum", source=kind, name=one.name, lines=one.lines), one.kilograms


def _line(one: LineCarbon, shown: Shown, words: Words) -> Row:
    given, stood_in = one.line, one.generic is not None
    return (
        given.sheet,
        given.row,
        given.name,
        given.spec,
        given.quantity,
        own_unit(given, words),
        shown.kind(one),
        one.kilograms,
        "" if one.kilograms is None else words.say("check.xlsx.yes" if stood_in else "check.xlsx.no"),
        one.generic.document if one.generic else one.rules,
        one.declaration.code if one.declaration else "",
        shown.source(one),
        shown.path(one),
    )
