"""Supply facts: one line for each plant and product, plants inside a circle, nothing guessed of the rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import Engine
from sqlmodel import Session

from registry.access.actors import ANONYMOUS, OPERATOR
from registry.changes import feed
from registry.changes.feed import Draft
from registry.changes.reading import Point, point
from registry.kit.db import write_session
from registry.kit.errors import Invalid, NotAllowed
from registry.parties.service import PLANT
from registry.products.service import PRODUCT
from registry.supply import service
from registry.supply.facts import (
    Capacity,
    Dealer,
    Delivery,
    ReferencePrice,
    TaxBasis,
)
from registry.supply.geo import Place, distance_km
from tests import databases
from tests.factories import START, key, plant, product, record
from tests.statements import published, site, sited, stated

DAY = date(2026, 6, 1)
CENTRE = Place(Decimal("30.66"), Decimal("104.06"))


def test_a_statement_about_the_product_wins_over_one_about_its_plant(session: Session) -> None:
    both = (key("plant"), key("plant", 2))
    record(session, [Draft(PRODUCT, key("product"), START, product(plant_ids=both))])
    whole = stated(product_n=None, lead_time_days=30)
    other = stated(plant_n=2, product_n=None, lead_time_days=20)
    record(session, [published(whole), published(other), published(stated(lead_time_days=3), plant_ids=both)])
    found = service.of_product(session, product(plant_ids=both), point(session, DAY))
    assert [one.stated.fact.lead_time_days for one in found if one.stated] == [3, 20]


def test_a_plant_nobody_has_spoken_of_has_no_statement_and_no_place(session: Session) -> None:
    found = service.of_product(session, product(), point(session, DAY))
    assert [(one.plant_id, one.stated, one.site) for one in found] == [(key("plant"), None, None)]


def test_a_later_statement_counts_from_its_day_and_not_before(session: Session) -> None:
    record(session, [published(stated(lead_time_days=5)), published(stated(lead_time_days=9), DAY)])
    days = (date(2026, 5, 31), DAY)
    at = [service.of_product(session, product(), point(session, day))[0].stated for day in days]
    assert [known.fact.lead_time_days for known in at if known] == [5, 9]


def test_zero_days_and_zero_capacity_are_values_and_not_missing() -> None:
    fact = stated(lead_time_days=0, capacity=Capacity(amount=Decimal(0), unit="t"))
    assert fact.lead_time_days == 0
    assert fact.capacity == Capacity(amount=Decimal(0), unit="t")
    assert stated(lead_time_days=None).lead_time_days is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": key("supply")},
        {"delivery": {"radius_km": 0}},
        {"delivery": {"regions": ["成都"]}},
        {"capacity": {"amount": "-1", "unit": "t"}},
        {"lead_time_days": -1},
        {"source": ""},
        {"price": {"amount": "0", "unit": "t", "tax": "included", "surveyed_on": DAY, "source": "x"}},
        {"price": {"amount": "5", "unit": "t", "tax": "unknown", "surveyed_on": DAY, "source": "x"}},
        {"price": {"amount": "5", "unit": "t", "tax": "included", "surveyed_on": DAY}},
        {"dealers": [{"organisation_id": key("dealer"), "valid_from": DAY, "valid_to": START}]},
    ],
)
def test_what_contradicts_itself_or_hides_its_source_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        stated(**wrong)


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("90.1", "0"), ("-91", "0"), ("0", "180.5"), ("NaN", "0")]
)
def test_a_place_off_the_earth_is_refused(latitude: str, longitude: str) -> None:
    with pytest.raises(ValidationError):
        site(1, latitude, longitude)


def test_a_statement_needs_a_product_that_is_made_there() -> None:
    with pytest.raises(Invalid, match="supply-not-made-there"):
        published(stated(), plant_ids=(key("plant", 2),))
    with pytest.raises(Invalid, match="supply-product-differs"):
        service.publish(stated(), product=product(2), effective_on=START, actor=OPERATOR)
    with pytest.raises(Invalid, match="supply-product-differs"):
        service.publish(stated(), product=None, effective_on=START, actor=OPERATOR)


def test_a_visitor_states_nothing() -> None:
    with pytest.raises(NotAllowed):
        service.publish_site(site(1, "30", "104"), effective_on=START, actor=ANONYMOUS)


def test_a_full_statement_survives_the_feed(session: Session) -> None:
    fact = stated(
        delivery=Delivery(regions=("510000",), radius_km=50),
        capacity=Capacity(amount=Decimal("120000.5"), unit="m3"),
        dealers=(Dealer(organisation_id=key("dealer"), valid_from=START, valid_to=DAY),),
        price=ReferencePrice(
            amount=Decimal("412.30"), unit="m3", tax=TaxBasis.INCLUDED, surveyed_on=DAY, source="示例调查"
        ),
    )
    record(session, [published(fact)])
    (found,) = service.of_product(session, product(), point(session, DAY))
    assert found.stated is not None
    assert found.stated.fact == fact


def plants(session: Session, *numbers: int, **fields: Any) -> None:
    record(session, [Draft(PLANT, key("plant", n), START, plant(n, **fields)) for n in numbers])


def test_the_radius_is_inclusive_and_a_plant_without_a_place_is_not_inside(session: Session) -> None:
    plants(session, 1, 2, 3)
    record(session, [sited(site(1, "30.66", "104.16")), sited(site(2, "31.66", "104.06"))])
    edge = distance_km(CENTRE, Place(Decimal("30.66"), Decimal("104.16")))
    at = point(session, DAY)
    assert service.within(session, CENTRE, edge, at).inside == {key("plant", 1): edge}
    assert service.within(session, CENTRE, edge - 1e-6, at).inside == {}
    assert service.within(session, CENTRE, edge, at).unplaced == {key("plant", 3)}


def test_a_plant_that_moved_stands_where_it_stood_on_the_day(session: Session) -> None:
    plants(session, 1)
    record(session, [sited(site(1, "30.66", "104.06")), sited(site(1, "40", "116"), DAY)])
    before, after = (point(session, day) for day in (date(2026, 5, 31), DAY))
    assert set(service.within(session, CENTRE, 10, before).inside) == {key("plant", 1)}
    assert service.within(session, CENTRE, 10, after).inside == {}


def test_a_place_still_to_come_is_unknown_before_its_day(session: Session) -> None:
    plants(session, 1)
    record(session, [sited(site(1, "30.66", "104.06"), DAY)])
    found = service.within(session, CENTRE, 10, point(session, date(2026, 5, 31)))
    assert found.inside == {}
    assert found.unplaced == {key("plant", 1)}


def test_a_closed_plant_does_not_count_from_its_last_day_on(session: Session) -> None:
    plants(session, 1, closed_on=DAY)
    record(session, [sited(site(1, "30.66", "104.06"))])
    before, after = (point(session, day) for day in (date(2026, 5, 31), DAY))
    assert len(service.within(session, CENTRE, 10, before).inside) == 1
    assert service.within(session, CENTRE, 10, after).inside == {}


@contextmanager
def _fresh(empty: Engine) -> Iterator[Session]:
    """A session on an empty database of its own: hypothesis runs many examples in one test."""
    with (
        TemporaryDirectory() as folder,
        databases.copied(empty, Path(folder)) as engine,
        write_session(engine) as session,
    ):
        feed.start(session, "demonstration")
        yield session


hundredths = st.integers(-300, 300)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(hundredths, hundredths), min_size=1, max_size=12), st.integers(1, 400))
def test_the_box_and_the_distance_find_what_a_scan_of_all_plants_finds(
    empty_database: Engine, offsets: list[tuple[int, int]], km: int
) -> None:
    places = [
        (CENTRE.latitude + Decimal(north) / 100, CENTRE.longitude + Decimal(east) / 100)
        for north, east in offsets
    ]
    with _fresh(empty_database) as session:
        plants(session, *range(1, len(places) + 1))
        record(session, [sited(site(n, str(a), str(b))) for n, (a, b) in enumerate(places, 1)])
        found = service.within(session, CENTRE, km, Point(DAY, 10**6))
    scan = {key("plant", n) for n, one in enumerate(places, 1) if distance_km(CENTRE, Place(*one)) <= km}
    assert set(found.inside) == scan
