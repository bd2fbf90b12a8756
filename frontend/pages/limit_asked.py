"""What a reader asks of the threshold page: the limit read kindly, and what of the address is not used."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from frontend.forms import Pairs, Unreadable, legible, read_decimal, tidy

LONGEST = 40  # characters of a number that are looked at
NAMED = 24  # of which a message repeats so many
MOST_FIGURES = 12  # before the point
MOST_PLACES = 6
# 230,5 and 1.234,5: a comma where the point belongs. 1,234 is a thousand.
COMMA = re.compile(r"[+-]?\d+(\.\d{3})*,\d+")
# Filters of the product search that would turn a survey into an unlawful qualification (practice, section 3).
REFUSED: Mapping[str, str] = {
    "province": "limit.not-origin", "region": "limit.not-origin", "near": "limit.not-origin",
    "within": "limit.not-origin", "scheme": "limit.not-evidence",
    "star": "limit.not-star", "evidence": "limit.not-evidence", "maker_id": "limit.not-firm",
    "body": "limit.not-body",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a limit cannot be used: a message key and its facts."""

    key: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class LimitAsked:
    """`text` is what stands in the box again; without a limit and a fault everything is within."""

    basis: str
    text: str
    limit: Decimal | None
    wrong: Wrong | None
    every: bool
    refused: tuple[str, ...]


def read(query: Pairs) -> LimitAsked:
    """Total: whatever stands in the address, something sensible is asked."""
    given: dict[str, str] = {}
    for name, value in query:
        given.setdefault(name, value)
    text = given.get("max", "")
    limit, wrong = read_limit(text)
    return LimitAsked(
        basis=given.get("basis", ""),
        text=legible(tidy(text))[:LONGEST],
        limit=limit,
        wrong=wrong,
        every=given.get("show") == "all",
        refused=tuple(dict.fromkeys(key for name, key in REFUSED.items() if given.get(name, "").strip())),
    )


def read_limit(text: str) -> tuple[Decimal | None, Wrong | None]:
    """A limit, or why it is none; the words say what, where and how."""
    typed = legible(tidy(text[: LONGEST + 1]))
    if len(text) > LONGEST:
        return None, Wrong("limit.too-long", {"most": LONGEST})
    try:
        value = read_decimal(text)
    except Unreadable:
        plain = typed.replace(" ", "").replace("−", "-")
        if COMMA.fullmatch(plain):
            return None, Wrong("limit.comma", {"typed": typed[:NAMED], "meant": _with_point(plain)})
        return None, Wrong("limit.unreadable", {"typed": typed[:NAMED]})
    if value is not None and not _sensible(value):
        return None, Wrong("limit.too-many-figures", {"figures": MOST_FIGURES, "places": MOST_PLACES})
    return value, None


def _with_point(typed: str) -> str:
    whole, _, rest = typed.rpartition(",")
    return f"{whole.replace('.', '')}.{rest}"


def _sensible(value: Decimal) -> bool:
    places = value.as_tuple().exponent
    return value.adjusted() < MOST_FIGURES and isinstance(places, int) and -places <= MOST_PLACES
