"""Which rows of a list repeat an earlier one, by comparing every pair, written apart from the code."""

import unicodedata
from collections.abc import Mapping, Sequence


def same(left: Mapping[str, str], right: Mapping[str, str]) -> bool:
    """Whether two rows name one product: width, case and spaces do not count, nor the models' order."""
    for name in ("kind", "name_zh", "brand"):
        if _bare(left.get(f"product.{name}", "")) != _bare(right.get(f"product.{name}", "")):
            return False
    return _models(left) == _models(right)


def repeats(rows: Sequence[Mapping[str, str]]) -> dict[int, int]:
    """The place of each row that repeats, with the first place that it repeats."""
    found = {}
    for later, row in enumerate(rows):
        for earlier in range(later):
            if same(rows[earlier], row):
                found[later] = earlier
                break
    return found


def _bare(text: str) -> str:
    signs = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in signs.casefold() if not sign.isspace())


def _models(row: Mapping[str, str]) -> set[str]:
    return {_bare(line) for line in row.get("product.models", "").splitlines() if line.strip()}
