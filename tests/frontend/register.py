"""A small invented register for the page tests: one class of twelve, every state, every kind of evidence."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from registry.categories.facts import RegionFact
from registry.categories.service import MATERIAL_KIND, REGION
from registry.certificates.facts import CertificateFact, State
from registry.certificates.kind import CERTIFICATE
from registry.changes.feed import Draft
from registry.declarations.facts import DataKind, DeclarationFact, PartialDay, Precision
from registry.declarations.service import DECLARATION
from registry.kit.ids import derived
from registry.parties.service import ORGANISATION, PLANT
from registry.products.facts import ProductFact
from registry.products.service import PRODUCT
from registry.reports.service import SELF_DECLARATION, TEST_REPORT
from tests.factories import (
    START,
    body,
    certificate,
    declaration,
    key,
    kind,
    organisation,
    plant,
    product,
    report,
    scope_row,
    self_declaration,
)

DAY = date(2026, 6, 1)
CLASS = 12
SUSPENDED, WITHDRAWN, CANCELLED, EXPIRED, REPORTED, CLAIMED, BARE, GLASS, TWO_PLANTS, FORMULA = range(13, 23)
STRONG, YEARLY, STAGES = range(23, 26)  # of another class, so that they do not stand in the class of twelve
LAST = STAGES
VALUES = {n: Decimal(600 + 10 * n) for n in range(1, CLASS + 1)}
FORMULA_NAME = '=HYPERLINK("https://example.invalid")<script>'
TWIN_NUMBER = "演示-同号-0001"
_STATES = {SUSPENDED: State.SUSPENDED, WITHDRAWN: State.WITHDRAWN, CANCELLED: State.CANCELLED}


@dataclass(frozen=True, slots=True)
class Case:
    """A product of the register with what speaks for it."""

    product: ProductFact
    certificate: CertificateFact | None = None
    declaration: DeclarationFact | None = None


def case(n: int) -> Case:
    """The n-th product; up to twelve are one class, the others stand for one state or evidence each."""
    assert 1 <= n <= LAST
    return _special().get(n) or Case(_cement(n), _certificate(n), _declaration(n, VALUES[n]))


def _special() -> dict[int, Case]:
    glass = product(
        GLASS, kind="glass", name_zh="示例玻璃（虚构）", name_en="Example glass (invented)", unit="m2"
    )
    return {
        **{n: Case(_cement(n), _certificate(n)) for n in _STATES},
        EXPIRED: Case(_cement(EXPIRED), _certificate(EXPIRED, valid_to=date(2026, 3, 31))),
        **{n: Case(_cement(n)) for n in (REPORTED, CLAIMED, BARE)},
        GLASS: Case(glass, _certificate(GLASS), _declaration(GLASS, Decimal(30), declared_unit="m2")),
        TWO_PLANTS: Case(
            _cement(TWO_PLANTS, plant_ids=(key("plant"), key("plant", 2))), _certificate(TWO_PLANTS)
        ),
        FORMULA: Case(_cement(FORMULA, name_zh=FORMULA_NAME, name_en=FORMULA_NAME), _certificate(FORMULA)),
        **{n: Case(_strong(n), _certificate(n, star=2), _stated(n)) for n in (STRONG, YEARLY, STAGES)},
    }


def drafts() -> list[Draft]:
    """The whole register in the order in which it is recorded."""
    cases = [case(n) for n in range(1, LAST + 1)]
    facts: list[tuple[Any, Any]] = [
        *((REGION, region) for region in _regions()),
        *((ORGANISATION, one) for one in (organisation(), body(), body(901), organisation(950))),
        (PLANT, plant()),
        (PLANT, plant(2)),
        (PLANT, plant(3, region="510100")),
        (MATERIAL_KIND, kind()),
        (MATERIAL_KIND, kind("glass", name_zh="玻璃", name_en="Glass", declared_unit="m2", performance=())),
        *((PRODUCT, one.product) for one in cases),
        *((CERTIFICATE, one.certificate) for one in cases if one.certificate),
        *((CERTIFICATE, twin) for twin in _twins()),
        (TEST_REPORT, report(product_id=key("product", REPORTED))),
        (SELF_DECLARATION, self_declaration(product_id=key("product", CLAIMED))),
        *((DECLARATION, one.declaration) for one in cases if one.declaration),
    ]
    first = [Draft(sort, fact.id, START, fact) for sort, fact in facts]
    acts = [(n, one.certificate) for n, one in enumerate(cases, 1) if n in _STATES and one.certificate]
    later = [
        Draft(CERTIFICATE, fact.id, date(2026, 5, 1), fact.model_copy(update={"state": _STATES[n]}))
        for n, fact in acts
    ]
    return first + later


def _regions() -> list[RegionFact]:
    shared = {"edition": "2020", "source": "GB/T 2260", "confidence": "high"}
    return [
        RegionFact(id=derived("region", code), region=code, parent=None, name_zh=zh, name_en=en, **shared)
        for code, zh, en in (
            ("520000", "贵州省", "Guizhou"),
            ("520100", "贵阳市", "Guiyang"),
            ("510000", "四川省", "Sichuan"),
            ("510100", "成都市", "Chengdu"),
        )
    ]


def _cement(n: int, **fields: Any) -> ProductFact:
    return product(n, performance="42.5", **fields)


def _strong(n: int) -> ProductFact:
    """Of the stronger class, made in another province."""
    return product(n, performance="52.5", attributes={"strength": "52.5"}, plant_ids=(key("plant", 3),))


def _stated(n: int) -> DeclarationFact:
    """One whose last day is stated by its year alone, one with a true zero and a credit, one as usual."""
    if n == YEARLY:
        year = PartialDay(day=date(2026, 1, 1), precision=Precision.YEAR)
        return _declaration(n, Decimal(900), valid_to=year, data_kind=DataKind.AVERAGE)
    if n == STAGES:
        modules = {"A1-A3": Decimal(910), "C1": Decimal(0), "D": Decimal(-12)}
        return _declaration(n, Decimal(910), modules=modules)
    return _declaration(n, Decimal(920))


def _certificate(n: int, **fields: Any) -> CertificateFact:
    return certificate(n, rows=(scope_row(product_n=n),), **fields)


def _declaration(n: int, value: Decimal, **fields: Any) -> DeclarationFact:
    usual = {"product_ids": (key("product", n),), "modules": {"A1-A3": value, "A4": Decimal("8.5")}}
    return declaration(n, **{**usual, **fields})


def _twins() -> list[CertificateFact]:
    """Two bodies that gave the same number."""
    row = (scope_row(product_n=1, product_ids=()),)
    return [
        certificate(60, number=TWIN_NUMBER, rows=row),
        certificate(61, number=TWIN_NUMBER, body_id=key("organisation", 901), rows=row),
    ]
