"""Test reports with their indicator matrix and self-declarations: the named cases and a few for the rest.

The limits are invented and say so: the demand standard's own limits were not seen in any text.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from random import Random
from typing import Final

from registry.kit.known_by import KnownBy, Source
from registry.reports.facts import Comparator, Indicator, SampleType, SelfDeclarationFact, TestReportFact
from seeds.demo.cases import CASES
from seeds.demo.certificates import transcribed
from seeds.demo.keys import code, key, report_number
from seeds.demo.parties import LABORATORIES, laboratory_id
from seeds.demo.products import Made
from seeds.demo.workshop import Workshop

DEMAND_STANDARD: Final = "绿色建筑和绿色建材政府采购需求标准"
REPORTED_SHARE: Final = 0.3
SELF_DECLARED_SHARE: Final = 0.12
_CASES: Final = (
    ("case-report-complete", 318, "window-door.energy-saving", "report-complete"),
    ("case-report-incomplete", 319, "wallboard.aac", "report-incomplete"),
    ("case-report-stale", 320, "keel.light-steel", "report-stale"),
    ("case-report-sent-in", 321, "wood.floor", "report-sent-in"),
)
_CLAIM_ZH: Final = "演示：本企业声明该产品符合绿色低碳产品名单要求（自我声明，未经认证）"
_CLAIM_EN: Final = "Demonstration: the maker states that this product meets the list's terms; not certified"


def build(shop: Workshop) -> None:
    """Make every case of this module."""
    for place, (handle, number, kind, slug) in enumerate(_CASES):
        made = shop.product(handle, kind, shop.firm(number))
        shop.reports[handle] = report(
            handle,
            made,
            9000 + place,
            tested_on=CASES[slug].days["tested"],
            missing=slug == "report-incomplete",
            sample=SampleType.SENT_IN if slug == "report-sent-in" else SampleType.WITNESSED,
        )
    made = shop.product("case-self", "paving.permeable", shop.firm(322))
    shop.self_declarations["case-self"] = self_declaration("case-self", made, date(2026, 4, 7))


def bulk(shop: Workshop, without_certificate: Iterable[Made]) -> None:
    """Reports and self-declarations for some of the products that no certificate names."""
    for serial, made in enumerate(without_certificate, 1):
        lot = shop.rng.random()
        if lot < REPORTED_SHARE:
            shop.reports[made.handle] = _varied(shop.rng, made, serial)
        elif lot < REPORTED_SHARE + SELF_DECLARED_SHARE:
            day = date(2026, shop.rng.randint(1, 10), shop.rng.randint(1, 28))
            shop.self_declarations[made.handle] = self_declaration(made.handle, made, day)


def _varied(rng: Random, made: Made, serial: int) -> TestReportFact:
    year = rng.choices((2022, 2024, 2025, 2026), weights=(8, 20, 36, 36))[0]
    sample = rng.choices(list(SampleType), weights=(45, 45, 10))[0]
    day = date(year, rng.randint(1, 9), rng.randint(1, 28))
    return report(made.handle, made, serial, tested_on=day, missing=rng.random() < 0.15, sample=sample)


def report(  # noqa: PLR0913 - the parts of a report; the first three say what it is about
    handle: str, made: Made, serial: int, *, tested_on: date, missing: bool, sample: SampleType
) -> TestReportFact:
    """A report on a product from its maker's first plant; `missing` leaves the last indicator unstated."""
    return TestReportFact(
        id=key("test_report", handle),
        code=code("test_report", handle),
        number=report_number(tested_on.year, serial),
        laboratory_id=laboratory_id(serial % LABORATORIES),
        within_cma_scope=True,
        sample_type=sample,
        product_id=made.id,
        models=made.fact.models,
        plant_id=made.firm.plants[0].id,
        tested_on=tested_on,
        demand_standard=DEMAND_STANDARD,
        indicators=_indicators(missing=missing),
        complete=True,
        known_by=transcribed(tested_on),
    )


def _indicators(*, missing: bool) -> tuple[Indicator, ...]:
    return (
        Indicator(
            name_zh="主要性能（演示限值）",
            name_en="main performance (invented limit)",
            comparator=Comparator.AT_LEAST,
            limit=Decimal("1.0"),
            value=Decimal("1.2"),
            unit="1",
            page=3,
        ),
        Indicator(
            name_zh="放射性内照射指数（演示限值）",
            name_en="internal exposure index (invented limit)",
            comparator=Comparator.AT_MOST,
            limit=Decimal("1.0"),
            value=Decimal("0.4"),
            unit="1",
            page=4,
        ),
        Indicator(
            name_zh="有害物质含量（演示限值）",
            name_en="content of harmful substances (invented limit)",
            comparator=Comparator.AT_MOST,
            limit=Decimal(50),
            value=None if missing else Decimal(12),
            unit="mg/kg",
            page=None if missing else 5,
        ),
    )


def self_declaration(handle: str, made: Made, day: date) -> SelfDeclarationFact:
    return SelfDeclarationFact(
        id=key("self_declaration", handle),
        code=code("self_declaration", handle),
        product_id=made.id,
        declared_on=day,
        claim_zh=_CLAIM_ZH,
        claim_en=_CLAIM_EN,
        known_by=KnownBy(source=Source.SELF_STATED, cross_check=None, note="自我声明（演示）"),
    )
