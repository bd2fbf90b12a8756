"""Words that long texts hold whole, beside their pairs of characters: a term instead of a phrase.

2026-11, a million products: 磷石膏 as a phrase in descriptions and tags took 20 ms. The words are part of the
index: one that is added to the synonyms is found in an index that was built with it (`schema.fingerprint`).
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from search.documents.fields import Text
from search.text import analyze, synonyms

FIELDS = frozenset({Text.TAG, Text.DESCRIPTION})
_LEAST = 3  # characters; two are one pair


def inside(tokens: Sequence[str]) -> tuple[str, ...]:
    """The known words that stand in a text of these tokens, each once."""
    return tuple(dict.fromkeys(_inside(tokens)))


def word(tokens: Sequence[str]) -> str | None:
    """The known word these pairs of characters are; None where they are none."""
    return _words().get(tuple(tokens))


@cache
def version() -> str:
    """Changes with the words there are terms for."""
    return hashlib.sha256(repr(sorted(_words())).encode()).hexdigest()[:12]


def _inside(tokens: Sequence[str]) -> Iterator[str]:
    starting = _by_start()
    if starting.keys().isdisjoint(tokens):
        return
    for place, token in enumerate(tokens):
        for pairs, known in starting.get(token, ()):
            if tuple(tokens[place : place + len(pairs)]) == pairs:
                yield known


@cache
def _words() -> Mapping[tuple[str, ...], str]:
    known = {analyze.key(text) for group in synonyms.groups() for text in group if len(text) >= _LEAST}
    return {analyze.bigrams(text): text for text in known if all(map(analyze.is_cjk, text))}


@cache
def _by_start() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for pairs, known in sorted(_words().items()):
        found.setdefault(pairs[0], []).append((pairs, known))
    return {start: tuple(words) for start, words in found.items()}
