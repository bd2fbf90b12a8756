"""Everything that was typed, part by part, as the check page and later readers see it."""

from collections.abc import Iterator
from decimal import Decimal

from frontend.pages.maker import papers, words
from frontend.pages.maker.boxes import Form
from frontend.pages.maker.desk import Maker, Opened
from frontend.pages.maker.offers import Offers
from frontend.pages.words import rounded
from frontend.views import charts
from frontend.views.charts import Caption, Stacked
from frontend.views.maker import Answer, Answers
from frontend.views.parts import Link
from registry.applications.fields import Field, Part
from registry.applications.findings import Severity
from registry.applications.parts import SECTIONS
from registry.applications.reading import read
from registry.applications.typed import row_numbers
from registry.declarations.facts import MODULES

_CHANGE = "maker.change"


def of_part(maker: Maker, opened: Opened, found: Offers, part: Part) -> Answers:
    form = Form(opened, found, part, faults=True, typed=opened.application.typed)
    files = [one for one in opened.application.pinned if one.path.partition(".")[0] == part]
    return Answers(
        title=words.part(part, maker.words),
        answers=tuple(_answers(maker, form)),
        files=tuple(
            maker.words.say("maker.file-at", name=one.name, place=papers.place_name(form, one.path))
            for one in files
        ),
        stages=_stages(maker, form) if part is Part.CARBON else None,
    )


def place(path: str) -> tuple[int, int]:
    """Where a field stands on the form; what belongs to a whole part, to a row or to a kind comes last."""
    order = [f"{part}.{field.name}" for part in Part for field in SECTIONS[part].fields]
    part = list(Part).index(Part(path.partition(".")[0]))
    return part, order.index(path) if path in order else len(order)


def _answers(maker: Maker, form: Form) -> Iterator[Answer]:
    """Filled fields, and those that are wrong; rows of a table with their number before the label."""
    for path, asked in form.fields():
        if (answer := _answer(maker, form, path, asked)) is not None:
            yield answer
    table = SECTIONS[form.part].rows
    if table is None:
        return
    for number in row_numbers(form.typed, form.part):
        for field in table.fields:
            path = f"{form.part}.{table.name}.{number}.{field.name}"
            if (answer := _answer(maker, form, path, field)) is not None:
                yield answer


def _answer(maker: Maker, form: Form, path: str, asked: Field) -> Answer | None:
    error, warning = form.said(path, Severity.ERROR), form.said(path, Severity.WARNING)
    if not form.typed.get(path, "").strip() and not error and not warning:
        return None
    value, read_as = words.shown(form, path, asked)
    editable = form.opened.application.is_open(path) and form.part is not Part.ABOUT
    address = maker.path(form.opened.application.number, str(form.part)) + f"?show=errors#{path}"
    return Answer(
        label=form.named(path),
        value=value or maker.words.say("maker.blank"),
        read=read_as,
        warning=warning,
        error=error,
        change=Link(maker.words.say(_CHANGE), address) if editable else None,
    )


def _stages(maker: Maker, form: Form) -> Stacked | None:
    """The declared stages as one bar; no bar for a single one, and the sum never beside its parts."""
    declared: list[tuple[str, Decimal]] = []
    for module in MODULES:
        path = f"carbon.modules.{module}"
        asked = next(field for field in SECTIONS[Part.CARBON].fields if f"carbon.{field.name}" == path)
        value = read(asked, form.typed.get(path, "")).value
        if isinstance(value, Decimal):
            declared.append((module, value))
    if any(module == "A1-A3" for module, _ in declared):
        declared = [one for one in declared if one[0] not in ("A1", "A2", "A3")]
    if len(declared) < 2:
        return None
    unit = form.typed.get("carbon.declared_unit", "").strip()
    caption = Caption("stages-bar", maker.words.say("chart.stages"), f"kgCO₂e/{unit}" if unit else "kgCO₂e")
    return charts.stacked([(one.replace("-", "–"), rounded(value)) for one, value in declared], caption)
