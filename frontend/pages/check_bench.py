"""What every line of the match page is put into words with, and a form that was not saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from starlette.datastructures import FormData

from catalogue.checks.state import LineState
from frontend.pages.check_decisions import Dossiers
from frontend.pages.check_needs import standing_value
from frontend.pages.check_words import PackWords


@dataclass(frozen=True, slots=True)
class Found:
    """The search of one line: what was asked, how many there are, and the first of them."""

    place: int
    text: str
    total: int
    ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Bench:
    """`typed` is a form that was not saved; `changed` are lines that somebody else decided meanwhile."""

    terms: PackWords
    twins: Mapping[tuple[str, ...], int]
    dossiers: Dossiers
    found: Found | None = None
    typed: FormData | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    changed: frozenset[int] = frozenset()

    def value(self, name: str, kept: str) -> str:
        """What was typed, else what is kept."""
        if self.typed is None:
            return kept
        given = self.typed.get(name, kept)
        return given if isinstance(given, str) else kept

    def choice(self, place: int, line: LineState) -> str:
        """The radio to check: what was chosen, unless it only repeats what the form came with."""
        kept = standing_value(line)
        typed = self.value(f"m-{place}", kept)
        brought = self.value(f"was-{place}", "").rpartition(".")[0]
        return kept if typed == brought else typed
