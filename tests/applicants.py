"""A small register to apply to, people of every side, and one application typed in full; all invented."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session

from registry.access.actors import Actor, ActorRole
from registry.applications import reviewing, service
from registry.applications.application import Application
from registry.applications.fields import Part
from registry.applications.looking import LookUp
from registry.applications.parts import Subject
from registry.applications.reference import Range, Reference
from registry.applications.store import By
from registry.applications.typed import of_part
from registry.categories.facts import CategoryFact, RegionFact
from registry.categories.service import CATEGORY, MATERIAL_KIND, REGION
from registry.changes.feed import Draft
from registry.crosschecks.facts import Result
from registry.evidence.kinds import MediaType
from registry.evidence.service import Scanned
from registry.parties.facts import ApprovedScope, Role
from registry.parties.service import ORGANISATION, PLANT
from registry.policies.facts import BenchmarkFact
from registry.policies.service import BENCHMARK
from registry.products.service import PRODUCT
from tests import factories
from tests.factories import START, code, key

NOW = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
TODAY = date(2026, 6, 1)
CATEGORY_NAME = "演示类别"
BODY, LABORATORY, VERIFIER, STRANGER = 900, 950, 960, 2


def category() -> CategoryFact:
    return CategoryFact(
        id=key("category"), category=CATEGORY_NAME, scheme="graded", group_zh="演示", sequence=1,
        name_zh="演示类别", name_en="Demonstration category", standards=(), standard_confidence=None,
        source="演示来源", confidence="high",
    )  # fmt: skip


def region(code_: str = "520000") -> RegionFact:
    return RegionFact(
        id=key("region", int(code_)), region=code_, parent=None, name_zh="演示地区", name_en="Region",
        edition="2024", source="演示来源", confidence="high",
    )  # fmt: skip


def plausible() -> BenchmarkFact:
    data = {"kind": factories.CEMENT, "per": "kg", "low": "0.1", "high": "1.2"}
    return BenchmarkFact(
        id=key("range"), table="plausible-range", row="cement-per-kg", data=data, source="演示来源",
        confidence="medium",
    )  # fmt: skip


def registered(session: Session, **body: Any) -> None:
    """An applicant with two plants and one product, a stranger, a body, a laboratory and a verifier."""
    organisations = (
        factories.organisation(1),
        factories.organisation(STRANGER),
        factories.body(BODY, **body),
        factories.organisation(LABORATORY, roles=(Role.LABORATORY,)),
        factories.organisation(VERIFIER, roles=(Role.VERIFIER,)),
    )
    plants = (factories.plant(1), factories.plant(2), factories.plant(3, organisation_n=STRANGER))
    reference = (
        Draft(CATEGORY, category().id, START, category()),
        Draft(REGION, region().id, START, region()),
        Draft(MATERIAL_KIND, factories.kind().id, START, factories.kind()),
        Draft(BENCHMARK, plausible().id, START, plausible()),
    )
    product = factories.product(1)
    factories.record(
        session,
        [
            *reference,
            *(Draft(ORGANISATION, one.id, START, one) for one in organisations),
            *(Draft(PLANT, one.id, START, one) for one in plants),
            Draft(PRODUCT, product.id, START, product),
        ],
    )


def lapsed(day: date) -> dict[str, Any]:
    """A body whose approval ended on a day."""
    scope = ApprovedScope(
        scheme="graded", categories=(CATEGORY_NAME,), valid_from=date(2020, 1, 1), valid_to=day
    )
    return {"approved_scopes": (scope,)}


def account(n: int) -> UUID:
    return key("account", n)


def person(role: ActorRole, n: int, organisation_n: int) -> Actor:
    return Actor(role, f"account-{n}", account(n), key("organisation", organisation_n))


MAKER = person(ActorRole.MANUFACTURER, 1, 1)
COLLEAGUE = person(ActorRole.MANUFACTURER, 2, 1)
OTHER_MAKER = person(ActorRole.MANUFACTURER, 3, STRANGER)
FIRST = person(ActorRole.REGISTRY_OFFICER, 11, 800)
SECOND = person(ActorRole.REGISTRY_OFFICER, 12, 800)
THIRD = person(ActorRole.REGISTRY_OFFICER, 13, 801)
INSIDER = person(ActorRole.REGISTRY_OFFICER, 14, 1)
BODY_OFFICER = person(ActorRole.CERTIFICATION_BODY, 15, BODY)


def by(actor: Actor, application: Application | None = None, *, days: int = 0, levels: int = 1) -> By:
    revision = application.revision if application else 0
    return By(actor, NOW + timedelta(days=days), revision, levels)


PRODUCT_TYPED: Mapping[str, str] = {
    "product.kind": factories.CEMENT,
    "product.name_zh": "示例水泥 申报（虚构）",
    "product.name_en": "Example cement applied for (invented)",
    "product.plants": f"{code('P', 'plant', 1)}\n{code('P', 'plant', 2)}",
    "product.models": "P·O 42.5\nP·O 52.5",
    "product.unit": "吨",
    "product.density_kg_m3": "３，１００ kg/m³",
    "product.attributes.strength": "42.5",
    "product.attributes.early_strength": "是",
}
CERTIFICATE_TYPED: Mapping[str, str] = {
    "certificate.body": code("O", "organisation", BODY),
    "certificate.number": "演示-2026-90001",
    "certificate.scheme": "graded",
    "certificate.category": CATEGORY_NAME,
    "certificate.star": "3",
    "certificate.standards": "演示标准 1-2026",
    "certificate.issued_on": "2026/3/1",
    "certificate.valid_from": "2026年3月1日",
    "certificate.valid_to": "2031-02-28",
    "certificate.rows.1.unit_name": "演示认证单元",
    "certificate.rows.1.product_name": "示例水泥",
    "certificate.rows.1.models": "P·O 42.5",
    "certificate.rows.1.plant": code("P", "plant", 1),
    "certificate.rows.2.unit_name": "演示认证单元",
    "certificate.rows.2.product_name": "示例水泥",
    "certificate.rows.2.plant": code("P", "plant", 2),
    "certificate.rows.2.annex_page": "2",
}
REPORT_TYPED: Mapping[str, str] = {
    "report.laboratory": code("O", "organisation", LABORATORY),
    "report.number": "演示报告-9001",
    "report.sample_type": "drawn",
    "report.models": "P·O 42.5",
    "report.plant": code("P", "plant", 1),
    "report.tested_on": "2026-02-01",
    "report.demand_standard": "演示需求标准",
    "report.complete": "是",
    "report.indicators.1.name_zh": "示例指标",
    "report.indicators.1.name_en": "Example indicator",
    "report.indicators.1.comparator": "<=",
    "report.indicators.1.limit": "1.0",
    "report.indicators.1.value": "0.6",
    "report.indicators.1.unit": "mg/m³",
}
CLAIM_TYPED: Mapping[str, str] = {
    "self_declaration.declared_on": "2026-05-01",
    "self_declaration.claim_zh": "示例声明（虚构）",
    "self_declaration.claim_en": "Example claim (invented)",
}
CARBON_TYPED: Mapping[str, str] = {
    "carbon.document": "epd",
    "carbon.number": "演示-EPD-9001",
    "carbon.standard": "EN 15804+A2",
    "carbon.indicator": "GWP-total",
    "carbon.declared_unit": "t",
    "carbon.declared_amount": "1",
    "carbon.modules.A1-A3": "612",
    "carbon.modules.A4": "0",
    "carbon.data_kind": "specific",
    "carbon.verification": "third_party",
    "carbon.verifier": code("O", "organisation", VERIFIER),
    "carbon.valid_from": "2026-01",
    "carbon.valid_to": "2030年",
}
COMPANY_TYPED: Mapping[str, str] = {
    "company.name_zh": "示例企业 031（虚构）",
    "company.name_en": "Example Company 031 (invented)",
    "company.credit_code": factories.credit_code(31),
    "company.region": "520000",
    "company.roles": "manufacturer\nholder",
}
PLANT_TYPED: Mapping[str, str] = {
    "plant.name_zh": "示例生产厂 031（虚构）",
    "plant.name_en": "Example Plant 031 (invented)",
    "plant.region": "520000",
    "plant.delivery_radius_km": "50",
}
EVERYTHING: Mapping[str, str] = {
    **PRODUCT_TYPED, **CERTIFICATE_TYPED, **REPORT_TYPED, **CLAIM_TYPED, **CARBON_TYPED,
}  # fmt: skip
WITH_PAPERS = ("company", "certificate", "report", "carbon", "honour", "energy", "disclosure")


PAPERS = frozenset(WITH_PAPERS)
ORGANISATIONS = (
    factories.organisation(1),
    factories.organisation(STRANGER),
    factories.body(BODY),
    factories.organisation(LABORATORY, roles=(Role.LABORATORY,)),
    factories.organisation(VERIFIER, roles=(Role.VERIFIER,)),
)
PLANTS = (factories.plant(1), factories.plant(2), factories.plant(3, organisation_n=STRANGER))
REFERENCE = Reference(
    today=TODAY,
    applicant=factories.organisation(1),
    organisations={one.code: one for one in ORGANISATIONS},
    plants={one.code: one for one in PLANTS},
    products={factories.product().code: factories.product()},
    kinds={factories.CEMENT: factories.kind()},
    categories={CATEGORY_NAME: category()},
    regions={"520000": region()},
    ranges=(Range(factories.CEMENT, "kg", Decimal("0.1"), Decimal("1.2")),),
)


def scanned(n: int = 1) -> Scanned:
    """A file as if the child had found it fit; its content is never looked for."""
    return Scanned(f"{n:064x}", MediaType.PDF, f"证明 {n}.pdf", 1000 + n, ("memory",))


def typed_in(
    session: Session,
    typed: Mapping[str, str],
    *,
    subject: Subject = Subject.NEW_PRODUCT,
    actor: Actor = MAKER,
    about: str | None = None,
) -> Application:
    """A draft with these texts and a file pinned to every part that needs papers."""
    application = service.start(session, subject, by(actor), about=about)
    for part in Part:
        if texts := of_part(typed, part):
            application = service.save_part(
                session, application.number, part, texts, by=by(actor, application)
            )
            if part in WITH_PAPERS:
                application = service.pin(
                    session, application.number, part, scanned(), by=by(actor, application)
                )
    return application


def submitted(session: Session, typed: Mapping[str, str] = EVERYTHING, **given: Any) -> Application:
    application = typed_in(session, typed, **given)
    return service.submit(session, application.number, by(given.get("actor", MAKER), application))


def look(part: Part, **fields: Any) -> LookUp:
    values = {"platform": "演示平台（虚构）", "checked_on": TODAY, "result": Result.AGREES}
    return LookUp(part=part, **{**values, **fields})


LOOKS = (look(Part.CERTIFICATE), look(Part.REPORT))


def looks_for(application: Application) -> tuple[LookUp, ...]:
    return tuple(one for one in (*LOOKS, look(Part.HONOUR)) if one.part in application.given().parts())


def approved(session: Session, application: Application, *, days: int = 0) -> Application:
    """Taken and approved by the first person, and taken by the second."""
    number = application.number
    taken = reviewing.take(session, number, by(FIRST, application, days=days))
    once = reviewing.approve_first(session, number, by(FIRST, taken, days=days), looks=looks_for(application))
    return reviewing.take(session, number, by(SECOND, once, days=days))


def published(session: Session, application: Application) -> Application:
    taken = approved(session, application)
    return reviewing.publish(session, taken.number, by(SECOND, taken), looks=looks_for(application))


def at_revision(given: By, revision: int) -> By:
    return replace(given, revision=revision)
