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
    note_en: str | None = None
    in_force_on: str | None = None
    valid_until: str | None = None
    confidence: str | None = None


class PolicyItemFact(Fact):
    """One cited measure or target; `value` None where the text is qualitative or its cell is damaged.

    `target` tells what is aimed at from what is asked for. `confidence` is that of the document it was read
    in, since nothing finer is known; a damaged cell has none.
    """

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
    note_zh: str | None = None
    target: bool = False
    product_zh: str | None = None
    scope: str | None = None
    confidence: str | None = None


class BenchmarkFact(Fact):
    """A row of a dated table with its source and confidence: a benchmark, an emission factor, a programme."""

    id: UUID
    table: str
    row: str
    data: dict[str, JsonValue]
    source: str
    confidence: str
