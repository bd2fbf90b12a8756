"""Heavy work in few places: who waits is served, who is too many is told at once."""

import threading
import time
from contextlib import ExitStack

import pytest

from registry.kit.errors import Unavailable
from registry.kit.places import Places

LONG = 30.0


def taken(places: Places, count: int) -> ExitStack:
    held = ExitStack()
    for _ in range(count):
        held.enter_context(places.one())
    return held


def test_one_too_many_is_refused_without_waiting() -> None:
    places = Places(2, waiting=0, patience=LONG)
    began = time.monotonic()
    with taken(places, 2), pytest.raises(Unavailable) as refused, places.one():
        pytest.fail("there was no place")
    assert time.monotonic() - began < LONG / 10
    assert refused.value.retry_after


def test_who_waits_is_served_when_a_place_is_free() -> None:
    places = Places(1, waiting=1, patience=LONG)
    outcomes: list[str] = []

    def ask() -> None:
        with places.one():
            outcomes.append("served")

    other = threading.Thread(target=ask)
    with taken(places, 1):
        other.start()
        assert outcomes == []
    other.join(LONG)
    assert outcomes == ["served"]


def test_who_waits_too_long_is_refused_and_leaves_no_trace() -> None:
    places = Places(1, waiting=1, patience=0.01)
    with taken(places, 1), pytest.raises(Unavailable), places.one():
        pytest.fail("there was no place")
    with places.one():
        pass


def test_a_place_is_given_back_whatever_happens_in_it() -> None:
    places = Places(1, waiting=0, patience=LONG)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), places.one():
            _ = 1 / 0
