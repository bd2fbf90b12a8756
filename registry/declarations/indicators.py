"""The core indicators of EN 15804+A1 and +A2, ISO 21930 and the footprint standards, from `indicators.csv`.

UUIDs are those of the ILCD+EPD reference data (InDataWG); `uuid_ef30` where EF 3.0 and 3.1 differ.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from uuid import UUID

from registry.declarations.comparable import Generation

ANY = "any"  # inventory indicators are the same in every set


class Kind(StrEnum):
    """Where a format lists an indicator: impacts, inputs of the inventory, outputs of the inventory."""

    IMPACT = "impact"
    USE = "use"
    OUTPUT = "output"


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of one set of rules; `openepd` holds its keys there, the one we write first."""

    code: str
    generation: Generation | None
    kind: Kind
    unit: str
    uuid: UUID | None
    uuid_ef30: UUID | None
    openepd: tuple[str, ...]
    name_zh: str
    name_en: str

    def name(self, lang: str) -> str:
        return self.name_zh if lang == "zh" else self.name_en


@dataclass(frozen=True, slots=True)
class Indicators:
    """Rows by (code, set) and by every UUID; one UUID may serve two editions of one set."""

    rows: tuple[Row, ...]
    by_code: Mapping[tuple[str, Generation | None], Row]
    by_uuid: Mapping[UUID, Row]

    def of(self, code: str, generation: Generation) -> Row | None:
        """The row a code means under a set of rules; inventory codes mean the same under all."""
        return self.by_code.get((code, generation)) or self.by_code.get((code, None))


@cache
def indicators() -> Indicators:
    """The table; a code or UUID used twice stops the start."""
    source = resources.files(__package__) / "indicators.csv"
    rows = tuple(_row(one) for one in csv.DictReader(source.read_text("utf-8").splitlines()))
    by_code: dict[tuple[str, Generation | None], Row] = {}
    by_uuid: dict[UUID, Row] = {}
    for row in rows:
        if by_code.setdefault((row.code, row.generation), row) is not row:
            raise ValueError(f"indicator {row.code} twice in {row.generation}")
        for uuid in {row.uuid, row.uuid_ef30} - {None}:
            if by_uuid.setdefault(uuid, row) is not row:  # type: ignore[arg-type]
                raise ValueError(f"UUID {uuid} twice")
    return Indicators(rows, MappingProxyType(by_code), MappingProxyType(by_uuid))


def _row(one: Mapping[str, str]) -> Row:
    return Row(
        code=one["code"],
        generation=None if one["set"] == ANY else Generation(one["set"]),
        kind=Kind(one["kind"]),
        unit=one["unit"],
        uuid=UUID(one["uuid"]) if one["uuid"] else None,
        uuid_ef30=UUID(one["uuid_ef30"]) if one["uuid_ef30"] else None,
        openepd=tuple(filter(None, one["openepd"].split("|"))),
        name_zh=one["name_zh"],
        name_en=one["name_en"],
    )
