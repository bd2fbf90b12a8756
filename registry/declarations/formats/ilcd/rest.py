"""What nobody took out of a tree: one remark for each place, with how often it says something there."""

from collections import Counter
from typing import Any

from registry.declarations.formats import made
from registry.declarations.formats.ilcd.taking import Node, Taking
from registry.declarations.formats.reading import Unreadable, Weight

DEEPEST = 100  # levels; real files have 12


def remains(tree: Node, taking: Taking) -> None:
    """The loss report's last part; blanks, empty nodes and nulls say nothing."""
    places: list[str] = []
    _collect(tree, "", places, depth=0)
    taking.remarks += [
        made.remark(Weight.NOT_CARRIED, "ilcd.not-carried", taking.base + place, facts={"count": str(count)})
        for place, count in sorted(Counter(places).items())
    ]


def _collect(node: Node, prefix: str, places: list[str], *, depth: int) -> None:
    if depth > DEEPEST:
        raise Unreadable("declaration-too-deep")
    for key, value in node.items():
        if value.__class__ is str:
            if value > "!" or (value and not value.isspace()):
                places.append(prefix + key)
        elif value.__class__ is dict:
            if value:
                _collect(value, f"{prefix}{key}/", places, depth=depth + 1)
        elif value.__class__ is list:
            _collect_all(value, (prefix, key), places, depth=depth + 1)
        elif value is not None:
            places.append(prefix + key)


def _collect_all(listed: list[Any], at: tuple[str, str], places: list[str], *, depth: int) -> None:
    """Repeated nodes share the place of their list."""
    prefix, key = at
    inner = f"{prefix}{key}/"
    for one in listed:
        if one.__class__ is dict:
            _collect(one, inner, places, depth=depth)
        else:
            _collect({key: one}, prefix, places, depth=depth)
