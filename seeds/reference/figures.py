"""Emission factors, energy benchmarks and plausible carbon ranges as data with source and confidence."""

from enum import StrEnum
from pathlib import Path
from typing import Literal, Self

from pydantic import model_validator

from registry.kit.types import Fact
from seeds.reference.kinds import kinds
from seeds.reference.loading import (
    Comparator,
    Confidence,
    Figure,
    PartialDay,
    RegionCode,
    Slug,
    Standing,
    Words,
    read_csv,
    require_unique,
)

HERE = Path(__file__).parent


class Stage(StrEnum):
    """What a factor covers; production-and-disposal is no EN 15804 module and is never added to one."""

    PRODUCTION = "A1-A3"
    TRANSPORT = "A4"
    ELECTRICITY = "electricity"
    PRODUCTION_AND_DISPOSAL = "production-and-disposal"


class Level(StrEnum):
    """标杆 benchmark, 基准 base, the numbered levels of a limit standard, and shares of capacity."""

    BENCHMARK = "benchmark"
    BASE = "base"
    LEVEL_2 = "level-2"
    LEVEL_3 = "level-3"
    EXISTING_PLANT = "existing-plant"
    NEW_PLANT = "new-plant"
    ADVANCED = "advanced"
    LEVELS = "levels"
    CAPACITY_SHARE = "capacity-share"


class Sourced(Fact):
    """What every row of the tables carries about its source."""

    id: Slug
    document: Words
    clause: Words | None
    date: PartialDay | None
    region: RegionCode | None
    confidence: Confidence
    status: Standing
    note: Words | None


class Factor(Sourced):
    """One emission factor; use a verified declaration of the product first where there is one."""

    stage: Stage
    group: Slug
    name_zh: Words
    name_en: Words
    data_year: PartialDay | None
    value: Figure
    unit: Words


class Benchmark(Sourced):
    """One energy benchmark; no value means that the document is known and its table was not seen."""

    product_zh: Words
    product_en: Words
    scope: Words | None
    level: Level
    comparator: Comparator | None
    value: Figure | None
    unit: Words | None

    @model_validator(mode="after")
    def _value_unit_and_comparator_go_together(self) -> Self:
        if len({part is None for part in (self.value, self.unit, self.comparator)}) > 1:
            raise ValueError(f"{self.id}: value, unit and comparator go together")
        return self


class PlausibleRange(Fact):
    """kg CO2e per unit outside which a declared figure deserves a question; a warning, never a rejection."""

    name_zh: Words
    name_en: Words
    kind: Slug | None
    per: Literal["kg", "m2"]
    low: Figure
    high: Figure
    document: Words
    confidence: Confidence

    @model_validator(mode="after")
    def _low_is_below_high(self) -> Self:
        if self.low >= self.high:
            raise ValueError(f"{self.name_en}: low is not below high")
        return self


def factors() -> tuple[Factor, ...]:
    rows = read_csv(HERE / "factors.csv", Factor)
    require_unique(rows, lambda row: row.id)
    return rows


def benchmarks() -> tuple[Benchmark, ...]:
    rows = read_csv(HERE / "benchmarks.csv", Benchmark)
    require_unique(rows, lambda row: row.id)
    return rows


def plausible_ranges() -> tuple[PlausibleRange, ...]:
    rows = read_csv(HERE / "plausibility.csv", PlausibleRange)
    require_unique(rows, lambda row: f"{row.name_en} per {row.per}")
    strange = sorted({row.kind for row in rows if row.kind} - {kind.kind for kind in kinds()})
    if strange:
        raise ValueError(f"no such kind: {', '.join(strange)}")
    return rows
