"""Codes among the facts of a sentence, in the words of the reader: kinds, properties and their values."""

from collections.abc import Mapping

from registry.categories.facts import MaterialKindFact
from registry.kit.messages import catalogue

Kinds = Mapping[str, MaterialKindFact]
VALUES = frozenset({"stated", "registered"})


def spoken(facts: Mapping[str, str], lang: str, kinds: Kinds) -> dict[str, str]:
    """The facts as a sentence names them; what is no code stands for itself."""
    return {name: _word(name, value, lang, kinds) for name, value in facts.items()}


def _word(name: str, value: str, lang: str, kinds: Kinds) -> str:
    if name == "kind" and value in kinds:
        return kinds[value].name_zh if lang == "zh" else kinds[value].name_en
    if name == "property":
        specs = (spec for kind in kinds.values() for spec in kind.attributes if spec.name == value)
        return next((spec.label_zh if lang == "zh" else spec.label_en for spec in specs), value)
    return catalogue(lang).get(f"attribute.{value}", value) if name in VALUES else value
