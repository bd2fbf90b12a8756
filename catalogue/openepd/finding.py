"""Which documents a filter finds, in an order that never changes between two pages."""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import Session, col

from catalogue.openepd.omf import EVERYTHING, Condition, Filter
from registry.changes.reading import Point
from registry.declarations import openxpd
from registry.declarations.comparable import generation
from registry.declarations.formats.openepd.terms import AVERAGE, DOCTYPES, GENERIC, PRODUCT
from registry.declarations.node.entries import folded
from registry.declarations.node.listing import Place, standing
from registry.declarations.node.models import DeclarationEntryRow as Row

_COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le, "=": operator.eq,
}  # fmt: skip
_TEXTS: Mapping[str, Any] = {"name": Row.names, "product_name": Row.names, "manufacturer": Row.owner}


class Collection(StrEnum):
    """Kinds of documents, each in a collection of its own: what is no product never stands among products."""

    PRODUCTS = "epds"
    AVERAGES = "industry_epds"
    GENERICS = "generic_estimates"

    @property
    def condition(self) -> ColumnElement[bool]:
        doctype = {self.PRODUCTS: PRODUCT, self.AVERAGES: AVERAGE, self.GENERICS: GENERIC}[self]
        return col(Row.subtype).in_([kind or "" for kind, named in DOCTYPES.items() if named == doctype])


@dataclass(frozen=True, slots=True)
class FoundPart:
    """Some documents that a filter finds with their ids and classes, and how many there are in all."""

    total: int
    places: tuple[Place, ...]
    ids: tuple[str, ...]
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page: which it is, counted from 1, and how long."""

    number: int
    size: int


def find(session: Session, wanted: Filter, among: Collection, *, at: Point, page: Page) -> FoundPart:
    """A page of what a filter finds in a collection."""
    met = (*standing(at), among.condition, *_conditions(wanted))
    total = count(session, wanted, among, at=at)
    rows = session.execute(
        select(col(Row.declaration_id), col(Row.seq), col(Row.openxpd_id), col(Row.classes))
        .where(*met)
        .order_by(col(Row.openxpd_id), col(Row.seq))
        .offset((page.number - 1) * page.size)
        .limit(page.size)
    ).all()
    places = tuple(Place(row[0], row[1]) for row in rows)
    return FoundPart(total, places, tuple(row[2] for row in rows), tuple(row[3] for row in rows))


def _conditions(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    """Every word of the search stands in a name or in a class."""
    search = "" if wanted.search.lower() in EVERYTHING else wanted.search
    for term in search.split():
        yield or_(_part(Row.names, term), _part(Row.classes, term))
    for one in wanted.conditions:
        yield from _condition(one)


def _condition(one: Condition) -> Iterator[ColumnElement[bool]]:
    if one.field == "valid_until":
        yield _COMPARED[one.operator](col(Row.valid_to), date.fromisoformat(one.value))
    elif one.field == "compliance":
        yield col(Row.rules) == generation(one.value)
    elif one.field == "jurisdiction":
        yield col(Row.location) == folded(one.value)
    elif one.operator == "~":
        yield from (_part(_TEXTS[one.field], term) for term in one.value.split())
    else:
        yield _part(_TEXTS[one.field], one.value)


def _part(column: Any, text: str) -> ColumnElement[bool]:
    return col(column).contains(folded(text), autoescape=True)


def count(session: Session, wanted: Filter, among: Collection, *, at: Point) -> int:
    """How many documents of a collection a filter finds."""
    met = (*standing(at), among.condition, *_conditions(wanted))
    return session.scalar(select(func.count()).select_from(Row).where(*met)) or 0


def one(session: Session, key: str, among: Collection, *, at: Point) -> FoundPart | None:
    """The document of a collection under an id in openEPD, or under the UUID of its data set."""
    rows = session.execute(
        select(col(Row.declaration_id), col(Row.seq), col(Row.openxpd_id)).where(
            *standing(at), among.condition, _named(key)
        )
    ).all()
    return FoundPart(1, (Place(rows[0][0], rows[0][1]),), (rows[0][2],)) if rows else None


def _named(key: str) -> ColumnElement[bool]:
    try:
        return col(Row.uuid) == UUID(key)
    except ValueError:
        return col(Row.openxpd_id) == (openxpd.parsed(key) or "")
