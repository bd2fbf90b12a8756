"""Regions, certification categories and material kinds as published reference facts."""

from enum import StrEnum
from uuid import UUID

from registry.kit.types import Fact


class RegionFact(Fact):
    """A region by its GB/T 2260 code; codes change over time, so the edition year is kept."""

    id: UUID
    region: str
    parent: str | None
    name_zh: str
    name_en: str
    edition: str
    source: str
    confidence: str


class CategoryFact(Fact):
    """A certification category of one scheme, e.g. 建筑节能玻璃 by T/CECS 10034-2019."""

    id: UUID
    category: str
    scheme: str
    group_zh: str
    sequence: int | None
    name_zh: str
    name_en: str
    standards: tuple[str, ...]
    standard_confidence: str | None
    source: str
    confidence: str
    note: str | None = None
    note_zh: str | None = None


class AttributeType(StrEnum):
    ENUM = "enum"
    DECIMAL = "decimal"
    TEXT = "text"
    BOOL = "bool"


class AttributeSpec(Fact):
    """A typed attribute of a kind: what it is called, its unit and its closed values if any.

    `standard` is the document whose term it is, without its edition; `confidence` says whether that was read
    in a text (high, medium) or is professional knowledge to be verified (low).
    """

    name: str
    label_zh: str
    label_en: str
    type: AttributeType
    unit: str | None = None
    values: tuple[str, ...] = ()
    standard: str | None = None
    confidence: str | None = None


class Mapping(Fact):
    """A code of another table this kind maps to, and how sure the mapping is."""

    to: str
    confidence: str
    note: str | None = None


class MaterialKindFact(Fact):
    """A node of our own tree. `performance` names the attributes that must agree before two compare."""

    id: UUID
    kind: str
    parent: str | None
    name_zh: str
    name_en: str
    synonyms: tuple[str, ...] = ()
    declared_unit: str | None = None
    bill_unit: str | None = None
    attributes: tuple[AttributeSpec, ...] = ()
    performance: tuple[str, ...] = ()
    solid_waste: bool = False
    categories: tuple[Mapping, ...] = ()
    procurement_codes: tuple[Mapping, ...] = ()
