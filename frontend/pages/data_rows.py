"""What every published table is made of: rows with the filters they answer to, and words for their codes."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session

from frontend.pages.reference import Reference
from frontend.pages.words import Words
from frontend.views import formats
from frontend.views.data import Cell, DataRow, Origin
from frontend.views.parts import Badge, Tone
from registry.changes.reading import Point
from registry.kit.messages import catalogue
from registry.kit.types import plain

NOT_A_WORD = re.compile(r"[^a-z0-9]+")
PRINTED = {"CO2": "CO₂", "m2": "m²", "m3": "m³"}
STATUS_TONES = {"in-force": Tone.GOOD, "draft": Tone.WARN, "superseded": Tone.WARN}
CONFIDENCE_TONES = {"low": Tone.WARN}
COMPARATORS = {
    ">=": "at-least", "<=": "at-most", ">": "above", "<": "below", "=": "exactly", "~": "about",
    "before": "before", "until": "until",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """What a table is read with."""

    session: Session
    at: Point
    known: Reference
    words: Words


@dataclass(frozen=True, slots=True)
class Entry:
    """A row, and what each filter files it under: the code in the address and its name."""

    row: DataRow
    filed: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A published table; names of columns and filters are keys of sentences."""

    name: str
    columns: tuple[str, ...]
    filters: tuple[str, ...]
    read: Callable[[Desk], Iterable[Entry]]


def coded(words: Words, family: str, value: str) -> str:
    """A coded value in words; one we have no words for stands for itself, with its figures set properly."""
    slug = NOT_A_WORD.sub("-", value.lower().replace("%", " percent ")).strip("-")
    known = catalogue(words.lang).get(f"data.{family}.{slug}")
    return known if known is not None else printed_unit(value)


def printed_unit(text: str) -> str:
    for written, shown in PRINTED.items():
        text = text.replace(written, shown)
    return text


def figure(words: Words, value: Decimal | None, unit: str | None, comparator: str | None = None) -> Cell:
    """A figure exactly as it is recorded; a year is no quantity and takes no thousands mark."""
    if value is None:
        return absent(words)
    shown = str(value) if unit == "year" else formats.number(value)
    text = f"{shown}{formats.SPACE}{coded(words, 'unit', unit)}" if unit else shown
    if comparator is None:
        return Cell(text, plain(value))
    exact = plain(value) if comparator == "=" else f"{comparator} {plain(value)}"
    return Cell(
        words.say(f"data.figure.{COMPARATORS[comparator]}", figure=text), f"{exact} {unit or ''}".strip()
    )


def absent(words: Words, key: str = "not-stated") -> Cell:
    """Nothing is filled in: the page says why, the file stays empty."""
    return Cell(words.say(f"data.{key}"), "", missing=True)


def stated(words: Words, value: str | None) -> Cell:
    return Cell(value) if value else absent(words)


def dated(words: Words, value: str | None) -> Cell:
    """A day, month or year as far as the source states it."""
    if value is None:
        return absent(words)
    year, month, day = ([int(part) for part in value.split("-")] + [0, 0])[:3]
    if not month:
        return Cell(words.say("day.year", year=str(year)), value)
    if words.lang == "en":
        return Cell(f"{day or ''} {formats.MONTHS[month - 1]} {year}".strip(), value)
    return Cell(words.say("day.month", year=str(year), month=str(month)) + (f"{day}日" if day else ""), value)


def origin(
    words: Words, document: str, section: str | None, *, status: str | None, confidence: str | None
) -> Origin:
    return Origin(
        document=document,
        section=section or "",
        status=Badge(coded(words, "status", status), STATUS_TONES.get(status, Tone.QUIET))
        if status
        else None,
        confidence=trust(words, confidence) if confidence else None,
    )


def trust(words: Words, confidence: str) -> Badge:
    return Badge(coded(words, "confidence", confidence), CONFIDENCE_TONES.get(confidence, Tone.QUIET))


def placed(desk: Desk, region: str | None) -> tuple[str, str]:
    """The filter value of a region; a row of no region is filed apart."""
    if region is None:
        return "none", desk.words.say("data.region-none")
    return region, desk.known.region(region, desk.words)
