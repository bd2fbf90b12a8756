"""Rows of the energy table as limits: for which product and size, from when, where, and how sure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from registry.declarations.facts import PartialDay, Precision
from registry.firms.facts import EnergyProduct, EnergyUnit
from registry.policies.facts import BenchmarkFact

TABLE = "energy-benchmark"
IN_FORCE = "in-force"
# What the table calls each product.
NAMES: Mapping[str, EnergyProduct] = {
    "cement clinker": EnergyProduct.CLINKER,
    "flat glass": EnergyProduct.FLAT_GLASS,
    "rolled PV glass": EnergyProduct.PV_GLASS,
    "ceramic tile": EnergyProduct.CERAMIC_TILE,
    "sanitary ceramics": EnergyProduct.SANITARY_CERAMICS,
}
# Each unit in kgce per t or per m²; a weight case is 50 kg, so 20 of them are a tonne.
IN_BASE: Mapping[EnergyUnit, tuple[Fraction, str]] = {
    EnergyUnit.KGCE_PER_T: (Fraction(1), "t"),
    EnergyUnit.TCE_PER_T: (Fraction(1000), "t"),
    EnergyUnit.KGCE_PER_WEIGHT_CASE: (Fraction(20), "t"),
    EnergyUnit.KGCE_PER_M2: (Fraction(1), "m2"),
}
_MASS = (EnergyUnit.KGCE_PER_T, EnergyUnit.TCE_PER_T)
UNITS: Mapping[EnergyProduct, tuple[EnergyUnit, ...]] = {
    EnergyProduct.CLINKER: _MASS,
    EnergyProduct.FLAT_GLASS: (EnergyUnit.KGCE_PER_WEIGHT_CASE, *_MASS),
    EnergyProduct.PV_GLASS: _MASS,
    EnergyProduct.CERAMIC_TILE: (EnergyUnit.KGCE_PER_M2,),
    EnergyProduct.SANITARY_CERAMICS: _MASS,
}
_NUMBER = r"(\d+(?:\.\d+)?)"
_BOUND = rf"(<=|>=|<|>) {_NUMBER}"
_TO = re.compile(rf"(?:line|furnace) {_NUMBER} to {_NUMBER} t/d")
_ONE = re.compile(rf"(?:(?:line|furnace) {_BOUND} t/d|water absorption {_BOUND} %)")
_TWO = re.compile(rf"water absorption {_BOUND} % and {_BOUND} %")


class Level(StrEnum):
    """标杆, 基准, and the numbered levels of a limit standard 能耗限额; other rows judge no plant."""

    BENCHMARK = "benchmark"
    BASE = "base"
    LEVEL_2 = "level-2"
    LEVEL_3 = "level-3"


@dataclass(frozen=True, slots=True)
class Bound:
    sign: str
    value: Decimal

    def holds(self, size: Decimal) -> bool:
        return {
            "<=": size <= self.value,
            "<": size < self.value,
            ">=": size >= self.value,
            ">": size > self.value,
        }[self.sign]


@dataclass(frozen=True, slots=True)
class Limit:
    """One row; `bounds` are on the size, None where its words cannot be read: it fits nobody surely."""

    product: EnergyProduct
    level: Level
    bound: Bound
    unit: EnergyUnit
    since: date
    region: str | None
    bounds: tuple[Bound, ...] | None
    document: str
    clause: str | None
    confidence: str
    row: str

    def fits(self, size: Decimal | None) -> bool | None:
        """Whether it is for this size; None where that cannot be said."""
        if self.bounds is None or (self.bounds and size is None):
            return None
        return all(one.holds(size) for one in self.bounds if size is not None)

    def is_for(self, region: str, on: date) -> bool:
        """Whether it surely stood by a day in the place where a plant is."""
        return self.since <= on and (self.region is None or self.region[:2] == region[:2])

    def meets(self, value: Fraction) -> bool:
        """Whether a value in kgce per base unit keeps this limit."""
        limit = Fraction(self.bound.value) * IN_BASE[self.unit][0]
        return value <= limit if self.bound.sign == "<=" else value < limit


def limits(facts: Iterable[BenchmarkFact]) -> tuple[Limit, ...]:
    """The rows in force that hold a figure; a superseded one has no last day, so it judges nothing."""
    found = [_limit(fact) for fact in facts if fact.table == TABLE]
    return tuple(sorted((one for one in found if one), key=lambda one: one.row))


def _limit(fact: BenchmarkFact) -> Limit | None:
    data = {name: value for name, value in fact.data.items() if isinstance(value, str)}
    product = NAMES.get(data.get("product_en", ""))
    usable = data.get("status") == IN_FORCE and data.get("comparator") in ("<=", "<") and "date" in data
    if product is None or not usable or data.get("level") not in set(Level) or "value" not in data:
        return None
    if data.get("unit") not in set(EnergyUnit):
        return None
    return Limit(
        product=product,
        level=Level(data["level"]),
        bound=Bound(data["comparator"], Decimal(data["value"])),
        unit=EnergyUnit(data["unit"]),
        since=_since(data["date"]),
        region=data.get("region"),
        bounds=bounds(data.get("scope")),
        document=fact.source,
        clause=data.get("clause"),
        confidence=fact.confidence,
        row=fact.row,
    )


def _since(text: str) -> date:
    """A document dated by its year alone stood for certain at the end of it."""
    precision = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}[len(text)]
    return PartialDay(day=date.fromisoformat(f"{text}-01-01"[:10]), precision=precision).last_day()


def bounds(scope: str | None) -> tuple[Bound, ...] | None:
    """The sizes that a row's words name; None where they say something else."""
    if scope is None:
        return ()
    if found := _TO.fullmatch(scope):
        return Bound(">=", Decimal(found[1])), Bound("<=", Decimal(found[2]))
    pairs = _TWO.fullmatch(scope) or _ONE.fullmatch(scope)
    if pairs is None:
        return None
    signs = [one for one in pairs.groups() if one is not None]
    return tuple(Bound(sign, Decimal(value)) for sign, value in zip(signs[::2], signs[1::2], strict=True))
