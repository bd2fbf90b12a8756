"""The manifest of a dump: which feed, up to where, and every file with its length and digest."""

import hashlib
import re
from datetime import date
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from registry.changes.answers import Instant

NAME = "manifest.json"
# The position stands in the name: a reader who is half-way through an older dump never gets newer content.
FILE_NAME = re.compile(r"^(?P<position>\d{1,18})-(?P<kind>[a-z_]{1,40})\.(ndjson\.gz|parquet)$")


class Format(StrEnum):
    NDJSON = "ndjson"
    PARQUET = "parquet"


SUFFIX = {Format.NDJSON: "ndjson.gz", Format.PARQUET: "parquet"}
MEDIA_TYPE = {Format.NDJSON: "application/gzip", Format.PARQUET: "application/vnd.apache.parquet"}


class FileOut(BaseModel):
    """One file: every version of the facts of one kind, in feed order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kind: str = Field(description="Kind of fact, as in the feed")
    format: Format
    rows: int
    bytes: int
    sha256: str = Field(description="Of the file as it is stored and sent")
    columns: dict[str, str] | None = Field(description="Parquet: each column with its type; null otherwise")


class Manifest(BaseModel):
    """What a dump holds; the feed after `position` brings a copy up to date."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    feed: str = Field(description="demonstration or production; the two never share a database")
    position: int = Field(description="The last feed record in the dump; read `/api/v1/changes` after it")
    position_hash: str | None = Field(description="Hash of that record; null for an empty feed")
    day: date = Field(description="Civil day in Asia/Shanghai on which the dump was made")
    made_at: Instant
    files: list[FileOut]


def file_name(position: int, kind: str, form: Format) -> str:
    return f"{position}-{kind}.{SUFFIX[form]}"


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read(folder: Path) -> Manifest:
    """The manifest of a finished dump."""
    return Manifest.model_validate_json((folder / NAME).read_bytes())
