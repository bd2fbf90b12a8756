"""Which data sets a process refers to, by folder and UUID: those its archive holds, found without it."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from registry.declarations.dataset import Dataset
from registry.declarations.facts import DocumentKind
from registry.declarations.formats.ilcd import tables
from registry.declarations.formats.ilcd.codes import FlowProperty
from registry.declarations.formats.ilcd.forms import CONTACT, FLOW, METHOD, SOURCE, UNITS, Notation
from registry.declarations.formats.ilcd.writer import identity, tree_of

FOLDERS: Mapping[str, str] = {
    FLOW: "flows", UNITS: "unitgroups", CONTACT: "contacts", SOURCE: "sources", METHOD: "lciamethods",
}  # fmt: skip
_UNIT = "referenceToUnitGroupDataSet"


def parts(dataset: Dataset) -> set[tuple[str, UUID]]:
    """Every file of the archive but the process itself; none of what is no EPD."""
    if dataset.document is not DocumentKind.EPD:
        return set()
    found = {("flows", str(tables.flow_uuid(dataset, identity(dataset))))}
    for known, _ in tables.flow_properties(dataset):
        found |= _measured(known)
    tree = tree_of(dataset, Notation(resolve=True))
    for kind, uuid, unit in _references(tree, ""):
        found.add((FOLDERS[kind], uuid))
        if kind == FLOW:
            found |= _measured(tables.own_property(unit))
    return {(folder, UUID(uuid)) for folder, uuid in found}


def _measured(one: FlowProperty) -> set[tuple[str, str]]:
    return {("flowproperties", one.uuid), ("unitgroups", one.group)}


def _references(node: Any, unit: str) -> Iterator[tuple[str, str, str]]:
    """Kind and UUID of every reference, with the unit of the row it stands in."""
    if isinstance(node, list):
        for one in node:
            yield from _references(one, unit)
    elif isinstance(node, dict):
        if node.get("type") in FOLDERS and node.get("refObjectId"):
            yield node["type"], node["refObjectId"], unit
        inner = _row_unit(node.get("other")) or unit
        for value in node.values():
            yield from _references(value, inner)


def _row_unit(other: Any) -> str:
    listed = other.get("anies", ()) if isinstance(other, dict) else ()
    named = (one["value"]["shortDescription"] for one in listed if one.get("name") == _UNIT)
    return next((texts[0]["value"] for texts in named), "")
