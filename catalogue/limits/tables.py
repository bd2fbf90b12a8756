"""Tables of limits from `published.yaml`, each cell a limit with its source, its days and its conditions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Literal

from pydantic import Field, TypeAdapter, field_validator

from registry.declarations.facts import PartialDay, Precision
from registry.declarations.figures.modules import asked_modules
from registry.kit.types import Exact, Fact
from registry.units.table import Unit, table

_CARBON = {"kgCO2e": Decimal(1), "tCO2e": Decimal(1000)}
_PRECISION = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


class Level(StrEnum):
    """The tiers of the tables; `limit` where a table has one value only."""

    TOP_20 = "top-20"
    TOP_40 = "top-40"
    BETTER_THAN_AVERAGE = "better-than-average"
    LIMIT = "limit"


class Cell(Fact):
    """Values by level for a product of which `when` is known."""

    when: dict[str, str]
    values: dict[Level, Exact | None]


class Raised(Fact):
    """Every value of the table is multiplied where this is known of the product."""

    when: dict[str, str]
    factor: Exact


class Edition(Fact):
    """One table of one edition as its publisher states it."""

    id: str
    issuer_zh: str
    issuer_en: str
    title_zh: str
    title_en: str
    document: str
    clause: str
    region: str
    shown: Literal["always", "asked"]
    confidence: Literal["high", "medium", "low"]
    effective_from: PartialDay
    effective_to: PartialDay | None
    note_zh: str
    note_en: str
    product: str
    kinds: tuple[str, ...]
    modules: str
    unit: str = Field(pattern=r"^(kgCO2e|tCO2e)/[a-z0-9_]+$")
    cells: tuple[Cell, ...]
    raised: Raised | None = None

    @field_validator("effective_from", "effective_to", mode="before")
    @classmethod
    def _as_precise_as_written(cls, text: str | None) -> PartialDay | None:
        if text is None:
            return None
        return PartialDay(day=date.fromisoformat(f"{text}-01-01"[:10]), precision=_PRECISION[len(text)])


@dataclass(frozen=True, slots=True)
class Limit:
    """One cell at one level: `value` in kg CO₂e per one `per`, `published` as the table writes it."""

    edition: Edition
    level: Level
    when: Mapping[str, str]
    published: Decimal | None
    value: Decimal | None
    per: Unit
    modules: tuple[str, ...]
    raised: bool = False


@cache
def editions() -> tuple[Edition, ...]:
    """Every table; an id used twice stops the start."""
    text = (resources.files(__package__) / "published.yaml").read_text("utf-8")
    import yaml  # noqa: PLC0415  loaded where it is first used

    found = TypeAdapter(tuple[Edition, ...]).validate_python(yaml.safe_load(text))
    if len({one.id for one in found}) < len(found):
        raise ValueError("a table of limits is defined twice")
    return found


def limits(edition: Edition, *, raised: bool = False) -> Iterator[Limit]:
    """The cells of a table as limits, raised by its factor where that is asked for."""
    carbon, _, unit = edition.unit.partition("/")
    factor = edition.raised.factor if raised and edition.raised is not None else Decimal(1)
    for cell in edition.cells:
        for level, published in cell.values.items():
            yield Limit(
                edition=edition,
                level=level,
                when=cell.when,
                published=published,
                value=None if published is None else published * _CARBON[carbon] * factor,
                per=table().by_code[unit],
                modules=asked_modules(edition.modules),
                raised=raised,
            )
