"""The closed list of fact kinds: each names its payload schema and how its tables follow the feed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from sqlmodel import Session

from registry.changes.record import Change, Header
from registry.kit.types import Fact

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Known(Generic[F]):
    """A fact as it was known: its place in the feed and its content."""

    header: Header
    fact: F


@dataclass(frozen=True, slots=True)
class FactKind(Generic[F]):
    """A kind of public fact; `project` writes the tables that find it, from the record alone."""

    name: str
    schema: type[F]
    project: Callable[[Session, Known[F]], None]

    def known(self, change: Change) -> Known[F]:
        return Known(change.header, self.schema.model_validate_json(change.payload))


_kinds: dict[str, FactKind[Any]] = {}
KINDS: Mapping[str, FactKind[Any]] = MappingProxyType(_kinds)


def unprojected(_session: Session, _known: Known[Any]) -> None:
    """For kinds that are few and read whole: they need no table of their own."""


def define(name: str, schema: type[F], project: Callable[[Session, Known[F]], None]) -> FactKind[F]:
    """Add a kind; features call this once, when they are imported."""
    if name in _kinds:
        raise ValueError(f"fact kind {name!r} is defined twice")
    kind = FactKind(name, schema, project)
    _kinds[name] = kind
    return kind
