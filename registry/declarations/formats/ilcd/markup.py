"""XML to the tree the readers take apart: elements and attributes by local name, texts with their language.

What stands under `common:other` becomes a list of named values, as soda4LCA writes it in JSON. Namespaces
are dropped: prefixes differ from producer to producer, and no two names of the format are told apart by them.
"""

from functools import lru_cache
from typing import Any

from lxml import etree

from registry.declarations.formats.ilcd.taking import Node
from registry.declarations.formats.reading import Unreadable


def parsed(data: bytes, member: str = "") -> tuple[str, Node]:
    """The root's local name and its tree. A DOCTYPE is refused: no declaration needs one, and attacks do."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if b"<!DOCTYPE" in data[:4096].upper():
            raise Unreadable("declaration-doctype", member=member) from error
        raise Unreadable("declaration-broken-xml", member=member, line=error.lineno or 0) from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable("declaration-doctype", member=member)
    found = _node(root)
    return _local(str(root.tag)), found if isinstance(found, dict) else {}


@lru_cache(maxsize=2048)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _node(element: etree._Element) -> Any:
    """A text, or a mapping of attributes and children; what comes twice becomes a list."""
    attributes = element.items()
    content = (element.text or "").strip()
    if not len(element):
        if not attributes:
            return content
        found: Node = {_local(str(key)): value for key, value in attributes}
        if content or "module" in found or "lang" in found:
            found["value"] = content
        return found
    found = {_local(str(key)): value for key, value in attributes}
    if content:
        found["value"] = content
    for child in element:
        key = _local(str(child.tag))
        value = _other(child) if key == "other" else _node(child)
        if key not in found:
            found[key] = value
        elif isinstance(found[key], list):
            found[key].append(value)
        else:
            found[key] = [found[key], value]
        if child.tail and child.tail.strip():
            found.setdefault("#text", []).append(child.tail.strip())
    return found


def _other(element: etree._Element) -> Node:
    """The extension elements: amounts by module as they are, everything else by its name."""
    anies: list[Any] = []
    for child in element:
        key = _local(str(child.tag))
        if key == "amount" and not len(child):  # nine of ten elements of a file: without a call for each
            cell: Node = {_local(str(at)): stated for at, stated in child.items()}
            if "module" in cell:
                cell["value"] = (child.text or "").strip()
                anies.append(cell)
                continue
        value = _node(child)
        if key == "amount" and isinstance(value, dict) and "module" in value:
            anies.append(value)
        else:
            anies.append({"name": key, "value": value})
    found: Node = {_local(str(key)): value for key, value in element.attrib.items()}
    if element.text and element.text.strip():
        found["#text"] = element.text.strip()
    return {**found, "anies": anies}
