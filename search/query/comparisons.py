"""Comparisons typed as words: 传热系数不大于1.5 is a limit, where the words name just one number.

Only limits that hold their own value are used: 以上 and 以下 do (Civil Code, article 1259), 小于 and 超过
do not. What names no number or several, or a unit it is not stated in, stays words. What is plainly a limit
but cannot be used (传热系数<1.5, 碳足迹≤3) is `unused`: no words of a product, so it is said instead.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from registry.categories.facts import AttributeType, MaterialKindFact
from registry.units.table import table
from search.engine.ports import QUANTITY
from search.feeding.typed import searched
from search.query.limits import LOWER, UPPER
from search.text.analyze import SYMBOLS, key, normalise

# Signs that the trade writes for a number, beside what the kinds call it.
_SIGNS: Mapping[str, tuple[str, ...]] = {"传热系数": ("u", "u值", "k值"), "导热系数": ("λ", "λ值")}
_MOST = "≤|≦|<=|不大于|不超过|不高于|小于或?等于|至多|最多|at most|(?:not|no) more than"
_LEAST = "≥|≧|>=|不小于|不低于|不少于|大于或?等于|至少|最少|at least|(?:not|no) less than"
_BELOW, _ABOVE = "[及或]?以下|以内", "[及或]?以上"
_STRICT = "<|>|小于|大于|低于|高于|少于|多于|超过|不到|less than|more than|below|above|under|over"
_COMPARED = re.compile(f"{_MOST}|{_LEAST}|{_BELOW}|{_ABOVE}|{_STRICT}")
_FOOTPRINT = "产品碳足迹|碳足迹|碳排放量|碳排放|gwp|carbon footprint"
_MASS = r"(?:\s*(?:kg|千克|公斤)\s*(?:co2|二氧化碳)[^\s,、;。]*)?"
_SIGN = rf"(?:为|应|[:=])?\s*(?:(?P<most>{_MOST})|(?P<least>{_LEAST}))?"
_VALUE = r"(?P<value>\d{1,12}(?:\.\d{1,9})?)(?![,.]?\d)"
_MEASURES = "|".join(sorted(SYMBOLS.keys() - {"厚"}, key=len, reverse=True))  # 0.04 厚度 is no 0.04 mm
_UNIT = re.compile(rf"(\s*)([a-zμ%°][a-zμ%0-9·*./()^]*|{_MEASURES})")
_AFTER = re.compile(rf"\s*(?:(?P<most>{_BELOW})|(?P<least>{_ABOVE}))")
_ALL_MEASURES = frozenset(SYMBOLS) | frozenset(SYMBOLS.values())
_END = re.compile(r"[\s,、;。的]|$")
_BEFORE = re.compile(r"[^\s,、;。]*$")


@dataclass(frozen=True, slots=True)
class Number:
    """What is limited: the name it is searched by, and the unit it is stated in."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One limit as it was said, and where it stands in the normalised text."""

    parameter: str
    value: Decimal
    said: str
    start: int
    end: int
    unused: str = ""  # the message that says why it is no limit


def is_compared(text: str) -> bool:
    """Whether a look is worth it: most queries compare nothing."""
    return bool(_COMPARED.search(normalise(text)))


def numbers(kinds: Iterable[MaterialKindFact], every: Iterable[MaterialKindFact]) -> Mapping[str, Number]:
    """The numbers of some kinds by what they are called; a name of several numbers is left out."""
    found: dict[str, set[Number]] = {}
    for name, spec in searched(kinds, every):
        for label in (spec.label_zh, *_SIGNS.get(spec.label_zh, ()), spec.label_en):
            of_label = found.setdefault(normalise(label), set())
            if spec.type is AttributeType.DECIMAL:
                of_label.add(Number(name, spec.unit or ""))
            else:
                of_label |= {Number(name, ""), Number("", "")}  # a list or text of that name: not one number
    return {label: next(iter(named)) for label, named in found.items() if label and len(named) == 1}


def comparisons(text: str, known: Mapping[str, Number], kinds: Collection[str]) -> tuple[Comparison, ...]:
    """Every limit in a query; before its name may stand the name of a kind, by its key in `kinds`."""
    if not known:
        return ()
    plain, units = normalise(text), _units(known)
    labels = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    matches = re.finditer(rf"(?P<label>{labels})\s*{_SIGN}\s*{_VALUE}", plain)
    found = (_read(match, known[match["label"]], units) for match in matches if _stands_alone(match, kinds))
    return tuple(one for one in found if one is not None)


def unused(text: str, known: Mapping[str, Number], kinds: Collection[str]) -> tuple[Comparison, ...]:
    """What is said as a limit and is none here: one that leaves its own value out, or one on footprints."""
    plain, labels = normalise(text), "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    side = rf"\s*(?:{_BELOW}|{_ABOVE})"
    sign = rf"\s*(?:为|应|[:=])?\s*(?:{_MOST}|{_LEAST}|{_STRICT})\s*"
    footprint = rf"(?<![^\W_a-z])(?:{_FOOTPRINT})(?:{sign}{_VALUE}{_MASS}|\s*(?P<bare>\d[\d.]*){_MASS}{side})"
    found = [_unused(match, "search.compared-footprint") for match in re.finditer(footprint, plain)]
    if known:
        strict = rf"(?:{labels})\s*(?:为|应)?\s*(?:{_STRICT})\s*{_VALUE}"
        matches = (match for match in re.finditer(strict, plain) if _stands_alone(match, kinds))
        found += [_unused(match, "search.compared-strict") for match in matches]
    return tuple(found)


def _unused(match: re.Match[str], key: str) -> Comparison:
    text, end = match.string, match.end()
    if unit := _UNIT.match(text, end):
        end = unit.end() if unit[2] in _ALL_MEASURES or not unit[1] else end
    value = match["value"] or match["bare"].rstrip(".")
    said = text[match.start() : end]
    return Comparison("", Decimal(value), said, match.start(), end, unused=key)


def without(text: str, found: Iterable[Comparison]) -> str:
    """The query without its comparisons."""
    plain = normalise(text)
    for one in sorted(found, key=lambda one: -one.start):
        plain = f"{plain[: one.start].removesuffix('的')} {plain[one.end :].removeprefix('的')}"
    return " ".join(plain.split())


def _stands_alone(match: re.Match[str], kinds: Collection[str]) -> bool:
    """强度 inside 抗折强度 is another number; behind the name of a kind it is that kind's."""
    before = _BEFORE.search(match.string, 0, match.start())
    named = before[0].removesuffix("的") if before else ""
    return not named or key(named) in kinds


def _read(match: re.Match[str], number: Number, units: Collection[str]) -> Comparison | None:
    text, end = match.string, match.end()
    unit = _UNIT.match(text, end)
    if unit and _folded(unit[2]) == _folded(number.unit):
        end = unit.end()
    elif unit and (not unit[1] or _folded(unit[2]) in units):
        return None
    after = None if match["most"] or match["least"] else _AFTER.match(text, end)
    end = after.end() if after else end
    side = match if after is None else after
    if not (side["most"] or side["least"]) or not _END.match(text, end):
        return None
    parameter = f"{QUANTITY}{number.name}{UPPER if side['most'] else LOWER}"
    start, value = match.start(), Decimal(match["value"])
    return Comparison(parameter=parameter, value=value, said=text[start:end], start=start, end=end)


def _units(known: Mapping[str, Number]) -> frozenset[str]:
    codes = (*table().by_code, *(number.unit for number in known.values()), "cm")
    return frozenset(map(_folded, codes))


def _folded(unit: str) -> str:
    """W/(m²·K), w/m2k and W/(m2·K) are one unit."""
    return re.sub(r"[·*.()^\s]", "", normalise(SYMBOLS.get(unit, unit)))
