"""Great-circle distance on the mean sphere, and the box of degrees that surely holds a circle.

Coordinates are exact decimals; only the distance between two of them is a float, because it comes out of
trigonometry. Mean earth radius: 6,371.0088 km (IUGG, arithmetic mean of the WGS 84 semi-axes). Against the
ellipsoid the sphere errs by up to 0.6 %, less than coordinates that mark a city.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import asin, cos, degrees, hypot, pi, radians, sin, sqrt

RADIUS_KM = 6371.0088
HALF_ROUND_KM = RADIUS_KM * pi
_SPARE = 1e-6  # degrees, about 0.1 m: the box may be larger than the circle, never smaller


@dataclass(frozen=True, slots=True)
class Place:
    """A point of the earth in degrees, WGS 84."""

    latitude: Decimal
    longitude: Decimal


@dataclass(frozen=True, slots=True)
class Box:
    """Limits in degrees; where `west` > `east` the box crosses the 180th meridian."""

    south: float
    north: float
    west: float
    east: float


def distance_km(one: Place, other: Place) -> float:
    """By the haversine formula, which stays exact for points close together."""
    first, second = radians(one.latitude), radians(other.latitude)
    up = sin((second - first) / 2)
    across = sin(radians(other.longitude - one.longitude) / 2) * sqrt(cos(first) * cos(second))
    return 2 * RADIUS_KM * asin(min(1.0, hypot(up, across)))


def box(centre: Place, km: float) -> Box:
    """Every place within `km` of the centre lies in it; near a pole it goes all the way round."""
    angle = min(km, HALF_ROUND_KM) / RADIUS_KM
    latitude, longitude = float(centre.latitude), float(centre.longitude)
    south, north = latitude - degrees(angle) - _SPARE, latitude + degrees(angle) + _SPARE
    if south <= -90 or north >= 90:
        return Box(max(south, -90.0), min(north, 90.0), -180.0, 180.0)
    half = degrees(asin(min(1.0, sin(angle) / cos(radians(latitude))))) + _SPARE
    return Box(south, north, _wrapped(longitude - half), _wrapped(longitude + half))


def _wrapped(longitude: float) -> float:
    return (longitude + 180) % 360 - 180
