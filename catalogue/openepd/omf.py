"""The open material filter, as far as we answer it: one search, conditions joined by `and`, a closing pragma.

`!EC3 search("ReadyMix") jurisdiction: "CN" and valid_until: >"2026-12-31" !pragma oMF("1.0/1")`
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from registry.declarations.comparable import Generation, generation
from registry.kit.errors import Invalid
from registry.kit.messages import Listed

LONGEST = 2000
# Roots of others' categories: they ask for everything.
EVERYTHING = frozenset({"", "all", "constructionmaterials", "construction materials"})
FIELDS = ("compliance", "jurisdiction", "manufacturer", "name", "product_name", "valid_until")
_WHOLE = re.compile(r'^(!EC3\s+)?search\(\s*"(?P<search>[^"]*)"\s*\)(?P<rest>.*)$', re.DOTALL)
_PRAGMA = re.compile(r"!pragma\b.*$", re.DOTALL)
_CONDITION = re.compile(r'^(?P<field>[a-z_.]+)\s*:\s*(?P<operator>~|>=|<=|>|<|=)?\s*"(?P<value>[^"]*)"')
_RULES = frozenset(("=", one) for one in Generation if one is not Generation.OTHER)
_AND = re.compile(r"\s+and\s+(?=\S)", re.IGNORECASE)


class FilterRefused(Invalid):
    """A filter that we cannot answer as it is meant; leaving a part out would answer another question."""

    code = "openepd-filter-refused"
    status = 400


@dataclass(frozen=True, slots=True)
class Condition:
    field: str
    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class Filter:
    """What is searched for and what it must meet; `effective` is the filter as we understood it."""

    search: str
    conditions: tuple[Condition, ...] = ()

    @property
    def effective(self) -> str:
        tests = " and ".join(f'{one.field}: {one.operator}"{one.value}"' for one in self.conditions)
        return " ".join(filter(None, (f'!EC3 search("{self.search}")', tests, '!pragma oMF("1.0/1")')))

    @property
    def hash(self) -> str:
        return hashlib.sha1(self.effective.encode(), usedforsecurity=False).hexdigest()


def parsed(text: str) -> Filter:
    """The filter of a text; an empty one finds everything."""
    if not text.strip():
        return Filter("")
    if len(text) > LONGEST:
        raise FilterRefused(part=text[:40], known=Listed(FIELDS))
    whole = _WHOLE.match(_PRAGMA.sub("", text).strip())
    if whole is None:
        raise FilterRefused(part=text[:40], known=Listed(FIELDS))
    return Filter(whole["search"].strip(), tuple(_conditions(whole["rest"].strip())))


def _conditions(rest: str) -> Iterator[Condition]:
    """One after another: an `and` between quotes belongs to a value."""
    while rest:
        found = _CONDITION.match(rest)
        if found is None or found["field"] not in FIELDS:
            raise FilterRefused(part=rest[:80], known=Listed(FIELDS))
        condition = Condition(found["field"], found["operator"] or "=", found["value"])
        _check(condition, found[0])
        yield condition
        rest = rest[found.end() :]
        joined = _AND.match(rest)
        if rest and joined is None:
            raise FilterRefused(part=rest.strip()[:80], known=Listed(FIELDS))
        rest = rest[joined.end() :] if joined else ""


def _check(condition: Condition, part: str) -> None:
    """Days compare, and nothing else does; rules are named so that they are known."""
    if condition.field == "compliance" and (condition.operator, generation(condition.value)) not in _RULES:
        raise FilterRefused(part=part.strip()[:80], known=Listed(FIELDS))
    by_day = condition.field == "valid_until"
    if by_day != (condition.operator in (">", ">=", "<", "<=")) and not (
        by_day and condition.operator == "="
    ):
        raise FilterRefused(part=part.strip()[:80], known=Listed(FIELDS))
    if by_day:
        try:
            date.fromisoformat(condition.value)
        except ValueError as error:
            raise FilterRefused(part=part.strip()[:80], known=Listed(FIELDS)) from error
