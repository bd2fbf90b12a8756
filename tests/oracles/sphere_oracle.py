"""The sphere once more, slowly: chords of a great circle in Decimal with fifty digits, by Taylor series."""

from decimal import Decimal, localcontext

DIGITS = 50
RADIUS_KM = Decimal("6371.0088")
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494")


def chord_of_places(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> Decimal:
    """The straight line through the earth between two places in degrees, in km, from three coordinates."""
    with localcontext(prec=DIGITS):
        first, second = _corner(*one), _corner(*other)
        return RADIUS_KM * sum(((a - b) ** 2 for a, b in zip(first, second, strict=True)), Decimal(0)).sqrt()


def chord_of_arc(km: Decimal) -> Decimal:
    """The straight line under a great-circle distance."""
    with localcontext(prec=DIGITS):
        return 2 * RADIUS_KM * _sin(km / (2 * RADIUS_KM))


def law_of_cosines(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> Decimal:
    """The cosine of the angle between two places by the spherical law of cosines."""
    with localcontext(prec=DIGITS):
        lat1, lon1, lat2, lon2 = (_radians(value) for value in (*one, *other))
        return _sin(lat1) * _sin(lat2) + _cos(lat1) * _cos(lat2) * _cos(lon2 - lon1)


def cosine_of_arc(km: Decimal) -> Decimal:
    with localcontext(prec=DIGITS):
        return _cos(km / RADIUS_KM)


def _corner(latitude: Decimal, longitude: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    lat, lon = _radians(latitude), _radians(longitude)
    return _cos(lat) * _cos(lon), _cos(lat) * _sin(lon), _sin(lat)


def _radians(degrees: Decimal) -> Decimal:
    return degrees * PI / 180


def _sin(angle: Decimal) -> Decimal:
    return _series(angle, angle, 1)


def _cos(angle: Decimal) -> Decimal:
    return _series(angle, Decimal(1), 0)


def _series(angle: Decimal, first: Decimal, order: int) -> Decimal:
    total, term = Decimal(0), first
    while abs(term) > Decimal(10) ** -(DIGITS - 2):
        total += term
        term *= -angle * angle / ((order + 1) * (order + 2))
        order += 2
    return total
