"""What every line of the match page is put into words with, and a form that was not saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from starlette.datastructures import FormData

from catalogue.checks.state import LineState
from frontend.pages.check_decisions import Dossiers
from frontend.pages.check_desk import text
from frontend.pages.check_needs import mark, standing_value
from frontend.pages.check_words import PackWords


@dataclass(frozen=True, slots=True)
class Found:
    """The search of one line: what was asked, how many there are, and the first of them."""

    place: int
    text: str
    total: int
    ids: tuple[UUID, ...]


@dataclass(frozen=True)
class Bench:
    """`typed` is a form that was not saved; `changed` are lines that somebody else decided meanwhile."""

    terms: PackWords
    twins: Mapping[tuple[str, ...], int]
    dossiers: Dossiers
    found: Found | None = None
    typed: FormData | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    brought: Mapping[int, str] = field(default_factory=dict)
    changed: frozenset[int] = frozenset()

    def value(self, name: str, kept: str) -> str:
        """What was typed, else what is kept."""
        return kept if self.typed is None or name not in self.typed else text(self.typed, name)

    def choice(self, place: int, line: LineState) -> str:
        """The product or word to check: what was chosen, unless it only repeats what the form came with."""
        kept, code = standing_value(line), self.value(f"m-{place}", "")
        typed = self.products.get(code, code)
        if not typed or mark(typed) == self.brought.get(place, "").partition(".")[0]:
            return kept
        return typed

    @cached_property
    def products(self) -> Mapping[str, str]:
        """Products by their registry numbers, as the radios name them."""
        return {dossier.product.fact.code: str(key) for key, dossier in self.dossiers.items()}
