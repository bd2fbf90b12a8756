"""Test reports 检测报告 with their indicator matrix, and self-declarations 自我声明.

A complete and met report is a lawful equal of the certificate where the rule pack accepts it; a
self-declaration belongs to the product list and never enters any ratio.
"""

from datetime import date
from enum import StrEnum
from uuid import UUID

from registry.kit.known_by import KnownBy
from registry.kit.types import Exact, Fact


class SampleType(StrEnum):
    """抽样, 见证取样, 送样: a sent-in sample proves only the sample."""

    DRAWN = "drawn"
    WITNESSED = "witnessed"
    SENT_IN = "sent_in"


class Comparator(StrEnum):
    AT_LEAST = ">="
    AT_MOST = "<="
    EQUALS = "="


class Indicator(Fact):
    """One requirement and what was found; `value` None means the report does not state it."""

    name_zh: str
    name_en: str
    comparator: Comparator
    limit: Exact
    value: Exact | None
    unit: str
    page: int | None = None


class TestReportFact(Fact):
    """A laboratory's report on one product, model and plant against a demand standard 需求标准.

    `complete` states that the indicators are all that the standard asks; None means nobody compared them.
    """

    __test__ = False

    id: UUID
    code: str
    number: str
    laboratory_id: UUID
    within_cma_scope: bool | None = None
    sample_type: SampleType
    product_id: UUID
    models: tuple[str, ...]
    plant_id: UUID
    tested_on: date
    demand_standard: str
    indicators: tuple[Indicator, ...]
    complete: bool | None = None
    known_by: KnownBy


class SelfDeclarationFact(Fact):
    """What a maker states about its own product, for the 绿色低碳产品名单 only."""

    id: UUID
    code: str
    product_id: UUID
    declared_on: date
    claim_zh: str
    claim_en: str
    known_by: KnownBy
