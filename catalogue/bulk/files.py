"""Workbooks to download: the template of a material kind, and a list with the verdict on every row."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from catalogue.bulk.columns import ATTRIBUTE, FIELDS, attribute_label, heading
from catalogue.bulk.service import findings_of
from registry.applications.fields import Field, hint_key
from registry.applications.models import ListedProductRow
from registry.applications.typed import loaded
from registry.categories.facts import AttributeSpec, AttributeType, MaterialKindFact
from registry.kit.messages import catalogue, say

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CHOICE = 255  # what a spreadsheet takes as a list of values
_LAST = 10_000
# What somebody else typed never becomes a formula or a link.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def template(kind: MaterialKindFact, plants: Iterable[tuple[str, str]], lang: str) -> bytes:
    """Headings with their units, a list of values where they are closed, and a sheet that explains both."""
    heads = [heading(field, lang) for field in FIELDS]
    heads += [attribute_heading(spec, lang) for spec in kind.attributes]

    def fill(book: Any) -> None:
        sheet = book.add_worksheet(say("bulk.sheet.products", lang))
        _head(book, sheet, heads)
        for place, field in enumerate(FIELDS):
            if field.name == "kind":
                _choices(sheet, place, (kind.name_zh if lang == "zh" else kind.name_en,))
        for place, spec in enumerate(kind.attributes, len(FIELDS)):
            _choices(sheet, place, _values(spec, lang))
        _explained(book, kind, plants, lang=lang)

    return _workbook(fill)


def annotated(rows: Sequence[ListedProductRow], kinds: Mapping[str, MaterialKindFact], lang: str) -> bytes:
    """The rows as they were read, with row number, verdict and every sentence in front."""
    typed = [loaded(row.typed) for row in rows]
    names = sorted({path.removeprefix("product.") for texts in typed for path in texts} - {"kind"})
    fields = [field.name for field in FIELDS if field.name == "kind" or field.name in names]
    extra = [name for name in names if name.startswith(ATTRIBUTE)]
    labels = {
        f"{ATTRIBUTE}{spec.name}": attribute_heading(spec, lang)
        for kind in kinds.values()
        for spec in kind.attributes
    }
    heads = [say(f"bulk.column.{name}", lang) for name in ("row", "verdict", "findings")]
    heads += [heading(field, lang) for field in FIELDS if field.name in fields]
    heads += [labels.get(name, name) for name in extra]

    def fill(book: Any) -> None:
        sheet = book.add_worksheet(say("bulk.sheet.products", lang))
        _head(book, sheet, heads)
        for line, (row, texts) in enumerate(zip(rows, typed, strict=True), 1):
            told = [say(one.key, lang, one.facts) for one in findings_of(row)]
            said = say(f"bulk.verdict.{row.verdict or 'open'}", lang)
            cells = [str(row.row), said, "\n".join(told)]
            cells += [texts.get(f"product.{name}", "") for name in (*fields, *extra)]
            for place, text in enumerate(cells):
                sheet.write_string(line, place, _writable(text))

    return _workbook(fill)


def attribute_heading(spec: AttributeSpec, lang: str) -> str:
    label = attribute_label(spec, lang)
    return f"{label} ({spec.unit})" if spec.unit else label


def _values(spec: AttributeSpec, lang: str) -> tuple[str, ...]:
    if spec.type is AttributeType.BOOL:
        return ("是", "否") if lang == "zh" else ("yes", "no")
    return spec.values


def _choices(sheet: Any, place: int, values: Sequence[str]) -> None:
    if values and len(",".join(values)) <= LONGEST_CHOICE and not any("," in one for one in values):
        sheet.data_validation(1, place, _LAST, place, {"validate": "list", "source": list(values)})


def _explained(book: Any, kind: MaterialKindFact, plants: Iterable[tuple[str, str]], *, lang: str) -> None:
    sheet = book.add_worksheet(say("bulk.sheet.help", lang))
    _head(book, sheet, [say(f"bulk.column.{name}", lang) for name in ("heading", "needed", "values")])
    lines = [_field_line(field, lang) for field in FIELDS]
    lines += [(attribute_heading(spec, lang), "", "、".join(_values(spec, lang))) for spec in kind.attributes]
    lines += [(say("bulk.column.plant", lang), code, name) for code, name in plants]
    for line, cells in enumerate(lines, 1):
        for place, text in enumerate(cells):
            sheet.write_string(line, place, _writable(text))


def _field_line(field: Field, lang: str) -> tuple[str, str, str]:
    key = hint_key(f"product.{field.name}")
    hint = say(key, lang) if key in catalogue(lang) else ""
    return heading(field, lang), say("bulk.needed", lang) if field.required is True else "", hint


def _head(book: Any, sheet: Any, heads: Sequence[str]) -> None:
    bold = book.add_format({"bold": True})
    for place, text in enumerate(heads):
        sheet.write_string(0, place, _writable(text), bold)
    sheet.freeze_panes(1, 0)


def _writable(text: str) -> str:
    """Half characters and control characters would leave a workbook that nobody can open."""
    kept = text.encode("utf-8", "replace").decode()
    return "".join(sign for sign in kept if sign in "\n\t" or sign.isprintable())[:32_000]


def _workbook(fill: Any) -> bytes:
    import xlsxwriter  # noqa: PLC0415  loaded by the process that writes a workbook

    content = BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        fill(book)
    return content.getvalue()
