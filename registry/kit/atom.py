"""Atom documents (RFC 4287): what every feed of ours begins with, and text that XML can carry."""

import re
import xml.etree.ElementTree as ET
from datetime import datetime

from fastapi import Response

from registry.kit.types import instant_text

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
AUTHOR = "GreenMat 绿材名录"
# Characters that XML 1.0 cannot carry even when escaped.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class AtomResponse(Response):
    media_type = MEDIA_TYPE


def begun(urn: str, title: str, updated: datetime, *, lang: str, **namespaces: str) -> ET.Element:
    """A feed without entries; further namespaces are declared by their prefixes."""
    declared = {f"xmlns:{prefix}": name for prefix, name in namespaces.items()}
    root = ET.Element("feed", {"xmlns": ATOM, **declared, "xml:lang": lang})
    head(root, urn, title, updated)
    add(ET.SubElement(root, "author"), "name", AUTHOR)
    return root


def head(element: ET.Element, urn: str, title: str, updated: datetime) -> None:
    """What a feed and each of its entries must have."""
    add(element, "id", urn)
    add(element, "title", title)
    add(element, "updated", instant_text(updated))


def add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = UNWRITABLE.sub("\ufffd", text)


def written(root: ET.Element) -> bytes:
    found: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return found
