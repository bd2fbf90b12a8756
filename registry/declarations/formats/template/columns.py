"""The columns of our own table of declarations: one declaration per row, headings in Chinese or English."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Dataset
from registry.declarations.facts import MODULES
from registry.kit.messages import LANGUAGES, say
from registry.kit.sheets.sheets import text_of

TEXTS = (
    "uuid", "version", "number", "name_zh", "name_en", "document", "data_kind", "owner", "plant", "location",
    "standard", "method", "pcr", "operator", "verifier", "verification", "background", "licence", "source",
)  # fmt: skip
DAYS = ("published", "valid_from", "valid_to")
NUMBERS = (
    "amount", "mass_kg", "density", "biogenic_carbon_kg", "biogenic_carbon_packaging_kg",
    "service_life_years", "reference_year", "footprint_total",
)  # fmt: skip
OTHERS = ("unit", "functional", "footprint_boundary", "default_scenario")
FIELDS = (
    *TEXTS, *DAYS, "amount", "unit", "functional", *NUMBERS[1:], "footprint_boundary", "default_scenario",
)  # fmt: skip
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
DEFAULTS = "；"  # between the names of several default scenarios
# EN 15804 order with the sum first, as most papers print it.
_MODULES = ("A1-A3", *(one for one in MODULES if one != "A1-A3"))
MOST_SCENARIO_COLUMNS = 400  # of one file, so that a reader of ours takes it back
_LAST_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")
_BRACKETS = re.compile(r"\([^()]*\)")
_SCENARIO = re.compile(
    r"(?P<row>[^\[［]+)[\[［]\s*(?:情景|scenario)\s*[:：](?P<name>.+)[\]］]\s*", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Column:
    """A field, or a row of results under one module, without scenario or of the one that is named."""

    name: str
    module: str | None = None
    scenario: str | None = None

    def heading(self, lang: str) -> str:
        """`GWP 总量 C3 [情景：填埋]`; a reader takes either language."""
        label = say(f"declarations.table.{self.name}", lang)
        if self.module is None:
            return label
        plain = f"{label} {self.module}"
        if self.scenario is None:
            return plain
        return say("declarations.table.under", lang, {"column": plain, "scenario": self.scenario})

    @property
    def key(self) -> str:
        """The column by its codes: `gwp_total C3 [scenario: 填埋]`."""
        plain = self.name if self.module is None else f"{self.name} {self.module}"
        return plain if self.scenario is None else f"{plain} [scenario: {self.scenario}]"


COLUMNS: tuple[Column, ...] = (
    *(Column(name) for name in FIELDS),
    *(Column(name, module) for name in RESULTS for module in _MODULES),
)


def columns_for(datasets: Iterable[Dataset]) -> tuple[Column, ...]:
    """Every column, with one more behind a module's for each scenario that a declaration states there."""
    used: dict[Column, None] = {}
    for dataset in datasets:
        names = {
            codes[dataset.generation]: name for name, codes in RESULTS.items() if dataset.generation in codes
        }
        for row in dataset.indicators:
            for value in row.values if row.code in names else ():
                if value.scenario is not None:
                    used.setdefault(Column(names[row.code or ""], value.module, value.scenario))
    kept = list(used)[:MOST_SCENARIO_COLUMNS]
    behind: dict[Column, list[Column]] = {}
    for column in kept:
        behind.setdefault(Column(column.name, column.module), []).append(column)
    return tuple(one for column in COLUMNS for one in (column, *behind.get(column, ())))


def default_names(text: str) -> set[str]:
    """The names of default scenarios in a cell."""
    return {name for part in text.replace(";", DEFAULTS).split(DEFAULTS) if (name := text_of(part))}


def unit_in_heading(text: str) -> str | None:
    """What stands in brackets at the end of a heading: `密度（g/cm³）`; None where nothing does."""
    found = _LAST_BRACKETS.search(unicodedata.normalize("NFKC", text))
    return found[1] if found else None


def columns_of(headings: Iterable[str]) -> dict[int, Column]:
    """What each heading stands for; of two with one meaning the first is read."""
    found: dict[int, Column] = {}
    for place, text in enumerate(headings):
        column = _column(text)
        if column is not None and column not in found.values():
            found[place] = column
    return found


def _column(text: str) -> Column | None:
    under = _SCENARIO.fullmatch(text)
    if under is None:
        return _known().get(_folded(text)) or _known().get(_bare(text))
    column = _column(under["row"])
    name = under["name"].strip()
    return replace(column, scenario=name) if column is not None and column.module and name else None


@cache
def _known() -> Mapping[str, Column]:
    """Every way to head a column; without its brackets where that leaves one meaning."""
    found: dict[str, Column] = {}
    bare: dict[str, set[Column]] = {}
    for column in COLUMNS:
        for text in (column.key, *(column.heading(lang) for lang in LANGUAGES)):
            if found.setdefault(_folded(text), column) != column:
                raise ValueError(f"two columns are headed {text!r}")
            bare.setdefault(_bare(text), set()).add(column)
    return {text: next(iter(columns)) for text, columns in bare.items() if len(columns) == 1} | found


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("–", "-").replace("—", "-")
    return "".join(plain.replace("*", "").split())


def _bare(text: str) -> str:
    return _BRACKETS.sub("", _folded(text))
