"""How a plant's energy per unit of product stands to the dated benchmarks: pure, and silent where unsure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from registry.firms.benchmarks import IN_BASE, Level, Limit
from registry.firms.facts import EnergyRecordFact


class Verdict(StrEnum):
    """达到标杆, 介于标杆与基准之间, 劣于基准, 无法判定."""

    BENCHMARK = "benchmark"
    BETWEEN = "between"
    WORSE = "worse"
    UNDECIDED = "undecided"


class Reason(StrEnum):
    """Why nothing is decided."""

    VALUE_NOT_STATED = "value-not-stated"
    SIZE_NOT_STATED = "size-not-stated"
    NO_BENCHMARK = "no-benchmark"
    NO_BASE = "no-base"
    UNITS_APART = "units-apart"
    LIMITS_DISAGREE = "limits-disagree"


@dataclass(frozen=True, slots=True)
class Compared:
    """One limit that is for this plant, and whether the figure keeps it."""

    limit: Limit
    met: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """The verdict, and every limit it was held against; `reason` is None once something is decided."""

    verdict: Verdict
    reason: Reason | None = None
    compared: tuple[Compared, ...] = ()


def judge(record: EnergyRecordFact, limits: Sequence[Limit], *, region: str) -> Standing:
    """By the limits that surely stood on the last day of the record's period where the plant is."""
    if record.value is None:
        return Standing(Verdict.UNDECIDED, Reason.VALUE_NOT_STATED)
    factor, per = IN_BASE[record.unit]
    value = Fraction(record.value) * factor
    mine = [one for one in limits if one.product is record.product and one.is_for(region, record.period_to)]
    compared = tuple(
        Compared(one, one.meets(value))
        for one in mine
        if one.fits(record.size) and IN_BASE[one.unit][1] == per
    )
    benchmark = _met(mine, Level.BENCHMARK, value, size=record.size, per=per)
    base = _met(mine, Level.BASE, value, size=record.size, per=per)
    return Standing(*_verdict(benchmark=benchmark, base=base), compared)


def _verdict(*, benchmark: bool | Reason, base: bool | Reason) -> tuple[Verdict, Reason | None]:
    """A kept benchmark and a missed base each decide alone, but not against one another."""
    if benchmark is True:
        return (Verdict.UNDECIDED, Reason.LIMITS_DISAGREE) if base is False else (Verdict.BENCHMARK, None)
    if base is False:
        return Verdict.WORSE, None
    if isinstance(benchmark, Reason):
        return Verdict.UNDECIDED, benchmark
    return (Verdict.UNDECIDED, base) if isinstance(base, Reason) else (Verdict.BETWEEN, None)


def _met(
    limits: Sequence[Limit], level: Level, value: Fraction, *, size: Decimal | None, per: str
) -> bool | Reason:
    """Whether the level is kept, where all that may be for this plant say the same; else why not."""
    asked = [(one, one.fits(size)) for one in limits if one.level is level]
    possible = [one for one, fits in asked if fits is not False]
    if not possible:
        return Reason.NO_BENCHMARK if level is Level.BENCHMARK else Reason.NO_BASE
    if any(fits is None for _, fits in asked):
        return Reason.SIZE_NOT_STATED
    if any(IN_BASE[one.unit][1] != per for one in possible):
        return Reason.UNITS_APART
    said = {one.meets(value) for one in possible}
    return said.pop() if len(said) == 1 else Reason.LIMITS_DISAGREE
