"""Exact conversion inside a dimension, and across dimensions only through stated product facts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from enum import StrEnum
from fractions import Fraction
from functools import cache

from registry.units.spoken import ARROW, UnitCode, Way
from registry.units.table import Dimension, Unit, base

# Facts that lead to answers further apart than this contradict one another; our convention.
DISAGREEMENT = Fraction(5, 100)
DISAGREE = "units.facts-disagree"
_DIGITS = 28
_SHOWN = Context(prec=6)  # of figures in a sentence


class FactKind(StrEnum):
    """A stated property of a product that ties two dimensions together; the order settles ties."""

    DENSITY = "density"
    THICKNESS = "thickness"
    AREA_MASS = "area-mass"
    LENGTH_MASS = "length-mass"
    PIECE_AREA = "piece-area"
    PIECE_VOLUME = "piece-volume"
    PIECE_MASS = "piece-mass"
    PIECE_LENGTH = "piece-length"
    PIECES_PER_SET = "pieces-per-set"


@dataclass(frozen=True, slots=True)
class _Tie:
    """One base unit of `source` is value × `scale` base units of `target`."""

    source: Dimension
    target: Dimension
    symbol: str
    scale: Decimal = Decimal(1)


TIES: Mapping[FactKind, _Tie] = {
    FactKind.DENSITY: _Tie(Dimension.VOLUME, Dimension.MASS, "kg/m³"),
    FactKind.THICKNESS: _Tie(Dimension.AREA, Dimension.VOLUME, "mm", Decimal("0.001")),
    FactKind.AREA_MASS: _Tie(Dimension.AREA, Dimension.MASS, "kg/m²"),
    FactKind.LENGTH_MASS: _Tie(Dimension.LENGTH, Dimension.MASS, "kg/m"),
    FactKind.PIECE_AREA: _Tie(Dimension.PIECE, Dimension.AREA, "m²/piece"),
    FactKind.PIECE_VOLUME: _Tie(Dimension.PIECE, Dimension.VOLUME, "m³/piece"),
    FactKind.PIECE_MASS: _Tie(Dimension.PIECE, Dimension.MASS, "kg/piece"),
    FactKind.PIECE_LENGTH: _Tie(Dimension.PIECE, Dimension.LENGTH, "m/piece"),
    FactKind.PIECES_PER_SET: _Tie(Dimension.SET, Dimension.PIECE, "piece/set"),
}


@dataclass(frozen=True, slots=True)
class ProductFact:
    """A stated figure in the unit of its kind (kg/m³, mm, kg/m² …) and where it was stated."""

    kind: FactKind
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step: multiply, then divide; `fact` and `source` say why, None inside a dimension."""

    from_unit: Unit
    to_unit: Unit
    multiply: Decimal
    divide: Decimal
    fact: FactKind | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Converted:
    """The value in the wanted unit; `exact` is false where it had to be rounded to 28 digits.

    `doubt` says which other stated figures contradict the direct one that was taken.
    """

    value: Decimal
    unit: Unit
    path: tuple[Step, ...]
    exact: bool
    doubt: "Refused | None" = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a conversion cannot be made: a message key and its facts."""

    key: str
    facts: Mapping[str, str]


def convert(
    value: Decimal, unit: Unit, to: Unit, *, facts: Sequence[ProductFact] = (), direct: bool = False
) -> Converted | Refused:
    """`value` of `unit` in `to`, with every step taken, or the reason it cannot be had.

    With `direct`, a figure that ties the two outright is taken even where other figures contradict it: a
    stated 40 kg/m² stands before what a density and a thickness come to; the contradiction is a doubt.
    """
    bad = _unusable(facts)
    if bad is not None:
        return bad
    paths = sorted(_paths(unit.dimension, to.dimension, facts), key=len)
    if not paths:
        key = "units.no-path" if _can_be_tied(unit.dimension, to.dimension) else "units.unlike"
        return Refused(key, {"unit": UnitCode(unit.code), "to": UnitCode(to.code)})
    doubt = None
    if _apart([ratio(path) for path in paths]):
        if not direct or len(paths[0]) > 1:
            names = (facts_named(path) for path in paths[:2])
            return Refused(DISAGREE, dict(zip(("first", "second"), names, strict=True)))
        doubt = _contradiction(unit, to, paths)
    path = _with_scales(unit, to, paths[0])
    exact_value = Fraction(value) * ratio(path)
    answer, exact = _as_decimal(exact_value)
    return Converted(answer, to, path, exact, doubt)


def _contradiction(unit: Unit, to: Unit, paths: Sequence[tuple[Step, ...]]) -> Refused:
    """The direct way and the one furthest from it, each with what one `unit` comes to in `to`."""
    direct = ratio(paths[0])
    other = max(paths[1:], key=lambda path: max(ratio(path) / direct, direct / ratio(path)))
    facts: dict[str, str] = {"unit": UnitCode(unit.code), "to": UnitCode(to.code)}
    for name, path in (("first", paths[0]), ("second", other)):
        one = ratio(_with_scales(unit, to, path))
        shown = _SHOWN.divide(Decimal(one.numerator), Decimal(one.denominator))
        facts |= {name: facts_named(path), f"{name}_value": f"{shown.normalize():f}"}
    return Refused(DISAGREE, facts)


def facts_named(path: Sequence[Step]) -> Way:
    """The product facts a path leans on, in order, for a sentence."""
    return Way(ARROW.join(step.fact.value for step in path if step.fact is not None))


@cache
def _can_be_tied(one: Dimension, other: Dimension) -> bool:
    """Whether any stated fact could lead from one dimension to the other: none leads from mass to energy."""
    reached = {one}
    while True:
        more = {
            end for tie in TIES.values() for end in (tie.source, tie.target)
            if {tie.source, tie.target} & reached and end not in reached
        }  # fmt: skip
        if not more:
            return other in reached
        reached |= more


def _unusable(facts: Sequence[ProductFact]) -> Refused | None:
    seen: dict[FactKind, ProductFact] = {}
    for fact in facts:
        if not fact.value.is_finite() or fact.value <= 0:
            return Refused(
                "units.fact-not-positive", {"fact": Way(fact.kind.value), "value": str(fact.value)}
            )
        earlier = seen.setdefault(fact.kind, fact)
        if earlier.value != fact.value:
            values = {"first": str(earlier.value), "second": str(fact.value)}
            return Refused("units.fact-twice", {"fact": Way(fact.kind.value), **values})
    return None


def _paths(start: Dimension, end: Dimension, facts: Sequence[ProductFact]) -> Iterator[tuple[Step, ...]]:
    """Every way from one dimension to another that visits none twice, in base units."""
    stated = {fact.kind: fact for fact in facts}
    ordered = [stated[kind] for kind in FactKind if kind in stated]

    def onward(at: Dimension, seen: frozenset[Dimension]) -> Iterator[tuple[Step, ...]]:
        if at is end:
            yield ()
            return
        for fact in ordered:
            step = _step(fact, at)
            if step is not None and step.to_unit.dimension not in seen:
                following = step.to_unit.dimension
                yield from ((step, *rest) for rest in onward(following, seen | {following}))

    return onward(start, frozenset({start}))


def _step(fact: ProductFact, at: Dimension) -> Step | None:
    tie = TIES[fact.kind]
    factor = fact.value * tie.scale
    if tie.source is at:
        return Step(base(tie.source), base(tie.target), factor, Decimal(1), fact.kind, fact.source)
    if tie.target is at:
        return Step(base(tie.target), base(tie.source), Decimal(1), factor, fact.kind, fact.source)
    return None


def _with_scales(unit: Unit, to: Unit, path: tuple[Step, ...]) -> tuple[Step, ...]:
    """The path with the steps into and out of base units; a step that changes nothing is left out."""
    if not path:
        return () if unit == to else (Step(unit, to, unit.factor, to.factor),)
    start, end = base(unit.dimension), base(to.dimension)
    into = () if unit == start else (Step(unit, start, unit.factor, Decimal(1)),)
    out = () if to == end else (Step(end, to, Decimal(1), to.factor),)
    return (*into, *path, *out)


def ratio(path: Sequence[Step]) -> Fraction:
    """What a quantity is multiplied by along a path, exactly."""
    found = Fraction(1)
    for step in path:
        found *= Fraction(step.multiply) / Fraction(step.divide)
    return found


def _apart(ratios: Sequence[Fraction]) -> bool:
    return max(ratios) > min(ratios) * (1 + DISAGREEMENT)


def _as_decimal(value: Fraction) -> tuple[Decimal, bool]:
    context = Context(prec=_DIGITS)
    answer = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return answer, not context.flags[Inexact]
