"""The order of the hits: the embedded engine's score, reckoned on the records Meilisearch hands over."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from search.documents.fields import SOUNDS, Text
from search.engine import leaves, query_builder
from search.engine import meilisearch_chains as chains
from search.engine import meilisearch_records as definition
from search.engine.leaves import ATTRIBUTE, EXACTNESS, MOST_TYPOS, PROXIMITY, RANK, SECOND_CHOICE, TYPO
from search.engine.meilisearch_filters import Spellings
from search.engine.parts import KIND_WORD
from search.text import analyze, pinyin
from search.text.highlight import is_near
from search.text.words import QueryText, Script, Word

_NAMES = (Text.NAME, Text.NAME_EN)
_USUAL_NAME = 12  # units; a longer name counts a little less, as BM25 has it


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One spelling of a word in one attribute; `needles` are alternatives of the same worth."""

    score: float
    text: Text
    needles: tuple[str, ...]


class Ranker:
    """Built once per query; every score is a sum over its words and what they are together."""

    def __init__(self, query: QueryText, spellings: Spellings) -> None:
        self._words = tuple(
            tuple(sorted(found, key=lambda leaf: -leaf.score)) for found in _leaves(query, spellings)
        )
        self._share = 1 / max(1, len(query.words))
        self._query = query
        self._phrase = chains.needle(query.text) if len(query.words) > 1 else ""
        self._needles = tuple(chains.needle(word.text) for word in query.words)
        self._apart = tuple(
            needle + chains.BREAK if len(needle) == 1 else needle  # alone a character ends its run
            for needle in self._needles
        )
        lengths = [len(word.tokens) for word in query.words]
        self._offsets = (0, *accumulate(lengths[:-1]))
        self._key = analyze.key(query.text)

    def score(self, record: Mapping[str, Any]) -> float:
        texts = {text: record.get(definition.text_field(text), "") for text in Text}
        literal = sum(next((one.score for one in found if _holds(texts, one)), 0.0) for found in self._words)
        standing = query_builder.STANDINGS[record[definition.STANDING]]
        return literal * self._share + self._nearness(texts) + self._position(texts, record) + standing

    def _nearness(self, texts: Mapping[Text, str]) -> float:
        if not self._phrase:
            return 0.0
        near = (self._slop(texts[text]) for text in query_builder.NEAR_FIELDS)
        slops = [slop for slop in near if slop is not None]
        steps = int(any(self._phrase in texts[text] for text in query_builder.PHRASE_FIELDS))
        steps += sum(min(slops, default=most + 1) <= most for most in query_builder.NEAR)
        return steps * PROXIMITY

    def _slop(self, text: str) -> int | None:
        """How many places further apart than side by side the words stand at best."""
        if not all(needle in text for needle in self._apart):
            return None
        places = _places(text)
        found = [
            [places[at + needle.startswith(chains.BREAK)] - offset for at in _occurrences(text, needle)]
            for needle, offset in zip(self._apart, self._offsets, strict=True)
        ]
        return min(_gap(first, found[1:]) for first in found[0])

    def _position(self, texts: Mapping[Text, str], record: Mapping[str, Any]) -> float:
        if not self._query.words:
            return 0.0
        names = "\n".join(texts[text] for text in _NAMES)
        beginning = chains.START + chains.BREAK
        whole = chains.needle(self._query.text).removeprefix(chains.BREAK)
        score = query_builder.BEGINS_WITH_QUERY * (beginning + whole in names)
        score += query_builder.BEGINS_WITH_WORD * (
            beginning + self._needles[0].removeprefix(chains.BREAK) in names
        )
        score += query_builder.WHOLE_NAME * (self._key in _keys(names))
        score += query_builder.WHOLE_KIND * (self._key in record.get(KIND_WORD, ()))
        first = chains.needle_of([self._query.words[0].tokens[0]])
        if first in texts[Text.NAME]:
            score += query_builder.SHORT_NAMES / (1 + len(texts[Text.NAME]) / _USUAL_NAME)
        return score


def near(word: Word, values: Sequence[str]) -> tuple[str, ...]:
    """Of the index's own spellings those that are few enough slips away."""
    return tuple(value for value in values if is_near(word.text, value, word.typos, is_prefix=word.is_prefix))


def _holds(texts: Mapping[Text, str], leaf: _Leaf) -> bool:
    text = texts[leaf.text]
    return any(needle in text for needle in leaf.needles)


def _keys(names: str) -> set[str]:
    named = (line for line in names.split("\n") if line.startswith(chains.START))
    return {line[1:].replace(chains.BREAK, "") for line in named}


def _places(text: str) -> list[int]:
    """The number of the unit or Chinese character each sign of a chain belongs to."""
    found, place = [], -1
    for before, char in zip(chains.BREAK + text, text, strict=False):
        starts = char not in (chains.BREAK, "\n") and (before in (chains.BREAK, "\n") or analyze.is_cjk(char))
        place += starts
        found.append(place)
    return found


def _occurrences(text: str, needle: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


def _gap(first: int, others: Sequence[Sequence[int]]) -> int:
    """How far the words stand from where they would be side by side; the other way round counts too."""
    total, at = 0, first
    for places in others:
        away, nearest = min((abs(place - at), place) for place in places)
        total, at = total + away, nearest
    return total


def _leaves(query: QueryText, spellings: Spellings) -> Iterator[list[_Leaf]]:
    together: dict[int, list[_Leaf]] = {index: [] for index in range(len(query.words))}
    for window in query.windows:
        found = list(_of_joined(window.joined)) if window.joined else []
        for synonym in window.synonyms:
            needle = (chains.needle(synonym),)
            found += [_Leaf(_worth(text, 3, is_second=True), text, needle) for text in leaves.SPELLED]
        for index in range(window.first, window.last + 1):
            together[index] += found
    for index, word in enumerate(query.words):
        yield [*_of_word(word), *_typos(word, spellings.get(word.text, {})), *together[index]]


def _of_word(word: Word) -> Iterator[_Leaf]:
    if word.script is not Script.SOUND:
        for text in leaves.SPELLED:
            yield _Leaf(_worth(text, 3), text, (chains.needle(word.text),))
            is_short = (
                text is Text.CODE and word.script is Script.CODE and len(word.text) < leaves.CODE_BEGINS
            )
            if word.parts and not is_short:
                yield _Leaf(_worth(text, 2), text, (chains.needle_of(word.parts),))
            if word.is_prefix and word.script is not Script.CJK and not is_short:
                yield _Leaf(_worth(text, 1), text, (chains.BREAK + word.text,))
    yield from _sounds(word)


def _of_joined(word: Word) -> Iterator[_Leaf]:
    for text in leaves.SPELLED:
        yield _Leaf(_worth(text, 3, is_second=True), text, (chains.needle_of([word.text]),))
        if word.is_prefix:
            yield _Leaf(_worth(text, 1, is_second=True), text, (chains.BREAK + word.text,))
    yield from _sounds(word)


def _sounds(word: Word) -> Iterator[_Leaf]:
    if word.script not in (Script.LETTERS, Script.SOUND):
        return
    token = " " + (pinyin.ANCHOR if len(word.text) <= leaves.SHORT_PINYIN else "") + word.text
    for text in SOUNDS:
        yield _Leaf(_worth(text, 3), text, (token + " ",))
        yield _Leaf(_worth(text, 1), text, (token,))


def _typos(word: Word, known: Mapping[str, tuple[str, ...]]) -> Iterator[_Leaf]:
    for typos in range(1, word.typos + 1):
        for attribute, values in known.items():
            spelled = tuple(
                value for value in values if is_near(word.text, value, typos, is_prefix=word.is_prefix)
            )
            if not spelled:
                continue
            is_sound = attribute == definition.SOUND
            needles = tuple(f" {one} " if is_sound else chains.needle_of([one]) for one in spelled)
            for text in SOUNDS if is_sound else leaves.SPELLED:
                if text in leaves.CORRECTED:
                    yield _Leaf(_worth(text, 0, typos=typos), text, needles)


def _worth(text: Text, exactness: int, *, typos: int = 0, is_second: bool = False) -> float:
    rank = RANK[text] - SECOND_CHOICE * is_second
    return (MOST_TYPOS - typos) * TYPO + rank * ATTRIBUTE + exactness * EXACTNESS
