"""The JSON of soda4LCA, view `extended`: one dataset, or a list of them.

Amounts are texts there and keep every digit. Bare numbers are kept by the shortest form of their double,
which is what was written up to 15 digits; a document that needs longer ones is parsed a second time
without doubles.
"""

import json
from decimal import Decimal
from typing import Any

import orjson

from registry.declarations.formats.ilcd.reader import read_tree
from registry.declarations.formats.ilcd.taking import Inexact, Taking
from registry.declarations.formats.reading import Reading, Unreadable

_SIGNS = (b'"processInformation"', b'"LCIAResults"', b'"modellingAndValidation"', b'"processDataSet"')


def is_json(data: bytes) -> bool:
    """Whether the words of a process dataset are there."""
    return any(sign in data for sign in _SIGNS)


def read_json(data: bytes, *, name: str) -> tuple[Reading, ...]:  # noqa: ARG001 - every reader is told the name
    """Every declaration of the file."""
    try:
        return _read(_fast(data), exact=False)
    except Inexact:
        return _read(_slow(data), exact=True)


def _fast(data: bytes) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Unreadable("declaration-broken-json", line=error.lineno, column=error.colno) from error


def _slow(data: bytes) -> Any:
    try:
        return json.loads(data, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise Unreadable("declaration-broken-json", line=0, column=0) from error


def _read(found: Any, *, exact: bool) -> tuple[Reading, ...]:
    listed = found if isinstance(found, list) else [found]
    if not listed or not all(isinstance(one, dict) for one in listed):
        raise Unreadable("declaration-broken-json", line=1, column=1)
    bases = [f"/{number}/" for number in range(len(listed))] if isinstance(found, list) else ["/"]
    return tuple(read_tree(tree, Taking(base, exact=exact)) for base, tree in zip(bases, listed, strict=True))
