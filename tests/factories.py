"""Valid facts with invented names: a test names only the fields it is about."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session
from stdnum.cn import uscc

from registry.categories.facts import AttributeSpec, AttributeType, MaterialKindFact
from registry.categories.service import MATERIAL_KIND
from registry.certificates.facts import ActKind, CertificateFact, Scheme, ScopeRow, State
from registry.certificates.kind import CERTIFICATE
from registry.changes import feed
from registry.changes.feed import Draft
from registry.changes.record import Change
from registry.declarations.facts import (
    DataKind,
    DeclarationFact,
    DocumentKind,
    PartialDay,
    Precision,
    Verification,
)
from registry.declarations.service import DECLARATION
from registry.kit.ids import derived, public_code
from registry.kit.known_by import CrossCheck, KnownBy, Source
from registry.parties.credit_code import organisation_part_agrees
from registry.parties.facts import ApprovedScope, OrganisationFact, PlantFact, Role
from registry.parties.service import ORGANISATION, PLANT
from registry.products.facts import ProductFact
from registry.products.service import PRODUCT
from registry.reports.facts import (
    Comparator,
    Indicator,
    SampleType,
    SelfDeclarationFact,
    TestReportFact,
)
from registry.reports.service import SELF_DECLARATION, TEST_REPORT

NOW = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
START = date(2026, 1, 1)
END = date(2030, 12, 31)
TRANSCRIBED = KnownBy(
    source=Source.TRANSCRIBED,
    cross_check=CrossCheck(platform="演示平台（虚构）", checked_on=date(2026, 5, 1), result="一致"),
)
CEMENT = "cement"


def key(sort: str, n: int = 1) -> UUID:
    """The id a factory gives to the n-th thing of a sort."""
    return derived("test", sort, str(n))


def code(letter: str, sort: str, n: int) -> str:
    return public_code(letter, key(sort, n), demonstration=True)


def credit_code(n: int = 1) -> str:
    """A credit code with right check characters in a region that is not assigned (99xxxx)."""
    stem = f"91990000{n:08d}"
    organisation = next(
        stem + check for check in "0123456789X" if organisation_part_agrees(stem + check + "0")
    )
    return organisation + str(uscc.calc_check_digit(organisation))


def organisation(n: int = 1, **fields: Any) -> OrganisationFact:
    values: dict[str, Any] = {
        "id": key("organisation", n),
        "code": code("O", "organisation", n),
        "name_zh": f"示例企业 {n:03d}（虚构）",
        "name_en": f"Example Company {n:03d} (invented)",
        "credit_code": credit_code(n),
        "roles": (Role.MANUFACTURER, Role.HOLDER),
        "region": "520000",
        "invented": True,
    }
    return OrganisationFact(**{**values, **fields})


def body(n: int = 900, **fields: Any) -> OrganisationFact:
    """A certification body approved for every demonstration category."""
    scope = ApprovedScope(scheme=Scheme.GRADED, categories=("演示类别",), valid_from=date(2020, 1, 1))
    values: dict[str, Any] = {
        "name_zh": f"示例认证机构 {n:03d}（虚构）",
        "name_en": f"Example Certification Body {n:03d} (invented)",
        "roles": (Role.CERTIFICATION_BODY,),
        "approved_scopes": (scope,),
    }
    return organisation(n, **{**values, **fields})


def plant(n: int = 1, *, organisation_n: int = 1, **fields: Any) -> PlantFact:
    values: dict[str, Any] = {
        "id": key("plant", n),
        "code": code("P", "plant", n),
        "organisation_id": key("organisation", organisation_n),
        "name_zh": f"示例生产厂 {n:03d}（虚构）",
        "name_en": f"Example Plant {n:03d} (invented)",
        "region": "520100",
    }
    return PlantFact(**{**values, **fields})


def kind(name: str = CEMENT, **fields: Any) -> MaterialKindFact:
    values: dict[str, Any] = {
        "id": derived("test", "kind", name),
        "kind": name,
        "parent": None,
        "name_zh": "水泥",
        "name_en": "Cement",
        "declared_unit": "t",
        "bill_unit": "t",
        "attributes": (
            AttributeSpec(
                name="strength",
                label_zh="强度等级",
                label_en="Strength class",
                type=AttributeType.ENUM,
                values=("42.5", "52.5"),
            ),
            AttributeSpec(
                name="fineness",
                label_zh="细度",
                label_en="Fineness",
                type=AttributeType.DECIMAL,
                unit="m²/kg",
            ),
            AttributeSpec(
                name="early_strength", label_zh="早强", label_en="Early strength", type=AttributeType.BOOL
            ),
            AttributeSpec(name="remark", label_zh="说明", label_en="Remark", type=AttributeType.TEXT),
        ),
        "performance": ("strength",),
    }
    return MaterialKindFact(**{**values, **fields})


def product(n: int = 1, **fields: Any) -> ProductFact:
    values: dict[str, Any] = {
        "id": key("product", n),
        "code": code("A", "product", n),
        "kind": CEMENT,
        "name_zh": f"示例水泥 {n:03d}（虚构）",
        "name_en": f"Example Cement {n:03d} (invented)",
        "manufacturer_id": key("organisation"),
        "plant_ids": (key("plant"),),
        "models": ("P·O 42.5",),
        "attributes": {"strength": "42.5"},
        "unit": "t",
    }
    return ProductFact(**{**values, **fields})


def scope_row(row: int = 1, *, product_n: int = 1, plant_n: int = 1, **fields: Any) -> ScopeRow:
    values: dict[str, Any] = {
        "row": row,
        "unit_name": "演示认证单元",
        "product_ids": (key("product", product_n),),
        "product_name": f"示例水泥 {product_n:03d}（虚构）",
        "models": ("P·O 42.5",),
        "plant_id": key("plant", plant_n),
        "annex_page": 1,
    }
    return ScopeRow(**{**values, **fields})


def certificate(n: int = 1, **fields: Any) -> CertificateFact:
    values: dict[str, Any] = {
        "id": key("certificate", n),
        "code": code("C", "certificate", n),
        "body_id": key("organisation", 900),
        "number": f"演示-2026-{n:05d}",
        "scheme": Scheme.GRADED,
        "category": "演示类别",
        "star": 3,
        "standards": ("演示标准 1-2026",),
        "holder_id": key("organisation"),
        "manufacturer_id": key("organisation"),
        "issued_on": START,
        "valid_from": START,
        "valid_to": END,
        "state": State.ACTIVE,
        "act": ActKind.ISSUE,
        "rows": (scope_row(),),
        "known_by": TRANSCRIBED,
    }
    return CertificateFact(**{**values, **fields})


def report(n: int = 1, **fields: Any) -> TestReportFact:
    indicator = Indicator(
        name_zh="示例指标",
        name_en="Example indicator",
        comparator=Comparator.AT_MOST,
        limit=Decimal("1.0"),
        value=Decimal("0.6"),
        unit="mg/m³",
        page=2,
    )
    values: dict[str, Any] = {
        "id": key("report", n),
        "code": code("T", "report", n),
        "number": f"演示报告-{n:04d}",
        "laboratory_id": key("organisation", 950),
        "within_cma_scope": True,
        "sample_type": SampleType.DRAWN,
        "product_id": key("product"),
        "models": ("P·O 42.5",),
        "plant_id": key("plant"),
        "tested_on": date(2026, 2, 1),
        "demand_standard": "演示需求标准",
        "indicators": (indicator,),
        "complete": True,
        "known_by": TRANSCRIBED,
    }
    return TestReportFact(**{**values, **fields})


def self_declaration(n: int = 1, **fields: Any) -> SelfDeclarationFact:
    values: dict[str, Any] = {
        "id": key("self-declaration", n),
        "code": code("S", "self-declaration", n),
        "product_id": key("product"),
        "declared_on": date(2026, 2, 1),
        "claim_zh": "示例声明（虚构）",
        "claim_en": "Example claim (invented)",
        "known_by": KnownBy(source=Source.SELF_STATED),
    }
    return SelfDeclarationFact(**{**values, **fields})


def declaration(n: int = 1, **fields: Any) -> DeclarationFact:
    values: dict[str, Any] = {
        "id": key("declaration", n),
        "code": code("E", "declaration", n),
        "product_ids": (key("product"),),
        "document": DocumentKind.EPD,
        "number": f"演示-EPD-{n:04d}",
        "standard": "EN 15804+A2",
        "indicator": "GWP-total",
        "declared_unit": "t",
        "declared_amount": Decimal(1),
        "modules": {"A1-A3": Decimal(612), "A4": Decimal("8.5")},
        "data_kind": DataKind.SPECIFIC,
        "verification": Verification.THIRD_PARTY,
        "valid_from": PartialDay(day=START, precision=Precision.DAY),
        "valid_to": PartialDay(day=END, precision=Precision.DAY),
    }
    return DeclarationFact(**{**values, **fields})


def world() -> list[Draft]:
    """Drafts of one of everything: parties, a kind, a product, its evidence and its declaration."""
    return [
        *(Draft(ORGANISATION, o.id, START, o) for o in (organisation(), body(), organisation(950))),
        Draft(PLANT, plant().id, START, plant()),
        Draft(MATERIAL_KIND, kind().id, START, kind()),
        Draft(PRODUCT, product().id, START, product()),
        Draft(CERTIFICATE, certificate().id, START, certificate()),
        Draft(TEST_REPORT, report().id, START, report()),
        Draft(SELF_DECLARATION, self_declaration().id, START, self_declaration()),
        Draft(DECLARATION, declaration().id, START, declaration()),
    ]


def record(session: Session, drafts: Sequence[Draft], *, now: datetime = NOW) -> list[Change]:
    """Append drafts to the feed as the loader."""
    return feed.append(session, drafts, actor="loader:test", now=now)
