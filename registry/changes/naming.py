"""Facts that name given things: found through the tables that name them, and read with one statement."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import BindParameter, Select, bindparam, literal, select, union
from sqlmodel import Session

from registry.changes.feed import BATCH
from registry.changes.kinds import KINDS, FactKind, Known
from registry.changes.reading import Point, newest, read_row
from registry.kit.types import Fact

F = TypeVar("F", bound=Fact)
Pairs = Select[str, UUID]

# Stands in a condition for the things that are named: `col(Row.product_id).in_(ASKED)`.
ASKED: Final[BindParameter[UUID]] = bindparam("asked", expanding=True)


class Found:
    """What was found, by kind."""

    def __init__(self, known: Mapping[str, Mapping[UUID, Known[Any]]]) -> None:
        self._known = known

    def of(self, kind: FactKind[F]) -> Sequence[Known[F]]:
        """Every fact of a kind, each once."""
        return tuple(self._known.get(kind.name, {}).values())


class Naming:
    """A statement of pairs of kind and key, built once and asked with things that they name."""

    def __init__(self, *several: Pairs) -> None:
        self._statement = newest(union(*several).subquery("named"))

    def facts(self, session: Session, asked: Iterable[UUID], at: Point) -> Found:
        """The versions in force at a point of everything that names one of these things."""
        found: dict[str, dict[UUID, Known[Any]]] = defaultdict(dict)
        things = sorted(set(asked))
        for start in range(0, len(things), BATCH):
            given = {"asked": things[start : start + BATCH], "on": at.on, "as_of": at.as_of}
            for row in session.connection().execute(self._statement, given):
                kind = KINDS[row.kind]
                found[kind.name][row.key] = read_row(kind, row)
        return Found(found)


def pairs(kind: FactKind[Any], key: Any) -> Pairs:
    """Pairs of one kind, with keys from a column of a table that finds them."""
    return select(literal(kind.name).label("kind"), key.label("key"))
