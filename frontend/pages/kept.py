"""Answers that are read once for a point and kept: what is recorded never changes, so they stay right."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from registry.changes.reading import Point

T = TypeVar("T")


class Kept(Generic[T]):
    """The answers of the last few points of each database, safe to share between threads."""

    def __init__(self, points: int) -> None:
        self._points, self._lock = points, Lock()
        self._kept: WeakKeyDictionary[Engine, OrderedDict[Point, T]] = WeakKeyDictionary()

    def at(self, engine: Engine, point: Point, read: Callable[[], T]) -> T:
        """The kept answer, or a fresh one; two threads may read at once, and either answer is right."""
        with self._lock:
            held = self._kept.setdefault(engine, OrderedDict())
            if point in held:
                held.move_to_end(point)
                return held[point]
        found = read()
        with self._lock:
            held[point] = found
            while len(held) > self._points:
                held.popitem(last=False)
        return found
