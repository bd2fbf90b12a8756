"""A document's texts as the whitespace-separated tokens the embedded index takes; repeated texts are kept."""

from functools import lru_cache
from itertools import accumulate, chain

from registry.kit.ids import parse_code
from search.documents.fields import Text
from search.engine import whole
from search.text import analyze, pinyin

START = "^"  # stands before a name, so that a phrase can ask for its beginning
_LONGEST_HEAD = 3  # letters
LONGEST_BEGINNING = 4  # tokens; longer ones are asked for as phrases
_NAMES = (Text.NAME, Text.NAME_EN)
# Makers, places and standards come with many products, so what was made of their words is kept.
_TEXTS, _KINDS = 32_768, 1024


def analysed(field: Text, texts: tuple[str, ...]) -> list[str]:
    """Main tokens first, other spellings after all of them, so that they never stand inside a phrase."""
    spelled = _spelling if field is Text.DESCRIPTION else _spelled  # no two descriptions are the same
    known = [spelled(text) for text in texts]
    start = f"{START} " if field in _NAMES else ""
    values = [start + main for main, *_ in known]
    values += [
        variant
        for text, (_, variants, _) in zip(texts, known, strict=True)
        if not (field is Text.CODE and is_own(text))
        for variant in variants
    ]
    if field in whole.FIELDS:
        values += [" ".join(words) for *_, words in known if words]
    if field is Text.CODE:
        values += [_tails(text) for text in texts]
    return values


@lru_cache(_TEXTS)
def is_own(text: str) -> bool:
    """A number of ours: its letters and digits mean nothing apart, so PE does not find YS-CPE4F2-9K3MX-H."""
    return parse_code(text) is not None


@lru_cache(_TEXTS)
def sounds(texts: tuple[str, ...]) -> str:
    return " ".join(dict.fromkeys(chain.from_iterable(map(_sound, texts))))


def beginnings(names: tuple[str, ...]) -> tuple[str, ...]:
    """How names begin, up to so many tokens: a term is found much faster than a phrase from the start."""
    found: list[str] = []
    for main in (_spelled(name)[0] for name in names if name):
        found += [main[0]] if analyze.is_cjk(main) else []
        found += accumulate(main.split(" ", LONGEST_BEGINNING)[:LONGEST_BEGINNING], _and_then)
    return tuple(dict.fromkeys(filter(None, found)))


def _and_then(start: str, token: str) -> str:
    return beginning((start, token))


def heads(values: list[str]) -> list[str]:
    """The first letters of codes: a million numbers that begin with g are one term, not a million."""
    words = {word[:_LONGEST_HEAD] for value in values for word in value.split() if word[0].isalpha()}
    starts = {word[:length] for word in words for length in range(1, len(word) + 1)}
    return sorted(filter(is_head, starts))


def is_head(text: str) -> bool:
    return len(text) <= _LONGEST_HEAD and text.isascii() and text.isalpha()


def beginning(of: tuple[str, ...]) -> str:
    return " ".join(of)


@lru_cache(_KINDS)
def kind_forms(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a kind in every form a query may name it by."""
    return tuple(sorted({form for word in words for form in _typed(word)}))


def _typed(word: str) -> set[str]:
    """A kind's word as people type it: its characters, its whole pinyin, its initials."""
    whole = {token.removeprefix(pinyin.ANCHOR) for token in pinyin.tokens(word) if token[:1] == pinyin.ANCHOR}
    return {analyze.key(word), *(whole if not any(c.isascii() and c.isalnum() for c in word) else ())}


@lru_cache(_TEXTS)
def _sound(text: str) -> tuple[str, ...]:
    return pinyin.tokens(text)


def _spelling(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Its main tokens, its other spellings, and the known words in it."""
    main, others = analyze.spelled(text)
    return " ".join(main), tuple(map(" ".join, others)), whole.inside(main)


_spelled = lru_cache(_TEXTS)(_spelling)


@lru_cache(_TEXTS)
def _tails(text: str) -> str:
    return " ".join(analyze.code_tails(text))
