"""The table of units: each code with its symbols, dimension and exact factor to the dimension's base unit."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType


class Dimension(StrEnum):
    """What a unit measures; rolls, buckets and bags are kept apart because none is a number of another."""

    VOLUME = "volume"
    AREA = "area"
    LENGTH = "length"
    MASS = "mass"
    PIECE = "piece"
    SET = "set"
    FREIGHT = "freight"
    ENERGY = "energy"
    POWER = "power"
    LABOUR = "labour"
    PLANT_TIME = "plant-time"
    ROLL = "roll"
    BUCKET = "bucket"
    BAG = "bag"
    LUMP = "lump"
    MONEY = "money"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit; it is exactly `factor` base units of its dimension (1 t = 1000 kg)."""

    code: str
    symbol_zh: str
    symbol_en: str
    dimension: Dimension
    factor: Decimal

    def symbol(self, lang: str) -> str:
        return self.symbol_zh if lang == "zh" else self.symbol_en


@dataclass(frozen=True, slots=True)
class Table:
    """Units by code, and the one unit every known spelling stands for."""

    by_code: Mapping[str, Unit]
    by_spelling: Mapping[str, Unit]
    bases: Mapping[Dimension, Unit]


@cache
def table() -> Table:
    """The table from `units.csv`; a code or spelling used twice stops the start."""
    by_code: dict[str, Unit] = {}
    by_spelling: dict[str, Unit] = {}
    bases: dict[Dimension, Unit] = {}
    source = resources.files(__package__) / "units.csv"
    for row in csv.DictReader(source.read_text("utf-8").splitlines()):
        unit = Unit(
            code=row["code"],
            symbol_zh=row["symbol_zh"],
            symbol_en=row["symbol_en"],
            dimension=Dimension(row["dimension"]),
            factor=Decimal(row["factor"]),
        )
        _add_once(by_code, unit.code, unit)
        for spelling in row["spellings"].split("|"):
            _add_once(by_spelling, spelling, unit)
        if unit.factor == 1:
            bases.setdefault(unit.dimension, unit)
    return Table(MappingProxyType(by_code), MappingProxyType(by_spelling), MappingProxyType(bases))


def unit(code: str) -> Unit:
    """The unit of a code; an unknown code is a defect and raises KeyError."""
    return table().by_code[code]


def base(dimension: Dimension) -> Unit:
    return table().bases[dimension]


def _add_once(found: dict[str, Unit], key: str, unit: Unit) -> None:
    if key in found:
        raise ValueError(f"unit spelling {key!r} is defined twice")
    found[key] = unit
