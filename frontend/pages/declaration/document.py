"""A document in words: who declared what, its stages, its indicators, conversions, and what was lost."""

from collections.abc import Iterator, Mapping, Sequence

from frontend.pages.declaration.parts import parts, spread
from frontend.pages.words import Words, figure, rounded
from frontend.views import charts
from frontend.views.charts import Caption, Stacked
from frontend.views.declaration import Cell, Converted, Document, IndicatorRow, Line, Told
from frontend.views.parts import Badge, Fact, Tone
from registry.declarations.dataset import Dataset, DeclaredUnit, Indicator, Party, Value
from registry.declarations.dataset import Words as Texts
from registry.declarations.facts import MODULES
from registry.declarations.figures.gwp import Answer, Asked, gwp
from registry.declarations.figures.headline import shown, whole
from registry.declarations.figures.shapes import step_said, why_not
from registry.declarations.figures.stated import Stated, of_dataset
from registry.declarations.formats.reading import Remark, Weight
from registry.kit.types import plain
from registry.units.convert import DISAGREE, TIES, FactKind
from registry.units.said import doubt_said, fact_symbol
from registry.units.spoken import fact_name
from registry.units.table import table

FIRST_LINES = 5  # of one weight; the others open on demand
MOST_LINES = 40  # of one weight; the rest stand in the interface's answer
PER = ("kg", "t", "m2", "m3", "piece")
PARTS = ("A1", "A2", "A3")
WEIGHTS: Mapping[Weight, Tone] = {
    Weight.DOUBT: Tone.WARN,
    Weight.DEFAULTED: Tone.WARN,
    Weight.NOT_CARRIED: Tone.QUIET,
}


def text_of(texts: Texts, words: Words) -> str:
    """In the reader's language, else Chinese, else English, else whatever there is."""
    for lang in (words.lang, "zh", "en"):
        if texts.get(lang):
            return texts[lang]
    return next((text for text in texts.values() if text), "")


def document(
    dataset: Dataset,
    remarks: Sequence[Remark],
    origins: Mapping[str, str],
    words: Words,
    *,
    stated: Stated | None = None,
) -> Document:
    """Everything of a document that a page shows; `stated` by the register, where it knows more of it."""
    row, unit = whole(dataset), _unit(dataset.declared, words)
    own = row is None and dataset.footprint is not None
    return Document(
        facts=tuple(_facts(dataset, words)),
        stacked=_stacked(dataset, row, unit, words),
        unit=unit,
        cells=tuple(_own_stages(dataset, words) if own else _cells(row, words)),
        modules=_modules(dataset),
        indicators=tuple(_indicator(one, dataset, words) for one in dataset.indicators),
        converted=tuple(_converted(dataset.declared, stated or of_dataset(dataset), words)),
        losses=tuple(_losses(remarks, words)),
        origins=tuple(Line(place, name) for name, place in sorted(origins.items())),
        parts=None if own else parts(dataset, unit, words),
        stages_are_own=own,
    )


def _unit(declared: DeclaredUnit, words: Words) -> str:
    unit = words.unit(declared.unit) if declared.unit else declared.stated
    amount = "" if declared.amount == 1 else f"{figure(declared.amount)} "
    return f"kgCO₂e/{amount}{unit}"


def _facts(dataset: Dataset, words: Words) -> Iterator[Fact]:
    """What the document states of itself; a line it does not state is left out."""
    if name := text_of(dataset.names, words):  # what stands registered without its document has none
        yield Fact(words.say("label.name"), name)
    yield Fact(words.say("declaration.document"), words.say(f"document.{dataset.document}"))
    stated: Iterator[tuple[str, str]] = iter((
        ("label.document-number", dataset.number or ""),
        ("declaration.uuid", str(dataset.uuid) if dataset.uuid else ""),
        ("declaration.version", dataset.version or ""),
        ("declaration.owner", _party(dataset.owner, words)),
        ("declaration.makers", words.listed(_party(one, words) for one in dataset.manufacturers)),
        ("declaration.plants", words.listed(one.name for one in dataset.plants)),
        ("declaration.unit", _declared(dataset.declared, words)),
        ("declaration.functional", text_of(dataset.declared.words, words)),
        ("declaration.ties", words.listed(_ties(dataset, words))),
        ("label.standard", dataset.generation.value),
        ("declaration.pcr", text_of(dataset.pcr.names, words) if dataset.pcr else ""),
        ("declaration.background", words.listed(text_of(one.names, words) for one in dataset.background)),
        ("label.data-kind", words.say(f"subtype.{dataset.subtype}") if dataset.subtype else ""),
        ("label.verification", words.say(f"proof.{dataset.verification}") if dataset.verification else ""),
        ("declaration.verifiers", words.listed(_party(one, words) for one in dataset.verifiers)),
        ("declaration.operator", _party(dataset.operator, words)),
        ("declaration.reference-year", str(dataset.reference_year or "")),
        ("declaration.published", words.stated_day(dataset.published) if dataset.published else ""),
        ("declaration.valid-from", words.stated_day(dataset.valid_from) if dataset.valid_from else ""),
        ("label.valid-to", words.stated_day(dataset.valid_to) if dataset.valid_to else ""),
        ("declaration.service-life", _years(dataset, words)),
        ("declaration.licence", text_of(dataset.licence.words, words) if dataset.licence else ""),
    ))  # fmt: skip
    yield from (Fact(words.say(label), value) for label, value in stated if value)


def _party(party: Party | None, words: Words) -> str:
    return text_of(party.names, words) if party else ""


def _declared(declared: DeclaredUnit, words: Words) -> str:
    unit = words.unit(declared.unit) if declared.unit else declared.stated
    return f"{plain(declared.amount)} {unit}"


def _ties(dataset: Dataset, words: Words) -> Iterator[str]:
    for one in dataset.properties:
        kind = FactKind(one.kind) if one.kind in set(FactKind) else None
        usual = kind is not None and one.unit == TIES[kind].symbol
        unit = fact_symbol(kind, words.lang) if kind and usual else one.unit
        yield f"{fact_name(one.kind, words.lang)} {plain(one.value)} {unit}".strip()


def _years(dataset: Dataset, words: Words) -> str:
    years = dataset.service_life_years
    return "" if years is None else words.say("declaration.years", years=years)


def _stacked(dataset: Dataset, row: Indicator | None, unit: str, words: Words) -> Stacked | None:
    """One bar of the figures that stand for a module each; no bar for a single one."""
    caption = Caption("stages-bar", words.say("chart.stages"), unit)
    if row is None:
        stages = dataset.footprint.stages if dataset.footprint else ()
        found = [(text_of(one.words, words), rounded(one.amount)) for one in stages]
    else:
        figures = shown(row.values, dataset.scenarios)
        left_out = PARTS if "A1-A3" in figures else ("A1-A3",)
        found = [
            (module.replace("-", "–"), rounded(figures[module]))
            for module in MODULES
            if module in figures and module not in left_out
        ]
    return charts.stacked(found, caption) if len(found) > 1 else None


def _cells(row: Indicator | None, words: Words) -> Iterator[Cell]:
    for value in sorted(row.values if row else (), key=lambda one: MODULES.index(one.module)):
        yield Cell(
            stage=value.module.replace("-", "–"),
            content=words.say(f"stage.{value.module}"),
            scenario=value.scenario or "",
            value="" if value.amount is None else figure(value.amount),
            missing=words.say(f"mark.{value.mark}") if value.mark else "",
            fill=charts.fill_of(value.module),
            spread=spread(value, words),
        )


def _own_stages(dataset: Dataset, words: Words) -> Iterator[Cell]:
    """The stages of a footprint in the document's own words: no module is made of them."""
    if dataset.footprint is None:
        return
    for place, one in enumerate(dataset.footprint.stages, 1):
        name = text_of(one.words, words)
        yield Cell(str(place), name, "", figure(one.amount), "", charts.fill_of(name))
    total = words.say("declaration.total")
    yield Cell("Σ", total, "", figure(dataset.footprint.total), "", charts.fill_of(total))


def _modules(dataset: Dataset) -> tuple[str, ...]:
    used = {value.module for one in dataset.indicators for value in one.values}
    return tuple(module.replace("-", "–") for module in MODULES if module in used)


def _indicator(one: Indicator, dataset: Dataset, words: Words) -> IndicatorRow:
    used = {value.module for row in dataset.indicators for value in row.values}
    return IndicatorRow(
        name=one.code or text_of(one.names, words) or "—",
        unit=one.unit,
        cells=tuple(
            words.in_turn(_cell(value, words) for value in one.values if value.module == module) or "—"
            for module in MODULES
            if module in used
        ),
    )


def _cell(value: Value, words: Words) -> str:
    text = figure(value.amount) if value.amount is not None else words.say(f"mark.{value.mark}")
    return words.noted(text, value.scenario or "")


def _converted(declared: DeclaredUnit, stated: Stated, words: Words) -> Iterator[Converted]:
    """A1–A3 per each unit it can be had in, the declared one left out; a contradiction is told."""
    for code in PER:
        if code == declared.unit and declared.amount == 1:
            continue
        answer = gwp(stated, Asked(("A1-A3",), table().by_code[code]))
        if isinstance(answer, Answer):
            path = words.in_turn(step_said(one, words.lang) for one in answer.path)
            doubt = doubt_said(answer.doubt.facts, words.lang) if answer.doubt else ""
            yield Converted(words.per(code), figure(answer.value), path, doubt)
        elif answer.key == DISAGREE:
            yield Converted(words.per(code), "—", "", why_not(answer, words.lang).message)


def _losses(remarks: Sequence[Remark], words: Words) -> Iterator[Told]:
    for weight, tone in WEIGHTS.items():
        found = [one for one in remarks if one.weight is weight]
        if not found:
            continue
        kept = found[:MOST_LINES]
        lines = tuple(Line(one.place, words.say(one.key, **one.facts)) for one in kept)
        yield Told(
            badge=Badge(words.say(f"loss.{weight}", count=len(found)), tone),
            lines=lines[:FIRST_LINES],
            folded=lines[FIRST_LINES:],
            more=words.say("loss.more", count=len(found) - len(kept)) if len(found) > len(kept) else "",
        )
