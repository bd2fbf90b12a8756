"""Under whose GTINs batches are stated: a product's own, or one in nobody else's range of numbers."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from registry.batches import finding
from registry.batches.identifiers import Scheme
from registry.changes.feed import Draft
from registry.changes.reading import point
from registry.kit.errors import Conflict
from registry.products.gtin_owners import neighbour
from registry.products.service import PRODUCT
from tests import factories
from tests.factories import key
from tests.oracles.identifier_oracle import completed as gtin_of
from tests.registry.batches import FREE_GTIN, GTIN, OTHER_GTIN, STRANGER, TODAY, register, stated

SECOND = factories.plant(2).code


@pytest.fixture
def session(session: Session) -> Session:
    register(session)
    return session


def found(session: Session, text: str) -> list[tuple[str, Scheme]]:
    return [(one.code, one.scheme) for one in finding.find(session, text, point(session, TODAY))]


def test_a_gtin_names_one_product(session: Session) -> None:
    other: dict[str, Any] = {"by": STRANGER, "product_n": 2, "plant": factories.plant(3).code}
    with pytest.raises(Conflict) as told:
        stated(session, **other, gtin=GTIN)
    assert (told.value.key, told.value.facts["first"]) == ("batch-gtin-taken", factories.product().code)
    packed = stated(session, gtin=FREE_GTIN)
    with pytest.raises(Conflict) as told:
        stated(session, "key-00000002", **other, gtin=FREE_GTIN)
    assert told.value.facts["first"] == packed.code
    assert found(session, FREE_GTIN) == [(factories.product().code, Scheme.GTIN)]


def test_a_batch_of_a_stranger_keeps_no_gtin_and_no_serial_number_from_the_product_that_carries_it(
    session: Session,
) -> None:
    """A stranger's batch claims it first, then the register gives it to the product of another maker."""
    other: dict[str, Any] = {"by": STRANGER, "product_n": 2, "plant": factories.plant(3).code}
    first = stated(session, **other, gtin=FREE_GTIN, serials=("S-1",))
    link = f"https://x.example/01/{FREE_GTIN}/21/S-1"
    assert found(session, link) == [(first.code, Scheme.GTIN)]
    plants = (key("plant"), key("plant", 2))
    product = factories.product(plant_ids=plants, models=("P·O 42.5", "P·O 52.5"), gtin=FREE_GTIN)
    factories.record(session, [Draft(PRODUCT, product.id, date(2026, 5, 30), product)])
    assert found(session, link) == [], "the number on a label is the maker's, who has not stated it yet"
    own = stated(session, "key-00000002", gtin=FREE_GTIN, serials=("S-1",))
    assert own.gtin == FREE_GTIN.zfill(14)
    assert found(session, link) == [(own.code, Scheme.GTIN)]
    assert found(session, f"https://x.example/01/{FREE_GTIN}/10/B-001") == [(own.code, Scheme.GTIN)]
    with pytest.raises(Conflict, match="batch-lot-taken"):
        stated(session, "key-00000003", gtin=FREE_GTIN, plant=SECOND)
    with pytest.raises(Conflict, match="batch-gtin-taken"):
        stated(session, "key-00000004", **{**other, "number": "B-009", "gtin": FREE_GTIN})


def test_nobody_states_batches_in_anothers_range_of_numbers(session: Session) -> None:
    """The figures that a maker's registered GTINs begin with are taken for its own."""
    other: dict[str, Any] = {"by": STRANGER, "product_n": 2, "plant": factories.plant(3).code}
    with pytest.raises(Conflict) as told:
        stated(session, **other, gtin=OTHER_GTIN, serials=("S-1",))
    assert told.value.key == "batch-gtin-of-others"
    assert told.value.facts["first"] == factories.product().code
    assert told.value.facts["figures"] == 11
    own = factories.product(
        2, manufacturer_id=key("organisation", 2), plant_ids=(key("plant", 3),), gtin=gtin_of("952100000011")
    )
    factories.record(session, [Draft(PRODUCT, own.id, date(2026, 5, 30), own)])
    packed = gtin_of("952100000012")
    assert stated(session, **other, gtin=packed).gtin == packed.zfill(14), "nearer to one of its own"
    with pytest.raises(Conflict, match="batch-gtin-of-others"):
        stated(session, "key-00000002", **{**other, "number": "B-2", "gtin": OTHER_GTIN})
    assert stated(session, "key-00000003", gtin=OTHER_GTIN).gtin == OTHER_GTIN.zfill(14)


def test_a_gtin_of_eight_figures_has_no_company_in_it(session: Session) -> None:
    short = factories.product(gtin=gtin_of("9524321"))
    factories.record(session, [Draft(PRODUCT, short.id, date(2026, 5, 30), short)])
    other: dict[str, Any] = {"by": STRANGER, "product_n": 2, "plant": factories.plant(3).code}
    near = gtin_of("9524322")
    assert stated(session, **other, gtin=near).gtin == near.zfill(14)


@pytest.mark.parametrize("carried", ["012345600001", "952100000001", "1952100000001"])
@pytest.mark.parametrize("shared", range(6, 13))
def test_the_nearest_gtin_is_found_in_whatever_length_it_is_written(
    session: Session, carried: str, shared: int
) -> None:
    """Twelve, thirteen and fourteen figures; fewer than seven alike are no company's."""
    product = factories.product(gtin=gtin_of(carried if len(carried) == 13 else carried.lstrip("0")))
    factories.record(session, [Draft(PRODUCT, product.id, date(2026, 5, 30), product)])
    body = carried[-12:]
    turned = body[:shared] + "".join(str(9 - int(one)) for one in body[shared:])
    near = neighbour(session, gtin_of(turned).zfill(14), key("organisation", 2), point(session, TODAY))
    assert (near.shared if near else None) == (shared if shared >= 7 else None)
