"""A Meilisearch small enough to read: the calls our engine makes, answered in this process.

It stands in where no server is named, so that our side is tested everywhere; what the real one does with the
same calls is seen when GREENMAT_TEST_MEILISEARCH names one.
"""

import operator as operator_of
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import lru_cache
from typing import Any

from search.engine import meilisearch_records as definition
from search.engine import schema
from search.engine.meilisearch_server import Server
from search.engine.ports import SearchUnavailable
from search.text.highlight import is_near

Row = Mapping[str, Any]
_COMPARED = {"<=": operator_of.le, ">=": operator_of.ge, "<": operator_of.lt}
Test = Callable[[Row], bool]
_SIGNS = re.compile(
    r'\s*(?:(?P<sign>[()\[\],]|<=|>=|=|<)|"(?P<text>[^"\\]*)"|(?P<word>AND|OR|NOT|IN|STARTS WITH)\b'
    r"|(?P<name>[\w.+-]+))"
)


def folded(value: str) -> str:
    """As Meilisearch compares strings: compatible forms, case and outer blanks are alike."""
    return unicodedata.normalize("NFKD", value.strip()).lower()


class Double(Server):
    """The same methods over plain dictionaries."""

    def __init__(self, prefix: str) -> None:
        super().__init__("http://localhost", "", prefix)
        self._indexes: dict[str, dict[str, dict[str, Any]]] = {}

    def version(self) -> str:
        return "1.50.0"

    def multi_search(self, queries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        rows = list(self._held().values())
        return [_answer(query, rows) for query in queries]

    def values_near(self, attribute: str, typed: str) -> list[str]:
        exact = attribute == schema.NUMBER
        slips = 0 if exact else (len(typed) >= 5) + (len(typed) >= 9)
        found = Counter(
            value
            for row in self._held().values()
            for value in _values(row, attribute)
            if (
                folded(value).startswith(folded(typed))
                if exact
                else is_near(typed, value, slips, is_prefix=True)
            )
        )
        return [value for value, _ in found.most_common(definition.LISTED)]

    def fetch(self, filtering: str, fields: Sequence[str]) -> Iterator[dict[str, Any]]:
        passes = parsed(filtering)
        for row in self._held().values():
            if passes(row):
                yield {name: row[name] for name in fields}

    def exists(self, index: str) -> bool:
        return index in self._indexes

    def send(self, index: str, records: Sequence[Mapping[str, Any]]) -> int:
        kept = dict(self._indexes[index])
        kept |= {one[definition.KEY]: deepcopy(dict(one)) for one in records}
        self._indexes[index] = kept
        return 1

    def purge(self, index: str) -> None:
        rows = self._indexes[index].items()
        self._indexes[index] = {key: row for key, row in rows if row[definition.ENTRY] != definition.GONE}

    def create(self, index: str) -> None:
        self._indexes[index] = {}

    def swap(self) -> None:
        ours, beside = self._indexes[self.index], self._indexes[self.beside]
        self._indexes |= {self.index: beside, self.beside: ours}

    def drop(self, index: str) -> None:
        self._indexes.pop(index, None)

    def outdated(self) -> list[str]:
        return [name for name in self._indexes if name not in (self.index, self.beside)]

    def done(self, task: int) -> None:
        assert task == 1

    def _held(self) -> dict[str, dict[str, Any]]:
        if self.index not in self._indexes:
            raise SearchUnavailable(reason="there is no such index")
        return self._indexes[self.index]


def _answer(query: Mapping[str, Any], rows: Sequence[Row]) -> dict[str, Any]:
    passes = _all(query["filter"])
    found = [row for row in rows if passes(row)]
    for order in reversed(query.get("sort", ())):
        name, _, way = order.partition(":")
        stated = sorted(
            (row for row in found if name in row), key=lambda row: row[name], reverse=way == "desc"
        )
        found = [*stated, *(row for row in found if name not in row)]
    counts = {
        name: dict(
            Counter(value for row in found for value in _values(row, name)).most_common(definition.LISTED)
        )
        for name in query.get("facets", ())
    }
    start, size = query.get("offset", 0), query.get("hitsPerPage", query.get("limit", 20))
    numbers = {name: [value for row in found for value in _values(row, name)] for name in counts}
    stats = {
        name: {"min": min(values), "max": max(values)}
        for name, values in numbers.items()
        if values and all(isinstance(value, int | float) for value in values)
    }
    hits = found[start : start + size]
    return {"hits": hits, "totalHits": len(found), "facetDistribution": counts, "facetStats": stats}


def _values(row: Row, name: str) -> Sequence[Any]:
    outer, _, inner = name.partition(".")
    value = row.get(outer, {}).get(inner, ()) if inner else row.get(name, ())
    return value if isinstance(value, list | tuple) else (value,)


def _all(filtering: str | Sequence[Sequence[str]]) -> Test:
    clauses = [[filtering]] if isinstance(filtering, str) else filtering
    tests = [[parsed(one) for one in clause] for clause in clauses]
    return lambda row: all(any(test(row) for test in clause) for clause in tests)


@lru_cache(maxsize=4096)
def parsed(filtering: str) -> Test:
    """A filter as a test of a record; what our engine does not write is not understood."""
    signs = list(_SIGNS.finditer(filtering))
    assert "".join(found[0] for found in signs) == filtering.rstrip(), filtering
    reader = _Reader(
        [found.lastgroup or "" for found in signs], [found[found.lastgroup or 0] for found in signs]
    )
    test = reader.either()
    assert reader.at == len(signs), filtering
    return test


class _Reader:
    def __init__(self, kinds: list[str], texts: list[str]) -> None:
        self._kinds, self._texts, self.at = kinds, texts, 0

    def either(self) -> Test:
        tests = [self._both()]
        while self._next("OR"):
            tests.append(self._both())
        return lambda row: any(test(row) for test in tests)

    def _both(self) -> Test:
        tests = [self._single()]
        while self._next("AND"):
            tests.append(self._single())
        return lambda row: all(test(row) for test in tests)

    def _single(self) -> Test:
        if self._next("NOT"):
            test = self._single()
            return lambda row: not test(row)
        if self._next("("):
            test = self.either()
            assert self._next(")")
            return test
        return self._condition(self._take())

    def _condition(self, name: str) -> Test:
        operator = self._take()
        if operator == "IN":
            wanted = set()
            assert self._next("[")
            while not self._next("]"):
                wanted.add(folded(self._take()))
                self._next(",")
            return lambda row: any(folded(str(value)) in wanted for value in _values(row, name))
        if operator in _COMPARED:
            limit, compared = float(self._take()), _COMPARED[operator]
            return lambda row: any(compared(value, limit) for value in _values(row, name))
        text = folded(self._take())
        if operator == "STARTS WITH":
            return lambda row: any(folded(value).startswith(text) for value in _values(row, name))
        assert operator == "="
        return lambda row: any(folded(str(value)) == text for value in _values(row, name))

    def _next(self, text: str) -> bool:
        found = (
            self.at < len(self._texts)
            and self._texts[self.at] == text
            and self._kinds[self.at] in ("sign", "word")
        )
        self.at += found
        return found

    def _take(self) -> str:
        self.at += 1
        return self._texts[self.at - 1]
