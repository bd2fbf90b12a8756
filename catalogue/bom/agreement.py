"""Whether what a line states of its material agrees with what a product states, name by name."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from registry.kit.types import plain

_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# A line asks at most so much of these; a product below it serves (导热系数, 传热系数: lower is better).
_AT_MOST = frozenset({"conductivity", "u_value", "water_use"})
# A line asks at least so much of these: a longer fire resistance serves.
_AT_LEAST = frozenset({"fire_resistance", "sound_insulation"})
# Measured about a nominal figure: two figures a tenth apart are the same make. Convention of this tool.
_ABOUT = frozenset({"density", "area_mass", "slump"})
_TENTH = Decimal("0.1")


def agree(name: str, line: str, product: str) -> bool:
    """The product is what the line asks for; A1 and A2 are both class A (GB 8624)."""
    if name == "reaction_to_fire":
        return line == product or {line, product} in ({"A", "A1"}, {"A", "A2"})
    if name == "size":
        return _same_sides(line, product)
    if _FIGURE.fullmatch(line) and _FIGURE.fullmatch(product):
        return _figures_agree(name, Decimal(line), Decimal(product))
    return _canonical(line) == _canonical(product)


def differing(line: Mapping[str, str], product: Mapping[str, str]) -> tuple[str, ...]:
    """Names both state where the product is not what the line asks for, in order."""
    return tuple(sorted(n for n in line.keys() & product.keys() if not agree(n, line[n], product[n])))


def _figures_agree(name: str, line: Decimal, product: Decimal) -> bool:
    if name in _AT_MOST:
        return product <= line
    if name in _AT_LEAST:
        return product >= line
    if name in _ABOUT:
        return abs(product - line) <= _TENTH * max(line, product)
    return line == product


def _same_sides(line: str, product: str) -> bool:
    """600×600 and 600×600×10 name the same tile; sides both state must be the same."""
    one, other = line.split("×"), product.split("×")
    shared = min(len(one), len(other))
    return shared > 1 and [_canonical(side) for side in one[:shared]] == [
        _canonical(side) for side in other[:shared]
    ]


def _canonical(text: str) -> str:
    """A figure without trailing zeros, else the signs without case, spaces and points."""
    if _FIGURE.fullmatch(text):
        return plain(Decimal(text))
    return re.sub(r"[\s·.()-]", "", unicodedata.normalize("NFKC", text).casefold())
