"""Reading a unit as people write it: ㎡, 立方, １００ｍ２, 吨, m2(投影面积)."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from registry.units.table import Unit, table

LONGEST = 40  # a unit cell longer than this is a sentence, not a unit

# Chinese quotas count in tens, hundreds and thousands of a unit: 10m3, 100m2, 千块.
_WORD_MULTIPLIERS = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}
_LEADING_NUMBER = re.compile(r"^(10{0,5})[*x×]?(?=\D)")
_TRAILING_NUMBER = re.compile(r"[*x×](10{0,5})$")
_BRACKETED = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_NOISE = re.compile(r"[\s\u200b\ufeff]+")


@dataclass(frozen=True, slots=True)
class ParsedUnit:
    """A unit as read: one written unit is `multiplier` of `unit`; `qualifier` is what stood in brackets."""

    unit: Unit
    multiplier: Decimal
    qualifier: str


def parse_unit(text: str) -> ParsedUnit | None:
    """The unit a text names, or None where we do not know it; never a guess."""
    if len(text) > LONGEST:
        return None
    spelled, qualifier = _without_brackets(normal(text))
    direct = table().by_spelling.get(spelled)
    if direct is not None:
        return ParsedUnit(direct, Decimal(1), qualifier)
    bare, multiplier = _split_multiplier(spelled)
    unit = table().by_spelling.get(bare)
    return None if unit is None or multiplier is None else ParsedUnit(unit, multiplier, qualifier)


def normal(text: str) -> str:
    """Full-width, squared and superscript forms, case and spaces made equal (㎡, m², Ｍ２ → m2)."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _NOISE.sub("", folded).strip(".。,，;；:：")


def _without_brackets(text: str) -> tuple[str, str]:
    """`m2(投影)` → (`m2`, `投影`); a cell that is all brackets, such as (m2), names its content."""
    inside = _BRACKETED.findall(text)
    outside = _BRACKETED.sub("", text)
    if not outside and len(inside) == 1:
        return inside[0], ""
    return outside, "、".join(inside)


def _split_multiplier(text: str) -> tuple[str, Decimal | None]:
    leading = _LEADING_NUMBER.match(text)
    if leading:
        return text[leading.end() :], Decimal(leading.group(1))
    trailing = _TRAILING_NUMBER.search(text)
    if trailing:
        return text[: trailing.start()], Decimal(trailing.group(1))
    if text[:1] in _WORD_MULTIPLIERS:
        return text[1:], _WORD_MULTIPLIERS[text[0]]
    return text, None
