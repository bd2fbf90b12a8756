"""The Meilisearch index definition: its settings, and how one product document becomes a record."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from search.documents.fields import SOUNDS, Field, Text, filtered, searched
from search.documents.product import ProductDocument
from search.engine import leaves, schema, tokens
from search.engine import meilisearch_chains as chains
from search.engine.meilisearch_values import coded
from search.engine.parts import KIND_WORD
from search.text import analyze, pinyin

ENTRY = "entry"  # what a record is: only products are found
PRODUCT, GONE, POSITION = "product", "gone", "position"
KEY = "key"
KIND_LABEL = "kind_label"
STANDING = "standing"
LETTERS = "letters"  # Latin words that a slip may mean
SOUND = "sound"
ALL = "in_all"  # ends of everything that is searched as it stands
HEAD = "in_head"  # ends of what tells most
UNCODED = "in_uncoded"  # ends of everything but codes that have a digit early: grades and classes
_HEAD = (Text.NAME, Text.NAME_EN, Text.VALUE)
_EARLY = 8  # characters of an end in UNCODED
NUMBERS = (*schema.FLOATS, "valid_from", "valid_to", "next_change_on", "star_value")
LISTED = 100_000  # values of one facet that are counted, and spellings near one typed word
_UNCODED = tuple(text for text in leaves.SPELLED if text is not Text.CODE)
_NAMED = (Text.NAME, Text.NAME_EN)
_SORTED = (*schema.FLOATS, "valid_to", schema.NAME_ORDER, STANDING, schema.TIE)
_EXACT_WHOLE = 2**53  # Meilisearch keeps numbers as doubles
_FORMAT = 2  # raise it when records change in a way the settings do not show


_Lines = Mapping[Text, tuple[str, ...]]


def text_field(text: Text) -> str:
    """Where the chains of one attribute stand for the order of the hits; nothing is filtered by it."""
    return f"t_{text.value}"


def settings() -> dict[str, Any]:
    """No searchable word at all: matching is by filters, so nothing is cut or corrected but by us."""
    plain = [ENTRY, KIND_WORD, KIND_LABEL, *_facets()]
    return {
        "searchableAttributes": [KEY],
        "filterableAttributes": [
            _rule([*plain, schema.attribute_field("*")], comparison=False),
            _rule([ALL, HEAD, UNCODED, *NUMBERS, f"{schema.QUANTITIES}.*"], comparison=True),
            _rule([LETTERS, SOUND, schema.NUMBER], comparison=True, is_searched=True),
        ],
        "sortableAttributes": list(_SORTED),
        "rankingRules": ["sort"],
        "typoTolerance": {
            "enabled": True,
            "minWordSizeForTypos": {"oneTypo": 5, "twoTypos": 9},
            "disableOnAttributes": [schema.NUMBER],
        },
        "pagination": {"maxTotalHits": 100_000_000},
        "faceting": {
            "maxValuesPerFacet": LISTED,
            "sortFacetValuesBy": {"*": "count", schema.NUMBER: "alpha"},
        },
        "prefixSearch": "disabled",
        "proximityPrecision": "byAttribute",
    }


def fingerprint() -> str:
    """Changes with the fields, the analysis and the settings; an index of another one is not used."""
    shape = (_FORMAT, schema.fingerprint(), json.dumps(settings(), sort_keys=True))
    return hashlib.sha256(repr(shape).encode()).hexdigest()[:12]


def key(document_id: str) -> str:
    """Meilisearch takes only letters, digits and dashes for a key."""
    return hashlib.blake2b(document_id.encode(), digest_size=16).hexdigest()


def gone(document_id: str) -> dict[str, Any]:
    """What stands in a deleted product's place, so that a whole batch is one task."""
    return {KEY: key(document_id), ENTRY: GONE}


def record(document: ProductDocument) -> dict[str, Any]:
    """The values of one record; a value not stated has no key, so that it sorts after all others."""
    lines = {text: tuple(_lines(text, texts)) for text, texts in searched(document).items()}
    row: dict[str, Any] = {
        KEY: key(document.id),
        ENTRY: PRODUCT,
        "id": document.id,
        schema.LABELS: [name for name in (document.name_zh, document.name_en) if name],
        KIND_WORD: list(tokens.kind_forms(document.kind_words)),
        KIND_LABEL: [coded(name) for name in document.kind_names],
        schema.NUMBER: [coded(one) for one in (document.number, *document.certificate_numbers) if one],
        schema.NAME_ORDER: pinyin.sort_key(document.name_zh),
        schema.TIE: f"{schema.tie(document.id):016x}",
        STANDING: schema.standing(document.status),
        "version": document.version,
    }
    row |= {
        schema.facet_field(name): [coded(one) for one in values]
        for name, values in filtered(document).items()
    }
    row |= {text_field(text): "\n".join(found) for text, found in lines.items()}
    row[ALL] = _ends(lines, leaves.SPELLED)
    row[HEAD] = _ends(lines, _HEAD)
    row[UNCODED] = _graded(lines)
    row[LETTERS] = _letters(lines)
    row[SOUND] = sorted({token for sound in SOUNDS for line in lines[sound] for token in line.split()})
    row |= _numbers(document)
    row[schema.ATTRIBUTES] = {name: coded(value) for name, value in document.attributes.items() if value}
    row[schema.QUANTITIES] = {name: float(value) for name, value in document.quantities.items()}
    return {name: value for name, value in row.items() if value not in (None, [], "", {})}


def _facets() -> Iterator[str]:
    return (schema.facet_field(name) for name in Field)


def _rule(names: list[str], *, comparison: bool, is_searched: bool = False) -> dict[str, Any]:
    features = {"facetSearch": is_searched, "filter": {"equality": True, "comparison": comparison}}
    return {"attributePatterns": names, "features": features}


def _lines(text: Text, values: tuple[str, ...]) -> Iterator[str]:
    """One line per value and per other spelling of it; the sounds of a value are one line of tokens."""
    if text in SOUNDS:
        yield from (f" {' '.join(pinyin.tokens(value))} " for value in values)
        return
    before = (chains.START if text in _NAMED else "") + chains.BREAK
    yield from (before + chains.of_text(value) for value in values)
    for value in values:
        if not (text is Text.CODE and tokens.is_own(value)):
            yield from (chains.BREAK + chains.chain(variant) for variant in analyze.variants(value))
        if text is Text.CODE:
            yield from (chains.BREAK + chains.chain([tail]) for tail in analyze.code_tails(value))


def _ends(lines: _Lines, texts: Iterable[Text]) -> list[str]:
    whole = {line.lstrip(chains.START + chains.BREAK) for text in texts for line in lines[text]}
    return sorted({end for line in whole for end in chains.ends(line)})


def _graded(lines: _Lines) -> list[str]:
    early = {end[:_EARLY] for end in _ends(lines, _UNCODED) if not analyze.is_cjk(end)}
    return sorted(end for end in early if any(char.isdigit() for char in end))


def _letters(lines: _Lines) -> list[str]:
    units = {unit for text in _UNCODED for line in lines[text] for unit in line.split(chains.BREAK)}
    return sorted(unit for unit in units if len(unit) > 1 and not analyze.is_cjk(unit))


def _numbers(document: ProductDocument) -> dict[str, Any]:
    if any(abs(value) > _EXACT_WHOLE for value in (document.star or 0, document.version)):
        raise OverflowError("a whole number is too great to be kept exactly")
    found = schema.numbers(document)
    return {name: found.get(name) for name in NUMBERS}
