"""The columns of our own table of declarations: one declaration per row, headings in Chinese or English."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from registry.declarations.comparable import Generation
from registry.declarations.facts import MODULES
from registry.kit.messages import LANGUAGES, say

TEXTS = (
    "uuid", "version", "number", "name_zh", "name_en", "document", "data_kind", "owner", "plant", "location",
    "standard", "method", "pcr", "operator", "verifier", "verification", "background", "licence", "source",
)  # fmt: skip
DAYS = ("published", "valid_from", "valid_to")
NUMBERS = (
    "amount", "mass_kg", "biogenic_carbon_kg", "biogenic_carbon_packaging_kg", "service_life_years",
    "reference_year", "footprint_total",
)  # fmt: skip
OTHERS = ("unit", "functional", "footprint_boundary")
FIELDS = (*TEXTS, *DAYS, "amount", "unit", "functional", *NUMBERS[1:], "footprint_boundary")
NEEDED = ("name_zh", "standard", "amount", "unit")  # of the two names one is enough
RECOGNISED = 4  # headings of ours that make a table ours
# What a column of results is called in each set of rules; other sets have no such row.
RESULTS: Mapping[str, Mapping[Generation, str]] = {
    "gwp_total": {
        Generation.EN15804_A2: "GWP-total",
        Generation.EN15804_A1: "GWP",
        Generation.ISO21930: "GWP",
    },
    "gwp_fossil": {Generation.EN15804_A2: "GWP-fossil", Generation.ISO21930: "GWP-fossil"},
    "gwp_biogenic": {Generation.EN15804_A2: "GWP-biogenic", Generation.ISO21930: "GWP-biogenic"},
    "gwp_luluc": {Generation.EN15804_A2: "GWP-luluc"},
}
UNIT = "kg CO2 eq"
# EN 15804 order with the sum first, as most papers print it.
_MODULES = ("A1-A3", *(one for one in MODULES if one != "A1-A3"))
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Column:
    """A field, or a row of results under one module."""

    name: str
    module: str | None = None

    def heading(self, lang: str) -> str:
        label = say(f"declarations.table.{self.name}", lang)
        return label if self.module is None else f"{label} {self.module}"


COLUMNS: tuple[Column, ...] = (
    *(Column(name) for name in FIELDS),
    *(Column(name, module) for name in RESULTS for module in _MODULES),
)


def columns_of(headings: Iterable[str]) -> dict[int, Column]:
    """What each heading stands for; of two with one meaning the first is read."""
    found: dict[int, Column] = {}
    for place, text in enumerate(headings):
        column = _known().get(_folded(text)) or _known().get(_bare(text))
        if column is not None and column not in found.values():
            found[place] = column
    return found


@cache
def _known() -> Mapping[str, Column]:
    """Every way to head a column; without its brackets where that leaves one meaning."""
    found: dict[str, Column] = {}
    bare: dict[str, set[Column]] = {}
    for column in COLUMNS:
        plain = column.name if column.module is None else f"{column.name} {column.module}"
        for text in (plain, *(column.heading(lang) for lang in LANGUAGES)):
            if found.setdefault(_folded(text), column) != column:
                raise ValueError(f"two columns are headed {text!r}")
            bare.setdefault(_bare(text), set()).add(column)
    return {text: next(iter(columns)) for text, columns in bare.items() if len(columns) == 1} | found


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("–", "-").replace("—", "-")
    return "".join(plain.replace("*", "").split())


def _bare(text: str) -> str:
    return _BRACKETS.sub("", _folded(text))
