"""Total, fossil, biogenic and land-use greenhouse gases apart, as a document states them, module by module.

Nothing is worked out: a part that is not stated is absent, which is never 0. Biogenic carbon may be below 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from registry.declarations.dataset import Dataset, Value
from registry.declarations.facts import MODULES
from registry.declarations.figures.gwp import Answer, Asked, gwp
from registry.declarations.figures.scenarios import standing
from registry.declarations.figures.stated import Stated, of_dataset
from registry.declarations.sums import agree


class Part(StrEnum):
    """The parts of GWP-total under EN 15804+A2 and ISO 21930, by the name of their row."""

    FOSSIL = "gwp-fossil"
    BIOGENIC = "gwp-biogenic"
    LULUC = "gwp-luluc"


@dataclass(frozen=True, slots=True)
class Split:
    """A figure of all gases and its parts, in kg CO₂e per one unit."""

    total: Decimal | None
    parts: Mapping[Part, Decimal]

    @property
    def adds_up(self) -> bool | None:
        """Whether the parts make up the total within rounding; None where one of them is not stated."""
        if self.total is None or len(self.parts) < len(Part):
            return None
        return agree(self.total, list(self.parts.values()))


def split(stated: Stated, asked: Asked) -> Split | None:
    """One figure with its parts, all per the unit asked for; None where no part is stated."""
    total = gwp(stated, asked)
    found = {
        part: answer.value
        for part in Part
        if isinstance(answer := gwp(stated, replace(asked, indicator=part.value)), Answer)
    }
    return Split(total.value if isinstance(total, Answer) else None, found) if found else None


def by_module(dataset: Dataset) -> Mapping[str, Split]:
    """Every module of which a part is stated, per the declared amount as declared."""
    stated = of_dataset(dataset)
    names = {part: stated.named(part) for part in Part}
    rows = {part: stated.cells[name] for part, name in names.items() if name is not None}
    whole = stated.whole()
    totals = stated.cells[whole] if whole is not None else {}
    found: dict[str, Split] = {}
    for module in MODULES:
        amounts = {part: _only(stated, cells.get(module, ())) for part, cells in rows.items()}
        parts = {part: amount for part, amount in amounts.items() if amount is not None}
        if parts:
            found[module] = Split(_only(stated, totals.get(module, ())), parts)
    return found


def _only(stated: Stated, values: Sequence[Value]) -> Decimal | None:
    cells = standing(values, stated.scenarios)
    return cells[0].amount if len(cells) == 1 else None
