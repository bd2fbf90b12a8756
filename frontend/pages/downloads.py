"""Results as a file: the filters and the demonstration mark in its head."""

from collections.abc import Iterable, Sequence

from fastapi import Response

from catalogue.naming import basis_label, filter_label
from catalogue.searches import columns
from catalogue.searches.rows import ListedRow
from catalogue.tables import MEDIA, Form, Row, written
from frontend.pages import typed
from frontend.pages.answered import Answer
from registry.changes.reading import Point

OTHER_FILTERS = ("max", "level", "sort", "near", "within")  # printed as typed


def head(
    answer: Answer, at: Point, *, demonstration: bool, shown: int, told: Sequence[str] = ()
) -> list[Row]:
    """What the rows are: the mark, the filters in force, the day and the position, and what is left out."""
    words, criteria = answer.words, answer.asked.criteria
    found: list[Row] = [(words.say("download.demonstration"),)] if demonstration else []
    found.append((words.say("download.title"), words.say("download.not-proof")))
    found.append((words.say("download.on"), at.on.isoformat()))
    found.append((words.say("download.as-of"), str(at.as_of)))
    if criteria.words:
        found.append((words.say("download.words"), criteria.words))
    said = words.say("download.filter")
    named = [(field, value) for field, values in criteria.chosen.items() for value in values]
    found += [
        (said, filter_label(field, value, answer.known, words), f"{field} = {value}")
        for field, value in named
    ]
    others = [pair for pair in criteria.pairs if pair[0] in OTHER_FILTERS]
    others += typed.in_force(answer.asked)
    found += [(said, "", f"{name} = {value}") for name, value in others]
    if answer.asked.compares and answer.asked.basis is not None:
        basis = answer.asked.basis.basis
        found.append((said, basis_label(basis, answer.known, words), f"basis = {basis}"))
    total = answer.found.total
    found += [(words.say("kept.notice"), one) for one in told]
    found.append((words.say("download.rows"), words.say("download.rows-of", shown=shown, total=total)))
    return found


def respond(form: Form, answer: Answer, top: Sequence[Row], rows: Iterable[ListedRow]) -> Response:
    lang = answer.words.lang
    lines = [*top, (), columns.header(lang), *(columns.line(row, lang) for row in rows)]
    return file(form, lines, f"greenmat-products.{form}")


def file(form: Form, lines: Iterable[Row], name: str) -> Response:
    """Any table as a file for a spreadsheet."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
    return Response(written(form, lines), media_type=MEDIA[form], headers=headers)


def csv_answer(lines: Iterable[Row], name: str) -> Response:
    return file(Form.CSV, lines, name)
