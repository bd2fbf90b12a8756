"""The embedded index definition: fields, and how one product document becomes an index record."""

import hashlib
import json
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from search.documents.fields import SOUNDS, Field, Text, filtered, searched
from search.documents.product import GwpUnit, ProductDocument
from search.engine.ports import GWP, NUMBERS, QUANTITY
from search.text import analyze, pinyin

if TYPE_CHECKING:
    import tantivy

START = "^"  # stands before a name, so that a phrase can ask for its beginning
EXACT = "exact"
KIND_WORD = "kind_word"
NUMBER = "number_key"
KIND_LABEL = "kind_label"
NAME_ORDER = "name_order"
LABELS = "labels"
TIE = "tie"
ATTRIBUTES = "att"
QUANTITIES = "num"

_ANALYSED = tuple(text for text in Text if text not in SOUNDS)
_RAW = (EXACT, KIND_WORD, NUMBER)
_RAW_FAST = (KIND_LABEL, NAME_ORDER)
FLOATS = NUMBERS
_JSON = (ATTRIBUTES, QUANTITIES)  # names are the kinds' own, so no schema can list them
_WHOLE = ("version", "valid_from", "valid_to", "next_change_on", "star_value", TIE)
# Kinds, makers, places and standards come with many products, so what was made of their words is kept.
_TEXTS, _KINDS = 32_768, 1024
_FORMAT = 2  # raise it when records change in a way the lists above do not show


def facet_field(field: Field) -> str:
    return f"f_{field.value}"


def attribute_field(name: str) -> str:
    return f"{ATTRIBUTES}.{name}"


def number_field(name: str) -> str:
    """Where a number stands, by its name in `Ranges.spans`."""
    return f"{QUANTITIES}.{name.removeprefix(QUANTITY)}" if name.startswith(QUANTITY) else name


def fingerprint() -> str:
    """Changes with the fields and the analysis; an index of another fingerprint is rebuilt."""
    shape = (_FORMAT, analyze.VERSION, *_ANALYSED, *_RAW, *_RAW_FAST, *FLOATS, *_WHOLE, *_JSON, *Field)
    return hashlib.sha256(repr(tuple(map(str, shape))).encode()).hexdigest()[:12]


def build() -> "tantivy.Schema":
    import tantivy  # noqa: PLC0415  a native module: loaded by the process that searches

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for text in _ANALYSED:
        builder.add_text_field(text.value, tokenizer_name="whitespace", index_option="position")
    for text in SOUNDS:
        builder.add_text_field(text.value, tokenizer_name="whitespace", index_option="basic")
    for name in _RAW:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in (*_RAW_FAST, *(facet_field(field) for field in Field)):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in FLOATS:
        builder.add_float_field(name, indexed=True, fast=True)
    for name in _WHOLE:
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in _JSON:
        builder.add_json_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field(LABELS, stored=True)
    return builder.build()


def tie(document_id: str) -> int:
    """A position among equals that favours nobody and never changes."""
    return int.from_bytes(hashlib.blake2b(document_id.encode(), digest_size=8).digest()) >> 1


def record(document: ProductDocument) -> dict[str, Any]:
    """The values of one record; a value not stated has no key, because tantivy refuses None."""
    texts = searched(document)
    row: dict[str, Any] = {text.value: _analysed(text, texts[text]) for text in _ANALYSED}
    row |= {sound.value: [_sounds(texts[sound])] for sound in SOUNDS}
    row |= {facet_field(field): list(values) for field, values in filtered(document).items()}
    names = [name for name in (document.name_zh, document.name_en) if name]
    row["id"] = document.id
    row[EXACT] = [analyze.key(name) for name in names]
    row[KIND_WORD] = list(kind_forms(document.kind_words))
    row[NUMBER] = [number for number in (document.number, *document.certificate_numbers) if number]
    row[KIND_LABEL] = list(document.kind_names)
    row[NAME_ORDER] = pinyin.sort_key(document.name_zh)
    row[LABELS] = json.dumps(names, ensure_ascii=False).encode()
    row |= numbers(document)
    row[ATTRIBUTES] = {name: value for name, value in document.attributes.items() if value}
    row[QUANTITIES] = {name: float(value) for name, value in document.quantities.items()}
    return {name: value for name, value in row.items() if value not in (None, [], "", {})}


@lru_cache(_KINDS)
def kind_forms(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a kind in every form a query may name it by."""
    return tuple(sorted({form for word in words for form in _typed(word)}))


def _typed(word: str) -> set[str]:
    """A kind's word as people type it: its characters, its whole pinyin, its initials."""
    whole = {token.removeprefix(pinyin.ANCHOR) for token in pinyin.tokens(word) if token[:1] == pinyin.ANCHOR}
    return {analyze.key(word), *(whole if not any(c.isascii() and c.isalnum() for c in word) else ())}


@lru_cache(_TEXTS)
def _sounds(texts: tuple[str, ...]) -> str:
    return " ".join(dict.fromkeys(chain.from_iterable(map(_sound, texts))))


@lru_cache(_TEXTS)
def _sound(text: str) -> tuple[str, ...]:
    return pinyin.tokens(text)


def numbers(document: ProductDocument) -> dict[str, Any]:
    # Floats only order and bound here: float() is monotone, so `a <= b` stays true; figures come from SQL.
    return {
        GWP: None if document.gwp is None else float(document.gwp),
        **{f"{GWP}_{unit}": float(document.gwp_per[unit]) for unit in GwpUnit if unit in document.gwp_per},
        "waste_content": None if document.waste_content is None else float(document.waste_content),
        "valid_from": document.valid_from and document.valid_from.toordinal(),
        "valid_to": document.valid_to and document.valid_to.toordinal(),
        "next_change_on": document.next_change_on and document.next_change_on.toordinal(),
        "star_value": document.star,
        "version": document.version,
        TIE: tie(document.id),
    }


def _analysed(field: Text, texts: tuple[str, ...]) -> list[str]:
    """Main tokens first, other spellings after all of them, so that they never stand inside a phrase."""
    spelled = _spelling if field is Text.DESCRIPTION else _spelled  # no two descriptions are the same
    known = [spelled(text) for text in texts]
    start = f"{START} " if field in (Text.NAME, Text.NAME_EN) else ""
    values = [start + main for main, _ in known]
    values += [variant for _, variants in known for variant in variants]
    if field is Text.CODE:
        values += [_tails(text) for text in texts]
    return values


def _spelling(text: str) -> tuple[str, tuple[str, ...]]:
    """Its main tokens and its other spellings."""
    return " ".join(analyze.main_tokens(text)), tuple(" ".join(one) for one in analyze.variants(text))


_spelled = lru_cache(_TEXTS)(_spelling)


@lru_cache(_TEXTS)
def _tails(text: str) -> str:
    return " ".join(analyze.code_tails(text))
