"""Invented batches: each shows one answer about the days of production, and one way a batch is named.

GTINs stand under GS1's prefix 952, which GS1 keeps for demonstrations and examples, so none belongs to
anybody. Handles stand under a node that we made up. Batch numbers of trade items begin with YS (演示) in
letters that a GS1 Digital Link can write; the others with 演示-.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final
from uuid import UUID

from registry.access.actors import LOADER
from registry.batches.facts import BatchFact, BatchTest
from registry.batches.kind import BATCH
from registry.batches.service import record
from registry.changes.feed import Draft
from registry.kit.known_by import KnownBy, Source
from registry.products.facts import ProductFact
from registry.products.gtin import check_digit
from seeds.demo.keys import FICTION_ZH, code, key

NODE: Final = "88.999.99"
# The products that carry a GTIN, by handle; the figure is their place under the prefix.
GTINS: Final[Mapping[str, int]] = MappingProxyType(
    {"ladder-017": 1, "case-units-1": 2, "case-units-2": 3, "case-renewal": 4, "case-suspended": 5}
)


@dataclass(frozen=True, slots=True)
class Case:
    """A batch to be invented: of which product, at which of its plants, made when, and how it is named."""

    product: str
    number: str
    start: date
    days: int = 1
    plant: int = 0
    amount: str = "120"
    handle: str = ""
    serials: tuple[str, ...] = ()
    tests: tuple[BatchTest, ...] = ()
    withdrawn: str = ""


def _test(indicator: str, value: str, unit: str, day: date) -> BatchTest:
    return BatchTest(
        indicator=indicator,
        value=Decimal(value),
        unit=unit,
        method="演示方法 1",
        laboratory=f"示例检测机构甲{FICTION_ZH}",
        report_number=f"演示-批检-{day:%Y%m%d}",
        tested_on=day,
    )


CASES: Final[tuple[Case, ...]] = (
    Case(
        "ladder-017", "YS-C30-261012", date(2026, 10, 12), amount="86", handle="C30-261012",
        tests=(_test("28 d 抗压强度", "36.8", "MPa", date(2026, 11, 9)),
               _test("坍落度", "180", "mm", date(2026, 10, 12))),
    ),
    Case("ladder-017", "YS-C30-261103", date(2026, 11, 3), amount="112.5"),
    Case("ladder-017", "YS-C30-261104", date(2026, 11, 4), amount="90", withdrawn="演示：批号抄错"),
    Case(
        "case-units-1", "YS-TL-260902", date(2026, 9, 2), 2, amount="4000", handle="TL-260902",
        serials=("YS-DRUM-0001", "YS-DRUM-0002", "YS-DRUM-0003"),
        tests=(_test("挥发性有机化合物", "21", "g/L", date(2026, 9, 8)),),
    ),
    # The third plant stands in no row of the certificate.
    Case("case-units-1", "YS-TL-260903", date(2026, 9, 3), plant=2, amount="1500"),
    # Between the old certificate's last day and the new one's first, and across the end of the old one.
    Case("case-renewal", "YS-ALC-260420", date(2026, 4, 20)),
    Case("case-renewal", "YS-ALC-260408", date(2026, 4, 8), 5),
    # While the certificate was suspended.
    Case("case-suspended", "YS-S-260408", date(2026, 4, 8)),
    # A product without a certificate; its number is written in Chinese, so it has no Digital Link.
    Case("case-self", "演示-260715", date(2026, 7, 15), handle="SELF-260715"),
)  # fmt: skip


def gtin(number: int) -> str:
    """An invented GTIN-13 under the prefix for demonstrations."""
    body = f"952{number:09d}"
    return body + check_digit(body)


def labelled(fact: ProductFact, handle: str) -> ProductFact:
    """The product with its GTIN, where the demonstration gives it one."""
    return fact.model_copy(update={"gtin": gtin(GTINS[handle])}) if handle in GTINS else fact


def drafts(products: Sequence[ProductFact]) -> Iterator[Draft]:
    """Every invented batch as stated, and the withdrawal of the one that was taken back."""
    by_id: Mapping[UUID, ProductFact] = {one.id: one for one in products}
    for case in CASES:
        product = by_id[key("product", case.product)]
        fact = _fact(case, product)
        yield record(fact, product=product, actor=LOADER)
        if case.withdrawn:
            gone = {"withdrawn": True, "withdrawn_reason": case.withdrawn}
            day = case.start + timedelta(days=3)
            yield Draft(BATCH, fact.id, day, fact.model_copy(update=gone))


def _fact(case: Case, product: ProductFact) -> BatchFact:
    last = case.start + timedelta(days=case.days - 1)
    return BatchFact(
        id=key("batch", case.number),
        code=code("batch", case.number),
        product_id=product.id,
        plant_id=product.plant_ids[case.plant],
        number=case.number,
        model=product.models[0] if product.models else None,
        made_from=case.start,
        made_to=last,
        amount=Decimal(case.amount),
        unit=product.unit,
        gtin=product.gtin.zfill(14) if product.gtin else None,
        industrial_ids=(f"{NODE}/{case.handle}",) if case.handle else (),
        serials=case.serials,
        tests=case.tests,
        stated_on=max([last, *(one.tested_on for one in case.tests if one.tested_on)]),
        known_by=KnownBy(source=Source.SELF_STATED, note="企业自报（演示）"),
    )
