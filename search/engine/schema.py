"""The embedded index definition: fields, and how one product document becomes an index record."""

import base64
import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from search.documents.fields import SOUNDS, Field, Text, filtered, searched
from search.documents.product import GwpUnit, ProductDocument, Status
from search.engine import packed, parts, tokens, whole
from search.engine.ports import GWP, NUMBERS, QUANTITY
from search.text import analyze, pinyin

if TYPE_CHECKING:
    import tantivy

ID = "id"
EXACT = "exact"
BEGIN = "begin"
NUMBER = "number_key"
NAME_ORDER = "name_order"
LABELS = "labels"
TIE = "tie"
PLACE = "place"
CODE_HEAD = "code_head"
ATTRIBUTES = "att"
QUANTITIES = "num"

_ANALYSED = tuple(text for text in Text if text not in SOUNDS)
COUNTED_TOGETHER = (*parts.FIELDS, *packed.FIELDS)
_RAW = (EXACT, BEGIN, CODE_HEAD, NUMBER, *(f"f_{field.value}" for field in COUNTED_TOGETHER))
_OWN_COLUMNS = tuple(f"f_{field.value}" for field in Field if field not in COUNTED_TOGETHER)
_RAW_FAST = (NAME_ORDER, parts.PART, packed.COLUMN, *_OWN_COLUMNS)
FLOATS = NUMBERS
_OTHER_ID = "."
_JSON = (ATTRIBUTES, QUANTITIES)  # names are the kinds' own, so no schema can list them
_WHOLE = ("version", "valid_from", "valid_to", "next_change_on", "star_value", PLACE)
_STANDINGS = {Status.VALID: 0, Status.NONE: 1}  # then whatever is not in force
LAST_STANDING = 2
_STANDING_BITS = 2
PLACE_BITS = 63 - _STANDING_BITS
_FORMAT = 6  # raise it when records change in a way the lists above do not show


def facet_field(field: Field) -> str:
    return f"f_{field.value}"


def attribute_field(name: str) -> str:
    return f"{ATTRIBUTES}.{name}"


def number_field(name: str) -> str:
    """Where a number stands, by its name in `Ranges.spans`."""
    return f"{QUANTITIES}.{name.removeprefix(QUANTITY)}" if name.startswith(QUANTITY) else name


def fingerprint() -> str:
    """Changes with the fields and the analysis; an index of another fingerprint is rebuilt."""
    versions = (_FORMAT, analyze.VERSION, whole.version())
    shape = (*versions, *_ANALYSED, *_RAW, *_RAW_FAST, *FLOATS, *_WHOLE, *_JSON, *Field)
    return hashlib.sha256(repr(tuple(map(str, shape))).encode()).hexdigest()[:12]


def build() -> "tantivy.Schema":
    import tantivy  # noqa: PLC0415  a native module: loaded by the process that searches

    builder = tantivy.SchemaBuilder()
    builder.add_text_field(ID, stored=True, tokenizer_name="raw", index_option="basic")
    for text in _ANALYSED:
        builder.add_text_field(text.value, tokenizer_name="whitespace", index_option="position")
    for sound in SOUNDS:
        builder.add_text_field(sound.value, tokenizer_name="whitespace", index_option="basic")
    for name in _RAW:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in _RAW_FAST:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in FLOATS:
        builder.add_float_field(name, fast=True)  # limits are read from the column: no need to index it
    for name in _WHOLE:
        builder.add_integer_field(name, fast=True)
    for name in _JSON:
        builder.add_json_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field(LABELS, stored=True)
    return builder.build()


def tie(document_id: str) -> int:
    """A position among equals that favours nobody and never changes."""
    return int.from_bytes(hashlib.blake2b(document_id.encode(), digest_size=8).digest()) >> 1


def standing(status: Status) -> int:
    """How a certificate stands among equal matches, the best first."""
    return _STANDINGS.get(status, LAST_STANDING)


class Record(NamedTuple):
    """The values of one product by field, and what it shares with all of its kind."""

    row: dict[str, Any]
    part: parts.Part


def record(document: ProductDocument) -> Record:
    """A value not stated has no key, because tantivy refuses None."""
    values = filtered(document)
    part, texts = parts.split(document, searched(document), values)
    row: dict[str, Any] = {text.value: tokens.analysed(text, texts[text]) for text in _ANALYSED}
    row |= {sound.value: [tokens.sounds(texts[sound])] for sound in SOUNDS if texts[sound]}
    row |= {facet_field(field): list(found) for field, found in values.items()}
    row |= {parts.PART: parts.term(part), packed.COLUMN: packed.pack(values)}
    names = [name for name in (document.name_zh, document.name_en) if name]
    numbers_of = [number for number in (document.number, *document.certificate_numbers) if number]
    row[ID] = kept_id(document.id)
    row[CODE_HEAD] = tokens.heads(row[Text.CODE.value])
    row[BEGIN] = list(tokens.beginnings(tuple(names)))
    row[EXACT] = [analyze.key(name) for name in names]
    row[NUMBER] = numbers_of
    row[NAME_ORDER] = pinyin.sort_key(document.name_zh)
    row[LABELS] = json.dumps([names, numbers_of], ensure_ascii=False).encode()
    row |= numbers(document)
    row[ATTRIBUTES] = {name: value for name, value in document.attributes.items() if value}
    row[QUANTITIES] = {name: float(value) for name, value in document.quantities.items()}
    return Record({name: value for name, value in row.items() if value not in (None, [], "", {})}, part)


def kept_id(document_id: str) -> str:
    """A UUID in 22 characters instead of 36; any other id as it is, behind a sign none of those has."""
    try:
        known = UUID(document_id)
    except ValueError:
        return _OTHER_ID + document_id
    if str(known) != document_id:
        return _OTHER_ID + document_id
    return base64.urlsafe_b64encode(known.bytes).decode().rstrip("=")


def whole_id(kept: str) -> str:
    if kept.startswith(_OTHER_ID):
        return kept[len(_OTHER_ID) :]
    return str(UUID(bytes=base64.urlsafe_b64decode(f"{kept}==")))


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
        PLACE: standing(document.status) << PLACE_BITS | tie(document.id) >> _STANDING_BITS,
    }
