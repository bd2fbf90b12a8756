"""Kinds, regions and categories at a point, read once and kept while the point is asked for."""

from collections import OrderedDict
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session

from catalogue.naming import Reference
from registry.categories import service
from registry.changes.reading import Point

__all__ = ["Reference", "reference"]

POINTS = 8  # points kept for each database


_lock = Lock()
_kept: WeakKeyDictionary[Engine, OrderedDict[Point, Reference]] = WeakKeyDictionary()


def reference(engine: Engine, session: Session, at: Point) -> Reference:
    """The tables at a point; what is recorded never changes, so a point's answer may be kept."""
    with _lock:
        kept = _kept.setdefault(engine, OrderedDict())
        if at in kept:
            kept.move_to_end(at)
            return kept[at]
    found = Reference(
        kinds=service.kinds(session, at),
        regions=service.regions(session, at),
        categories=service.categories(session, at),
    )
    with _lock:
        kept[at] = found
        while len(kept) > POINTS:
            kept.popitem(last=False)
    return found
