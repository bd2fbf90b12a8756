"""The spellings of an indicator's unit that were found in files of any format: a closed table.

Nothing is parsed: `kg CO_(2)-Äq.` and `kg CO2 eqv.` are the same because both stand here without their signs.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

_ENDINGS = ("e", "eq", "eqv", "equiv", "äq", "äqv", "äquiv", "aequiv")
_STEMS: Mapping[str, tuple[str, ...]] = {
    "kg CO2 eq": ("kgco2",),
    "kg CFC 11 eq": ("kgcfc11", "kgr11"),
    "mol H+ eq": ("molh",),
    "kg SO2 eq": ("kgso2",),
    "kg N eq": ("kgn",),
    "mol N eq": ("moln",),
    "kg P eq": ("kgp",),
    "kg PO4 eq": ("kgpo4", "kgpo43", "kgphosphate", "kgphosphat"),
    "kg NMVOC eq": ("kgnmvoc",),
    "kg O3 eq": ("kgo3",),
    "kg ethene eq": ("kgethene", "kgethen", "kgc2h4", "kgc2h2"),
    "kg Sb eq": ("kgsb",),
    "m3 world eq": ("m3world", "m3welt"),
    "kBq U235 eq": ("kbqu235", "kgbqu235"),
}
_WHOLE: Mapping[str, tuple[str, ...]] = {
    "m3 world eq": ("m3aware", "m3weltäqentzogen", "m3worldeqdeprived"),
    "disease incidence": ("diseaseincidence", "krankheitsfälle", "annualpercapita"),
    "1": ("1", "", "unitless", "dimensionless", "sqp", "pt", "point"),
    "MJ": ("mj",),
    "kg": ("kg",),
    "m3": ("m3",),
    "CTUe": ("ctue",),
    "CTUh": ("ctuh",),
}
_SIGNS = re.compile(r"[\s_^().,+\-–]+")
_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉²³", "012345678923")


@lru_cache(maxsize=4096)
def unit_named(label: str) -> str | None:
    """The unit of `indicators.csv` a label spells; None where we do not know it."""
    return _table().get(_folded(label))


def fits(label: str, unit: str) -> bool:
    """Whether a label spells a unit of `indicators.csv`; a blank one spells none."""
    return label == unit or (label.strip() != "" and unit_named(label) == unit)


@cache
def _table() -> Mapping[str, str]:
    return MappingProxyType(dict(_spellings()))


def _spellings() -> Iterator[tuple[str, str]]:
    for unit, stems in _STEMS.items():
        yield from ((stem + ending, unit) for stem in stems for ending in _ENDINGS)
    for unit, words in _WHOLE.items():
        yield from ((word, unit) for word in words)


def _folded(label: str) -> str:
    return _SIGNS.sub("", label.casefold().translate(_DIGITS))
