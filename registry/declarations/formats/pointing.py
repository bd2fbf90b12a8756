"""A JSON text as a tree that remembers what was read of it, so that a loss report can name the rest.

Numbers become `Decimal` straight from their digits (`json` with `parse_float`); a fast parser that makes
floats of them could not tell 5.75046217471126 from its neighbour.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NoReturn

from registry.declarations.formats.reading import Unreadable
from registry.kit.types import is_writable

DEEPEST = 60  # real documents nest to about 12; deeper ones only cost memory
LARGEST = 32 * 1024 * 1024


def parse(content: bytes) -> Any:
    """The value of a JSON text; `Unreadable` where it is none, or says one thing twice."""
    if len(content) > LARGEST:
        raise Unreadable("declaration-json-too-large", limit=LARGEST // (1024 * 1024))
    try:
        value = json.loads(
            content.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError as error:
        raise Unreadable("declaration-json-encoding", place=error.start) from error
    except json.JSONDecodeError as error:
        raise Unreadable("declaration-json-broken", line=error.lineno, column=error.colno) from error
    except (RecursionError, ArithmeticError, ValueError) as error:
        raise Unreadable("declaration-json-unusable") from error
    _hold(value)
    return value


@dataclass(frozen=True, slots=True)
class Node:
    """A value at its JSON pointer; what is asked for by `text`, `number` … counts as read."""

    value: Any
    place: str = ""
    read: set[str] = field(default_factory=set)

    def at(self, *keys: str) -> "Node":
        """The value under these keys; a node of None where there is none."""
        node = self
        for key in keys:
            inside = node.value.get(key) if isinstance(node.value, dict) else None
            node = Node(inside, f"{node.place}/{escaped(key)}", self.read)
        return node

    def members(self) -> tuple[tuple[str, "Node"], ...]:
        if not isinstance(self.value, dict):
            return ()
        return tuple((key, self.at(key)) for key in self.value)

    def each(self) -> tuple["Node", ...]:
        if not isinstance(self.value, list):
            return ()
        return tuple(Node(one, f"{self.place}/{i}", self.read) for i, one in enumerate(self.value))

    def text(self) -> str | None:
        """The words of a string; None where it is blank or no string."""
        if not isinstance(self.value, str) or not self.value.strip():
            return None
        self.read.add(self.place)
        return self.value.strip()

    def number(self) -> Decimal | None:
        """A number with the digits it was written in; None where it is none or too long to be kept."""
        if not isinstance(self.value, Decimal) or not is_writable(self.value):
            return None
        self.read.add(self.place)
        return self.value

    def whole(self) -> int | None:
        """A whole number; 2020.0 is one."""
        number = self.value
        if not isinstance(number, Decimal) or not is_writable(number) or number != number.to_integral_value():
            return None
        self.read.add(self.place)
        return int(number)

    def done(self) -> None:
        """Everything below counts as read: its loss has a remark of its own, or it was read as a whole."""
        self.read.add(self.place)


def unread(node: Node) -> Iterator[str]:
    """The widest pointers of which nothing was read; what holds nothing is not missed."""
    return iter(_unread(node)[0])


def escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _unread(node: Node) -> tuple[list[str], bool]:
    """The pointers, and whether anything at or below was read."""
    if node.place in node.read:
        return [], True
    inside = [one for _, one in node.members()] or list(node.each())
    if not inside:
        return ([] if node.value in (None, "", [], {}) else [node.place]), False
    found = [_unread(one) for one in inside]
    left = [place for places, _ in found for place in places]
    if any(touched for _, touched in found):
        return left, True
    return ([node.place] if left else []), False


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise Unreadable("declaration-json-twice", key=ascii(twice[:80])[1:-1])
    return found


def _no_number(word: str) -> NoReturn:
    raise Unreadable("declaration-json-no-number", word=word)


def _hold(value: Any) -> None:
    """Refuses what no table and no file can hold: half characters, NUL, endless nesting."""
    waiting = [(value, 0)]
    while waiting:
        one, depth = waiting.pop()
        if depth > DEEPEST:
            raise Unreadable("declaration-json-too-deep", limit=DEEPEST)
        if isinstance(one, dict):
            waiting.extend((inside, depth + 1) for pair in one.items() for inside in pair)
        elif isinstance(one, list):
            waiting.extend((inside, depth + 1) for inside in one)
        elif isinstance(one, str) and ("\x00" in one or not _whole_characters(one)):
            raise Unreadable("declaration-json-half-character")


def _whole_characters(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
