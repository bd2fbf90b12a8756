"""One answered product search, and the addresses that lead on from it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from frontend.forms import with_only
from frontend.pages.asking import Asked
from frontend.pages.criteria import EVERY_STATUS
from frontend.pages.finding import Counts
from frontend.pages.reference import Reference
from frontend.pages.searching import Outcome
from frontend.pages.words import Words
from frontend.views.parts import Chip
from search.documents.fields import Field
from search.engine.ports import SearchResult

Count = Callable[[Field | str], int]
Chips = list[tuple[Field | str, Chip]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered search with everything the page names things with."""

    outcome: Outcome
    counts: Counts
    everything: Counts
    known: Reference
    words: Words
    on: date

    @property
    def asked(self) -> Asked:
        return self.outcome.asked

    @property
    def found(self) -> SearchResult:
        return self.outcome.found

    @property
    def path(self) -> str:
        return f"/{self.words.lang}/products"

    def href(self, query: str) -> str:
        return f"{self.path}?{query}" if query else self.path


def clear(answer: Answer) -> str:
    """Everything off but the words; also the usual state, since it is a filter like the others."""
    words_only = answer.asked.criteria.only(("q",))
    return with_only(words_only, Field.STATUS, EVERY_STATUS)
