"""Marks in an original text what a query found there, also through spacing, slips, pinyin and synonyms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from search.text import analyze, pinyin
from search.text.words import QueryText, Script, Word, understand


class Segment(NamedTuple):
    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class _Projection:
    """The letters, digits and characters of a text without its signs, and where each one came from."""

    letters: str
    origin: tuple[int, ...]
    starts: frozenset[int]  # positions where a token begins
    ends: frozenset[int]


def highlight(text: str, query: QueryText | str) -> tuple[Segment, ...]:
    """The whole text in order; joined together the segments are the text again."""
    meant = understand(query) if isinstance(query, str) else query
    marked = _marks(text, meant)
    segments: list[Segment] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or marked[end] != marked[start]:
            segments.append(Segment(text[start:end], marked[start]))
            start = end
    return tuple(segments)


def is_found(text: str, query: QueryText) -> bool:
    """Every word of the query stands in this one text."""
    projection = _project(text)
    joined = [
        window for window in query.windows if any(_window_spans(projection, window.joined, window.synonyms))
    ]
    covered = {index for window in joined for index in range(window.first, window.last + 1)}
    return all(
        index in covered or any(_word_spans(projection, word)) for index, word in enumerate(query.words)
    )


def _marks(text: str, query: QueryText) -> list[bool]:
    projection = _project(text)
    marked = [False] * len(text)
    spans = [span for word in query.words for span in _word_spans(projection, word)]
    for window in query.windows:
        spans += _window_spans(projection, window.joined, window.synonyms)
    for start, end in spans:
        for place in range(projection.origin[start], projection.origin[end - 1] + 1):
            marked[place] = True
    return marked


@lru_cache(2048)  # names of kinds and makers are looked at with every letter that is typed
def _project(text: str) -> _Projection:
    letters: list[str] = []
    origin: list[int] = []
    starts: set[int] = set()
    ends: set[int] = set()
    before = ""
    for place, original in enumerate(text):
        plain = [char for char in analyze.normalise(original) if char.isalnum() or analyze.is_cjk(char)]
        if not plain:
            ends.add(len(letters))
            before = ""
            continue
        if _kind(plain[0]) != before:
            starts.add(len(letters))
            ends.add(len(letters))
        before = _kind(plain[-1])
        letters += plain
        origin += [place] * len(plain)
    return _Projection("".join(letters), tuple(origin), frozenset(starts), frozenset((*ends, len(letters))))


def _kind(char: str) -> str:
    if analyze.is_cjk(char):
        return "cjk"
    return "digit" if char.isdigit() else "letter"


def _word_spans(projection: _Projection, word: Word) -> Iterator[tuple[int, int]]:
    if word.script is Script.CJK:
        yield from _places(projection.letters, word.text)
        return
    needle = analyze.key(word.text).replace(".", "")
    for start, end in _places(projection.letters, needle):
        if start in projection.starts and (word.is_prefix or end in projection.ends):
            yield start, end
    if word.typos:
        yield from _near(projection, word)
    if word.script is Script.LETTERS:
        yield from _pinyin_spans(projection, word)


def _window_spans(
    projection: _Projection, joined: Word | None, synonyms: Sequence[str]
) -> Iterator[tuple[int, int]]:
    if joined is not None:
        for start, end in _places(projection.letters, joined.text):
            if start in projection.starts and (joined.is_prefix or end in projection.ends):
                yield start, end
        yield from _pinyin_spans(projection, joined)
    for synonym in synonyms:
        for start, end in _places(projection.letters, analyze.key(synonym).replace(".", "")):
            whole = start in projection.starts and end in projection.ends
            if whole or analyze.is_cjk(synonym):
                yield start, end


def _places(text: str, needle: str) -> Iterator[tuple[int, int]]:
    start = text.find(needle) if needle else -1
    while start >= 0:
        yield start, start + len(needle)
        start = text.find(needle, start + 1)


def _near(projection: _Projection, word: Word) -> Iterator[tuple[int, int]]:
    for start in sorted(projection.starts):
        if start >= len(projection.letters) or not projection.letters[start].isascii():
            continue
        end = min(end for end in projection.ends if end > start)
        token = projection.letters[start:end]
        if is_near(word.text, token, word.typos, is_prefix=word.is_prefix):
            yield start, end


def is_near(typed: str, token: str, slips: int, *, is_prefix: bool) -> bool:
    """At most so many insertions, losses, changes or swaps of neighbours; a prefix may go on."""
    if not is_prefix and abs(len(typed) - len(token)) > slips:
        return False
    before: list[int] = []
    row = list(range(len(token) + 1))
    for i, typed_char in enumerate(typed, 1):
        older, before, row = before, row, [i]
        for j, char in enumerate(token, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (typed_char != char))
            if i > 1 and j > 1 and typed_char == token[j - 2] and typed[i - 2] == char:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return (min(row) if is_prefix else row[-1]) <= slips


def _pinyin_spans(projection: _Projection, word: Word) -> Iterator[tuple[int, int]]:
    place = 0
    while place < len(projection.letters):
        if not analyze.is_cjk(projection.letters[place]):
            place += 1
            continue
        end = place
        while end < len(projection.letters) and analyze.is_cjk(projection.letters[end]):
            end += 1
        yield from _read_spans(pinyin.syllables(projection.letters[place:end]), place, word)
        place = end


def _read_spans(read: tuple[str, ...], offset: int, word: Word) -> Iterator[tuple[int, int]]:
    """Stretches of syllables, or of initials, that the word spells; two letters only from the start."""
    starts = range(len(read)) if len(word.text) > 2 else range(min(1, len(read)))
    for start in starts:
        if "".join(syllable[0] for syllable in read[start:]).startswith(word.text):
            yield offset + start, offset + start + len(word.text)
        spelled = ""
        for end in range(start, len(read)):
            spelled += read[end]
            if len(spelled) >= len(word.text):
                if spelled.startswith(word.text):
                    yield offset + start, offset + end + 1
                break
