"""Words that name one sort of a material kind: 洗脸盆 is sanitary ware, but no urinal is found by it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("subtypes.toml")


@cache
def subtypes() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Words by kind and by value, or by `name=value` where a value alone would not tell."""
    with _FILE.open("rb") as file:
        given = tomllib.load(file)
    return {kind: {value: tuple(words) for value, words in values.items()} for kind, values in given.items()}


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
