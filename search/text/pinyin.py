"""Pinyin of Chinese names, one token for every syllable a typist may start from."""

from collections.abc import Iterator
from functools import lru_cache

from search.text.analyze import units

ANCHOR = "^"
_LONGEST = 8  # syllables in one token


@lru_cache(maxsize=65_536)
def syllables(run: str) -> tuple[str, ...]:
    """One syllable per character; pypinyin reads known phrases as a whole."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415  its tables cost 60 ms, so not at import

    read = tuple(lazy_pinyin(run))
    return read if len(read) == len(run) else tuple(lazy_pinyin(list(run)))


def tokens(text: str) -> tuple[str, ...]:
    """石膏板 → shigaoban sgb gaoban gb ban b, and the first two also with ^."""
    return tuple(dict.fromkeys(_tokens(text)))


def _tokens(text: str) -> Iterator[str]:
    for order, unit in enumerate(units(text)):
        if not unit.is_cjk:
            continue
        read = syllables(unit.text)
        for start in range(len(read)):
            tail = read[start : start + _LONGEST]
            full, initials = "".join(tail), "".join(syllable[0] for syllable in tail)
            yield full
            yield initials
            if order == 0 and start == 0:
                yield ANCHOR + full
                yield ANCHOR + initials


def sort_key(text: str) -> str:
    """Orders names as a Chinese reader expects: by pinyin, Latin and digits as they are."""
    return " ".join(" ".join(syllables(unit.text)) if unit.is_cjk else unit.text for unit in units(text))
