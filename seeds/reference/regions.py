"""Regions by their GB/T 2260 codes, and the purchasing programmes whose cities are known."""

from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from registry.kit.types import Fact
from seeds.reference.loading import (
    Confidence,
    PartialDay,
    Provenance,
    RegionCode,
    Slug,
    Words,
    parse_yaml,
    read_yaml,
    require_unique,
)

HERE = Path(__file__).parent


class Level(StrEnum):
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


class Region(Fact):
    """One administrative division."""

    code: RegionCode
    level: Level
    parent: RegionCode | None = None
    name_zh: Words
    name_en: Words


class RegionTable(Fact):
    """The regions with the edition their codes belong to."""

    edition: PartialDay
    source: Words
    confidence: Confidence
    edition_confidence: Confidence
    note_zh: Words
    note_en: Words
    regions: tuple[Region, ...]

    @model_validator(mode="after")
    def _every_parent_stands_one_level_up(self) -> Self:
        require_unique(self.regions, lambda region: region.code)
        levels = {region.code: region.level for region in self.regions}
        above = {Level.PROVINCE: None, Level.CITY: Level.PROVINCE, Level.COUNTY: Level.CITY}
        for region in self.regions:
            if (levels.get(region.parent) if region.parent else None) is not above[region.level]:
                raise ValueError(f"{region.code}: its parent is not listed one level up")
        return self


class Programme(Fact):
    """A programme and its known members; an incomplete list never proves that a region is outside."""

    id: Slug
    name_zh: Words
    name_en: Words
    starts: PartialDay | None = Field(alias="from")
    count: int = Field(gt=0)
    complete: bool
    members: tuple[RegionCode, ...]
    provenance: Provenance

    @model_validator(mode="after")
    def _count_fits(self) -> Self:
        known = len(set(self.members))
        if known != len(self.members) or (known == self.count) != self.complete or known > self.count:
            raise ValueError(f"{self.id}: members, count and complete disagree")
        return self


def regions() -> RegionTable:
    return RegionTable.model_validate(parse_yaml((HERE / "regions.yaml").read_text(encoding="utf-8")))


def programmes() -> tuple[Programme, ...]:
    rows = read_yaml(HERE / "programmes.yaml", Programme)
    require_unique(rows, lambda row: row.id)
    known = {region.code for region in regions().regions}
    strange = sorted({code for row in rows for code in row.members} - known)
    if strange:
        raise ValueError(f"no such region: {', '.join(strange)}")
    return rows
