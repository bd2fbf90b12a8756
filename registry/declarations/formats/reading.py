"""What every reader answers and every writer tells: the content, and all that did not come across."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import Field

from registry.declarations.dataset import Dataset
from registry.kit.errors import Invalid
from registry.kit.types import Fact


class Weight(StrEnum):
    """Kinds of remark in a loss report."""

    NOT_CARRIED = "not_carried"  # stood in the source and has no place in the target
    DEFAULTED = "defaulted"  # did not stand in the source and was filled in by a rule
    DOUBT = "doubt"  # was carried, but may not mean what it says


class Remark(Fact):
    """One line of a loss report: where in the source, and a key with facts for its sentence."""

    weight: Weight
    key: str  # of messages.*.toml
    place: str  # path in the source: an XPath, a JSON pointer, sheet and cell
    facts: dict[str, str] = Field(default_factory=dict)


class Person(Fact):
    """A natural person a file names; kept in an ordinary table, never in the feed."""

    role: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Source:
    """The format a file was read as, with the version it names, and the name of the file in a ZIP."""

    format: str
    version: str | None = None
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One declaration from a file; `origins` tells for each carried field the place it stood in."""

    dataset: Dataset
    source: Source
    remarks: tuple[Remark, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)
    persons: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A declaration in a format, and what the format could not hold."""

    content: bytes
    media_type: str
    file_name: str
    remarks: tuple[Remark, ...] = ()


class Unreadable(Invalid):
    """A file no reader takes; the key says why, the facts where and how to mend it."""

    code = "declaration-unreadable"
