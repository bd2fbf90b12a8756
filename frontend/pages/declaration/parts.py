"""Fossil, biogenic and land-use carbon apart, in words: a table by module, a picture about a zero line."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from frontend.pages.words import Words, figure, rounded
from frontend.views.charts import Caption
from frontend.views.declaration import PartsRow, PartsView
from frontend.views.diverging import Diverging, diverging
from registry.declarations.dataset import Dataset, Value
from registry.declarations.facts import MODULES
from registry.declarations.figures.gwp import Asked
from registry.declarations.figures.modules import WHOLE
from registry.declarations.figures.split import Part, Split, by_module, split
from registry.declarations.figures.stated import of_dataset
from registry.units.table import table

FILLS: Mapping[Part, str] = {Part.FOSSIL: "#6b7a72", Part.BIOGENIC: "#2b7a52", Part.LULUC: "#d9b44a"}
TOTAL = "#0d5c38"
_SHAPES = frozenset({"normal", "lognormal"})


def parts(dataset: Dataset, unit: str, words: Words) -> PartsView | None:
    """None where the document states no part of its footprint."""
    found = by_module(dataset)
    if not found:
        return None
    apart = [module for module, one in found.items() if one.adds_up is False]
    return PartsView(
        chart=_chart(dataset, unit, words),
        unit=unit,
        heads=tuple(words.say(f"part.{part.name.lower()}") for part in Part),
        rows=tuple(_row(module, found[module], words) for module in MODULES if module in found),
        apart=words.say("declaration.parts-apart", modules=_named(apart)) if apart else "",
        takes_up=any(one.parts.get(Part.BIOGENIC, Decimal(0)) < 0 for one in found.values()),
    )


def picture(found: Split, caption: Caption, words: Words) -> Diverging:
    """The total, where it is stated, and its parts below it."""
    return diverging(list(_bars(found, words)), caption)


def spread(value: Value, words: Words) -> str:
    """The stated uncertainty of one figure; empty where none is stated."""
    if value.rsd is None:
        return ""
    share = figure((value.rsd * 100).normalize())
    told = (value.distribution or "").replace("-", "").replace("_", "").casefold()
    shape = words.say(f"spread.{told}") if told in _SHAPES else value.distribution
    parts = [words.say("spread.rsd", share=share), shape, f"n = {value.samples}" if value.samples else ""]
    return words.listed(part for part in parts if part)


def _chart(dataset: Dataset, unit: str, words: Words) -> Diverging | None:
    """Of A1–A3 per the declared amount, where it can be had and more than one bar stands in it."""
    declared = table().by_code.get(dataset.declared.unit or "")
    if declared is None or dataset.declared.amount <= 0:
        return None
    found = split(of_dataset(dataset), Asked((WHOLE,), declared))
    if found is None or len(found.parts) + (found.total is not None) < 2:
        return None
    amount = dataset.declared.amount
    total = None if found.total is None else found.total * amount
    whole = Split(total, {part: value * amount for part, value in found.parts.items()})
    return picture(whole, Caption("parts-bars", words.say("chart.parts"), unit), words)


def _bars(found: Split, words: Words) -> Iterator[tuple[str, Decimal, str]]:
    if found.total is not None:
        yield words.say("part.total"), rounded(found.total), TOTAL
    for part in Part:
        if part in found.parts:
            yield words.say(f"part.{part.name.lower()}"), rounded(found.parts[part]), FILLS[part]


def _row(module: str, found: Split, words: Words) -> PartsRow:
    missing = words.say("part.missing")
    return PartsRow(
        stage=_named([module]),
        total=missing if found.total is None else figure(found.total),
        cells=tuple(figure(found.parts[part]) if part in found.parts else missing for part in Part),
    )


def _named(modules: list[str]) -> str:
    return ", ".join(modules).replace("-", "–")
