"""Groups of words that mean the same building material, in Chinese and English."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from search.text.analyze import is_cjk, key, units

_FILE = Path(__file__).with_name("synonyms.toml")
_ABBREVIATION = 4  # letters


@cache
def _given() -> Mapping[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def groups() -> tuple[tuple[str, ...], ...]:
    """The reviewed groups; a word may stand in several."""
    return tuple(map(tuple, _given()["groups"]))


@cache
def broader() -> Mapping[str, tuple[str, ...]]:
    """Words that mean several narrower ones, which do not mean them."""
    return {word: tuple(meant) for word, meant in _given()["broader"].items()}


@cache
def _by_key() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for group in groups():
        for word in group:
            others = (other for other in group if key(other) != key(word))
            found[key(word)] = tuple(dict.fromkeys((*found.get(key(word), ()), *others)))
    for word, meant in broader().items():
        found[key(word)] = tuple(dict.fromkeys((*found.get(key(word), ()), *meant)))
    return found


def others(word_key: str) -> tuple[str, ...]:
    """The other members of the groups a word belongs to, and the narrower words it means."""
    return _by_key().get(word_key, ())


def is_abbreviation(word: str) -> bool:
    """A short Latin word that is whole as it stands: EPD must not find EPDM."""
    return len(word) <= _ABBREVIATION and word.isascii() and word.isalpha() and word in _by_key()


@cache
def longest_key() -> int:
    return max(map(len, _by_key()))


def chinese_words() -> Iterator[str]:
    """The CJK runs of all groups, for the segmenter's dictionary."""
    for group in groups():
        for word in group:
            yield from (unit.text for unit in units(word) if is_cjk(unit.text) and len(unit.text) > 1)
