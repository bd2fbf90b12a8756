"""Coded sentences: a message key and its facts become a sentence in the reader's language."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from string import Formatter
from typing import Self

LANGUAGES = ("zh", "en")
PACKAGES = ("registry", "search", "catalogue", "frontend")
# Every file of sentences: one a layer, and one each where a package below has sentences by the hundred.
PLACES = (*PACKAGES, "registry.declarations.preflight")


@cache
def catalogue(lang: str) -> Mapping[str, str]:
    """Every layer's sentences in one language; a key defined twice is an error."""
    found: dict[str, str] = {}
    for place in PLACES:
        source = resources.files(place) / f"messages.{lang}.toml"
        if not source.is_file():
            continue
        for key, sentence in tomllib.loads(source.read_text("utf-8")).items():
            if key in found:
                raise ValueError(f"message {key!r} is defined twice")
            found[key] = sentence
    return found


def placeholders(sentence: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)


def say(key: str, lang: str, facts: Mapping[str, object] | None = None) -> str:
    """The sentence for a key; a missing key is a defect and raises KeyError."""
    return catalogue(lang)[key].format_map(
        {name: _said(value, lang) for name, value in (facts or {}).items()}
    )


def listed(items: Iterable[str], lang: str) -> str:
    """Several things one after the other, as the language separates them."""
    return ("、" if lang == "zh" else ", ").join(items)


class Spoken(str):
    """A fact with words of its own in each language; as text it is what programs read."""

    __slots__ = ()

    def said(self, lang: str) -> str:  # noqa: ARG002 - for those that have words
        return str(self)


class Listed(Spoken):
    """Several things in one fact: with commas as text, in a sentence as its language separates them."""

    __slots__ = ("items",)
    items: tuple[str, ...]

    def __new__(cls, items: Iterable[str]) -> Self:
        several = tuple(items)
        found = super().__new__(cls, ", ".join(several))
        found.items = several
        return found

    def said(self, lang: str) -> str:
        return listed((_said(one, lang) for one in self.items), lang)


def as_text(value: object) -> str:
    """A fact as programs read it, the same in every language."""
    if isinstance(value, (list, tuple, frozenset, set)):
        return Listed(str(one) for one in value)
    return str(value)


def _said(value: object, lang: str) -> str:
    if isinstance(value, Spoken):
        return value.said(lang)
    if isinstance(value, (list, tuple, frozenset, set)):
        return listed((_said(one, lang) for one in value), lang)
    return str(value)
