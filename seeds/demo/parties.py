"""Invented organisations and plants: certification bodies, laboratories, verifiers, buyers and firms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final
from uuid import UUID

from registry.categories.facts import CategoryFact
from registry.certificates.facts import Scheme
from registry.parties.facts import ApprovedScope, OrganisationFact, PlantFact, Role
from seeds.demo.keys import code, credit_code, firm_names, key, role_names

SINCE: Final = date(2019, 1, 1)
BODIES: Final = 3
LABORATORIES: Final = 3
VERIFIERS: Final = 2
BUYERS: Final = 2
# The third body is approved for these alone, so that a certificate of it can stand outside its scope.
NARROW_SCOPE: Final = ("gbm-06", "gbm-07")
NARROW_BODY: Final = 2
CONTROLLER: Final = "示例集团甲（虚构）"


@dataclass(frozen=True, slots=True)
class Firm:
    """A maker and its plants, first plant first."""

    number: int
    fact: OrganisationFact
    plants: tuple[PlantFact, ...]

    @property
    def id(self) -> UUID:
        return self.fact.id


def firm_id(number: int) -> UUID:
    return key("organisation", f"firm-{number:03d}")


def plant_id(number: int, place: int = 0) -> UUID:
    return key("plant", f"firm-{number:03d}-{place}")


def body_id(index: int) -> UUID:
    return key("organisation", f"body-{index}")


def laboratory_id(index: int) -> UUID:
    return key("organisation", f"laboratory-{index}")


def verifier_id(index: int) -> UUID:
    return key("organisation", f"verifier-{index}")


def make_firm(
    number: int,
    cities: Sequence[str],
    *,
    seat: str | None = None,
    radius_km: int | None = None,
    controller: str | None = None,
) -> Firm:
    """A firm with one plant in each city, seated in the first; one without plants names its seat."""
    name_zh, name_en = firm_names(number)
    fact = OrganisationFact(
        id=firm_id(number),
        code=code("organisation", f"firm-{number:03d}"),
        name_zh=name_zh,
        name_en=name_en,
        credit_code=credit_code(number),
        roles=(Role.MANUFACTURER, Role.HOLDER) if cities else (Role.HOLDER,),
        region=seat or cities[0],
        controller=controller,
        invented=True,
    )
    plants = tuple(_plant(fact, number, place, city, radius_km) for place, city in enumerate(cities))
    return Firm(number, fact, plants)


def _plant(owner: OrganisationFact, number: int, place: int, city: str, radius_km: int | None) -> PlantFact:
    handle = f"firm-{number:03d}-{place}"
    ordinal = "一二三四五六"[place]
    return PlantFact(
        id=key("plant", handle),
        code=code("plant", handle),
        organisation_id=owner.id,
        name_zh=f"{owner.name_zh}第{ordinal}工厂",
        name_en=f"{owner.name_en} plant {place + 1}",
        region=city,
        delivery_radius_km=radius_km,
    )


def institutions(categories: Sequence[CategoryFact], seats: Sequence[str]) -> Iterator[OrganisationFact]:
    """Bodies, laboratories, verifiers and buyers; four roles, never one."""
    for index in range(BODIES):
        yield _institution(
            "body", index, ("认证机构", "Certification Body"), Role.CERTIFICATION_BODY, seats
        ).model_copy(update={"approved_scopes": _scopes(index, categories)})
    for index in range(LABORATORIES):
        yield _institution(
            "laboratory", index, ("检测机构", "Testing Laboratory"), Role.LABORATORY, seats
        ).model_copy(update={"cma_number": f"演示-CMA-{index + 1:04d}"})
    for index in range(VERIFIERS):
        yield _institution("verifier", index, ("核查机构", "Verification Body"), Role.VERIFIER, seats)
    for index in range(BUYERS):
        yield _institution("buyer", index, ("采购人", "Procuring Entity"), Role.BUYER, seats)


def _institution(
    kind: str, index: int, titles: tuple[str, str], role: Role, seats: Sequence[str]
) -> OrganisationFact:
    name_zh, name_en = role_names(*titles, index)
    offset = {"body": 0, "laboratory": 20, "verifier": 40, "buyer": 60}[kind]
    return OrganisationFact(
        id=key("organisation", f"{kind}-{index}"),
        code=code("organisation", f"{kind}-{index}"),
        name_zh=name_zh,
        name_en=name_en,
        credit_code=credit_code(900_000 + offset + index),
        roles=(role,),
        region=seats[(offset // 20 + index) % len(seats)],
        invented=True,
    )


def _scopes(index: int, categories: Sequence[CategoryFact]) -> tuple[ApprovedScope, ...]:
    """Body A and B may certify everything listed; body C only concrete and mortar."""
    if index == NARROW_BODY:
        return (ApprovedScope(scheme=Scheme.GRADED, categories=NARROW_SCOPE, valid_from=date(2021, 1, 1)),)
    return tuple(
        ApprovedScope(
            scheme=scheme,
            categories=tuple(c.category for c in categories if c.scheme == scheme),
            valid_from=date(2020, 3, 1),
        )
        for scheme in Scheme
    )


def scattered_cities(rng: Random, cities: Sequence[str], *, most_plants: int = 3) -> tuple[str, ...]:
    """One to three cities for a firm; most firms have one plant."""
    count = rng.choices(range(1, most_plants + 1), weights=(70, 22, 8)[:most_plants])[0]
    return tuple(rng.sample(list(cities), count))
