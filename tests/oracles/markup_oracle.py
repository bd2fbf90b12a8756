"""A second answer for a tree of XML: by the standard library's parser, one element after the other."""

from typing import Any
from xml.etree import ElementTree as ET


def tree(data: bytes) -> Any:
    """A text, or attributes, texts and children by local name; what comes twice is a list."""
    return _read(ET.fromstring(data))


def _read(element: ET.Element) -> Any:
    found: dict[str, Any] = {_name(key): value for key, value in element.attrib.items()}
    content = (element.text or "").strip()
    children = list(element)
    if not children and not found:
        return content
    if content or (not children and ("module" in found or "lang" in found)):
        found["value"] = content
    for child in children:
        key, value = _name(child.tag), _extension(child) if _name(child.tag) == "other" else _read(child)
        if key in found:
            before = found[key]
            found[key] = [*before, value] if isinstance(before, list) else [before, value]
        else:
            found[key] = value
        tail = (child.tail or "").strip()
        if tail:
            found["#text"] = [*found.get("#text", []), tail]
    return found


def _extension(element: ET.Element) -> Any:
    listed = []
    for child in element:
        value = _read(child)
        is_amount = _name(child.tag) == "amount" and isinstance(value, dict) and "module" in value
        listed.append(value if is_amount else {"name": _name(child.tag), "value": value})
    found: dict[str, Any] = {_name(key): value for key, value in element.attrib.items()}
    content = (element.text or "").strip()
    return {**found, **({"#text": content} if content else {}), "anies": listed}


def _name(tag: str) -> str:
    return tag.rpartition("}")[2]
