"""Dated figures as tables: programmes, energy benchmarks, emission and grid factors, plausible ranges."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from frontend.pages.data_rows import (
    Desk,
    Entry,
    Table,
    absent,
    coded,
    dated,
    figure,
    origin,
    placed,
    printed_unit,
)
from frontend.pages.words import Words
from frontend.views import formats
from frontend.views.data import Cell, DataRow, Origin
from registry.changes.reading import every
from registry.policies.facts import BenchmarkFact
from registry.policies.service import BENCHMARK

GRID = "electricity"


def _rows(desk: Desk, table: str) -> list[BenchmarkFact]:
    found = (known.fact for known in every(desk.session, BENCHMARK, desk.at))
    return sorted((fact for fact in found if fact.table == table), key=lambda fact: fact.row)


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _name(words: Words, data: Any, stem: str = "name") -> str:
    return words.pick(str(data[f"{stem}_zh"]), str(data[f"{stem}_en"]))


def _note(words: Words, data: Any) -> str:
    return words.pick(str(data.get("note_zh") or ""), str(data.get("note") or ""))


def _origin(words: Words, fact: BenchmarkFact) -> Origin:
    data: Any = fact.data
    document = words.pick(str(data.get("source_zh") or fact.source), fact.source)
    return origin(words, document, data.get("clause"), status=data.get("status"), confidence=fact.confidence)


def _entry(desk: Desk, fact: BenchmarkFact, cells: tuple[Cell, ...], **filed: tuple[str, str]) -> Entry:
    data: Any = fact.data
    source = _origin(desk.words, fact)
    row = DataRow(fact.row, cells, source, _note(desk.words, data))
    return Entry(row, {**filed, "document": (fact.source, source.document)})


def _programmes(desk: Desk) -> Iterator[Entry]:
    words = desk.words
    for fact in _rows(desk, "programme"):
        data: Any = fact.data
        named = [desk.known.place(code, words) for code in data["members"]]
        members = Cell(words.listed(named)) if named else absent(words, "members-none")
        if named and not data["complete"]:
            members = Cell(
                members.text, note=words.say("data.members-some", known=len(named), count=data["count"])
            )
        count = Cell(formats.number(int(data["count"])), str(data["count"]))
        cells = (Cell(_name(words, data)), dated(words, data["starts"]), count, members)
        yield _entry(desk, fact, cells)


def _benchmarks(desk: Desk) -> Iterator[Entry]:
    words = desk.words
    for fact in _rows(desk, "energy-benchmark"):
        data: Any = fact.data
        product, place = _name(words, data, "product"), placed(desk, data["region"])
        level = coded(words, "level", data["level"])
        scope = words.pick(str(data.get("scope_zh") or ""), str(data["scope"] or ""))
        value = figure(words, _number(data["value"]), data["unit"], data["comparator"])
        cells = (Cell(product, note=scope), Cell(level), value, Cell(place[1]), dated(words, data["date"]))
        filed = {"product": (str(data["product_en"]), product), "level": (str(data["level"]), level)}
        yield _entry(desk, fact, cells, region=place, **filed)


def _factors(desk: Desk) -> Iterator[Entry]:
    words = desk.words
    for fact in _rows(desk, "emission-factor"):
        data: Any = fact.data
        if data["stage"] == GRID:
            continue
        stage, group = coded(words, "stage", data["stage"]), coded(words, "group", data["group"])
        value = figure(words, _number(data["value"]), data["unit"])
        cells = (Cell(_name(words, data)), value, Cell(stage), Cell(group))
        filed = {"stage": (str(data["stage"]), stage), "group": (str(data["group"]), group)}
        yield _entry(desk, fact, cells, **filed)


def _grid(desk: Desk) -> Iterator[Entry]:
    words = desk.words
    for fact in _rows(desk, "emission-factor"):
        data: Any = fact.data
        if data["stage"] != GRID:
            continue
        value = figure(words, _number(data["value"]), data["unit"])
        cells = (Cell(_name(words, data)), value, dated(words, data["data_year"]))
        yield _entry(desk, fact, cells, region=placed(desk, data["region"]))


def _ranges(desk: Desk) -> Iterator[Entry]:
    words = desk.words
    for fact in _rows(desk, "plausible-range"):
        data: Any = fact.data
        low, high = (formats.number(Decimal(str(data[end]))) for end in ("low", "high"))
        unit = f"kgCO₂e/{printed_unit(str(data['per']))}"
        text, exact = (
            f"{low}–{high}{formats.SPACE}{unit}",
            f"{data['low']}–{data['high']} kgCO2e/{data['per']}",
        )
        kind = Cell(desk.known.kind(str(data["kind"]), words)) if data["kind"] else absent(words)
        yield _entry(desk, fact, (Cell(_name(words, data)), Cell(text, exact), kind))


TABLES = (
    Table("programmes", ("programme", "from", "count", "members"), (), _programmes),
    Table(
        "energy-benchmarks",
        ("product", "level", "figure", "region", "dated"),
        ("product", "level", "region", "document"),
        _benchmarks,
    ),
    Table(
        "emission-factors", ("material", "factor", "stage", "group"), ("stage", "group", "document"), _factors
    ),
    Table("grid-factors", ("grid", "factor", "data-year"), ("region",), _grid),
    Table("plausible-ranges", ("material", "range", "kind"), (), _ranges),
)
