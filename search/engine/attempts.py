"""What is asked, and how many of its words must be there: the ladder every engine climbs down."""

from collections.abc import Iterator

from search.text.words import (
    QueryText,
    by_sound,
    in_characters,
    in_pairs,
    most_pairs,
    of_kinds,
    without_purpose,
)


def attempts(query: QueryText, *, relax: bool) -> Iterator[tuple[QueryText, int]]:
    """All words first; then, if the request allows it, ever less, until something is found."""
    whole = max(1, len(query.words))
    yield query, whole
    if not relax:
        return
    if sounded := by_sound(query):
        yield sounded, whole
    if bare := without_purpose(query):
        yield bare, len(bare.words)
    if wider := of_kinds(query):
        yield wider, len(wider.words)
    for required in range(whole - 1, 0, -1):
        yield query, required
    if pairs := in_pairs(query):
        for required in range(len(pairs.words), most_pairs(len(pairs.words)) - 1, -1):
            yield pairs, required
    if characters := in_characters(query):
        yield characters, len(characters.words) - 1
