"""Results as a file: the filters and the demonstration mark in its head."""

from collections.abc import Iterable, Sequence

from fastapi import Response

from catalogue.naming import Lang
from catalogue.searches import columns
from catalogue.searches.files import named
from catalogue.searches.filters import Filter
from catalogue.searches.kept import Found, order
from catalogue.searches.rows import ListedRow
from catalogue.tables import MEDIA, Form, Row, written
from frontend.pages.words import Words


def head(
    found: Found,
    filters: Iterable[Filter],
    words: Words,
    *,
    demonstration: bool,
    told: Sequence[str] = (),
) -> list[Row]:
    """What the rows are, as a kept list says it: mark, day, position, filters, order, what is left out."""
    lines: list[Row] = [(words.say("download.demonstration"),)] if demonstration else []
    lines.append((words.say("download.title"), words.say("download.not-proof")))
    lines.append((words.say("download.on"), found.at.on))
    lines.append((words.say("download.as-of"), found.at.as_of))
    if found.request.text.strip():
        lines.append((words.say("download.words"), found.request.text))
    lines += [named(one, words.lang) for one in filters]
    lines.append((words.say("kept.order"), order(found.request.sort).in_language(words.lang)))
    lines += [(words.say("kept.notice"), one) for one in told]
    shown, total = len(found.dossiers), found.result.total
    lines.append((words.say("download.rows"), words.say("download.rows-of", shown=shown, total=total)))
    return lines


def respond(form: Form, lang: Lang, top: Sequence[Row], rows: Iterable[ListedRow]) -> Response:
    lines = [*top, (), columns.header(lang), *(columns.line(row, lang) for row in rows)]
    return file(form, lines, f"greenmat-products.{form}")


def file(form: Form, lines: Iterable[Row], name: str) -> Response:
    """Any table as a file for a spreadsheet."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
    return Response(written(form, lines), media_type=MEDIA[form], headers=headers)


def csv_answer(lines: Iterable[Row], name: str) -> Response:
    return file(Form.CSV, lines, name)
