"""A standard's edition and the days it counts; how sure we are stands beside it."""

from datetime import date
from uuid import UUID

from registry.kit.types import Fact


class StandardFact(Fact):
    """One edition, e.g. GB/T 35608-2024; `replaced_on` is the first day the old edition no longer counts."""

    id: UUID
    number: str
    title_zh: str | None = None
    title_en: str | None = None
    issued_on: date | None = None
    in_force_on: date | None = None
    replaced_by: str | None = None
    replaced_on: date | None = None
    source: str
    confidence: str
    source_zh: str | None = None
    status: str | None = None
