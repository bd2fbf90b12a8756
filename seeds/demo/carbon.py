"""Invented but plausible carbon declarations: A1–A3 ranges by kind, and modules stated or not declared.

Ranges sit inside the plausibility gate of our policy notes (kg CO₂e per kg or m²); none is a real product's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random
from typing import Final
from uuid import UUID

from registry.declarations.facts import (
    DataKind,
    DeclarationFact,
    DocumentKind,
    PartialDay,
    Precision,
    Verification,
)
from seeds.demo.keys import code, declaration_number, key
from seeds.demo.parties import VERIFIERS, verifier_id

OPERATOR: Final = "示例环境声明平台（虚构）"
A2: Final = "EN 15804:2012+A2:2019"
A1: Final = "EN 15804:2012+A1:2013"
GBT_24067: Final = "GB/T 24067-2024"
DAY_OF_DATA: Final = date(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class Impact:
    """A1–A3 per unit of the product, and what the document says about itself."""

    a1_a3: Decimal
    unit: str
    amount: Decimal = Decimal(1)
    mass_kg: Decimal | None = None
    standard: str = A2
    data_kind: DataKind = DataKind.SPECIFIC
    verification: Verification = Verification.THIRD_PARTY
    start: date = date(2024, 7, 1)
    year_only: bool = False
    with_parts: bool = True
    others: Mapping[str, Decimal] = field(default_factory=dict)


def tenths(low: int, high: int, rng: Random) -> Decimal:
    """A figure with one decimal between two bounds, drawn without any float."""
    return Decimal(rng.randint(low * 10, high * 10)) / 10


def declare(
    handle: str, serial: int, products: Sequence[UUID], impact: Impact, *, plants: Sequence[UUID] = ()
) -> DeclarationFact:
    """The declaration of an impact, for products made at the plants named."""
    label = impact.standard == GBT_24067
    third_party = impact.verification is Verification.THIRD_PARTY
    end = date(impact.start.year + (3 if label else 5), impact.start.month, impact.start.day)
    return DeclarationFact(
        id=key("declaration", handle),
        code=code("declaration", handle),
        product_ids=tuple(products),
        plant_ids=tuple(plants),
        document=DocumentKind.FOOTPRINT_REPORT if label else DocumentKind.EPD,
        number=declaration_number(impact.start.year, serial),
        standard=impact.standard,
        pcr="GB/T 24067-2024" if label else "EN 15804",
        indicator="carbon-footprint" if label else ("GWP-total" if impact.standard == A2 else "GWP"),
        declared_unit=impact.unit,
        declared_amount=impact.amount,
        mass_kg=impact.mass_kg,
        modules=_modules(impact),
        data_kind=impact.data_kind,
        verification=impact.verification,
        verifier_id=verifier_id(serial % VERIFIERS) if third_party else None,
        operator=None if label else OPERATOR,
        valid_from=_partial(impact.start, year_only=impact.year_only),
        valid_to=_partial(date.fromordinal(end.toordinal() - 1), year_only=impact.year_only),
        reference_year=impact.start.year - 1,
    )


def _partial(day: date, *, year_only: bool) -> PartialDay:
    if year_only:
        return PartialDay(day=date(day.year, 1, 1), precision=Precision.YEAR)
    return PartialDay(day=day, precision=Precision.DAY)


def _modules(impact: Impact) -> dict[str, Decimal]:
    """The sum with its three parts, or the sum alone; parts add up to the sum exactly."""
    found = {"A1-A3": impact.a1_a3}
    if impact.with_parts:
        transport = (impact.a1_a3.copy_abs() * Decimal("0.04")).quantize(Decimal("0.01"))
        process = (impact.a1_a3.copy_abs() * Decimal("0.12")).quantize(Decimal("0.01"))
        found |= {"A1": impact.a1_a3 - transport - process, "A2": transport, "A3": process}
    return found | dict(impact.others)


def later_stages(rng: Random, a1_a3: Decimal) -> dict[str, Decimal]:
    """A4 to D: some declared, some not; D is often a credit and stands as a negative figure.

    Where A1–A3 is negative, the carbon stored in the wood leaves it again in C3.
    """
    size = max(a1_a3.copy_abs(), Decimal(1))

    def share(low: int, high: int) -> Decimal:
        return (size * rng.randint(low, high) / 1000).quantize(Decimal("0.01"))

    stages: dict[str, Decimal] = {}
    if rng.random() < 0.6:
        stages["A4"] = share(10, 60)
    if rng.random() < 0.3:
        stages["A5"] = share(5, 40)
    if rng.random() < 0.55:
        released = share(850, 980) if a1_a3 < 0 else share(0, 10)
        stages |= {"C1": share(2, 12), "C2": share(3, 18), "C3": released, "C4": share(0, 8)}
        stages["D"] = share(-180, 0)
    return stages


def varied(rng: Random, a1_a3: Decimal, unit: str, *, mass_kg: Decimal | None = None) -> Impact:
    """An impact with the mix of documents a register meets: editions, data kinds, verification, gaps."""
    standard = rng.choices((A2, A1, GBT_24067), weights=(56, 12, 32))[0]
    data_kind = rng.choices(list(DataKind), weights=(74, 18, 8))[0]
    verification = rng.choices(list(Verification), weights=(78, 8, 14))[0]
    start = date(rng.randint(2022, 2026), rng.randint(1, 9), rng.randint(1, 28))
    amount = Decimal(1)
    value = a1_a3
    if unit == "t" and rng.random() < 0.3:  # the same tonne, declared as 1000 kg
        unit, amount = "kg", Decimal(1000)
    return Impact(
        a1_a3=value,
        unit=unit,
        amount=amount,
        mass_kg=mass_kg if rng.random() < 0.7 else None,
        standard=standard,
        data_kind=data_kind,
        verification=verification,
        start=start,
        year_only=rng.random() < 0.08,
        with_parts=rng.random() < 0.65,
        others=later_stages(rng, a1_a3),
    )
