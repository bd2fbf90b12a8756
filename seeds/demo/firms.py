"""Invented honours, energy records and carbon disclosures; every draw starts from the record's own id.

Energy figures fall on every side of the loaded benchmarks, and some state no figure or no size, so that the
demonstration also shows what cannot be decided.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from random import Random
from typing import Final
from uuid import UUID

from registry.declarations.facts import PartialDay, Precision, Verification
from registry.firms.facts import (
    DisclosureFact,
    EnergyProduct,
    EnergyRecordFact,
    EnergyUnit,
    HonourFact,
    HonourKind,
    HonourLevel,
)
from registry.kit.known_by import CrossCheck, KnownBy, Source
from registry.parties.facts import OrganisationFact, PlantFact
from seeds.demo.keys import FICTION_ZH, code, key
from seeds.demo.parties import firm_id, verifier_id

YEAR: Final = 2025
AUTHORITIES: Final = {
    HonourLevel.NATIONAL: f"示例国家主管部门{FICTION_ZH}",
    HonourLevel.PROVINCIAL: f"示例省级主管部门{FICTION_ZH}",
    HonourLevel.MUNICIPAL: f"示例市级主管部门{FICTION_ZH}",
}
# Firms by trade, as the makers are numbered: the demonstration maker first.
HONOURED: Final = (17, *range(5, 300, 11))
DISCLOSING: Final = (17, *range(8, 300, 14))
# Products, the firms that make them, and the bounds of their invented figures in tenths of the unit.
TRADES: Final = (
    (EnergyProduct.CLINKER, range(60, 80), EnergyUnit.KGCE_PER_T, (920, 1260), None),
    (EnergyProduct.FLAT_GLASS, range(110, 136), EnergyUnit.KGCE_PER_WEIGHT_CASE, (74, 140), (450, 900)),
    (EnergyProduct.CERAMIC_TILE, range(184, 189), EnergyUnit.KGCE_PER_M2, (30, 75), (0, 12)),
    (EnergyProduct.SANITARY_CERAMICS, range(189, 194), EnergyUnit.KGCE_PER_T, (2800, 6600), None),
)
SILENT_SHARE: Final = 0.1
_SELF_STATED: Final = KnownBy(source=Source.SELF_STATED)


@dataclass(frozen=True, slots=True)
class Told:
    """Everything this module invents, in the order in which it is stored."""

    honours: tuple[HonourFact, ...]
    energy: tuple[EnergyRecordFact, ...]
    disclosures: tuple[DisclosureFact, ...]


def build(organisations: Sequence[OrganisationFact], plants: Sequence[PlantFact]) -> Told:
    """What is said of the firms of a register and of their plants."""
    known = {one.id for one in organisations}
    first = {plant.organisation_id: plant for plant in reversed(plants)}
    honoured = [number for number in dict.fromkeys(HONOURED) if firm_id(number) in known]
    disclosing = [number for number in dict.fromkeys(DISCLOSING) if firm_id(number) in known]
    return Told(
        tuple(_honour(number, place, first.get(firm_id(number))) for place, number in enumerate(honoured)),
        tuple(_energy(first)),
        tuple(_disclosure(number) for number in disclosing),
    )


def _draws(*handle: object) -> Random:
    return Random("|".join(map(str, handle)))  # noqa: S311 - invented data, no secret


def _honour(number: int, place: int, plant: PlantFact | None) -> HonourFact:
    """Kinds and levels take turns; every third document states no term, some terms are over."""
    handle = f"honour-{number:03d}"
    draw = _draws(handle)
    kind, level = list(HonourKind)[place % 4], list(HonourLevel)[place % 3]
    year = draw.randint(2021, 2025)
    of_plant = kind in (HonourKind.GREEN_FACTORY, HonourKind.DEMONSTRATION_BASE)
    return HonourFact(
        id=key("honour", handle),
        code=code("honour", handle),
        organisation_id=firm_id(number),
        plant_id=plant.id if plant and of_plant else None,
        known_by=KnownBy(
            source=Source.TRANSCRIBED,
            cross_check=CrossCheck(
                platform=f"示例公示平台{FICTION_ZH}", checked_on=date(2026, 9, 1), result="相符"
            ),
        ),
        kind=kind,
        level=level,
        authority=AUTHORITIES[level],
        document=f"示例名单 {year}{FICTION_ZH}",
        document_number=f"演示函〔{year}〕{draw.randint(1, 99)}号",
        awarded_on=PartialDay(day=date(year, 1, 1), precision=Precision.YEAR),
        valid_to=None if place % 3 == 2 else date(year + 3, 12, 31),
    )


def _energy(first: dict[UUID, PlantFact]) -> Iterator[EnergyRecordFact]:
    """The year before, of the first plant of every firm of these trades."""
    for product, numbers, unit, figures, sizes in TRADES:
        for number in numbers:
            plant = first.get(firm_id(number))
            if plant is None:
                continue
            handle = f"energy-{number:03d}"
            draw = _draws(handle)
            value, size = Decimal(draw.randint(*figures)) / 10, Decimal(draw.randint(*(sizes or (0, 0))))
            yield EnergyRecordFact(
                id=key("energy_record", handle),
                code=code("energy_record", handle),
                organisation_id=plant.organisation_id,
                plant_id=plant.id,
                known_by=_SELF_STATED,
                product=product,
                size=size if sizes and draw.random() > SILENT_SHARE else None,
                value=None if draw.random() < SILENT_SHARE else value,
                unit=unit,
                period_from=date(YEAR, 1, 1),
                period_to=date(YEAR, 12, 31),
                boundary=f"示例生产线全部工序{FICTION_ZH}",
                method=f"示例统计方法{FICTION_ZH}",
                source=f"示例能源统计报表 {YEAR}{FICTION_ZH}",
            )


def _disclosure(number: int) -> DisclosureFact:
    """One in three verified by an outsider, one in four silent about scope 2."""
    handle = f"disclosure-{number:03d}"
    draw = _draws(handle)
    verified = draw.random() < 1 / 3
    scope1, scope2 = Decimal(draw.randint(900, 90_000)), Decimal(draw.randint(300, 30_000))
    return DisclosureFact(
        id=key("disclosure", handle),
        code=code("disclosure", handle),
        organisation_id=firm_id(number),
        known_by=_SELF_STATED,
        title=f"示例企业 {number:03d} {YEAR} 年度碳报告{FICTION_ZH}",
        year=YEAR,
        boundary=f"示例企业全部生产厂{FICTION_ZH}",
        standard="GB/T 32150-2015",
        scope1_t=scope1,
        scope2_t=None if draw.random() < 1 / 4 else scope2,
        verification=Verification.THIRD_PARTY
        if verified
        else draw.choice((Verification.INTERNAL, Verification.NONE)),
        verifier_id=verifier_id(number % 2) if verified else None,
        document_sha256=sha256(handle.encode()).hexdigest(),
        address=f"https://example.invalid/reports/{number:03d}-{YEAR}",
        published_on=date(2026, 4, 1 + draw.randint(0, 28)),
    )
