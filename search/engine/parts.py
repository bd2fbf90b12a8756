"""What all products of a kind share: its words, its category and what it is called, kept once.

2026-11, 100,000 products: a third of the index said the same of every product of a kind. Here a product
names its part by one term; a word is looked for in the few hundred parts, and the count of a value is the sum
over the parts that have it.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from search.documents.fields import Field, Text
from search.documents.product import ProductDocument
from search.engine import tokens
from search.engine.packed import summed

if TYPE_CHECKING:
    import tantivy

FOLDER = "parts"
PART = "kind_part"  # the field by which a product names its part
KIND_WORD = "kind_word"
_TERM, _NUMBER, _SAID = "term", "number", "said"
_HEAP = 15_000_000  # bytes, the least tantivy takes
_KEPT = 4096


FIELDS = (Field.KIND, Field.CATEGORY, Field.GROUP)
TEXTS = frozenset({Text.TAG, Text.KIND_PINYIN})  # what a part is searched by


class Part(NamedTuple):
    """Texts as they stand, values by facet, and what the kind is called."""

    values: tuple[tuple[Field, tuple[str, ...]], ...]
    tags: tuple[str, ...]
    sounds: tuple[str, ...]
    words: tuple[str, ...]  # a query that says just this means the kind
    labels: tuple[str, ...]  # offered while a buyer types


@dataclass(frozen=True, slots=True)
class Said:
    """What a part says of each of its products."""

    values: Mapping[Field, tuple[str, ...]]
    labels: tuple[str, ...]


def split(
    document: ProductDocument, texts: Mapping[Text, tuple[str, ...]], values: Mapping[Field, tuple[str, ...]]
) -> tuple[Part, Mapping[Text, tuple[str, ...]]]:
    """The part of a product, and its searched texts without what the part says."""
    own = _own(document.kind_names, document.category_names, document.category_standards, document.kind_words)
    part = Part(
        tuple((field, values[field]) for field in FIELDS),
        tags=tuple(tag for tag in texts[Text.TAG] if tag in own),
        sounds=tuple(sound for sound in texts[Text.KIND_PINYIN] if sound not in document.places),
        words=document.kind_words,
        labels=document.kind_names,
    )
    rest = tuple(tag for tag in texts[Text.TAG] if tag not in own)
    return part, {**texts, Text.TAG: rest, Text.KIND_PINYIN: document.places}


@lru_cache(_KEPT)
def _own(*said: tuple[str, ...]) -> frozenset[str]:
    return frozenset(chain.from_iterable(said))


@lru_cache(_KEPT)
def term(part: Part) -> str:
    """The name of a part: equal parts have equal names."""
    return hashlib.blake2b(repr(part).encode(), digest_size=8).hexdigest()


class Parts:
    """One view of all parts, by the order in which they were first seen."""

    def __init__(self, searcher: "tantivy.Searcher", schema: "tantivy.Schema", known: "Parts | None") -> None:
        self.schema, self._searcher = schema, searcher
        self.terms: list[str] = list(known.terms) if known else []
        self.said: dict[str, Said] = dict(known.said) if known else {}
        for name, one in _read(searcher, schema, len(self.terms)):
            self.terms.append(name)
            self.said[name] = one

    def matching(self, query: "tantivy.Query") -> Mapping[float, Sequence[str]]:
        """The names of the parts that match, by score."""
        hits = self._searcher.search(query, limit=max(1, len(self.terms)), count=False).hits
        numbers = self._searcher.fast_field_values(_NUMBER, [address for _, address in hits])
        found: dict[float, list[str]] = {}
        for (score, _), number in zip(hits, numbers, strict=True):
            found.setdefault(float(score), []).append(self.terms[int(number or 0)])
        return found

    def counted(self, field: Field, counts: Mapping[str, int]) -> dict[str, int]:
        """The products with each value of a facet, of the products with each part."""
        return summed((self.said[name].values.get(field, ()), count) for name, count in counts.items())

    def labelled(self, counts: Mapping[str, int]) -> dict[str, int]:
        """The products with each label, of the products with each part."""
        return summed((self.said[name].labels, count) for name, count in counts.items())


class PartsReader:
    """Opens the parts beside an index; `renewed` after the index, so that no part it names is missing."""

    def __init__(self, directory: Path) -> None:
        import tantivy  # noqa: PLC0415  a native module: loaded by the process that searches

        self._index = tantivy.Index.open(str(directory / FOLDER))
        self._index.config_reader("manual")
        self._held: Parts | None = None

    def renewed(self) -> Parts:
        self._index.reload()
        searcher = self._index.searcher()
        if self._held is None or len(self._held.terms) != searcher.num_docs:
            self._held = Parts(searcher, self._index.schema, self._held)
        return self._held


class PartsWriter:
    """Adds the parts not seen before; committed before the products that name them.

    Open only from a new part to its commit, since new kinds are rare and an open writer holds 15 MB.
    """

    def __init__(self, directory: Path) -> None:
        import tantivy  # noqa: PLC0415  a native module: loaded by the process that searches

        self._folder = directory / FOLDER
        if not self._folder.exists():
            self._folder.mkdir()
            tantivy.Index(_schema(), str(self._folder))
        self._known = set(PartsReader(directory).renewed().terms)
        self._open: tuple[tantivy.IndexWriter, tantivy.Schema] | None = None

    def add(self, part: Part) -> None:
        import tantivy  # noqa: PLC0415  already loaded

        if (name := term(part)) not in self._known:
            if self._open is None:
                index = tantivy.Index.open(str(self._folder))
                self._open = index.writer(_HEAP, 1), index.schema
            writer, schema = self._open
            writer.add_document(tantivy.Document.from_dict(_record(name, len(self._known), part), schema))
            self._known.add(name)

    def commit(self) -> None:
        if self._open is not None:
            self._open[0].commit()
            self._open = None


def _schema() -> "tantivy.Schema":
    import tantivy  # noqa: PLC0415  a native module: loaded by the process that searches

    builder = tantivy.SchemaBuilder()
    builder.add_text_field(_TERM, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field(_NUMBER, fast=True)
    builder.add_text_field(Text.TAG.value, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field(Text.KIND_PINYIN.value, tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field(KIND_WORD, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field(_SAID, stored=True)
    return builder.build()


def _record(name: str, number: int, part: Part) -> dict[str, object]:
    row = {
        _TERM: name,
        _NUMBER: number,
        Text.TAG.value: tokens.analysed(Text.TAG, part.tags),
        Text.KIND_PINYIN.value: [tokens.sounds(part.sounds)],
        KIND_WORD: list(tokens.kind_forms(part.words)),
        _SAID: json.dumps([dict(part.values), part.labels], ensure_ascii=False).encode(),
    }
    return {key: value for key, value in row.items() if value != []}


def _read(searcher: "tantivy.Searcher", schema: "tantivy.Schema", first: int) -> Iterator[tuple[str, Said]]:
    """The parts from a number on, in their order."""
    import tantivy  # noqa: PLC0415  already loaded

    later = tantivy.Query.range_query(schema, _NUMBER, tantivy.FieldType.Integer, first, None)
    most = max(1, searcher.num_docs)
    hits = searcher.search(
        later, limit=most, count=False, order_by_field=_NUMBER, order=tantivy.Order.Asc
    ).hits
    for _, address in hits:
        document = searcher.doc(address)
        values, labels = json.loads(document[_SAID][0])
        known = {Field(name): tuple(found) for name, found in values.items()}
        yield document[_TERM][0], Said(known, tuple(labels))
