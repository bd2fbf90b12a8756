"""Default factors of GB/T 51366 and of the grids as generic datasets, from the register's dated tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources

from pydantic import JsonValue, TypeAdapter

from registry.changes.kinds import Known
from registry.kit.types import Fact
from registry.policies.facts import BenchmarkFact
from registry.units.parse import parse_unit
from registry.units.table import Unit

TABLE = "emission-factor"
IN_FORCE = "in-force"


class Stage(StrEnum):
    """What a factor covers; production with disposal in one figure is no module and stands in for none."""

    PRODUCTION = "A1-A3"
    TRANSPORT = "A4"
    ELECTRICITY = "electricity"


class Gases(StrEnum):
    """The grids' factors count carbon dioxide alone."""

    ALL = "kgCO2e"
    CARBON_DIOXIDE = "kgCO2"


@dataclass(frozen=True, slots=True)
class Generic:
    """One row of one version: kg per one `per`. It is never the value of a product."""

    row: str
    version: int
    document: str
    clause: str | None
    confidence: str
    name_zh: str
    name_en: str
    stage: Stage
    group: str
    region: str | None
    data_year: str | None
    value: Decimal
    gases: Gases
    per: Unit


class Suggestion(Fact):
    """Which row may stand in for a kind of ours, where every attribute named has the value named."""

    kind: str
    when: dict[str, str]
    row: str


@cache
def suggestions() -> tuple[Suggestion, ...]:
    text = (resources.files(__package__) / "stand_ins.yaml").read_text("utf-8")
    import yaml  # noqa: PLC0415  loaded where it is first used

    return TypeAdapter(tuple[Suggestion, ...]).validate_python(yaml.safe_load(text))


def suggested(kind: str, attributes: Mapping[str, str]) -> str | None:
    """The row for a kind; None where what is known of the product does not name one."""
    for one in suggestions():
        if one.kind == kind and all(attributes.get(name) == value for name, value in one.when.items()):
            return one.row
    return None


def generic(known: Known[BenchmarkFact]) -> Generic | None:
    """A row of the table of factors as a dataset; None for what may not stand in for anything."""
    fact = known.fact
    data = {name: value for name, value in fact.data.items() if isinstance(value, str)}
    if fact.table != TABLE or data.get("status") != IN_FORCE or data.get("stage") not in set(Stage):
        return None
    gases, _, named = data["unit"].partition("/")
    read = parse_unit(named.strip("()"))
    if gases not in set(Gases) or read is None or read.multiplier != 1:
        return None
    return Generic(
        row=fact.row,
        version=known.header.version,
        document=fact.source,
        clause=data.get("clause"),
        confidence=fact.confidence,
        name_zh=data["name_zh"],
        name_en=data["name_en"],
        stage=Stage(data["stage"]),
        group=data["group"],
        region=data.get("region"),
        data_year=data.get("data_year"),
        value=_value(fact.data["value"]),
        gases=Gases(gases),
        per=read.unit,
    )


def _value(stated: JsonValue) -> Decimal:
    return Decimal(str(stated))
