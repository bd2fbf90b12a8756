"""Coded sentences: a message key and its facts become a sentence in the reader's language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from string import Formatter

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
    return catalogue(lang)[key].format_map({name: _shown(value) for name, value in (facts or {}).items()})


def _shown(value: object) -> str:
    if isinstance(value, (list, tuple, frozenset, set)):
        return "、".join(str(item) for item in value)
    return str(value)
