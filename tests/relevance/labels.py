"""Labelled searches and how well an answer serves them.

A label is a condition, not a list: "ready-mixed concrete of class C30" stays right when the register grows.
Gains, discounts and the ideal order are those of nDCG with exponential gain (Burges et al., 2005).
"""

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.relevance.rows import Row

INDEPENDENT = Path(__file__).with_name("independent.toml")  # by somebody who had not seen the code
OWN = Path(__file__).with_name("own.toml")
NOTHING = "nothing"
SERVES = 2  # the grade from which a product answers the question
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Labelled:
    """What somebody types, what they need, and the conditions of each grade."""

    text: str
    sort: str
    need: str
    entries: tuple[Mapping[str, Any], ...]

    def grades(self, rows: Iterable[Row]) -> dict[str, int]:
        """The grade of every product that has one, by its id; of several the highest."""
        found: dict[str, int] = {}
        for row in rows:
            fitting = [one["grade"] for one in self.entries if _fits(row, one)]
            if fitting:
                found[row["id"]] = max(fitting)
        return found


def labelled(path: Path = INDEPENDENT) -> list[Labelled]:
    with path.open("rb") as file:
        given = tomllib.load(file)["query"]
    return [Labelled(one["text"], one["sort"], one["need"], tuple(one["grades"])) for one in given]


def _fits(row: Row, entry: Mapping[str, Any]) -> bool:
    return all(_holds(row, name, wanted) for name, wanted in entry.items() if name != "grade")


def _holds(row: Row, name: str, wanted: Any) -> bool:
    found = values(row, name.removesuffix("~"))
    several = wanted if isinstance(wanted, list) else [wanted]
    if name.endswith("~"):
        return any(str(one) in str(value) for one in several for value in found)
    return any(value == one for one in several for value in found)


def values(row: Any, name: str) -> list[Any]:
    """Everything that a dotted name reaches, through lists."""
    reached = [row]
    for part in name.split("."):
        reached = [one[part] for one in _flat(reached) if isinstance(one, Mapping) and part in one]
    return [one for one in _flat(reached) if one is not None]


def _flat(several: Iterable[Any]) -> list[Any]:
    return [part for one in several for part in (_flat(one) if isinstance(one, list) else [one])]


def recall(shown: Sequence[str], grades: Mapping[str, int]) -> float:
    """The share of what could be shown of the answers on the first page."""
    answers = {key for key, grade in grades.items() if grade >= SERVES}
    return len(answers & set(shown[:DEPTH])) / min(DEPTH, len(answers))


def ndcg(shown: Sequence[str], grades: Mapping[str, int]) -> float:
    """The gain of the first page beside that of the best possible one."""
    best = sorted(grades.values(), reverse=True)
    return _gain([grades.get(one, 0) for one in shown]) / _gain(best)


def _gain(grades: Sequence[int]) -> float:
    return math.fsum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:DEPTH]))
