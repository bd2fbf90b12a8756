"""Numbers of standards in a typed text: GB/T 14902 is one word, because its digits alone mean nothing."""

import re

# Who issues them: national, of a trade, of a society; /T recommends, as in GB/T. EN is not among them:
# EN 15804 is asked for with its amendment, and what tells is that all three stand together.
_ISSUERS = "cecs|cj|cjj|cnca|gb|hg|hj|iec|iso|jc|jg|jgj|ly|nb|qb|tcecs|yb|yd"
_NUMBER = re.compile(
    rf"(?<![^\W_])(?:(?P<series>{_ISSUERS})(?:/?(?P<grade>[tz]))?|t/(?P<society>[a-z]{{2,6}}))"
    r"\s*(?P<digits>\d{2,6}(?:\.\d+)*)(?![^\W_])"
)
_EDITION = re.compile(r"(?:19|20)\d\d")


def joined(plain: str) -> tuple[str, frozenset[str]]:
    """A normalised text with every number of a standard written together, gbt14902, and these numbers."""
    found: list[str] = []

    def together(match: re.Match[str]) -> str:
        letters = f"t{match['society']}" if match["society"] else match["series"] + (match["grade"] or "")
        found.append(letters + match["digits"])
        return found[-1]

    text = _NUMBER.sub(together, plain)
    return text, frozenset(found)


def is_edition(text: str) -> bool:
    """A year, behind a standard's number."""
    return bool(_EDITION.fullmatch(text))
