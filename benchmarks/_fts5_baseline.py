"""The baseline of the search benchmark: SQLite FTS5 over our tokens, bm25, and SQL for filters and facets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import pysqlite3.dbapi2 as sqlite3

from search.documents.fields import Field, Text
from search.documents.product import ProductDocument
from search.engine import schema, tokens
from search.engine.ports import SearchRequest, SearchResult, Sort
from search.text.words import Script, Word, understand

_FILE = "fts5.db"
_MANY = (Field.KIND, Field.EVIDENCE, Field.SCHEME)  # a product may have several values
_ONE = (Field.PROVINCE, Field.STATUS, Field.STAR, Field.DATA_KIND, Field.VERIFICATION, Field.MAKER)
_BATCH = 5_000


class Fts5:
    """The same questions as SQL; what FTS5 has no means for (typing slips, synonyms) it does not find."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / _FILE)
        self._connection.execute("PRAGMA mmap_size=4000000000")
        self._connection.execute("PRAGMA temp_store=memory")
        self._connection.execute("CREATE TEMP TABLE hit(id INTEGER PRIMARY KEY, score REAL)")

    def search(self, request: SearchRequest) -> SearchResult:
        """The matches of the words once into a table of their own, then one GROUP BY for each facet."""
        run = self._connection.execute
        matching = _match(request.text)
        if matching:
            run("DELETE FROM hit")
            run("INSERT INTO hit SELECT rowid, bm25(words) FROM words WHERE words MATCH ?", (matching,))
        source = "doc JOIN hit USING (id)" if matching else "doc"
        where, given = _where(request, None)
        (total,) = run(f"SELECT count(*) FROM {source} WHERE {where}", given).fetchone()
        order = "gwp IS NULL, gwp" if request.sort is Sort.GWP else "score" if matching else "id"
        page = (*given, request.limit, request.offset)
        run(f"SELECT id FROM {source} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?", page).fetchall()
        return SearchResult(
            hits=(),
            total=total,
            facets={field: self._counts(field, request, source) for field in request.facets},
            widened=None,
            generation="",
        )

    def _counts(self, field: Field, request: SearchRequest, source: str) -> tuple[tuple[str, int], ...]:
        where, given = _where(request, field if request.disjunctive else None)
        many = f" JOIN many_{field.value} USING (id)" if field in _MANY else ""
        counted = f"SELECT f_{field.value}, count(*) FROM {source}{many} WHERE {where} GROUP BY 1"
        return tuple(self._connection.execute(f"{counted} ORDER BY 2 DESC LIMIT 1000", given).fetchall())


def build(folder: Path, documents: Iterable[ProductDocument]) -> None:
    connection = sqlite3.connect(folder / _FILE)
    connection.execute("PRAGMA journal_mode=off")
    connection.execute("PRAGMA synchronous=off")
    texts = ", ".join(text.value for text in Text)
    connection.execute(
        f"CREATE VIRTUAL TABLE words USING fts5({texts}, content='', tokenize=\"unicode61 tokenchars '.^'\")"
    )
    single = ", ".join(f"f_{field.value} TEXT" for field in _ONE)
    connection.execute(f"CREATE TABLE doc(id INTEGER PRIMARY KEY, {single}, gwp REAL)")
    for field in _MANY:
        connection.execute(f"CREATE TABLE many_{field.value}(id INTEGER, f_{field.value} TEXT)")
    rows = ((n, _row(one)) for n, one in enumerate(documents, 1))
    while batch := list(islice(rows, _BATCH)):
        _insert(connection, batch)
    for field in _ONE:
        connection.execute(f"CREATE INDEX by_{field.value} ON doc(f_{field.value})")
    for field in _MANY:
        connection.execute(f"CREATE INDEX of_{field.value} ON many_{field.value}(id, f_{field.value})")
    connection.execute("CREATE INDEX by_gwp ON doc(gwp)")
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()


def _row(document: ProductDocument) -> Mapping[str, object]:
    """All of a product in one row: FTS5 has no parts."""
    row, part = schema.record(document)
    tags = [*tokens.analysed(Text.TAG, part.tags), *_listed(row, Text.TAG.value)]
    sounds = [tokens.sounds(part.sounds), *_listed(row, Text.KIND_PINYIN.value)]
    return {**row, Text.TAG.value: tags, Text.KIND_PINYIN.value: sounds}


def size(folder: Path) -> int:
    return (folder / _FILE).stat().st_size


def _insert(connection: sqlite3.Connection, batch: Sequence[tuple[int, Mapping[str, object]]]) -> None:
    texts = ", ".join(text.value for text in Text)
    connection.executemany(
        f"INSERT INTO words(rowid, {texts}) VALUES ({', '.join('?' * (len(Text) + 1))})",
        ((n, *(" ".join(_listed(row, text.value)) for text in Text)) for n, row in batch),
    )
    connection.executemany(
        f"INSERT INTO doc VALUES ({', '.join('?' * (len(_ONE) + 2))})",
        (
            (n, *(next(_listed(row, f"f_{field.value}"), None) for field in _ONE), row.get("gwp"))
            for n, row in batch
        ),
    )
    for field in _MANY:
        connection.executemany(
            f"INSERT INTO many_{field.value} VALUES (?, ?)",
            ((n, value) for n, row in batch for value in _listed(row, f"f_{field.value}")),
        )


def _listed(row: Mapping[str, object], name: str) -> Iterator[str]:
    values = row.get(name, ())
    assert isinstance(values, (list, tuple))
    yield from values


def _match(text: str) -> str:
    return " AND ".join(_phrase(word) for word in understand(text).words)


def _phrase(word: Word) -> str:
    tokens = " ".join(word.tokens).replace('"', "")
    is_open = word.is_prefix if word.script is not Script.CJK else len(word.text) == 1
    return f'"{tokens}"' + ("*" if is_open else "")


def _where(request: SearchRequest, without: Field | None) -> tuple[str, tuple[object, ...]]:
    clauses, given = ["1"], list[object]()
    for field, values in request.filters.items():
        if field is not without:
            clauses.append(f"f_{field.value} IN ({', '.join('?' * len(values))})")
            given += values
    if request.ranges.gwp_max is not None:
        clauses.append("gwp <= ?")
        given.append(float(request.ranges.gwp_max))
    return " AND ".join(clauses), tuple(given)
