"""Certification categories: the 51 of the first graded catalogue, later graded ones, green-product ones."""

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from registry.kit.types import Fact
from seeds.reference.loading import Confidence, PartialDay, Slug, Words, read_yaml, require_unique
from seeds.reference.standards import standards

FILE = Path(__file__).with_name("categories.yaml")
FIRST_CATALOGUE_SIZE = 51


class Scheme(StrEnum):
    """graded: one to three stars; green-product: pass or fail against a GB/T standard, no stars."""

    GRADED = "graded"
    GREEN_PRODUCT = "green-product"


class Batch(StrEnum):
    """Which list a category came with."""

    FIRST = "first"
    LATER = "later"
    GREEN_PRODUCT = "green-product"


class Category(Fact):
    """One certification category; number and existence are trusted apart from each other."""

    id: Slug
    scheme: Scheme
    batch: Batch
    seq: int | None = Field(default=None, ge=1, le=FIRST_CATALOGUE_SIZE)
    group_zh: Words | None = None
    group_en: Words | None = None
    name_zh: Words
    name_en: Words
    standard: Slug | None = None
    standard_confidence: Confidence | None = None
    category_confidence: Confidence
    building_material: bool
    document: Words
    date: PartialDay | None = None
    source: Words
    note: Words | None = None

    @model_validator(mode="after")
    def _parts_go_together(self) -> Self:
        if (self.standard is None) != (self.standard_confidence is None):
            raise ValueError(f"{self.id}: a standard and its confidence go together")
        first = self.batch is Batch.FIRST
        if any((part is not None) != first for part in (self.seq, self.group_zh, self.group_en)):
            raise ValueError(f"{self.id}: number and group belong to the first catalogue, and only to it")
        if (self.scheme is Scheme.GREEN_PRODUCT) != (self.batch is Batch.GREEN_PRODUCT):
            raise ValueError(f"{self.id}: the scheme disagrees with the list it came with")
        return self


@cache
def categories() -> tuple[Category, ...]:
    rows = read_yaml(FILE, Category)
    require_unique(rows, lambda row: row.id)
    known = {standard.id for standard in standards()}
    unknown = sorted(row.id for row in rows if row.standard is not None and row.standard not in known)
    if unknown:
        raise ValueError(f"standard not listed for: {', '.join(unknown)}")
    return rows
