"""Reading the parameters of a query one by one; what cannot be used is reported, never raised."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from search.text.analyze import encodable

T = TypeVar("T")

LONGEST_VALUE = 200
MOST_VALUES = 50
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,9})?")
_LEADING = re.compile(r"[1-9]\d(?:\d{2})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Problem:
    """A message key with its facts; `name` is the parameter it speaks of."""

    key: str
    name: str
    facts: Mapping[str, object]


@dataclass(slots=True)
class Reading:
    """The parameters being read, and what was wrong with them."""

    params: Mapping[str, Sequence[str]]
    problems: list[Problem] = field(default_factory=list)

    def report(self, key: str, name: str, **facts: object) -> None:
        self.problems.append(Problem(f"search.{key}", name, MappingProxyType({"name": name, **facts})))

    def first(self, name: str) -> str:
        """The first value without blanks around it; empty when absent."""
        return encodable(next(iter(self.params.get(name, ())), "")).strip()

    def read(self, name: str, convert: Callable[[str], T | None], key: str) -> T | None:
        text = self.first(name)
        if not text:
            return None
        value = convert(text)
        if value is None:
            self.report(key, name, value=text[:LONGEST_VALUE])
        return value

    def values(self, name: str, closed: Collection[str] | None = None) -> tuple[str, ...]:
        """Every value given, once each; those outside a closed list are reported."""
        kept: list[str] = []
        for value in dict.fromkeys(encodable(value).strip() for value in self.params.get(name, ())):
            if len(value) > LONGEST_VALUE:
                self.report("value-too-long", name, limit=LONGEST_VALUE)
            elif value and closed is not None and value not in closed:
                self.report("unknown-value", name, value=value)
            elif value:
                kept.append(value)
        if len(kept) > MOST_VALUES:
            self.report("too-many-values", name, limit=MOST_VALUES)
        return tuple(kept[:MOST_VALUES])


def number(text: str) -> Decimal | None:
    """Plain decimals only: no sign, exponent or NaN."""
    return Decimal(text) if _NUMBER.fullmatch(text) and text.isascii() else None


def signed(text: str) -> Decimal | None:
    """A plain decimal that may be below zero, such as a temperature."""
    value = number(text.removeprefix("-"))
    return -value if value is not None and text.startswith("-") else value


def whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def whole_region(text: str) -> str:
    """A region by its leading digits as lists take it, written whole: 33 is 330000, 3301 is 330100."""
    return text.ljust(6, "0") if _LEADING.fullmatch(text) else text


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
