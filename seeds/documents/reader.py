"""The five regional peak-carbon plans, restated as our own records of what they ask for and aim at."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from registry.kit.types import Fact
from seeds.reference.loading import (
    Comparator,
    Confidence,
    Figure,
    PartialDay,
    RegionCode,
    Slug,
    Standing,
    Words,
    read_yaml,
    require_unique,
)

HERE = Path(__file__).parent


class Reading(StrEnum):
    """What the source text lets us carry: a figure, a promise in words, or a cell that cannot be read."""

    OK = "ok"
    QUALITATIVE = "qualitative"
    DAMAGED = "damaged"


class Document(Fact):
    """One source document; the fingerprint names the exact copy that was read."""

    id: Slug
    title_zh: Words
    title_en: Words
    issuers_zh: tuple[Words, ...]
    number: Words | None
    issued: date | None
    in_force: date | None
    valid_until: PartialDay | None
    region: RegionCode
    status: Standing
    confidence: Confidence
    scope: Words
    note_zh: Words | None
    note_en: Words | None
    file: Words
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Statement(Fact):
    """What both kinds of record share: where it stands, and what it says in our own words."""

    id: Words
    document: Slug
    section: Words
    topic: Words
    summary_zh: Words
    summary_en: Words
    status: Reading
    note: Words | None = None


class Item(Statement):
    """Something a plan asks for, without a figure."""


class Target(Statement):
    """Something a plan aims at; a figure stands only where the text prints one that can be read."""

    value: Figure | None = None
    unit: Words | None = None
    comparator: Comparator | None = None
    period: Words | None = None
    baseline: PartialDay | None = None
    product_zh: Words
    scope: Words

    @model_validator(mode="after")
    def _figure_follows_reading(self) -> Self:
        stated = (self.value, self.unit, self.comparator)
        if self.status is Reading.OK and None in stated:
            raise ValueError(f"{self.id}: a readable target needs value, unit and comparator")
        if self.status is not Reading.OK and any(part is not None for part in stated):
            raise ValueError(f"{self.id}: a {self.status} target carries no figure to compute with")
        if self.status is not Reading.OK and self.note is None:
            raise ValueError(f"{self.id}: a {self.status} target says why it has no figure")
        return self


def documents() -> tuple[Document, ...]:
    rows = read_yaml(HERE / "documents.yaml", Document)
    require_unique(rows, lambda row: row.id)
    return rows


def items() -> tuple[Item, ...]:
    rows = read_yaml(HERE / "items.yaml", Item)
    _check(rows)
    return rows


def targets() -> tuple[Target, ...]:
    rows = read_yaml(HERE / "targets.yaml", Target)
    _check(rows)
    return rows


def _check(rows: tuple[Statement, ...]) -> None:
    require_unique(rows, lambda row: row.id)
    known = {document.id for document in documents()}
    unknown = sorted(row.id for row in rows if row.document not in known)
    if unknown:
        raise ValueError(f"no such document: {', '.join(unknown)}")
