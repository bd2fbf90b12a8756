"""The words a reader meant: a typed query becomes words, each with the spellings it may have."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from registry.kit.ids import parse_code
from search.text import analyze, numbers, pinyin, segment, standards, subtypes, synonyms

LONGEST_QUERY = 400  # characters
_CODE_LENGTH = 40  # a 登记号 with blanks and dashes
_MOST_WORDS = 10
_JOINED_WORDS = 5  # di fu she bo li
_JOINED_LENGTH = 32
_GRADE_SIGNS = frozenset("级型")
_LONG_WORD = 3  # pairs: 防火门 must not find every 防火
# T/CECS 10034 → TCECS 10034, as records have it too: of a million products most name some standard of T and
# some of CECS, and looking through both for those with the number took 85 ms, for tcecs 31 (2026-11).
_SERIES = re.compile(r"(?<![^\W_])([a-z]{1,6})/([a-z]{1,6})(?=\s*\d)")
# P·O42.5R, P.S.A32.5: a sign of a sort, then its grade; written together with it, the sign is not seen.
_GRADED = re.compile(r"(?<![^\W_])([a-z](?:[.·][a-z]{1,3}){1,2})(?=\d)")
_CONCRETE = re.compile(r"(c\d{2})((?:[pf]\d{1,3})+)")  # C35P6: strength, water-tightness, frost resistance


class Script(StrEnum):
    CJK = "cjk"
    LETTERS = "letters"
    CODE = "code"  # with a digit: typed exactly, so never corrected
    NUMBER = "number"  # a paper's or a register's: its parts must stand side by side
    SOUND = "sound"  # the pinyin of a Chinese word whose characters were found nowhere


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    script: Script
    is_prefix: bool = False
    is_purpose: bool = False  # what it is for: 卫生间用 may be said of any board
    is_whole: bool = False  # nothing is missing at its end: GB 175 is not GB 17500
    is_edition: bool = False  # the year behind a standard's number

    @property
    def tokens(self) -> tuple[str, ...]:
        """What must stand side by side in a field."""
        if self.script is Script.NUMBER:
            return analyze.phrase_tokens(self.text)
        return analyze.bigrams(self.text) if self.script is Script.CJK else (self.text,)

    @property
    def parts(self) -> tuple[str, ...]:
        """The pure pieces of a code, empty where there is only one."""
        found = analyze.pure_parts(self.text) if self.script is Script.CODE else ()
        return found if len(found) > 1 else ()

    @property
    def typos(self) -> int:
        """Allowed slips: one from five letters, two from nine; none in Chinese, digits and codes."""
        if self.script is not Script.LETTERS:
            return 0
        return (len(self.text) >= 5) + (len(self.text) >= 9)


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring words read as one: typed apart (low e) or meaning something (gypsum board)."""

    first: int
    last: int
    joined: Word | None
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryText:
    text: str
    words: tuple[Word, ...]
    windows: tuple[Window, ...]

    @property
    def word_tokens(self) -> tuple[str, ...]:
        return tuple(token for word in self.words for token in word.tokens)


def understand(text: str) -> QueryText:
    """Pure and total: any text gives words, perhaps none."""
    text = parse_code(text[:_CODE_LENGTH]) or text[:LONGEST_QUERY]
    found = list(_read(analyze.normalise(text)))
    kept = _without(_without(found, segment.STOP_WORDS), segment.GENERAL_WORDS)[:_MOST_WORDS]
    is_open = not text[-1:].isspace() and not (kept and _is_complete(kept[-1]))
    if kept and is_open and (len(kept) == 1 or len(kept[-1].text) > 1):
        kept[-1] = replace(kept[-1], is_prefix=True)
    return QueryText(text, tuple(kept), tuple(_windows(kept)))


def is_number(text: str) -> bool:
    """Whether a text is a number of a paper or of ours and nothing else, on record or not."""
    words = understand(text).words
    return bool(parse_code(text[:_CODE_LENGTH])) or [word.script for word in words] == [Script.NUMBER]


def _read(plain: str) -> Iterator[Word]:
    """The words of a normalised text in their order; numbers of papers are one word each."""
    joined, named = standards.joined(plain)
    start = 0
    for first, last in numbers.numbers(joined):
        if not any(one in joined[first:last] for one in named):
            yield from _said(joined[start:first], named)
            yield Word(joined[first:last], Script.NUMBER, is_whole=True)
            start = last
    yield from _said(joined[start:], named)


def _said(joined: str, named: frozenset[str]) -> Iterator[Word]:
    units = analyze.units(_GRADED.sub(r"\1 ", _SERIES.sub(r"\1\2", joined)))
    for before, unit in zip((None, *units), units, strict=False):
        if unit.text in named:
            yield Word(unit.text, Script.CODE, is_whole=True)
        elif before and before.text in named and standards.is_edition(unit.text):
            yield Word(unit.text, Script.CODE, is_whole=True, is_edition=True)
        else:
            yield from _words(unit, before)


def _is_complete(word: Word) -> bool:
    return word.is_whole or synonyms.is_abbreviation(word.text)


def _without(words: list[Word], skipped: frozenset[str]) -> list[Word]:
    """The words that say something; all of them where none does."""
    return [word for word in words if word.text not in skipped] or words


def without_purpose(query: QueryText) -> QueryText | None:
    """What is asked apart from what it is to serve; None without such words."""
    words = tuple(word for word in query.words if not word.is_purpose)
    if not words or words == query.words:
        return None
    return QueryText(query.text, words, tuple(_windows(list(words))))


def without_edition(query: QueryText) -> QueryText:
    """The standards by their numbers alone: the year says little where that edition is not stated."""
    words = tuple(word for word in query.words if not word.is_edition)
    return query if words == query.words else QueryText(query.text, words, tuple(_windows(list(words))))


def of_kinds(query: QueryText) -> QueryText | None:
    """The kinds instead of their sorts, for sorts that no product is; None where no sort is named."""
    whole = subtypes.kind_of_sort(analyze.key(query.text))
    named = [whole] if whole else [subtypes.kind_of_sort(analyze.key(word.text)) for word in query.words]
    if not any(named):
        return None
    said = named if whole else [name or word.text for name, word in zip(named, query.words, strict=True)]
    return understand(" ".join(dict.fromkeys(filter(None, said))))


def in_pairs(query: QueryText) -> QueryText | None:
    """A single long Chinese word taken apart, for the search that found nothing; None otherwise."""
    if len(query.words) != 1 or query.words[0].script is not Script.CJK or len(query.words[0].text) < 3:
        return None
    words = tuple(Word(pair, Script.CJK) for pair in query.words[0].tokens[:_MOST_WORDS])
    return QueryText(query.text, words, ())


def in_characters(query: QueryText) -> QueryText | None:
    """A single short run without any word in it, by its characters, of which one may be wrong; else None."""
    if len(query.words) != 1 or query.words[0].script is not Script.CJK:
        return None
    run = query.words[0].text
    if len(run) != _LONG_WORD or not segment.is_strange(run):
        return None
    return QueryText(query.text, tuple(Word(one, Script.CJK) for one in run), ())


def by_sound(query: QueryText) -> QueryText | None:
    """The Chinese words as they sound, for a wrong character of the right sound; None without such a word."""
    words = tuple(
        Word("".join(pinyin.syllables(word.text)), Script.SOUND)
        if word.script is Script.CJK and len(word.text) > 1
        else word
        for word in query.words
    )
    return None if words == query.words else QueryText(query.text, words, ())


def most_pairs(pairs: int) -> int:
    """How many pairs of a word taken apart must be there: one may differ in a long word, none in a short."""
    return pairs if pairs < _LONG_WORD else pairs - 1


def _words(unit: analyze.Unit, before: analyze.Unit | None) -> Iterator[Word]:
    if unit.is_cjk and unit.text[0] in _GRADE_SIGNS and before and not before.is_cjk:
        yield Word(unit.text[0], Script.CJK)  # A级不燃: the sign belongs to the letter before it
        unit = unit._replace(text=unit.text[1:])
        if not unit.text:
            return
    if unit.is_cjk:
        is_purpose = before is not None and unit.text.endswith("用")
        yield from (Word(word, Script.CJK, is_purpose=is_purpose) for word in segment.cut(unit.text))
        return
    parts = analyze.pure_parts(unit.text)
    if len(parts) > 1 and len(parts[0]) > 1 and synonyms.others(parts[0]):
        grade = unit.text.removeprefix(parts[0])
        yield from (Word(part, _script(part)) for part in (parts[0], grade))  # po42.5r: its name, then 42.5r
        return
    if classes := _CONCRETE.fullmatch(unit.text):
        yield from (Word(part, Script.CODE) for part in (classes[1], *re.findall(r"[pf]\d+", classes[2])))
        return
    yield Word(unit.text, _script(unit.text))


def _script(token: str) -> Script:
    return Script.LETTERS if token.isalpha() else Script.CODE


def _windows(words: list[Word]) -> Iterator[Window]:
    longest = synonyms.longest_key()
    for first in range(len(words)):
        for last in range(first, len(words)):
            inside = words[first : last + 1]
            text = "".join(word.text for word in inside)
            if len(text) > max(longest, _JOINED_LENGTH):
                break
            joined = _joined(inside, text)
            same = synonyms.others(text)
            if joined or same:
                yield Window(first, last, joined, same)


def _joined(inside: list[Word], text: str) -> Word | None:
    if not 1 < len(inside) <= _JOINED_WORDS or len(text) > _JOINED_LENGTH:
        return None
    if any(word.script is not Script.LETTERS for word in inside):
        return None
    return Word(text, Script.LETTERS, inside[-1].is_prefix)
