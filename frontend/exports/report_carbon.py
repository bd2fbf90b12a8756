"""The carbon beside a report as a sheet: declared, stood in for, or none; each kind summed apart."""

from collections.abc import Iterator, Mapping

from catalogue.checks.carbon import Estimate, LineCarbon, Source, Sum
from frontend.exports.table import Cell, Row, Table
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
    """The notes, then each sum under the columns that its lines have."""
    for note in ("apart", "by-rules-apart", "stand-in-note"):
        yield (words.say(f"check.carbon.{note}"),)
    yield from (_sum(one, Source.DECLARED, words) for one in carbon.declared)
    yield from (_sum(one, Source.STAND_IN, words) for one in carbon.stand_ins)
    none = words.say(f"check.carbon.{Source.NONE}")
    yield _under({"source": none, "said": words.say("check.carbon.without", count=carbon.without)})


def _sum(one: Sum, source: Source, words: Words) -> Row:
    cells: dict[str, Cell] = {
        "sheet": words.say("check.xlsx.sum"),
        "source": words.say(f"check.carbon.{source}"),
        "kilograms": one.kilograms,
        "stands-in": words.say("check.xlsx.yes" if source is Source.STAND_IN else "check.xlsx.no"),
        "rules": one.name,
        "said": words.say("check.carbon.of-lines", count=one.lines),
    }
    return _under(cells)


def _under(cells: Mapping[str, Cell]) -> Row:
    return tuple(cells.get(key, "") for key in COLUMNS)


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
