"""Our tokens as chains: `low|e|玻璃|`. What stands in a text is what one of its chain's ends begins with.

Meilisearch would cut Chinese by its own dictionary, so it is never given words to cut: it compares strings.
Every character of a Chinese run and every Latin unit begins one end, and a filter STARTS WITH finds words,
parts of words and phrases there exactly as the embedded index finds them by pairs and places.
"""

from collections.abc import Iterable, Iterator

from search.text import analyze

BREAK = "|"  # after every unit; it stands in no token
START = "^"  # before the first unit of a name
_LONGEST_CHINESE = 8  # characters of an end that begins with Chinese; longer words are asked for in pieces
_LONGEST_LATIN = 40


def chain(parts: Iterable[str]) -> str:
    return "".join(part + BREAK for part in parts)


def of_text(text: str) -> str:
    return chain(unit.text for unit in analyze.units(text))


def needle(text: str) -> str:
    """What a text's chain must hold for this text to stand in it; Chinese may go on on both sides."""
    return needle_of(unit.text for unit in analyze.units(text))


def needle_of(parts: Iterable[str]) -> str:
    whole = chain(parts)
    before = "" if analyze.is_cjk(whole) else BREAK
    return before + (whole[:-1] if analyze.is_cjk(whole[-2:]) else whole)


def ends(whole: str) -> Iterator[str]:
    """The end of a chain from each place where a word may begin, as long as a word may be."""
    for start in _starts(whole):
        yield _cut(whole, start)


def pieces(asked: str) -> tuple[str, ...]:
    """The beginnings of ends that together say the needle; one unless it is very long."""
    text = asked.removeprefix(BREAK)
    starts = tuple(_starts(text))
    found, start = [], 0
    while True:
        piece = _cut(text, start)
        found.append(piece)
        further = [place for place in starts if start < place <= start + len(piece)]
        if start + len(piece) >= len(text) or not further:
            return tuple(found)
        start = further[-1]


def _starts(whole: str) -> Iterator[int]:
    for place, char in enumerate(whole):
        if char != BREAK and (place == 0 or whole[place - 1] == BREAK or analyze.is_cjk(char)):
            yield place


def _cut(whole: str, start: int) -> str:
    longest = _LONGEST_CHINESE if analyze.is_cjk(whole[start]) else _LONGEST_LATIN
    return whole[start : start + longest]
