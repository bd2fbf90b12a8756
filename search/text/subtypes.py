"""Words that name one sort of a material kind: 洗脸盆 is sanitary ware, but no urinal is found by it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from search.text.analyze import key

_FILE = Path(__file__).with_name("subtypes.toml")
_NAME = "kind"


@cache
def _given() -> Mapping[str, Mapping[str, Any]]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def subtypes() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Words by kind and by value, or by `name=value` where a value alone would not tell."""
    return {
        kind: {value: tuple(words) for value, words in values.items() if value != _NAME}
        for kind, values in _given().items()
    }


def kind_names() -> Mapping[str, str]:
    """What each kind of the file is called."""
    return {kind: values[_NAME] for kind, values in _given().items()}


@cache
def _kinds_by_word() -> Mapping[str, str]:
    """The name of the kind whose sort a word names; a value in capitals, as EPDM, is such a word itself."""
    names = kind_names()
    found: dict[str, str] = {}
    for kind, values in subtypes().items():
        for value, words in values.items():
            for word in (*words, *([value] if value.isalpha() and value.isupper() else [])):
                found.setdefault(key(word), names[kind])
    return found


def kind_of_sort(word_key: str) -> str | None:
    """The name of the kind of which this word names a sort."""
    return _kinds_by_word().get(word_key)


def own_words(kind: str, attributes: Mapping[str, str]) -> tuple[str, ...]:
    """The words of the sorts that a product is, by its attribute values."""
    values = subtypes().get(kind, {})
    stated = {*attributes.values(), *(f"{name}={value}" for name, value in attributes.items())}
    return tuple(dict.fromkeys(word for value, words in values.items() if value in stated for word in words))


def others_words(kind: str, attributes: Mapping[str, str]) -> frozenset[str]:
    """The words of the kind's sorts that a product is not; none where it states no sort at all."""
    own = own_words(kind, attributes)
    known = {word for words in subtypes().get(kind, {}).values() for word in words}
    return frozenset(known.difference(own)) if own else frozenset()
