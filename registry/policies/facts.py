"""Rule packs, policy documents, their items and targets, and benchmark figures as published facts."""

from uuid import UUID

from pydantic import JsonValue

from registry.kit.types import Exact, Fact
from registry.policies.pack import Pack


class RulePackFact(Fact):
    """One edition of one rule pack."""

    id: UUID
    pack: Pack


class PolicyDocumentFact(Fact):
    """A source document: what it is, not its text. `draft` marks a 征求意见稿."""

    id: UUID
    document: str
    title_zh: str
    title_en: str
    issuer: str | None
    number: str | None
    issued_on: str | None
    region: str
    status: str
    draft: bool
    sha256: str
    note: str | None = None


class PolicyItemFact(Fact):
    """One cited measure or target; `value` None where the text is qualitative or its cell is damaged."""

    id: UUID
    item: str
    document: str
    section: str
    topic: str
    summary_zh: str
    summary_en: str
    value: Exact | None = None
    unit: str | None = None
    comparator: str | None = None
    period: str | None = None
    baseline: str | None = None
    status: str
    note: str | None = None


class BenchmarkFact(Fact):
    """A dated figure with its source and confidence: an energy benchmark or an emission factor."""

    id: UUID
    table: str
    row: str
    data: dict[str, JsonValue]
    source: str
    confidence: str
