"""Checks that a document speaks of the kind of material it is declared as, by its PCR and its description."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from registry.declarations.preflight.conditions import KIND
from registry.declarations.preflight.model import Family, Fault, Severity, at
from registry.declarations.preflight.view import View

checks = Family("own table of words (materials.csv, low)")


@dataclass(frozen=True, slots=True)
class _Material:
    """Kinds by prefix; words that name such a material, and words that may stand for it in a text."""

    kinds: tuple[str, ...]
    names: re.Pattern[str]
    beside: re.Pattern[str]

    def speaks_of(self, text: str) -> bool:
        return bool(self.names.search(text) or self.beside.search(text))


@cache
def _materials() -> tuple[_Material, ...]:
    text = (resources.files(__package__) / "materials.csv").read_text("utf-8")
    return tuple(
        _Material(tuple(row["kinds"].split()), _words(row["names"]), _words(row["beside"]))
        for row in csv.DictReader(text.splitlines())
    )


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _another(view: View, text: str) -> str | None:
    """A word for another material, where a text names one and not a word of the kind's own.

    A kind that the table does not know is never doubted.
    """
    kind = view.context.kind or ""
    own = [one for one in _materials() if kind.startswith(one.kinds)]
    if not own or any(one.speaks_of(text) for one in own):
        return None
    found = (one.names.search(text) for one in _materials())
    return next((one[0] for one in found if one), None)


@checks.check("pcr-of-other-material", Severity.WARNING, when=KIND)
def pcr_of_other_material(view: View) -> Iterator[Fault]:
    text = " ".join(view.dataset.pcr.names.values()) if view.dataset.pcr else ""
    word = _another(view, text)
    if word is not None:
        yield at("pcr", pcr=text, word=word)


@checks.check("description-of-other-material", Severity.WARNING, when=KIND)
def description_of_other_material(view: View) -> Iterator[Fault]:
    """A description that names another material and not one word of the kind's own."""
    for lang, text in view.dataset.descriptions.items():
        word = _another(view, text)
        if word is not None:
            yield at(f"descriptions.{lang}", word=word)


@checks.check("name-of-other-material", Severity.WARNING, when=KIND)
def name_of_other_material(view: View) -> Iterator[Fault]:
    """None of the document's names speaks of its kind, and one names another material."""
    word = _another(view, view.names)
    if word is not None:
        yield at("names", word=word)
