"""The results tables: inventory indicators among the exchanges, impacts among the LCIA results.

An empty amount is a module not declared, never 0. Rows are matched by UUID; the abbreviation in brackets
only where the UUID is unknown. A1-A3 is read as stated and never worked out here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from registry.declarations import values
from registry.declarations.comparable import Generation
from registry.declarations.dataset import Indicator, Words
from registry.declarations.formats import made
from registry.declarations.formats.ilcd import cells
from registry.declarations.formats.ilcd.codes import known as known_indicator
from registry.declarations.formats.ilcd.taking import Node, Taking, nodes, words
from registry.declarations.formats.labels import fits
from registry.declarations.indicators import Kind, Row, indicators

_ABBREVIATION = re.compile(r"\(([A-Za-z][\w -]{1,20})\)\s*$")
_DIRECTIONS = {"input": Kind.USE, "output": Kind.OUTPUT}
Match = Literal["uuid", "name", "none"]


@dataclass(frozen=True, slots=True)
class Table:
    """Where a kind of rows stands and how its parts are called."""

    place: str
    reference: str
    kind: str


EXCHANGES = Table("exchanges/exchange", "referenceToFlowDataSet", "flow data set")
IMPACTS = Table("LCIAResults/LCIAResult", "referenceToLCIAMethodDataSet", "LCIA method data set")


def rows(tree: Node, taking: Taking, generation: Generation) -> tuple[Indicator, ...]:
    """Every row of both tables; exchanges without amounts by module are no results and stay behind."""
    found: list[Indicator] = []
    for table in (IMPACTS, EXCHANGES):
        outer, inner = table.place.split("/")
        holder = tree.get(outer)
        if not isinstance(holder, dict):
            continue
        for number, node in enumerate(nodes(holder, inner)):
            row = _row(node, table, f"{table.place}[{number}]", taking=taking, generation=generation)
            if row is not None:
                found.append(row)
    _twice(found, taking)
    return tuple(found)


def has_results(tree: Node) -> bool:
    """Whether any amount by module is there: what a plain unit process never has."""
    return any(
        isinstance(one, dict) and "module" in one
        for table in (EXCHANGES, IMPACTS)
        for node in nodes(_holder(tree, table), table.place.split("/")[1])
        for one in _anies(node)
    )


def uuids(tree: Node) -> Iterator[str]:
    """The UUIDs of all rows, taken from nowhere; what rules a document follows shows in them."""
    for table in (IMPACTS, EXCHANGES):
        for node in nodes(_holder(tree, table), table.place.split("/")[1]):
            reference = node.get(table.reference)
            uuid = reference.get("refObjectId") if isinstance(reference, dict) else None
            if isinstance(uuid, str):
                yield uuid


def _holder(tree: Node, table: Table) -> Node:
    found = tree.get(table.place.split("/")[0])
    return found if isinstance(found, dict) else {}


def _anies(node: Node) -> list[Any]:
    other = node.get("other")
    found = other.get("anies") if isinstance(other, dict) else None
    return found if isinstance(found, list) else []


def _row(node: Node, table: Table, place: str, *, taking: Taking, generation: Generation) -> Indicator | None:
    anies = _anies(node)
    read = cells.read(anies, taking, place) if anies else None
    if read is None:
        return None
    node["other"] = {**node["other"], **read.left}
    if not read.values:
        return None
    reference = node.get(table.reference)
    reference = reference if isinstance(reference, dict) else {}
    if reference.get("type") == table.kind:
        del reference["type"]
    names = words(reference, "shortDescription")
    uuid, known, matched = _matched(reference, names, generation)
    if table is EXCHANGES and known is not None:
        _direction(node, known, place, taking=taking)
    if matched == "none":
        taking.doubt("ilcd.indicator-unknown", place)
    elif matched == "name":
        taking.doubt("ilcd.indicator-by-name", place, code=known.code if known else "")
    if known is not None and read.unit and not fits(read.unit, known.unit):
        facts = {"code": known.code, "unit": read.unit, "expected": known.unit}
        taking.doubt("ilcd.unit-does-not-fit", place, **facts)
    row = made.indicator(
        {
            "code": known.code if known else None,
            "names": names,
            "uuid": uuid,
            "unit": read.unit,
            "matched_by": matched,
            "values": read.values,
        }
    )
    for scenario in read.whole_and_parts:
        _apart(row, scenario, taking, place=place)
    return row


def _apart(row: Indicator, scenario: str | None, taking: Taking, *, place: str) -> None:
    """Both A1-A3 and its parts may be stated; neither is overwritten."""
    found = values.apart(row, scenario)
    if found is not None:
        facts = {"code": row.code or "", "scenario": scenario or ""}
        taking.doubt("ilcd.parts-and-sum-differ", place, sum=str(found[0]), stated=str(found[1]), **facts)


def _matched(reference: Node, names: Words, generation: Generation) -> tuple[UUID | None, Row | None, Match]:
    stated = reference.get("refObjectId")
    if isinstance(stated, str):
        found = known_indicator(stated)
        if found is not None:
            del reference["refObjectId"]
            return *found, "uuid"
    uuid = None
    if isinstance(stated, str):
        try:
            uuid = UUID(stated)
            del reference["refObjectId"]
        except ValueError:
            uuid = None
    for name in names.values():
        code = _ABBREVIATION.search(name)
        known = indicators().of(code[1], generation) if code else None
        if known is not None:
            return uuid, known, "name"
    return uuid, None, "none"


def _direction(node: Node, known: Row, place: str, *, taking: Taking) -> None:
    """The side of the inventory, which the table of indicators knows as well."""
    key = "exchange direction" if "exchange direction" in node else "exchangeDirection"
    stated = node.get(key)
    if not isinstance(stated, str):
        return
    if _DIRECTIONS.get(stated.casefold()) is known.kind:
        del node[key]
    else:
        taking.doubt("ilcd.direction-does-not-fit", place, code=known.code, direction=stated[:20])


def _twice(found: list[Indicator], taking: Taking) -> None:
    seen: set[str] = set()
    for row in found:
        if row.code is not None and row.code in seen:
            taking.doubt("ilcd.indicator-twice", "LCIAResults", code=row.code)
        seen.add(row.code or "")
