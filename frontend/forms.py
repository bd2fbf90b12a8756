"""What people type, read kindly (full-width digits, commas, days in many forms); query strings as state."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

Pairs = Sequence[tuple[str, str]]

_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_DAY = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?")


class Unreadable(ValueError):
    """The text is not of the asked kind; the caller says so beside the field."""


def tidy(text: str) -> str:
    """Compatibility forms folded (１２ → 12, ％ → %), white space single, ends trimmed."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def legible(text: str) -> str:
    """For showing what was typed: characters that no page may hold become the replacement mark."""
    return "".join(one if one.isprintable() else "\ufffd" for one in text)


def read_decimal(text: str) -> Decimal | None:
    """An exact number, or None where nothing was typed; 0 is a number."""
    plain = tidy(text).replace("，", ",").replace("−", "-").replace(" ", "")
    if not plain:
        return None
    if not _NUMBER.fullmatch(plain):
        raise Unreadable(text)
    return Decimal(plain.replace(",", ""))


def read_day(text: str) -> date | None:
    """A civil day from 2030-06-30, 2030/6/30, 2030.6.30 or 2030年6月30日; None where nothing was typed."""
    plain = tidy(text).replace(" ", "")
    if not plain:
        return None
    found = _DAY.fullmatch(plain)
    if not found:
        raise Unreadable(text)
    try:
        return date(*map(int, found.groups()))
    except ValueError as wrong:
        raise Unreadable(text) from wrong


def with_value(query: Pairs, name: str, value: str) -> str:
    """The query string with one more value; the page number falls away, since the list changes."""
    return urlencode([*_without(query, ("page",)), (name, value)])


def with_only(query: Pairs, name: str, value: str) -> str:
    """The query string with this as the name's only value; an empty value is left out."""
    kept = _without(query, (name,) if name == "page" else (name, "page"))
    return urlencode([*kept, (name, value)] if value else kept)


def without(query: Pairs, name: str, value: str | None = None) -> str:
    """The query string without a name, or without one value of it."""
    return urlencode(
        [pair for pair in _without(query, ("page",)) if pair[0] != name or value not in {None, pair[1]}]
    )


def _without(query: Pairs, names: Iterable[str]) -> list[tuple[str, str]]:
    dropped = set(names)
    return [pair for pair in query if pair[0] not in dropped and pair[1]]
