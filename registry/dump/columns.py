"""Typed columns of a kind of fact, read off its payload schema, and a record's values as they store them."""

import json
import types
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin
from uuid import UUID

from registry.changes.kinds import FactKind
from registry.changes.record import Change, canonical_json
from registry.kit.types import Fact

if TYPE_CHECKING:
    import pyarrow as pa

# 20 digits before the point and 18 behind; wider types are unknown to many readers.
DIGITS, PLACES = 38, 18


class Sort(Enum):
    """What a column holds; whatever is nested deeper is the canonical JSON text of the field."""

    TEXT = auto()
    BOOL = auto()
    INTEGER = auto()
    DAY = auto()
    DECIMAL = auto()
    TEXTS = auto()
    TEXT_BY_NAME = auto()
    DECIMAL_BY_NAME = auto()
    JSON = auto()


_PLAIN: Mapping[type, Sort] = {
    bool: Sort.BOOL, int: Sort.INTEGER, Decimal: Sort.DECIMAL, date: Sort.DAY,
    str: Sort.TEXT, UUID: Sort.TEXT,
}  # fmt: skip
_NAMED = {Sort.TEXT: Sort.TEXT_BY_NAME, Sort.DECIMAL: Sort.DECIMAL_BY_NAME}
_AS_TEXT = {Sort.DECIMAL: Sort.TEXT, Sort.DECIMAL_BY_NAME: Sort.TEXT_BY_NAME}


def sorts(schema: type[Fact], as_text: frozenset[str] = frozenset()) -> Mapping[str, Sort]:
    """Each field's column; decimals of the fields named in `as_text` are kept as text."""
    found = {name: sort_of(field.annotation) for name, field in schema.model_fields.items()}
    return {name: _AS_TEXT.get(sort, sort) if name in as_text else sort for name, sort in found.items()}


def sort_of(annotation: Any) -> Sort:
    """The column for a field's type; a type that says "or not stated" has the column of the type itself."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        stated = [part for part in parts if part is not types.NoneType]
        return sort_of(stated[0]) if len(stated) == 1 else Sort.JSON
    if hasattr(annotation, "__metadata__"):  # Annotated
        return sort_of(annotation.__origin__)
    if origin is tuple and sort_of(parts[0]) is Sort.TEXT:
        return Sort.TEXTS
    if origin is dict and parts[0] is str:
        return _NAMED.get(sort_of(parts[1]), Sort.JSON)
    if isinstance(annotation, type):
        return next((sort for base, sort in _PLAIN.items() if issubclass(annotation, base)), Sort.JSON)
    return Sort.JSON


def arrow_schema(kind: FactKind[Any], as_text: frozenset[str]) -> "pa.Schema":
    """The file's columns: the record's header, then the payload's fields in their order."""
    import pyarrow as pa  # noqa: PLC0415 - not at start-up

    decimal = pa.decimal128(DIGITS, PLACES)
    arrow = {
        Sort.TEXT: pa.string(),
        Sort.BOOL: pa.bool_(),
        Sort.INTEGER: pa.int64(),
        Sort.DAY: pa.date32(),
        Sort.DECIMAL: decimal,
        Sort.TEXTS: pa.list_(pa.string()),
        Sort.TEXT_BY_NAME: pa.map_(pa.string(), pa.string()),
        Sort.DECIMAL_BY_NAME: pa.map_(pa.string(), decimal),
        Sort.JSON: pa.string(),
    }
    header = {
        "seq": pa.int64(),
        "key": pa.string(),
        "version": pa.int64(),
        "effective_on": pa.date32(),
        "recorded_at": pa.timestamp("us", tz="UTC"),
        "payload_sha256": pa.string(),
        "hash": pa.string(),
    }
    fields = {name: arrow[sort] for name, sort in sorts(kind.schema, as_text).items()}
    if shared := header.keys() & fields.keys():
        raise ValueError(f"{kind.name} has fields named like the record's header: {sorted(shared)}")
    return pa.schema([*header.items(), *fields.items()])


def row(change: Change, fields: Mapping[str, Sort]) -> dict[str, Any]:
    """One record as the columns store it, straight from the hashed text.

    A field that an older version of the software did not know is null.
    """
    header, content = change.header, json.loads(change.payload)
    values = {
        "seq": header.seq,
        "key": str(header.key),
        "version": header.version,
        "effective_on": header.effective_on,
        "recorded_at": header.recorded_at,
        "payload_sha256": change.payload_sha256,
        "hash": change.hash,
    }
    return values | {name: _stored(sort, content.get(name)) for name, sort in fields.items()}


def _stored(sort: Sort, value: Any) -> Any:
    """A field's value for its column, from its JSON form; None is "not stated"."""
    if value is None or sort not in _FROM_JSON:
        return value
    return _FROM_JSON[sort](value)


_FROM_JSON: Mapping[Sort, Callable[[Any], Any]] = {
    Sort.JSON: canonical_json,
    Sort.DAY: date.fromisoformat,
    Sort.DECIMAL: Decimal,
    Sort.DECIMAL_BY_NAME: lambda values: [(name, Decimal(value)) for name, value in values.items()],
    Sort.TEXT_BY_NAME: lambda values: list(values.items()),
}
