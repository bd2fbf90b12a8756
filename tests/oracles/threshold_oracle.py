"""What a limit leaves, counted the slow way: one product at a time, firms joined by asking every pair."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple


class Told(NamedTuple):
    """One product in plain words: whose it is, who controls that firm, where it is made, how much."""

    firm: str
    controller: str
    provinces: tuple[str, ...]
    value: Decimal


def left(told: Sequence[Told], limit: Decimal | None) -> tuple[int, int, int]:
    """Products, independent makers and provinces within a limit."""
    within = [one for one in told if limit is None or not one.value > limit]
    makers: list[Told] = []
    for one in within:
        if not any(same_competitor(one, other) for other in makers):
            makers.append(one)
    places: list[str] = []
    for one in within:
        for place in one.provinces:
            if place not in places:
                places.append(place)
    return len(within), len(makers), len(places)


def same_competitor(one: Told, other: Told) -> bool:
    if one.controller or other.controller:
        return one.controller == other.controller
    return one.firm == other.firm


def strictest(told: Sequence[Told], makers: int) -> Decimal | None:
    """The lowest declared value that, as a limit, leaves so many makers; every value is tried."""
    enough = [one.value for one in told if left(told, one.value)[1] >= makers]
    return min(enough, default=None)
