"""Kinds, regions and categories at a point, with the words for them."""

from sqlmodel import Session

from catalogue.naming import Reference
from registry.categories import service
from registry.changes.reading import Point

__all__ = ["Reference", "reference"]


def reference(session: Session, at: Point) -> Reference:
    """The tables at a point."""
    return Reference(
        kinds=service.kinds(session, at),
        regions=service.regions(session, at),
        categories=service.categories(session, at),
    )
