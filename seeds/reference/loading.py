"""How every seed file is read: closed frozen models, figures as text, provenance beside each figure."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BeforeValidator, Field

from registry.kit.types import Exact, Fact

Row = TypeVar("Row", bound=Fact)
# The same safe loader, ten times faster where the library was built with its C part.
SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Confidence(StrEnum):
    """high: read in the source text; medium: a secondary source or one copy; low: unsourced, verify first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Standing(StrEnum):
    """How the document behind a figure stands in law."""

    IN_FORCE = "in-force"
    ISSUED = "issued"
    DRAFT = "draft"
    SUPERSEDED = "superseded"
    NOT_BINDING = "not-binding"
    UNKNOWN = "unknown"


class Comparator(StrEnum):
    """Kept as each text writes it, because 标杆以上, 达到标杆 and 超过 are different promises."""

    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    BELOW = "<"
    EXACTLY = "="
    ABOUT = "~"
    BEFORE = "before"
    UNTIL = "until"


def _written_as_text(value: Any) -> Any:
    if isinstance(value, str | Decimal):
        return value
    raise ValueError("write a figure as text, so that no float ever stands between the file and the Decimal")


Figure = Annotated[Exact, BeforeValidator(_written_as_text)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$", max_length=64)]
RegionCode = Annotated[str, Field(pattern=r"^\d{6}$")]
PartialDay = Annotated[str, Field(pattern=r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$")]
Words = Annotated[str, Field(min_length=1)]


class Provenance(Fact):
    """Where a figure or a code stands, and how far it may be trusted."""

    document: Words
    clause: Words | None = None
    date: PartialDay | None = None
    confidence: Confidence
    status: Standing
    note: Words | None = None


def parse_yaml(text: str) -> Any:
    """Plain lists, mappings and words; no tag can make anything else of a text."""
    return yaml.load(text, Loader=SAFE_LOADER)  # noqa: S506 - one of the two safe loaders


def read_yaml(path: Path, shape: type[Row]) -> tuple[Row, ...]:
    """Every row of one YAML list, in file order."""
    rows = parse_yaml(path.read_text(encoding="utf-8"))
    return tuple(shape.model_validate(row) for row in rows)


def read_csv(path: Path, shape: type[Row]) -> tuple[Row, ...]:
    """Every row of one CSV file, in file order; an empty cell is "not stated"."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            {name: cell or None for name, cell in row.items()} for row in csv.DictReader(file, strict=True)
        ]
    return tuple(shape.model_validate(row) for row in rows)


def require_unique(rows: Iterable[Row], key: Callable[[Row], str]) -> None:
    """Raise when two rows share a key."""
    twice = sorted(name for name, count in Counter(map(key, rows)).items() if count > 1)
    if twice:
        raise ValueError(f"listed more than once: {', '.join(twice)}")
