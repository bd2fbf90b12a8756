"""ILCD+EPD 1.3 as XML, as soda4LCA's JSON and as a ZIP in which every reference resolves."""

import io
import zipfile
from collections.abc import Iterator

import orjson

from registry.declarations.dataset import Dataset
from registry.declarations.formats.differences import differences
from registry.declarations.formats.ilcd import companions, tables
from registry.declarations.formats.ilcd.archive import read_zip
from registry.declarations.formats.ilcd.companions import Companion
from registry.declarations.formats.ilcd.forms import CONTACT, FLOW, METHOD, SOURCE, UNITS, Notation
from registry.declarations.formats.ilcd.markup_out import process_xml
from registry.declarations.formats.ilcd.process import read_xml
from registry.declarations.formats.ilcd.soda import read_json
from registry.declarations.formats.ilcd.taking import Node
from registry.declarations.formats.ilcd.writer import identity, tree_of
from registry.declarations.formats.reading import Written

_STAMP = (1980, 1, 1, 0, 0, 0)  # the same declaration gives the same bytes


def write_xml(dataset: Dataset) -> Written:
    """The process dataset alone; its declared unit lies in a flow of its own, which only the ZIP holds."""
    content = process_xml(tree_of(dataset, Notation()))
    (back,) = read_xml(content, name="")
    return Written(content, "application/xml", _name(dataset, "xml"), differences(dataset, back.dataset))


def write_json(dataset: Dataset) -> Written:
    """The view `extended`, the reference flow resolved."""
    content = orjson.dumps(tree_of(dataset, Notation(json=True)), option=orjson.OPT_INDENT_2)
    (back,) = read_json(content, name="")
    return Written(content, "application/json", _name(dataset, "json"), differences(dataset, back.dataset))


def write_zip(dataset: Dataset) -> Written:
    """The process with every dataset it refers to."""
    tree = tree_of(dataset, Notation(resolve=True))
    process = str(identity(dataset))
    version = tree["administrativeInformation"]["publicationAndOwnership"]["dataSetVersion"]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, f"ILCD/processes/{process}_{version}.xml", process_xml(tree))
        for one in _companions(dataset, tree):
            _put(archive, f"ILCD/{one.folder}/{one.uuid}.xml", one.content)
    content = held.getvalue()
    (back,) = read_zip(content, name="")
    return Written(content, "application/zip", _name(dataset, "zip"), differences(dataset, back.dataset))


def _name(dataset: Dataset, ending: str) -> str:
    return f"{identity(dataset)}.{ending}"


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, _STAMP)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, content)


def _companions(dataset: Dataset, tree: Node) -> Iterator[Companion]:
    """One file for each reference, once."""
    process = identity(dataset)
    product = str(tables.flow_uuid(dataset, process))
    measured = tables.flow_properties(dataset)
    made: dict[tuple[str, str], Companion] = {}

    def keep(one: Companion) -> None:
        made.setdefault((one.folder, one.uuid), one)

    names = tree["processInformation"]["dataSetInformation"]["name"]["baseName"]
    keep(companions.flow(product, names, measured, material=tables.material(dataset)))
    for known, _ in measured:
        keep(companions.flow_property(known))
        keep(companions.units(known.group, known.unit))
    for node, unit in _references(tree, ""):
        for one in _companion(node, unit):
            keep(one)
    yield from made.values()


def _companion(node: Node, unit: str) -> Iterator[Companion]:
    kind, uuid, names = node["type"], node.get("refObjectId"), node["shortDescription"]
    if uuid is None:
        return
    if kind == SOURCE:
        yield companions.source(uuid, names, node.get("uri"))
    elif kind == CONTACT:
        yield companions.contact(uuid, names)
    elif kind == METHOD:
        yield companions.method(uuid, names)
    elif kind == UNITS:
        yield companions.units(uuid, names[0]["value"])
    elif kind == FLOW:
        own = tables.own_property(unit)
        yield companions.flow(uuid, names, [(own, tables.ONE)], material=())
        yield companions.flow_property(own)
        yield companions.units(own.group, own.unit)


def _references(node: object, unit: str) -> Iterator[tuple[Node, str]]:
    """Every reference of the tree, with the unit of the row it stands in."""
    if isinstance(node, list):
        for one in node:
            yield from _references(one, unit)
    elif isinstance(node, dict):
        if "shortDescription" in node and "type" in node:
            yield node, unit
        inner = _row_unit(node) or unit
        for key, value in node.items():
            if key != "shortDescription":
                yield from _references(value, inner)


def _row_unit(node: Node) -> str:
    other = node.get("other")
    for one in other["anies"] if isinstance(other, dict) else []:
        if one.get("name") == "referenceToUnitGroupDataSet":
            label: str = one["value"]["shortDescription"][0]["value"]
            return label
    return ""
