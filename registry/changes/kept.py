"""Small tables read whole and kept for each point they were asked at: what is recorded never changes."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Pool
from sqlmodel import Session

from registry.changes.reading import Point

T = TypeVar("T")
POINTS = 8  # points kept for each database


class Kept(Generic[T]):
    """A reader of a whole table, asked once per point; a writing session always reads for itself.

    What a writing session sees may still be rolled back, and its position be given to something else.
    """

    def __init__(self, read: Callable[[Session, Point], T]) -> None:
        self._read = read
        self._lock = Lock()
        self._kept: WeakKeyDictionary[Pool, OrderedDict[Point, T]] = WeakKeyDictionary()

    def __call__(self, session: Session, at: Point) -> T:
        engine: Any = session.get_bind()
        if not isinstance(engine, Engine) or engine.get_execution_options().get("greenmat_writes"):
            return self._read(session, at)
        with self._lock:
            kept = self._kept.setdefault(engine.pool, OrderedDict())
            if at in kept:
                kept.move_to_end(at)
                return kept[at]
        found = self._read(session, at)
        with self._lock:
            kept[at] = found
            while len(kept) > POINTS:
                kept.popitem(last=False)
        return found
