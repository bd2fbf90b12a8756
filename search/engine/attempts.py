"""What is asked, and how many of its words must be there: the ladder every engine climbs down."""

from collections.abc import Iterator
from typing import NamedTuple

from search.engine.ports import Widened
from search.text.words import (
    QueryText,
    Script,
    by_sound,
    in_characters,
    in_pairs,
    most_pairs,
    of_kinds,
    without_edition,
    without_purpose,
)


class Rung(NamedTuple):
    """One step; `widened` is None only for the first, which asks for every word as typed."""

    query: QueryText
    required: int
    widened: Widened | None = None

    @property
    def is_whole(self) -> bool:
        """All of its words are asked for."""
        return self.required >= len(self.query.words)


def attempts(query: QueryText, *, relax: bool) -> Iterator[Rung]:
    """All words first; then, if the request allows it, ever less, until something is found."""
    whole = max(1, len(query.words))
    yield Rung(query, whole)
    if not relax or any(word.script is Script.NUMBER for word in query.words):
        return  # no other number is meant by a wrong one
    if sounded := by_sound(query):
        yield Rung(sounded, whole, Widened.SOUND)
    if bare := without_purpose(query):
        yield Rung(bare, len(bare.words), Widened.PURPOSE)
    if wider := of_kinds(query):
        yield Rung(wider, len(wider.words), Widened.KIND)
    undated = without_edition(query)
    most = len(undated.words)
    for required in range(most - (undated is query), 0, -1):
        yield Rung(undated, required, Widened.WORDS)
    if pairs := in_pairs(query):
        for required in range(len(pairs.words), most_pairs(len(pairs.words)) - 1, -1):
            yield Rung(pairs, required, Widened.PAIRS)
    if characters := in_characters(query):
        yield Rung(characters, len(characters.words) - 1, Widened.CHARACTER)
