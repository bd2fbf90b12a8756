"""A second answer for what two declarations differ in: every leaf by its path, compared as sets."""

from collections.abc import Iterator
from typing import Any

Leaf = tuple[str, str]


def leaves(node: Any, path: str = "") -> Iterator[Leaf]:
    """Path and text of every stated leaf; rows go by code or UUID, cells by module and scenario."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, f"{path}.{key}" if path else key)
    elif isinstance(node, list):
        for number, one in enumerate(node):
            yield from leaves(one, f"{path}[{_name(one, number)}]")
    elif node is not None and node != "":
        yield path, str(node)


def _name(one: Any, number: int) -> str:
    if isinstance(one, dict) and "matched_by" in one:
        return str(one["code"] or one["uuid"] or number)
    if isinstance(one, dict) and "module" in one:
        return f"{one['module']}|{one['scenario']}" if one["scenario"] is not None else str(one["module"])
    return str(number)


def differing(first: Any, second: Any) -> set[str]:
    """The paths of all leaves that are in one of the two only."""
    return {path for path, _ in set(leaves(first)) ^ set(leaves(second))}
