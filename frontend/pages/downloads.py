"""Results as a file: the filters and the demonstration mark in its head, no cell read as a formula."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO, StringIO

from fastapi import Response

from frontend.pages.answered import Answer
from frontend.pages.facets import basis_label, label
from frontend.pages.reference import Reference
from frontend.pages.words import Words
from registry.changes.reading import Point
from registry.dossiers.dossier import Dossier
from registry.kit.types import plain

Row = Sequence[str]
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "number", "name", "manufacturer", "credit-code", "kind", "performance", "models", "certificate-number",
    "body", "star", "state", "valid-to", "region", "a1-a3", "a1-a3-unit", "basis", "data-kind",
    "verification", "kind-code", "region-code", "basis-code",
)  # fmt: skip


class Form(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


MEDIA = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

OTHER_FILTERS = ("max", "level", "sort", "near", "within")  # printed as typed


@dataclass(frozen=True, slots=True)
class Table:
    columns: Row
    rows: tuple[Row, ...]


def head(answer: Answer, at: Point, *, demonstration: bool, shown: int) -> list[Row]:
    """What the rows are: the mark, the filters as chosen, the day and the position, and what is left out."""
    words, criteria = answer.words, answer.asked.criteria
    found: list[Row] = [(words.say("download.demonstration"),)] if demonstration else []
    found.append((words.say("download.title"), words.say("download.not-proof")))
    found.append((words.say("download.on"), at.on.isoformat()))
    found.append((words.say("download.as-of"), str(at.as_of)))
    if criteria.text:
        found.append((words.say("download.words"), criteria.text))
    said = words.say("download.filter")
    named = [(field, value) for field, values in criteria.chosen.items() for value in values]
    found += [
        (said, label(field, value, answer.known, words), f"{field} = {value}") for field, value in named
    ]
    others = [pair for pair in criteria.pairs if pair[0] in OTHER_FILTERS]
    found += [(said, "", f"{name} = {value}") for name, value in others]
    if answer.asked.compares and answer.asked.basis is not None:
        basis = answer.asked.basis.basis
        found.append((said, basis_label(basis, answer.known, words), f"basis = {basis}"))
    total = answer.found.total
    found.append((words.say("download.rows"), words.say("download.rows-of", shown=shown, total=total)))
    return found


def table(dossiers: Iterable[Dossier], known: Reference, words: Words) -> Table:
    """Values are exact and not rounded; what is not stated stays empty, which is not zero."""
    columns = tuple(words.say(f"column.{name}") for name in COLUMNS)
    return Table(columns, tuple(_row(one, known, words) for one in dossiers))


def _row(dossier: Dossier, known: Reference, words: Words) -> Row:
    product, best = dossier.product.fact, dossier.best_certificate
    stated = dossier.declaration.fact if dossier.declaration else None
    cell = dossier.cell
    plants = [dossier.plants[plant] for plant in product.plant_ids if plant in dossier.plants]
    region = plants[0].region if plants else dossier.maker.region
    return (
        product.code,
        words.name(product),
        words.name(dossier.maker),
        dossier.maker.credit_code,
        known.kind(product.kind, words),
        words.graded(dossier.kind, product.performance) if product.performance else "",
        words.listed(product.models),
        best.fact.number if best else "",
        words.name(dossier.organisations[best.fact.body_id]) if best else "",
        str(best.fact.star) if best and best.fact.star else "",
        words.say(f"standing.{dossier.standing}"),
        best.fact.valid_to.isoformat() if best else "",
        known.place(region, words),
        plain(cell.value) if cell else "",
        f"kg CO2e/{cell.basis.unit}" if cell else "",
        basis_label(cell.basis.key, known, words) if cell else "",
        words.say(f"data.{stated.data_kind}") if stated else "",
        words.say(f"proof.{stated.verification}") if stated else "",
        product.kind,
        region,
        cell.basis.key if cell else "",
    )


def respond(form: Form, top: Sequence[Row], found: Table) -> Response:
    lines = [*top, (), found.columns, *found.rows]
    content = _csv(lines) if form is Form.CSV else _xlsx(lines)
    headers = {
        "Content-Disposition": f'attachment; filename="greenmat-products.{form}"',
        "Cache-Control": "no-cache",
    }
    return Response(content, media_type=MEDIA[form], headers=headers)


def csv_answer(lines: Iterable[Row], name: str) -> Response:
    """Any table as a file for a spreadsheet."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
    return Response(_csv(lines), media_type=MEDIA[Form.CSV], headers=headers)


def _csv(lines: Iterable[Row]) -> bytes:
    """With a byte order mark, so that a spreadsheet reads it as UTF-8."""
    text = StringIO()
    csv.writer(text).writerows([[safe(value) for value in line] for line in lines])
    return text.getvalue().encode("utf-8-sig")


def _xlsx(lines: Iterable[Row]) -> bytes:
    content = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    import xlsxwriter  # noqa: PLC0415  loaded by the process that writes a workbook

    with xlsxwriter.Workbook(content, options) as book:
        sheet = book.add_worksheet("GreenMat")
        sheet.set_column(0, len(COLUMNS), 18)
        for place, line in enumerate(lines):
            for column, value in enumerate(line):
                sheet.write_string(place, column, value)
    return content.getvalue()


def safe(value: str) -> str:
    """A spreadsheet takes a cell that begins like a formula for one; an apostrophe keeps it text."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value
