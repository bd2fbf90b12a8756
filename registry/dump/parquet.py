"""A dump's Parquet files: the same records as the lines, in typed columns."""

from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from registry.changes.kinds import FactKind
from registry.changes.record import Change
from registry.dump import columns, lines

BATCH = 5_000


def write(kind: FactKind[Any], source: Path, target: Path) -> Mapping[str, str]:
    """Turn a file of lines into columns; returns each column's type.

    A decimal that decimal128 cannot hold exactly makes its whole column text: never rounded, never null.
    """
    as_text: frozenset[str] = frozenset()
    while (misfit := _write(kind, lines.read(source), target, as_text=as_text)) is not None:
        as_text |= {misfit}
    return {field.name: str(field.type) for field in columns.arrow_schema(kind, as_text)}


def _write(
    kind: FactKind[Any], changes: Iterable[Change], target: Path, *, as_text: frozenset[str]
) -> str | None:
    """Write the file; the name of the first column whose values do not fit, or None when all do."""
    import pyarrow as pa  # noqa: PLC0415 - not at start-up
    from pyarrow import parquet  # noqa: PLC0415

    schema, fields = columns.arrow_schema(kind, as_text), columns.sorts(kind.schema, as_text)
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        remaining = iter(changes)
        while batch := list(islice(remaining, BATCH)):
            rows = [columns.row(change, fields) for change in batch]
            arrays = []
            for field in schema:
                try:
                    arrays.append(pa.array([row[field.name] for row in rows], type=field.type))
                except pa.ArrowInvalid:
                    if field.name in as_text:
                        raise
                    return str(field.name)
            writer.write_batch(pa.record_batch(arrays, schema=schema))
    return None
