"""The cells of one row of a results table, the part of a file where nine tenths of the reading happens.

The usual form of an amount is taken in one loop; whatever is spelled otherwise goes the long way round.
"""

import re
from typing import Any, NamedTuple

from registry.declarations.dataset import Value
from registry.declarations.formats import made
from registry.declarations.formats.ilcd.codes import MARKS, module_of
from registry.declarations.formats.ilcd.taking import Node, Taking, many, words

_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+(?:[eE][+-]?[0-9]{1,3})?")
UNIT = "referenceToUnitGroupDataSet"


class Row(NamedTuple):
    """Cells in the order of the document, the unit's label, and what is left of the extension."""

    values: tuple[Value, ...]
    unit: str
    left: Node
    whole_and_parts: tuple[str | None, ...]  # scenarios under which both A1-A3 and A1 are stated


def read(anies: list[Any], taking: Taking, place: str) -> Row | None:
    """The row of a list of amounts; None where there are none, and nothing is taken then."""
    last = anies[-1]
    if (last.__class__ is not dict or "module" not in last) and not _has_amounts(anies):
        anies = _unwrapped(anies)
        if not _has_amounts(anies):
            return None
    cells = _Cells(taking, place + "/other/amount")
    left = made.cells(anies, cells.found, cells.closely)
    label, rest = _unit(cells.unit)
    found = cells.found
    both = tuple(key[1] for key in found if key[0] == "A1" and ("A1-A3", key[1]) in found)
    return Row(tuple(found.values()), label, {"anies": left, UNIT: rest}, both)


def _has_amounts(anies: list[Any]) -> bool:
    return any("module" in one for one in anies if isinstance(one, dict))


def _unwrapped(anies: list[Any]) -> list[Any]:
    """Other servers wrap amounts in `value`, alone or as a list."""
    found: list[Any] = []
    for one in anies:
        inner = many(one["value"]) if isinstance(one, dict) and one.keys() == {"value"} else [one]
        found.extend(inner if all(isinstance(part, dict) for part in inner) else [one])
    return found


def _unit(node: object) -> tuple[str, object]:
    """One text, in English where there are several."""
    if not isinstance(node, dict):
        return "", node
    if node.get("type") == "unit group data set":
        del node["type"]
    names = words(node, "shortDescription")
    found = names.get("en") or next(iter(names.values()), "")
    others = [name for name in names.values() if name != found]
    return found, {**node, "shortDescription": others} if others else node


class _Cells:
    """Amounts in an unusual form."""

    def __init__(self, taking: Taking, place: str) -> None:
        self._taking = taking
        self._place = place
        self.found: made.Cells = {}
        self.unit: Any = None

    def closely(self, one: Node) -> bool:
        """Whether nothing is left of what stands between the usual amounts."""
        if "module" in one:
            self._read(one)
        elif self.unit is None and one.get("name") == UNIT:
            self.unit = one.pop("value", None)
            del one["name"]
        return not one

    def _read(self, one: Node) -> None:
        """Take one amount; what cannot be read stays in it."""
        stated, scenario = one["module"], one.get("scenario") or None
        module = module_of(stated) if isinstance(stated, str) else None
        if module is None or not isinstance(scenario, (str, type(None))):
            self._taking.lost("ilcd.module-unknown", self._place, module=str(stated)[:20])
            return
        scenario = scenario.strip() or None if scenario else None
        if (module, scenario) in self.found:
            self._taking.doubt("ilcd.cell-twice", self._place, module=module, scenario=scenario or "")
            return
        value = self._value(one.get("value", one.get("amount")), module, scenario)
        if value is not None:
            self.found[module, scenario] = value
            for key in ("module", "scenario", "value", "amount"):
                one.pop(key, None)

    def _value(self, raw: object, module: str, scenario: str | None) -> Value | None:
        if raw is None:
            return made.marked(module, scenario, MARKS[""])
        amount = self._taking.figure(raw)
        if amount is not None:
            return made.number(module, scenario, amount)
        plain = raw.strip() if isinstance(raw, str) else "?"
        mark = MARKS.get(plain.upper())
        if mark is not None:
            return made.marked(module, scenario, mark)
        read_ = made.figure(plain.replace(",", ".")) if _COMMA.fullmatch(plain) else None
        if read_ is None:
            self._taking.lost("ilcd.no-number", self._place, module=module)
            return None
        self._taking.doubt("ilcd.decimal-comma", self._place, module=module, value=plain)
        return made.number(module, scenario, read_)
