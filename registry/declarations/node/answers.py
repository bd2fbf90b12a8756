"""Listings, stocks and the node itself as soda4LCA writes them: JSON and XML of the same content."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lxml import etree

from registry.declarations.node.entries import EPD, Entry, Named, shown
from registry.declarations.node.listing import Part
from registry.declarations.node.stocks import Stock
from registry.kit.messages import LANGUAGES, say

SAPI = "http://www.ilcd-network.org/ILCD/ServiceAPI"
PROCESS = f"{SAPI}/Process"
NODE = f"{SAPI}/NodeInfo"
CONTACT = f"{SAPI}/Contact"
EXTENSION = "http://www.iai.kit.edu/EPD/2013"
XLINK = "http://www.w3.org/1999/xlink"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NAMES = {"sapi": SAPI, "p": PROCESS, "xlink": XLINK, "epd": EXTENSION}


@dataclass(frozen=True, slots=True)
class Node:
    """Who answers, and under which address."""

    id: str
    base: str
    feed: str

    def address(self, entry: Entry) -> str:
        return f"{self.base}/processes/{entry.uuid}?version={entry.version}"


def listing_json(part: Part, node: Node, lang: str | None) -> dict[str, Any]:
    """A listing as `format=JSON` answers it."""
    return {
        "startIndex": part.start,
        "pageSize": part.size,
        "totalCount": part.total,
        "data": [line_json(one, node, lang) for one in part.lines],
    }


def listing_xml(part: Part, node: Node, lang: str | None) -> bytes:
    """A listing as XML."""
    sizes = {"totalSize": part.total, "startIndex": part.start, "pageSize": part.size}
    root = etree.Element(_q(SAPI, "dataSetList"), nsmap=NAMES)
    root.set(_q(SAPI, "sourceId"), node.id)
    for name, value in sizes.items():
        root.set(_q(SAPI, name), str(value))
    for one in part.lines:
        root.append(overview(one, node, lang))
    return _written(root)


def overview(entry: Entry, node: Node, lang: str | None) -> etree._Element:
    """One process as a line of a listing; also `view=overview` of one data set."""
    line = etree.Element(_q(PROCESS, "process"), nsmap=NAMES)
    line.set(_q(SAPI, "sourceId"), node.id)
    line.set(_q(XLINK, "href"), node.address(entry))
    _sub(line, SAPI, "uuid", entry.uuid)
    _sub(line, SAPI, "permanentUri", node.address(entry))
    _sub(line, SAPI, "dataSetVersion", entry.version)
    for said, text in _words(entry, lang):
        _sub(line, SAPI, "name", text, lang=said)
    if entry.classes:
        _classes(line, entry)
    _sub(line, PROCESS, "type", EPD)
    _sub(line, PROCESS, "location", entry.location)
    time = etree.SubElement(line, _q(PROCESS, "time"))
    _sub(time, PROCESS, "referenceYear", entry.reference_year)
    _sub(time, PROCESS, "validUntil", entry.valid_until)
    _sub(line, PROCESS, "parameterized", "false")
    _sub(line, PROCESS, "hasResults", "true")
    for system in entry.compliance:
        _system(line, system)
    if entry.owner is not None:
        _reference(etree.SubElement(line, _q(PROCESS, "ownership")), entry.owner, "contact data set")
    if entry.subtype:
        _sub(etree.SubElement(line, _q(SAPI, "other")), EXTENSION, "subType", f"{entry.subtype} dataset")
    return line


def overview_xml(entry: Entry, node: Node) -> bytes:
    return _written(overview(entry, node, None))


def stocks_json(stocks: Sequence[Stock], node: Node) -> dict[str, Any]:
    """The stocks as `format=JSON` answers them."""
    return {
        "dataStocks": [
            {
                "uuid": str(one.uuid(node.feed)),
                "root": one.root,
                "shortName": one.short,
                "name": [{"lang": lang, "value": say(one.key, lang)} for lang in LANGUAGES],
                "description": [{"lang": lang, "value": say(f"{one.key}-is", lang)} for lang in LANGUAGES],
            }
            for one in stocks
        ]
    }


def stocks_xml(stocks: Sequence[Stock], node: Node) -> bytes:
    """The stocks as XML."""
    root = etree.Element(_q(SAPI, "dataStockList"), nsmap={"sapi": SAPI})
    for one in stocks:
        stock = etree.SubElement(root, _q(SAPI, "dataStock"))
        stock.set(_q(SAPI, "root"), str(one.root).lower())
        _sub(stock, SAPI, "uuid", one.uuid(node.feed))
        _sub(stock, SAPI, "shortName", one.short)
        for name, key in (("name", one.key), ("description", f"{one.key}-is")):
            for lang in LANGUAGES:
                _sub(stock, SAPI, name, say(key, lang), lang=lang)
    return _written(root)


def node_xml(node: Node) -> bytes:
    """Who this node is."""
    root = etree.Element(_q(NODE, "nodeInfo"), nsmap={None: NODE, "contact": CONTACT})
    _sub(root, NODE, "nodeID", node.id)
    _sub(root, NODE, "name", "GreenMat 绿材名录")
    _sub(root, NODE, "operator", node.id)
    for lang in LANGUAGES:
        _sub(root, NODE, "description", say(f"node.about-{node.feed}", lang), lang=lang)
    _sub(root, NODE, "baseURL", node.base)
    return _written(root)


def status_xml() -> bytes:
    """Nobody signs in here: what the node shows, it shows to everyone."""
    root = etree.Element(_q(SAPI, "authInfo"), nsmap={None: SAPI})
    _sub(root, SAPI, "authenticated", "false")
    return _written(root)


def line_json(entry: Entry, node: Node, lang: str | None) -> dict[str, Any]:
    """Names as other nodes write them; what is not stated is left out."""
    line: dict[str, Any] = {
        "languages": list(entry.names),
        "name": shown(entry.names, lang),
        "uuid": str(entry.uuid),
        "version": entry.version,
        "geo": entry.location,
        "classific": " / ".join(entry.classes) or None,
        "classificId": entry.class_id,
        "classificSystem": entry.system,
        "type": EPD,
        "refYear": entry.reference_year,
        "validUntil": entry.valid_until,
        "compliance": [_named(one, lang) for one in entry.compliance],
        "owner": shown(entry.owner.names, lang) if entry.owner else None,
        "subType": f"{entry.subtype.upper()}_DATASET" if entry.subtype else None,
        "dataSources": [_named(one, lang) for one in entry.sources],
        "regNo": entry.number,
        "regAuthority": _named(entry.authority, lang) if entry.authority else None,
        "nodeid": node.id,
        "uri": node.address(entry),
        "dsType": "Process",
    }
    return {name: value for name, value in line.items() if value is not None}


def _named(named: Named, lang: str | None) -> dict[str, Any]:
    found = {"name": shown(named.names, lang), "uuid": str(named.uuid) if named.uuid else None}
    return {name: value for name, value in found.items() if value is not None}


def _words(entry: Entry, lang: str | None) -> Iterator[tuple[str | None, str]]:
    """The one name that was asked for; all of them where none was."""
    if lang is not None and entry.names.get(lang):
        yield lang, entry.names[lang]
        return
    yield from ((said or None, text) for said, text in entry.names.items())


def _classes(line: etree._Element, entry: Entry) -> None:
    system = etree.SubElement(line, _q(SAPI, "classification"))
    if entry.system:
        system.set("name", clean(entry.system))
    for level, name in enumerate(entry.classes):
        found = etree.SubElement(system, _q(SAPI, "class"))
        found.set("level", str(level))
        found.text = clean(name)


def _system(line: etree._Element, system: Named) -> None:
    found = etree.SubElement(line, _q(PROCESS, "complianceSystem"))
    found.set("name", clean(shown(system.names) or ""))
    _reference(found, system, "source data set")


def _reference(parent: etree._Element, named: Named, kind: str) -> None:
    found = etree.SubElement(parent, _q(SAPI, "reference"))
    found.set("type", kind)
    if named.uuid is not None:
        found.set("refObjectId", str(named.uuid))
    for lang, text in named.names.items():
        _sub(found, SAPI, "shortDescription", text, lang=lang or None)


def _sub(
    parent: etree._Element, space: str, name: str, value: str | int | UUID | None, *, lang: str | None = None
) -> None:
    """A child with its text; none where there is nothing to say."""
    if value is None:
        return
    child = etree.SubElement(parent, _q(space, name))
    child.text = clean(str(value))
    if lang is not None:
        child.set(LANG, clean(lang))


def clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _UNWRITABLE.sub("", text)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _q(space: str, name: str) -> str:
    return f"{{{space}}}{name}"
