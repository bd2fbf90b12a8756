"""Reading a dump without our own readers: what a stranger's script would do."""

import gzip
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from pyarrow import parquet

from registry.kit.types import plain

HEADER = ("seq", "key", "version", "effective_on", "recorded_at", "payload_sha256", "hash")
JSON_SIGNS = ("{", "[")


def records(folder: Path) -> list[dict[str, Any]]:
    """Every line of every NDJSON file, in feed order."""
    found = [
        json.loads(line)
        for path in folder.glob("*.ndjson.gz")
        for line in gzip.decompress(path.read_bytes()).splitlines()
    ]
    return sorted(found, key=lambda record: int(record["seq"]))


def latest(found: list[dict[str, Any]], kind: str, *, on: str, as_of: int) -> list[dict[str, Any]]:
    """The version in force of each fact of a kind at a point, by key: the latest day, then knowledge."""
    newest: dict[str, dict[str, Any]] = {}
    for record in found:
        known = record["kind"] == kind and record["effective_on"] <= on and record["seq"] <= as_of
        before = newest.get(record["key"])
        if known and (before is None or record["effective_on"] >= before["effective_on"]):
            newest[record["key"]] = record
    return [newest[key] for key in sorted(newest)]


def rows(path: Path) -> list[dict[str, Any]]:
    table: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return table


def payload_of(row: dict[str, Any]) -> dict[str, Any]:
    """A typed row back as the JSON of its payload."""
    return {name: _json(value) for name, value in row.items() if name not in HEADER}


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, str) and value.startswith(JSON_SIGNS):
        return json.loads(value)
    if isinstance(value, list) and value and isinstance(value[0], tuple):
        return {name: _json(one) for name, one in value}
    return value.isoformat() if hasattr(value, "isoformat") else value
