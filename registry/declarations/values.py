"""Reading a results table: the A1–A3 value by the one rule, and the GWP row of a set of rules.

A stated A1–A3 is taken; else A1 + A2 + A3 where all three are numbers; else there is none. A1 alone is
never A1–A3.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Dataset, Indicator
from registry.declarations.sums import PARTS, agree

_TOTAL = {Generation.EN15804_A2: "GWP-total", Generation.ISO14067: "CFP", Generation.GBT24067: "CFP"}


class How(StrEnum):
    """How an A1–A3 value was had."""

    DECLARED = "declared"
    SUMMED = "summed"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class CradleToGate:
    """The A1–A3 value of one row; None where it is incomplete."""

    amount: Decimal | None
    how: How


def a1_a3(row: Indicator, scenario: str | None = None) -> CradleToGate:
    """A1–A3 of a row under one scenario."""
    stated = amount(row, "A1-A3", scenario)
    if stated is not None:
        return CradleToGate(stated, How.DECLARED)
    total = _sum(row, scenario)
    return CradleToGate(total, How.INCOMPLETE if total is None else How.SUMMED)


def amount(row: Indicator, module: str, scenario: str | None = None) -> Decimal | None:
    """The number of one cell; None where it is marked or not there."""
    return next((one.amount for one in row.values if (one.module, one.scenario) == (module, scenario)), None)


def apart(row: Indicator, scenario: str | None = None) -> tuple[Decimal, Decimal] | None:
    """The sum of the parts and the stated A1–A3 where they differ by more than 1 % of the largest of them."""
    stated, total = amount(row, "A1-A3", scenario), _sum(row, scenario)
    if stated is None or total is None:
        return None
    parts = [amount(row, part, scenario) or Decimal(0) for part in PARTS]
    return None if agree(stated, parts) else (total, stated)


def gwp(dataset: Dataset) -> Indicator | None:
    """The row of the global warming potential that the dataset's set of rules compares."""
    code = _TOTAL.get(dataset.generation, "GWP")
    return next((row for row in dataset.indicators if row.code == code), None)


def _sum(row: Indicator, scenario: str | None) -> Decimal | None:
    found = [amount(row, part, scenario) for part in PARTS]
    return None if None in found else sum((one for one in found if one is not None), Decimal(0))
