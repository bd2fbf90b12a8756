"""Invented supply facts and look-ups: most products have some, the same in every build, nothing is real."""

import json
import re
from collections import Counter
from decimal import Decimal

import pytest

from registry.crosschecks.facts import Result
from registry.crosschecks.looks import Attention, checked, line
from registry.kit.types import Fact
from registry.supply.geo import Place, distance_km
from registry.units.table import table
from seeds.demo import look_ups, supply
from seeds.demo.cases import CASES
from seeds.reference.points import points
from seeds.reference.regions import regions
from tests.seeds.demo_fixtures import register
from tests.seeds.test_demo_never import PERSONAL, REAL_NAMES, REAL_PATTERNS


def stated() -> supply.Stated:
    made = register()
    return supply.build(made.plants, made.products)


def every_fact() -> list[Fact]:
    found = stated()
    return [*found.dealers, *found.sites, *(fact for fact, _ in found.supply), *looks()]


def looks() -> list[Fact]:
    return list(look_ups.build(register().certificates))


def test_six_products_in_ten_and_nine_plants_in_ten_are_spoken_of_and_the_rest_is_not() -> None:
    made, found = register(), stated()
    share = Decimal(len({fact.product_id for fact, _ in found.supply})) / len(made.products)
    assert Decimal("0.6") <= share < Decimal("0.9")
    placed = Decimal(len(found.sites)) / len(made.plants)
    assert Decimal("0.8") <= placed < Decimal("0.97")


def test_every_build_states_the_same() -> None:
    first, again = stated(), stated()
    assert first == again
    assert looks() == looks()


def test_a_product_more_changes_no_other_products_figures() -> None:
    made = register()
    fewer = {fact.id: fact for fact, _ in supply.build(made.plants, made.products[::2]).supply}
    every = {fact.id: fact for fact, _ in stated().supply}
    assert fewer.items() <= every.items()


def test_every_kind_with_products_has_bounds_in_its_own_unit() -> None:
    found = Counter(product.kind for product in register().products)
    spoken = {product.kind for _, product in stated().supply}
    assert {kind for kind, count in found.items() if count >= 5} - spoken == set()
    units = table().by_code
    assert {fact.capacity.unit for fact, _ in stated().supply if fact.capacity} <= units.keys()


def test_plants_stand_near_the_point_of_their_city() -> None:
    centres = {point.region: Place(point.latitude, point.longitude) for point in points()}
    plants = {plant.id: plant for plant in register().plants}
    far = [distance_km(centres[plants[one.plant_id].region], Place(one.latitude, one.longitude))
           for one in stated().sites]  # fmt: skip
    assert max(far) < 50
    assert len({(one.latitude, one.longitude) for one in stated().sites}) > len(far) / 2


def test_points_lie_in_china_and_parts_of_one_city_lie_together() -> None:
    found = {point.region: Place(point.latitude, point.longitude) for point in points()}
    assert all(18 < place.latitude < 54 and 73 < place.longitude < 136 for place in found.values())
    parents = {region.code: region.parent for region in regions().regions}
    pairs = [(code, parents[code]) for code in found if parents[code] in found]
    assert len(pairs) == 2
    assert all(distance_km(found[code], found[parent]) < 80 for code, parent in pairs if parent)


@pytest.mark.parametrize("pattern", [*map(re.escape, REAL_NAMES), *REAL_PATTERNS, *PERSONAL])
def test_no_real_name_number_or_person_is_stated(pattern: str) -> None:
    text = "\n".join(json.dumps(fact.model_dump(mode="json"), ensure_ascii=False) for fact in every_fact())
    ids = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}")
    credit = re.compile(r'"credit_code": "[^"]*"')
    assert re.findall(pattern, credit.sub("", ids.sub("", text))) == []


def test_every_source_says_that_it_is_invented() -> None:
    for fact, _ in stated().supply:
        assert "（虚构）" in fact.source
        assert fact.price is None or "（虚构）" in fact.price.source
    assert all("（虚构）" in site.source for site in stated().sites)
    assert all(
        "（虚构）" in dealer.name_zh and dealer.credit_code[2:4] == "99" for dealer in stated().dealers
    )


def test_the_dealer_on_the_invoice_is_authorised_and_covers_nothing_all_the_same() -> None:
    case = CASES["dealer-invoice"]
    named = {dealer.id: dealer.name_zh for dealer in stated().dealers}
    mine = [fact for fact, product in stated().supply if product.id == case.records["product"].id]
    assert {named[dealer.organisation_id] for fact in mine for dealer in fact.dealers} >= {
        case.numbers["dealer"]
    }


def test_every_result_of_a_look_and_every_reason_to_look_again_is_shown() -> None:
    found = list(look_ups.build(register().certificates))
    assert {look.result for look in found} == set(Result)
    reasons = set()
    for certified in register().certificates:
        fact = certified.fact
        mine = [look for look in found if look.certificate_id == fact.id]
        seen = line(fact.known_by, mine, look_ups.LATEST)
        reasons.add(checked(fact.known_by, seen, look_ups.LATEST).attention)
    assert reasons == {*Attention, None}
