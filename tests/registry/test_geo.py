"""Great-circle distances agree with two slow oracles, and the box never leaves a near place out."""

from decimal import Decimal
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.supply.geo import HALF_ROUND_KM, Box, Place, box, distance_km
from tests.oracles import sphere_oracle

CHENGDU, GUIYANG = (Decimal("30.66"), Decimal("104.06")), (Decimal("26.65"), Decimal("106.63"))

latitudes = st.decimals(-90, 90, places=6)
longitudes = st.decimals(-180, 180, places=6)
places = st.tuples(latitudes, longitudes)


@settings(max_examples=150, deadline=None)
@given(places, places)
def test_the_distance_has_the_chord_and_the_cosine_of_the_slow_oracle(
    one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]
) -> None:
    found = Decimal(distance_km(Place(*one), Place(*other)))
    chord = sphere_oracle.chord_of_places(one, other)
    assert abs(sphere_oracle.chord_of_arc(found) - chord) <= Decimal("1e-7")
    cosine = sphere_oracle.law_of_cosines(one, other)
    assert abs(sphere_oracle.cosine_of_arc(found) - cosine) <= Decimal("1e-10")


def test_the_oracle_knows_a_quarter_of_the_earth_and_half_of_it() -> None:
    pole, equator = (Decimal(90), Decimal(0)), (Decimal(0), Decimal(77))
    quarter = sphere_oracle.RADIUS_KM * sphere_oracle.PI / 2
    assert isclose(distance_km(Place(*pole), Place(*equator)), float(quarter), rel_tol=1e-14)
    assert isclose(sphere_oracle.law_of_cosines(pole, equator), 0, abs_tol=1e-40)
    opposite = distance_km(Place(Decimal(0), Decimal(0)), Place(Decimal(0), Decimal(180)))
    assert isclose(opposite, HALF_ROUND_KM, rel_tol=1e-14)


def test_chengdu_and_guiyang_are_512_km_apart() -> None:
    """By the formula of the oracle, worked once by hand to the kilometre."""
    cosine = sphere_oracle.law_of_cosines(CHENGDU, GUIYANG)
    found = distance_km(Place(*CHENGDU), Place(*GUIYANG))
    assert round(found) == 512
    assert isclose(sphere_oracle.cosine_of_arc(Decimal(found)), cosine, abs_tol=1e-12)


@given(places, places)
def test_there_and_back_are_the_same_and_nothing_is_further_than_the_other_side(
    one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]
) -> None:
    there = distance_km(Place(*one), Place(*other))
    assert there == distance_km(Place(*other), Place(*one))
    assert 0 <= there <= HALF_ROUND_KM
    assert distance_km(Place(*one), Place(*one)) == 0


def inside(limits: Box, place: tuple[Decimal, Decimal]) -> bool:
    latitude, longitude = map(float, place)
    if limits.west <= limits.east:
        across = limits.west <= longitude <= limits.east
    else:
        across = longitude >= limits.west or longitude <= limits.east
    return limits.south <= latitude <= limits.north and across


@settings(max_examples=300)
@given(places, places, st.floats(0.001, 5000))
def test_a_place_within_the_radius_lies_in_the_box(
    centre: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal], km: float
) -> None:
    if distance_km(Place(*centre), Place(*other)) <= km:
        assert inside(box(Place(*centre), km), other)


@settings(max_examples=200)
@given(places, st.floats(-1, 1), st.floats(-1, 1), st.floats(1, 3000))
def test_a_place_just_inside_the_radius_lies_in_the_box(
    centre: tuple[Decimal, Decimal], north: float, east: float, km: float
) -> None:
    """Near places on purpose: two at random are seldom close."""
    reach = km / 111
    latitude = min(90.0, max(-90.0, float(centre[0]) + north * reach))
    longitude = (float(centre[1]) + east * reach + 180) % 360 - 180
    other = (Decimal(f"{latitude:.6f}"), Decimal(f"{longitude:.6f}"))
    if distance_km(Place(*centre), Place(*other)) <= km:
        assert inside(box(Place(*centre), km), other)


@pytest.mark.parametrize(
    ("centre", "km", "shape"),
    [
        (("0", "0"), 111.2, (-1, 1, -1, 1)),
        (("60", "10"), 111.2, (59, 61, 8, 12)),
        (("0", "179.5"), 111.2, (-1, 1, 178.5, -179.5)),
        (("89.5", "0"), 111.2, (88.5, 90, -180, 180)),
    ],
)
def test_the_box_widens_towards_the_poles_and_crosses_the_180th_meridian(
    centre: tuple[str, str], km: float, shape: tuple[float, float, float, float]
) -> None:
    found = box(Place(*map(Decimal, centre)), km)
    for value, wanted in zip((found.south, found.north, found.west, found.east), shape, strict=True):
        assert isclose(value, wanted, abs_tol=0.01)
