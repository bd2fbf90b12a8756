"""Words that name one sort of a material kind: 洗脸盆 is sanitary ware, but no urinal is found by it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from search.text.analyze import key

_FILE = Path(__file__).with_name("subtypes.toml")
_NAME, _NARROWER = "kind", "narrower"
_AND = " & "  # between the values that a sort has together


@cache
def _given() -> Mapping[str, Mapping[str, Any]]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def subtypes() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Words by kind and by value: by `name=value` where a value alone would not tell, by several with `&`."""
    return {
        kind: {value: tuple(words) for value, words in values.items() if value not in (_NAME, _NARROWER)}
        for kind, values in _given().items()
    }


@cache
def narrower() -> Mapping[str, tuple[str, ...]]:
    """Words by kind that name a sort of it which no attribute tells."""
    return {kind: tuple(values.get(_NARROWER, ())) for kind, values in _given().items()}


def parts(value: str) -> tuple[str, ...]:
    """The values that one key of `subtypes` asks for together."""
    return tuple(value.split(_AND))


def kind_names() -> Mapping[str, str]:
    """What each kind of the file is called."""
    return {kind: values[_NAME] for kind, values in _given().items()}


@cache
def _kinds_by_word() -> Mapping[str, str]:
    """The name of the kind whose sort a word names; a value in capitals, as EPDM, is such a word itself."""
    names = kind_names()
    found: dict[str, str] = {}
    for kind, values in subtypes().items():
        named = [value for value in values if value.isalpha() and value.isupper()]
        for word in (*chain.from_iterable(values.values()), *named, *narrower()[kind]):
            found.setdefault(key(word), names[kind])
    return found


def kind_of_sort(word_key: str) -> str | None:
    """The name of the kind of which this word names a sort."""
    return _kinds_by_word().get(word_key)


def own_words(kind: str, attributes: Mapping[str, str]) -> tuple[str, ...]:
    """The words of the sorts that a product is, by its attribute values."""
    values = subtypes().get(kind, {})
    stated = {*attributes.values(), *(f"{name}={value}" for name, value in attributes.items())}
    own = (words for value, words in values.items() if stated.issuperset(parts(value)))
    return tuple(dict.fromkeys(chain.from_iterable(own)))


def others_words(kind: str, attributes: Mapping[str, str]) -> frozenset[str]:
    """The words of the kind's sorts that a product is not; where it states no sort, those no value tells."""
    own, values = own_words(kind, attributes), subtypes().get(kind, {}).values()
    untold = narrower().get(kind, ())
    return frozenset((*chain.from_iterable(values), *untold)).difference(own) if own else frozenset(untold)
