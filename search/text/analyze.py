"""One analysis of text for index and query: units, CJK bigrams, and spellings that may be typed otherwise."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from operator import add
from typing import NamedTuple

from search.text.simplified import simplified

VERSION = 3  # raise it when the tokens of a stored document change: the index is then rebuilt

_SAME_SIGN = str.maketrans(
    {
        **dict.fromkeys("·•‧∙⋅・", "·"),
        **dict.fromkeys("‐‑‒–—―−﹣", "-"),
        **dict.fromkeys("×✕╳", "x"),
        "⁄": "/",
        "∕": "/",
    },
)
_OTHER_SIGNS = re.compile(f"[{''.join(map(chr, _SAME_SIGN))}]")
_CJK = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_LATIN = rf"(?:(?![{_CJK}])[^\W_])+(?:(?<=\d)\.(?=\d)(?:(?![{_CJK}])[^\W_])+)*"
_UNIT = re.compile(rf"([{_CJK}]+)|{_LATIN}")
_RUN = re.compile(rf"([{_CJK}]+)|({_LATIN})([-./·](?=[^\W_]))?")  # Chinese, or another and its joiner
_PURE = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")
_CJK_START = re.compile(rf"[{_CJK}]")
_JOINERS = frozenset("-./·")
_LONGEST_TOKEN = 64
_LONGEST_CODE = 12  # parts
# 平方 alone is a cable's section and 厚 a board's thickness, both in millimetres.
SYMBOLS = {
    **dict.fromkeys(("平方毫米", "平方"), "mm2"),
    **dict.fromkeys(("毫米厚", "毫米", "公厘", "mm厚", "厚"), "mm"),
    **dict.fromkeys(("厘米", "公分"), "cm"),
    **dict.fromkeys(("平方米", "平米"), "m2"),
    **dict.fromkeys(("立方米", "立方"), "m3"),
    **dict.fromkeys(("公斤", "千克"), "kg"),
    "升": "l",
    "小时": "h",
}
_MEASURE = re.compile(rf"(\d) ?({'|'.join(sorted(SYMBOLS, key=len, reverse=True))})")


class Unit(NamedTuple):
    """A run of CJK characters or one Latin or digit token of a normalised text.

    A tuple, because a page of text makes hundreds: three times cheaper than a frozen dataclass.
    """

    text: str
    is_cjk: bool
    is_joined: bool  # a single joiner stands between it and the unit before: low-e, p·o, gb/t


def encodable(text: str) -> str:
    """Without lone surrogates, which no index takes."""
    return text.encode("utf-8", "ignore").decode("utf-8")


def normalise(text: str) -> str:
    """Compatibility forms, one sign for many, lower case, simplified; lone surrogates are dropped."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", _one_sign(encodable(text)))
    return simplified(_one_sign(plain).lower())


def _one_sign(text: str) -> str:
    # 2026-11: most texts have none of the signs, and looking takes 1 us where translating takes 25
    return text.translate(_SAME_SIGN) if _OTHER_SIGNS.search(text) else text


@lru_cache(maxsize=4096)  # names of kinds, makers and standards come with every document
def units(text: str) -> tuple[Unit, ...]:
    return tuple(_units(_in_symbols(normalise(text))))


def _in_symbols(text: str) -> str:
    """50毫米 → 50mm, 4平方 → 4mm2, 12厚 → 12mm: measures as names and attributes write them."""
    return _MEASURE.sub(lambda found: found[1] + SYMBOLS[found[2]], text)


def _units(text: str) -> Iterator[Unit]:
    end = -1
    for match in _UNIT.finditer(text):
        is_joined = match.start() == end + 1 and end >= 0 and text[end] in _JOINERS
        end = match.end()
        run = match[1]
        yield (
            Unit(run, is_cjk=True, is_joined=is_joined)
            if run
            else Unit(match[0][:_LONGEST_TOKEN], is_cjk=False, is_joined=is_joined)
        )


def is_cjk(text: str) -> bool:
    return bool(_CJK_START.match(text))


def pure_parts(token: str) -> tuple[str, ...]:
    """6low → 6, low; 42.5r → 42.5, r."""
    return tuple(_PURE.findall(token))


def bigrams(run: str) -> tuple[str, ...]:
    """Overlapping pairs; a single character stays itself."""
    return tuple(map(add, run, run[1:])) or (run,)


class Spelled(NamedTuple):
    """A text's tokens in reading order, and its other spellings."""

    main: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]


def spelled(text: str) -> Spelled:
    """A CJK run ends with its last single character, so 板 is found; the others are those of `variants`.

    2026-11: in one pass, without a Unit or a match for each token: 25 us a description instead of 90.
    """
    main, others = list[str](), list[tuple[str, ...]]()
    letters, is_joined = list[str](), False  # of a run such as low-e
    for run, other, joiner in _RUN.findall(_in_symbols(normalise(text))):
        parts: list[str] = []
        if run:
            main.extend(map(add, run, run[1:]))
            main.append(run[-1])
        else:
            main.append(other[:_LONGEST_TOKEN])
            parts = _PURE.findall(main[-1])
            if len(parts) > 1:
                others.append(tuple(parts))
        if letters or parts:
            letters = _continued(letters, parts, others, is_joined=is_joined)
        is_joined = bool(joiner)
    _continued(letters, [], others, is_joined=False)
    return Spelled(tuple(main), tuple(dict.fromkeys(others)))


def _continued(
    letters: list[str], parts: list[str], others: list[tuple[str, ...]], *, is_joined: bool
) -> list[str]:
    """The run of letters with a unit's parts; a run that ends here is written together, with its number."""
    continues = is_joined and bool(parts) and parts[0].isalpha()
    if letters and not continues:
        if len(letters) > 1:
            others.append(("".join(letters), *(parts if parts and parts[0][0].isdigit() else ())))
        letters = []
    if not parts or not parts[-1].isalpha():
        return letters
    return [*letters, parts[-1]] if continues and len(parts) == 1 else [parts[-1]]


def main_tokens(text: str) -> tuple[str, ...]:
    """The tokens in reading order; a CJK run ends with its last single character, so 板 is found."""
    return spelled(text).main


def phrase_tokens(text: str) -> tuple[str, ...]:
    """The tokens that must follow one another for this text to stand inside a longer one."""
    parts = units(text)
    tokens = main_tokens(text)
    return tokens[:-1] if parts and parts[-1].is_cjk and len(parts[-1].text) > 1 else tokens


def variants(text: str) -> tuple[tuple[str, ...], ...]:
    """Other spellings of Latin units; kept apart from the main tokens so that phrases stay true.

    6low → 6 low; low-e → lowe; p·o 42.5r → po 42.5 r.
    """
    return spelled(text).others


def code_tails(text: str) -> tuple[str, ...]:
    """Every part of a code joined with all that follows, so a code is found from any of its parts."""
    others = (other[:_LONGEST_TOKEN] for _, other, _ in _RUN.findall(_in_symbols(normalise(text))))
    parts = [part for other in others for part in _PURE.findall(other)][:_LONGEST_CODE]
    return tuple(dict.fromkeys("".join(parts[i:])[:_LONGEST_TOKEN] for i in range(len(parts))))


def key(text: str) -> str:
    """The text without blanks and signs: equal keys are the same words, however spaced."""
    return "".join(unit.text for unit in units(text))
