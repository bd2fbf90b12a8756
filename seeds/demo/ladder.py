"""C30 concrete from Zhejiang, values placed by hand: one valid lowest, lower ones no longer valid."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Final

from registry.categories.facts import CategoryFact, MaterialKindFact
from registry.certificates.facts import ActKind
from registry.certificates.service import BodyAct
from registry.declarations.facts import DeclarationFact
from seeds.demo.carbon import Impact, declare, later_stages
from seeds.demo.certificates import Certified, certify, scope_rows, transcribed
from seeds.demo.keys import certificate_number
from seeds.demo.lines import drawn, lines
from seeds.demo.parties import Firm
from seeds.demo.products import Made, make_product

PROVINCE: Final = "330000"
KIND: Final = "concrete.ready-mixed"
CATEGORY: Final = "gbm-06"
LOWEST_VALID: Final = 17
SUSPENDED: Final = 11
EXPIRED: Final = 12
# A1–A3 in kg CO₂e per m³ by firm number; firms 11 and 12 are lower than 17, but no longer valid.
VALUES: Final[Mapping[int, str]] = {
    10: "209.1", 11: "176.2", 12: "169.8", 13: "224.7", 14: "251.2", 15: "196.8", 16: "243.8", 17: "185.1",
    18: "214.6", 19: "219.3", 20: "230", 21: "191.4", 22: "259.9", 23: "203.2", 24: "268.4", 25: "236.5",
    26: "277", 27: "246",
}  # fmt: skip
SAME_CONTROLLER: Final = (18, 19, 20)
EXPIRED_FROM: Final = date(2021, 5, 12)
SUSPENDED_ON: Final = date(2026, 9, 15)


@dataclass(frozen=True, slots=True)
class Step:
    """One firm's C30 with its certificate and declaration."""

    product: Made
    certificate: Certified
    declaration: DeclarationFact


def steps(
    rng: Random,
    firms: Mapping[int, Firm],
    kinds: Mapping[str, MaterialKindFact],
    categories: Mapping[str, CategoryFact],
) -> Iterator[Step]:
    """The whole ladder in firm order."""
    line = next(line for line in lines() if line.kind == KIND)
    for number, value in VALUES.items():
        firm = firms[number]
        spec = drawn(rng, line, line.variants[0])
        made = make_product(f"ladder-{number:03d}", firm=firm, kind=kinds[KIND], spec=spec, models=("C30",))
        start = EXPIRED_FROM if number == EXPIRED else date(2024, 1 + number % 12, 1 + number)
        impact = Impact(
            a1_a3=Decimal(value), unit="m3", start=start, others=later_stages(rng, Decimal(value))
        )
        yield Step(
            made,
            _certificate(number, made, start, categories[CATEGORY]),
            declare(f"ladder-{number:03d}", 9000 + number, [made.id], impact),
        )


def _certificate(number: int, made: Made, start: date, category: CategoryFact) -> Certified:
    acts: tuple[BodyAct, ...] = ()
    if number == SUSPENDED:
        acts = (BodyAct(ActKind.SUSPEND, SUSPENDED_ON, "演示：监督检查发现原材料记录不全"),)
    return certify(
        f"ladder-{number:03d}",
        number=certificate_number(start.year, 9000 + number),
        category=category,
        firm=made.firm,
        rows=scope_rows([made], [plant.id for plant in made.firm.plants], unit="预拌混凝土 C15–C60"),
        start=start,
        star=3 if number in (15, 17, 21) else 2,
        acts=acts,
        known_by=transcribed(date(2026, 10, 12)),
    )
