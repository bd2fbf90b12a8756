"""XML to the tree the readers take apart: elements and attributes by local name, texts with their language.

What stands under `common:other` becomes a list of named values, as soda4LCA writes it in JSON. Namespaces
are dropped: prefixes differ from producer to producer, and no two names of the format are told apart by them.
"""

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
        remove_blank_text=True,  # every text is stripped below
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if b"<!DOCTYPE" in data[:4096].upper():
            raise Unreadable("declaration-doctype", member=member) from error
        raise Unreadable("declaration-broken-xml", member=member, line=error.lineno or 0) from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable("declaration-doctype", member=member)
    local = _Local()
    found = _node(root, local)
    return local[root.tag], found if isinstance(found, dict) else {}


class _Local(dict[Any, str]):
    """The names of one document without their namespaces."""

    def __missing__(self, tag: str) -> str:
        self[tag] = found = tag.rpartition("}")[2]
        return found


def _node(element: etree._Element, local: _Local) -> Any:
    """A text, or a mapping of attributes and children; what comes twice becomes a list."""
    content = (element.text or "").strip()
    found: Node = {}
    for at, stated in element.items():
        found[local[at]] = stated
    if not len(element):
        if not found:
            return content
        if content or "module" in found or "lang" in found:
            found["value"] = content
        return found
    if content:
        found["value"] = content
    for child in element:
        key = local[child.tag]
        value = _other(child, local) if key == "other" else _node(child, local)
        before = found.get(key)
        if before is None:
            found[key] = value
        elif isinstance(before, list):
            before.append(value)
        else:
            found[key] = [before, value]
        if child.tail and child.tail.strip():
            found.setdefault("#text", []).append(child.tail.strip())
    return found


def _other(element: etree._Element, local: _Local) -> Node:
    """The extension elements: amounts by module as they are, everything else by its name."""
    anies: list[Any] = []
    for child in element:
        key = local[child.tag]
        if key == "amount" and not len(child):  # nine of ten elements of a file: without a call for each
            cell: Node = {}
            for at, stated in child.items():
                cell[local[at]] = stated
            if "module" in cell:
                cell["value"] = (child.text or "").strip()
                anies.append(cell)
                continue
        value = _node(child, local)
        if key == "amount" and isinstance(value, dict) and "module" in value:
            anies.append(value)
        else:
            anies.append({"name": key, "value": value})
    found: Node = {local[at]: stated for at, stated in element.items()}
    if element.text and element.text.strip():
        found["#text"] = element.text.strip()
    return {**found, "anies": anies}
