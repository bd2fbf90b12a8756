"""A carbon declaration: declared unit, values by module with "not declared" kept apart from 0.

Modules by EN 15804 / ISO 21930. `A1-A3` may be given as a sum, as parts, or both: never added twice.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from pydantic import model_validator

from registry.kit.types import Exact, Fact

MODULES = (
    "A1", "A2", "A3", "A1-A3", "A4", "A5",
    "B1", "B2", "B3", "B4", "B5", "B6", "B7",
    "C1", "C2", "C3", "C4", "D",
)  # fmt: skip


class DataKind(StrEnum):
    SPECIFIC = "specific"
    AVERAGE = "average"
    GENERIC = "generic"


class Verification(StrEnum):
    THIRD_PARTY = "third_party"
    INTERNAL = "internal"
    NONE = "none"


class DocumentKind(StrEnum):
    """碳足迹报告 ≠ EPD ≠ 碳足迹标识认证."""

    EPD = "epd"
    FOOTPRINT_REPORT = "footprint_report"
    FOOTPRINT_LABEL = "footprint_label"


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_LETTERS = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}


class DeclarationState(StrEnum):
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class PartialDay(Fact):
    """A day as the document states it: the first day of the stated period, and how precise it is."""

    day: date
    precision: Precision

    def last_day(self) -> date:
        """The last day the stated period can mean."""
        if self.precision is Precision.DAY:
            return self.day
        if self.precision is Precision.YEAR:
            return date(self.day.year, 12, 31)
        return _month_end(self.day)

    def stated(self) -> str:
        """As people write it, no more precisely than the document does: 2026, 2026-05 or 2026-05-01."""
        return self.day.isoformat()[: _LETTERS[self.precision]]


def _month_end(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


class DeclarationFact(Fact):
    """GWP of one indicator, by module, per `declared_amount` of `declared_unit` (e.g. 1000 kg).

    `modules` holds kg CO₂e; a module that is absent is not declared, which is never 0.
    """

    id: UUID
    code: str
    product_ids: tuple[UUID, ...]
    plant_ids: tuple[UUID, ...] = ()
    document: DocumentKind
    number: str
    standard: str
    pcr: str | None = None
    indicator: str
    declared_unit: str
    declared_amount: Exact
    mass_kg: Exact | None = None
    modules: dict[str, Exact]
    data_kind: DataKind
    verification: Verification
    verifier_id: UUID | None = None
    operator: str | None = None
    valid_from: PartialDay
    valid_to: PartialDay
    reference_year: int | None = None
    state: DeclarationState = DeclarationState.PUBLISHED

    @model_validator(mode="after")
    def _modules_are_known_and_amount_is_positive(self) -> "DeclarationFact":
        unknown = sorted(set(self.modules) - set(MODULES))
        if unknown:
            raise ValueError(f"unknown modules: {', '.join(unknown)}")
        if self.declared_amount <= 0:
            raise ValueError("the declared amount must be above 0")
        if self.mass_kg is not None and self.mass_kg <= 0:
            raise ValueError("a mass must be above 0; leave it out when it is not stated")
        return self


def a1_a3(fact: DeclarationFact) -> Decimal | None:
    """The A1–A3 value as declared: the stated sum, else the three parts, else not declared."""
    if "A1-A3" in fact.modules:
        return fact.modules["A1-A3"]
    if all(module in fact.modules for module in ("A1", "A2", "A3")):
        return fact.modules["A1"] + fact.modules["A2"] + fact.modules["A3"]
    return None
