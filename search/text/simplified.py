"""Traditional characters as the mainland writes them, by OpenCC's word lists."""

from functools import cache
from typing import Any


@cache
def _converter() -> Any:
    from opencc import OpenCC  # noqa: PLC0415  60 ms and a native library, so not at import

    return OpenCC("t2s")


def simplified(text: str) -> str:
    """鋼結構 → 钢结构; what is simplified already stays as it is, and so does the length."""
    if text.isascii():
        return text
    converted: str = _converter().convert(text)
    return converted if len(converted) == len(text) else text
