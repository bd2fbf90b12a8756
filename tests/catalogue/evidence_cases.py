"""A valid line, certificate and report of invented parties; a test names only what it is about."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from catalogue.compliance.evidence import (
    CertificateFact,
    CertificateState,
    Comparator,
    Indicator,
    LineEvidence,
    ListingFact,
    ReportFact,
    SampleType,
    Scheme,
    ScopeRow,
    SelfDeclarationFact,
)
from registry.policies.pack import Pack

DEMAND_STANDARD = "绿色建筑和绿色建材政府采购需求标准"

ROW = ScopeRow(
    row_id="r1",
    cert_unit="C15–C60 预拌混凝土",
    product_ids=("product",),
    models=("C15–C60",),
    plant_id="plant-1",
    trademark=None,
    annex_page=2,
    plant_name="示例一厂（虚构）",
)

CERTIFICATE = CertificateFact(
    id="cert-1",
    number="演示-2024-001",
    body_name="示例认证机构甲",
    scheme=Scheme.GRADED,
    star=3,
    category_codes=("gbm-06",),
    state_on_day=CertificateState.ACTIVE,
    valid_from=date(2024, 3, 1),
    valid_to=date(2029, 2, 28),
    state_since=None,
    state_reason=None,
    body_scope_ok=True,
    dispute=False,
    standard_replaced_on=None,
    known_by="transcribed",
    checked_on=date(2026, 3, 1),
    rows=(ROW,),
)

INDICATORS = (
    Indicator("formaldehyde", Comparator.AT_MOST, Decimal("0.124"), Decimal("0.124"), "mg/m3", 3),
    Indicator("strength", Comparator.AT_LEAST, Decimal(30), Decimal(35), "MPa", 4),
)

REPORT = ReportFact(
    id="report-1",
    number="演示-报-01",
    lab="示例检测机构乙",
    cma_ok=True,
    sample_type=SampleType.WITNESSED,
    product_id="product",
    models=("C30",),
    plant_id="plant-1",
    date=date(2026, 1, 31),
    demand_standard=DEMAND_STANDARD,
    indicators=INDICATORS,
    known_by="transcribed",
    complete=True,
)

DECLARATION = SelfDeclarationFact("declared-1", "product", date(2026, 1, 1))
LISTING = ListingFact("listing-1", "示例推广目录", "product", None, date(2026, 1, 1))

LINE = LineEvidence(
    product_id="product", model="C30", plant_id="plant-1", trademark=None, day=date(2026, 5, 1)
)


def line(**changes: Any) -> LineEvidence:
    return replace(LINE, **changes)


def certificate(**changes: Any) -> CertificateFact:
    return replace(CERTIFICATE, **changes)


def report(**changes: Any) -> ReportFact:
    return replace(REPORT, **changes)


def row(**changes: Any) -> ScopeRow:
    return replace(ROW, **changes)


def with_evidence(pack: Pack, **changes: Any) -> Pack:
    """The pack with other evidence rules."""
    data = pack.model_dump()
    return Pack.model_validate({**data, "evidence": {**data["evidence"], **changes}})
