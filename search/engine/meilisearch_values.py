"""Values as Meilisearch keeps them apart: it folds case and compatible forms when it compares strings."""

import re

_KEPT = re.compile(r"[a-z0-9.\-\u4e00-\u9fff]")
_CODED = re.compile("_([0-9a-f]+)_")


def coded(value: str) -> str:
    """One to one: what folding could change is written by its number."""
    return "".join(char if _KEPT.match(char) else f"_{ord(char):x}_" for char in value)


def plain(value: str) -> str:
    return _CODED.sub(lambda found: chr(int(found[1], 16)), value)
