"""openEPD JSON: documents of products, industry averages and generic estimates, read and written.

Field set of the Python package `openepd` 8 (Apache-2.0), light models; their package is used in tests only.
"""

from decimal import Decimal
from typing import Any

import orjson

from registry.declarations.dataset import Dataset
from registry.declarations.formats.openepd import ext, terms
from registry.declarations.formats.openepd.reading import Draft, read_document
from registry.declarations.formats.openepd.writing import conventions, document
from registry.declarations.formats.pointing import Node, parse, unread
from registry.declarations.formats.reading import Reading, Remark, Source, Unreadable, Weight, Written
from registry.kit.types import plain

__all__ = ["read", "write"]

_DOCTYPES = {name.casefold(): name for name in terms.SUBTYPES}
_SIGNS = (b'"doctype"', b'"openepd_version"', b'"web_domain"', b'"issuer"', b'"gwp"')
_FLAT = {"gwp", "declared_unit"}  # keys of EC3's product list, whose values are texts such as "245 kgCO2e"


def is_openepd(data: bytes) -> bool:
    """Whether a JSON text uses words of openEPD or its kin; what of it is a declaration, `read` says."""
    return any(sign in data for sign in _SIGNS)


def read(data: bytes, *, name: str = "") -> tuple[Reading, ...]:  # noqa: ARG001  all readers are asked alike
    """The documents of a file: one object, or a list of them."""
    root = Node(parse(data))
    documents = root.each() or (root,)
    return tuple(_read_one(one) for one in documents)


def write(dataset: Dataset) -> Written:
    """The document; what openEPD has no place for stands under `ext.greenmat` and is reported."""
    content, slots = document(dataset)
    remarks = list(conventions(dataset, content))
    draft = read_document(Node(parse(_json(content))), str(content["doctype"]))
    entry = ext.added(dataset, _dataset(draft), draft.rows, slots=slots)
    if entry is not None:
        content["ext"] = {ext.NAME: entry}
        remarks += _held_by_us(entry)
    name = f"{dataset.uuid or dataset.number or 'declaration'}.openepd.json".replace("/", "-")
    return Written(_json(content), terms.MEDIA_TYPE, name, tuple(remarks))


def _read_one(node: Node) -> Reading:
    doctype = _doctype(node)
    draft = read_document(node, doctype)
    dataset = _dataset(draft)
    found = ext.applied(dataset, draft.rows, node.at("ext", ext.NAME))
    node.at("ext", ext.NAME, "fields").done()
    version = node.at("openepd_version").text()
    for key in ("doctype", "language"):
        node.at(key).done()
    remarks = [*draft.remarks, *found.remarks]
    told = {one.place for one in remarks}
    remarks += [
        Remark(weight=Weight.NOT_CARRIED, key="openepd.not-carried", place=place)
        for place in unread(node)
        if place not in told
    ]
    return Reading(
        found.dataset,
        Source(terms.FORMAT, version),
        tuple(remarks),
        {**draft.origins, **found.origins},
        tuple(draft.persons),
    )


def _doctype(node: Node) -> str:
    """The kind of document, or the reason this is no declaration."""
    if not isinstance(node.value, dict):
        raise Unreadable("declaration-openepd-none")
    stated = node.at("doctype").value
    if isinstance(stated, str) and stated.casefold() in _DOCTYPES:
        version = node.at("openepd_version").value
        if isinstance(version, str) and version.split(".")[0] != terms.VERSION.split(".")[0]:
            raise Unreadable("declaration-openepd-version", version=version[:40], known=terms.VERSION)
        return _DOCTYPES[stated.casefold()]
    if stated is not None:
        raise Unreadable("declaration-openepd-doctype", doctype=str(stated)[:80])
    if _is_flat(node.value):
        raise Unreadable("declaration-ec3-list")
    raise Unreadable("declaration-openepd-none")


def _is_flat(one: dict[str, Any]) -> bool:
    return all(isinstance(one.get(key), str) for key in _FLAT)


def _dataset(draft: Draft) -> Dataset:
    return Dataset(**draft.fields, indicators=tuple(one for _, one in draft.rows))


def _held_by_us(entry: dict[str, Any]) -> list[Remark]:
    """One line for each field and row that other readers will not see."""
    fields = [
        Remark(weight=Weight.NOT_CARRIED, key="openepd.only-ours", place=name)
        for name in entry.get("fields", {})
    ]
    rows = [
        Remark(
            weight=Weight.NOT_CARRIED,
            key="openepd.only-ours",
            place=f"indicators/{one.get('at', one.get('code') or '-')}",
        )
        for one in entry.get("rows", ())
    ]
    return [*fields, *rows]


def _json(value: Any) -> bytes:
    return orjson.dumps(value, default=_number, option=orjson.OPT_INDENT_2)


def _number(value: Any) -> orjson.Fragment:
    """A decimal keeps all its digits on the way out."""
    if isinstance(value, Decimal):
        return orjson.Fragment(plain(value).encode())
    raise TypeError(type(value).__name__)
