"""Kinds, regions and categories at a point, with the words for them."""

from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Pool
from sqlmodel import Session

from catalogue.naming import Reference
from registry.categories import service
from registry.changes.reading import Point

__all__ = ["Reference", "reference"]

# The last point of each database: nearly every page asks for the newest, and reading thousands of regions for
# each took longer than all the rest. A point never says anything else later, so it may be kept.
_lock = Lock()
_kept: WeakKeyDictionary[Pool, tuple[Point, Reference]] = WeakKeyDictionary()


def reference(session: Session, at: Point) -> Reference:
    """The tables at a point."""
    pool = session.connection().engine.pool
    with _lock:
        held = _kept.get(pool)
    if held is not None and held[0] == at:
        return held[1]
    found = Reference(
        kinds=service.kinds(session, at),
        regions=service.regions(session, at),
        categories=service.categories(session, at),
    )
    with _lock:
        newest = _kept.get(pool)
        if newest is None or (at.as_of, at.on) >= (
            newest[0].as_of,
            newest[0].on,
        ):  # a look back pushes nothing out
            _kept[pool] = (at, found)
    return found
