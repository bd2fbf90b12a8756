"""Numbers of papers and registers in a typed text: found as they stand or not at all."""

import re
from collections.abc import Iterator

from registry.kit.ids import is_shaped, parse_code

_LEAST_DIGITS = 9  # 2026-11-21 is a day, 演示-2024-02923 a number
_CHUNK = re.compile(r"\S+")
_DIGIT = re.compile(r"\d")


def numbers(plain: str) -> Iterator[tuple[int, int]]:
    """Where a normalised text has one: shaped like ours with a wrong check, or many digits with dashes."""
    if _is_ours(plain):
        yield 0, len(plain)
        return
    for match in _CHUNK.finditer(plain):
        if _is_ours(match[0]) or _is_papers(match[0]):
            yield match.span()


def _is_ours(text: str) -> bool:
    return is_shaped(text) and parse_code(text) is None and bool(_DIGIT.search(text) or "-" in text)


def _is_papers(text: str) -> bool:
    plain = parse_code(text) is None and "-" in text[1:-1]
    return plain and len(_DIGIT.findall(text)) >= _LEAST_DIGITS
