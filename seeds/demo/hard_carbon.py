"""Carbon documents that are hard to compare: an older edition beside a newer one, sums and parts left out."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from random import Random
from typing import Final

from registry.declarations.facts import DeclarationFact, DocumentKind, Precision
from seeds.demo.carbon import A1, A2, Impact, declare
from seeds.demo.cases import CASES
from seeds.demo.products import Made
from seeds.demo.workshop import Workshop

FIRST_SERIAL: Final = 20_000
OLDER_RULE_FIRM: Final = 327
OLDER_EDITION_SHARE: Final = 0.06
NO_SUM_SHARE: Final = 0.03
INCOMPLETE_SHARE: Final = 0.01


def build(shop: Workshop) -> None:
    """A C30 with one document, of the older edition; its figure looks comparable and is not."""
    handle = "case-edition-a1"
    made = shop.product(handle, "concrete.ready-mixed", shop.firms[OLDER_RULE_FIRM])
    impact = Impact(a1_a3=Decimal(CASES["older-calculation-rule"].numbers["a1_a3"]), unit="m3", standard=A1)
    shop.declarations[handle] = declare(handle, FIRST_SERIAL - 1, [made.id], impact)


def editions_beside(
    rng: Random, declared: Mapping[str, DeclarationFact], products: Mapping[str, Made]
) -> Iterator[tuple[str, DeclarationFact]]:
    """For some products declared by EN 15804+A2 an older +A1 document that still runs beside it."""
    for serial, (handle, newer) in enumerate(sorted(declared.items()), FIRST_SERIAL):
        total = newer.modules.get("A1-A3")
        plain = newer.declared_amount == 1 and newer.valid_from.precision is Precision.DAY
        if newer.standard != A2 or total is None or not plain or rng.random() > OLDER_EDITION_SHARE:
            continue
        impact = Impact(
            a1_a3=(total * Decimal("1.03")).quantize(Decimal("0.01")),
            unit=newer.declared_unit,
            standard=A1,
            data_kind=newer.data_kind,
            verification=newer.verification,
            start=date(newer.valid_from.day.year - 1, 12, 1),
        )
        yield f"{handle}-a1", declare(f"{handle}-a1", serial, [products[handle].id], impact)


def with_gaps(rng: Random, fact: DeclarationFact) -> DeclarationFact:
    """Some documents print the parts without their sum; a few leave A2 out, so no sum can be made."""
    if fact.document is not DocumentKind.EPD or not {"A1", "A2", "A3"} <= fact.modules.keys():
        return fact
    lot = rng.random()
    if lot > NO_SUM_SHARE:
        return fact
    left_out = {"A1-A3", "A2"} if lot < INCOMPLETE_SHARE else {"A1-A3"}
    return fact.model_copy(
        update={"modules": {name: value for name, value in fact.modules.items() if name not in left_out}}
    )
