"""Invented honours, energy records and disclosures of the first organisation, as facts and as typed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from registry.changes.feed import Draft
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
from registry.firms.service import DISCLOSURE, ENERGY_RECORD, HONOUR
from registry.kit.known_by import KnownBy, Source
from tests.applicants import VERIFIER
from tests.factories import START, TRANSCRIBED, code, key

HONOUR_TYPED: Mapping[str, str] = {
    "honour.kind": "green_factory",
    "honour.level": "provincial",
    "honour.authority": "演示主管部门（虚构）",
    "honour.document": "演示名单（虚构）",
    "honour.awarded_on": "2024年",
    "honour.valid_to": "2027-12-31",
    "honour.plant": code("P", "plant", 1),
    "honour.address": "https://example.invalid/list",
}
ENERGY_TYPED: Mapping[str, str] = {
    "energy.plant": code("P", "plant", 1),
    "energy.product": "clinker",
    "energy.value": "１０４．５",
    "energy.unit": "kgce/t",
    "energy.period_from": "2025年1月1日",
    "energy.period_to": "2025/12/31",
    "energy.boundary": "熟料生产线（虚构）",
    "energy.method": "GB 16780-2021",
    "energy.source": "演示能源审计报告（虚构）",
}
DISCLOSURE_TYPED: Mapping[str, str] = {
    "disclosure.title": "演示企业碳报告（虚构）",
    "disclosure.year": "2025",
    "disclosure.boundary": "全部生产厂（虚构）",
    "disclosure.standard": "GB/T 32151.8-2015",
    "disclosure.scope1_t": "1,200.5",
    "disclosure.verification": "third_party",
    "disclosure.verifier": code("O", "organisation", VERIFIER),
    "disclosure.document_sha256": "AB" * 32,
    "disclosure.published_on": "2026-04-30",
}


def honour(n: int = 1, **fields: Any) -> HonourFact:
    values: dict[str, Any] = {
        "id": key("honour", n),
        "code": code("H", "honour", n),
        "organisation_id": key("organisation", 1),
        "known_by": TRANSCRIBED,
        "kind": HonourKind.GREEN_FACTORY,
        "level": HonourLevel.NATIONAL,
        "authority": "演示主管部门（虚构）",
        "document": "演示名单（虚构）",
        "awarded_on": PartialDay(day=date(2024, 1, 1), precision=Precision.YEAR),
    }
    return HonourFact(**{**values, **fields})


def energy_record(n: int = 1, **fields: Any) -> EnergyRecordFact:
    values: dict[str, Any] = {
        "id": key("energy", n),
        "code": code("N", "energy", n),
        "organisation_id": key("organisation", 1),
        "plant_id": key("plant", 1),
        "known_by": KnownBy(source=Source.SELF_STATED),
        "product": EnergyProduct.CLINKER,
        "value": Decimal("104.5"),
        "unit": EnergyUnit.KGCE_PER_T,
        "period_from": date(2025, 1, 1),
        "period_to": date(2025, 12, 31),
        "boundary": "演示边界（虚构）",
        "method": "演示方法（虚构）",
        "source": "演示报告（虚构）",
    }
    return EnergyRecordFact(**{**values, **fields})


def disclosure(n: int = 1, **fields: Any) -> DisclosureFact:
    values: dict[str, Any] = {
        "id": key("disclosure", n),
        "code": code("D", "disclosure", n),
        "organisation_id": key("organisation", 1),
        "known_by": KnownBy(source=Source.SELF_STATED),
        "title": "演示碳报告（虚构）",
        "year": 2025,
        "boundary": "演示边界（虚构）",
        "standard": "演示标准（虚构）",
        "scope1_t": Decimal("1200.5"),
        "verification": Verification.NONE,
    }
    return DisclosureFact(**{**values, **fields})


def drafts() -> list[Draft]:
    """One of each."""
    return [
        Draft(HONOUR, honour().id, START, honour()),
        Draft(ENERGY_RECORD, energy_record().id, START, energy_record()),
        Draft(DISCLOSURE, disclosure().id, START, disclosure()),
    ]
