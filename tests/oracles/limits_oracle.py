"""The published tables typed a second time, row after row as the pages print them."""

from decimal import Decimal
from typing import NamedTuple

TIERS = ("top-20", "top-40", "better-than-average")


class Published(NamedTuple):
    """One cell: where, for what, on which day to ask, and kg CO₂e per unit; None where none is printed."""

    region: str
    material: str
    known: dict[str, str]
    day: str
    level: str
    per: str
    kilograms: str | None


_CONCRETE = """
2499 228 261 277
3000 257 291 318
4000 284 326 352
5000 305 357 382
6000 319 374 407
7200 321 362 402
"""
_STEEL = """
rebar fabricated - 728 794 850
rebar unfabricated - 611 716 760
hss fabricated - 1778 1854 1898
hss unfabricated eaf 1580 1620 1652
hss unfabricated integrated TBD TBD TBD
hot-rolled fabricated - 1022 1128 1163
hot-rolled unfabricated - 686 713 869
cold-formed-galvanised - - 2228 2324 2408
plate unfabricated eaf 987 1152 1190
plate unfabricated integrated TBD TBD TBD
"""
# t CO2e per t: January 2021 and 2022.
_CALIFORNIA = """
hot-rolled 1.44 1.01
hss 2.83 1.71
plate 2.12 1.49
rebar 1.06 0.89
flat-glass 1.72 1.43
"""
GSA_DAY = "2024-06-01"


def cells() -> list[Published]:
    """Every cell of every table."""
    found: list[Published] = []
    for line in _CONCRETE.split("\n")[1:-1]:
        strength, *values = line.split()
        found += _tiers("concrete.ready-mixed", {"fc_psi": strength}, "m3", values)
        higher = [str(Decimal(value) * 130 / 100) for value in values]
        known = {"fc_psi": strength, "high_early_strength": "true"}
        found += _tiers("concrete.ready-mixed", known, "m3", higher)
    for line in _STEEL.split("\n")[1:-1]:
        form, fabrication, route, *values = line.split()
        known = {"form": form, "fabrication": fabrication, "route": route}
        found += _tiers("steel", {name: text for name, text in known.items() if text != "-"}, "t", values)
    found += _tiers("glass.flat", {}, "t", ["1331", "1370", "1401"])
    for line in _CALIFORNIA.split("\n")[1:-1]:
        form, *values = line.split()
        material, known = ("glass.flat", {}) if form == "flat-glass" else ("steel", {"form": form})
        for day, value in zip(("2021-06-01", "2023-06-01"), values, strict=True):
            found.append(_california(material, known, day, "t", str(Decimal(value) * 1000)))
    for density, value in (("light", "3.33"), ("heavy", "8.16")):
        known = {"density_class": density, "rsi": "1"}
        found.append(_california("insulation.mineral-wool", known, "2023-06-01", "m2", value))
        found.append(_california("insulation.mineral-wool", known, "2025-01-01", "m2", None))
    found.append(_california("steel", {"form": "rebar"}, "2025-01-01", "t", None))
    return found


def _tiers(material: str, known: dict[str, str], per: str, values: list[str]) -> list[Published]:
    return [
        Published("US", material, known, GSA_DAY, tier, per, None if value == "TBD" else value)
        for tier, value in zip(TIERS, values, strict=True)
    ]


def _california(material: str, known: dict[str, str], day: str, per: str, value: str | None) -> Published:
    return Published("US-CA", material, known, day, "limit", per, value)


# Energy of a plant, as the benchmark page lists it: product, a size inside the row, level, unit, value.
ENERGY = """
clinker|-|benchmark|kgce/t|100
clinker|-|base|kgce/t|117
clinker|-|level-2|kgce/t|107
clinker|-|level-3|kgce/t|117
flat_glass|900|benchmark|kgce/weight case|8
flat_glass|900|base|kgce/weight case|12
flat_glass|600|benchmark|kgce/weight case|9.5
flat_glass|600|base|kgce/weight case|13.5
pv_glass|300|benchmark|kgce/t|260
ceramic_tile|0.5|benchmark|kgce/m2|4
ceramic_tile|0.5|base|kgce/m2|7
ceramic_tile|5|benchmark|kgce/m2|3.7
ceramic_tile|5|base|kgce/m2|4.6
ceramic_tile|11|benchmark|kgce/m2|3.5
ceramic_tile|11|base|kgce/m2|4.5
sanitary_ceramics|-|benchmark|kgce/t|300
sanitary_ceramics|-|base|kgce/t|630
"""


def energy() -> list[tuple[str, Decimal | None, str, str, Decimal]]:
    rows = [line.split("|") for line in ENERGY.split("\n")[1:-1]]
    return [
        (product, None if size == "-" else Decimal(size), level, unit, Decimal(value))
        for product, size, level, unit, value in rows
    ]
